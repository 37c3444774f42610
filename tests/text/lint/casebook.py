"""案例：the ``.cases.md`` beside each rule, read into fictional judgments.

A case is a heading (报 or 不报, and why), conditions, and quoted paragraphs. The paragraphs are set into a whole
judgment in the part named by 节, and that judgment is read as any other: its anatomy is not given by hand. A condition
named after a part (诉称：……) is what that part says, paragraphs parted by ／.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tianping.text.document import Document, Span, from_text
from tianping.text.lint.registry import RULES

MARK = re.compile(r"⟦|⟧")
PARTS = ("当事人", "由来", "诉称", "辩称", "查明", "认为", "依据", "主文", "告知", "落款", "附录")
FOOT = ("署名", "书记员")
DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Case:
    """One heading of a cases file."""

    code: str
    heading: str
    hit: bool
    spared: str
    document: Document
    marked: tuple[Span, ...]

    def __str__(self) -> str:
        return f"{self.code} {self.heading}"


@cache
def cases() -> tuple[Case, ...]:
    return tuple(case for path in sorted(RULES.glob("*/*.cases.md")) for case in cases_of(path))


def cases_of(path: Path) -> list[Case]:
    head, *sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    code = head.split()[1]
    return [_case(code, section) for section in sections]


def _case(code: str, section: str) -> Case:
    heading, *lines = section.strip().split("\n")
    conditions: dict[str, str] = {}
    quoted: list[str] = []
    for line in lines:
        if line.startswith("> "):
            quoted.append(line[2:])
        else:
            for condition in filter(None, line.split("\u3000")):
                name, _, value = condition.partition("：")
                conditions[name] = value
    unknown = set(conditions) - {"文书", "节", "事实发生", "裁判日期", "首部", "案号", "放过", *PARTS, *FOOT}
    assert not unknown, f"{code} {heading}: {unknown}"
    assert quoted, f"{code} {heading}: no text"
    verdict = heading.partition("：")[0]
    assert verdict in ("报", "不报"), heading
    document = from_text(judgment(conditions, [MARK.sub("", line) for line in quoted]))
    return Case(code, heading, verdict == "报", conditions.get("放过", ""), document, _marked(document, quoted))


def _marked(document: Document, quoted: list[str]) -> tuple[Span, ...]:
    places: list[Span] = []
    for line in quoted:
        plain = MARK.sub("", line)
        paragraph = next(p for p in document.paragraphs if p.text == plain)
        at = 0
        start = 0
        for piece in re.split(r"([⟦⟧])", line):
            if piece == "⟦":
                start = at
            elif piece == "⟧":
                places.append(Span(paragraph.index, start, at))
            else:
                at += len(piece)
    return tuple(sorted(places, key=lambda span: (span.paragraph, span.start)))


def judgment(conditions: dict[str, str], quoted: list[str]) -> str:
    """A whole fictional judgment with the quoted paragraphs in the part the case names."""
    title = conditions.get("文书", "民事判决书")
    part = conditions.get("节", "查明")
    assert part in (*PARTS, *FOOT, "案号"), part
    criminal = title.startswith("刑事")
    facts = conditions.get("事实发生", "2024-03-10")
    year, month, day = (int(number) for number in facts.split("-"))
    announced = next((kind for kind in ("判决", "裁定", "决定") if kind in title), "判决")
    texts: dict[str, list[str]] = {
        "当事人": (conditions["首部"].split("／") if "首部" in conditions else _head(criminal)),
        "由来": [_origin(criminal)],
        "诉称": ["公诉机关指控：被告人犯盗窃罪。" if criminal else "原告向本院提出诉讼请求：判令被告返还借款。"],
        "辩称": ["被告人对指控的事实没有异议。" if criminal else "被告辩称，借款属实，暂无力偿还。"],
        "查明": [f"经审理查明：{year}年{month}月{day}日，双方在南浦市清河区见面，后发生本案。"],
        "认为": ["本院认为，事实清楚，证据充分。"],
        "依据": [f"依照《中华人民共和国民事诉讼法》第六十七条之规定，{announced}如下："],
        "主文": ["被告于本判决生效之日起十日内返还借款。"],
        "告知": [f"如不服本{announced}，可在法定期限内向本院递交上诉状，上诉于南浦市中级人民法院。"],
        "落款": [chinese_day(conditions.get("裁判日期", "2024-09-20"))],
        "署名": ["审判员　孟书言"],
        "书记员": ["书记员　柳一禾"],
        "附录": [],
    }
    texts |= {name: conditions[name].split("／") for name in (*PARTS, *FOOT) if name in conditions}
    if part in ("依据", "主文", "告知", "落款", *FOOT):
        texts[part] = quoted
    elif part != "案号":
        texts[part] = [*texts[part], *quoted]
    if part == "附录":
        texts["附录"] = ["附：本案适用的法律条文", *quoted]
    number = conditions.get("案号") or ("（2024）南0102刑初12号" if criminal else "（2024）南0102民初12号")
    lines = ["南浦市清河区人民法院", title, *(quoted if part == "案号" else [number])]
    for name in (*PARTS[:9], "署名", "落款", "书记员", "附录"):
        lines += texts[name]
    return "\n".join(lines)


def _head(criminal: bool) -> list[str]:
    if criminal:
        return ["公诉机关南浦市清河区人民检察院。", "被告人罗青山，男，1990年5月6日出生，汉族，住南浦市清河区。"]
    return ["原告：罗青山，男，汉族，住南浦市清河区。", "被告：方若水，男，汉族，住南浦市清河区。"]


def _origin(criminal: bool) -> str:
    if criminal:
        return "南浦市清河区人民检察院指控被告人犯盗窃罪一案，本院受理后依法公开开庭进行了审理。现已审理终结。"
    return "原告与被告民间借贷纠纷一案，本院立案后依法公开开庭进行了审理。本案现已审理终结。"


def chinese_day(day: str) -> str:
    year, month, number = day.split("-")
    return f"{''.join(DIGITS[int(c)] for c in year)}年{_counted(int(month))}月{_counted(int(number))}日"


def _counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")
