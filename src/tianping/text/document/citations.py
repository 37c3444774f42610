"""法条引用：statute titles with the articles written after them, in Chinese or Arabic numerals.

A citation begins with 《title》, with a title in full without its marks, with a declared abbreviation (以下简称刑法),
with the everyday name of a well-known statute (刑法第……), or with 同法、该法、前述规定 — and takes the articles that
follow until something else is said. Ranges give both ends.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tianping.text.regex import regex

from .folding import Folded
from .model import Citation, Paragraph, Span
from .provisions import listed

_TITLE = regex(r"《(?P<title>(?:[^《》\n]|《[^《》\n]*》)+)》")
_STATUTE = regex(
    r"(?:法|法典|宪法|条例|规定|解释|办法|通则|决定|批复|意见|细则|规则|纪要|修正案|总则|通知|答复)(?:[（(〈].{1,12}[）)〉])?$"
)
_ABBREVIATED = regex(
    r"[（(](?:以下|下)(?:均)?(?:简称|统称|称)(?:为)?[：:]?[《“\"]?(?P<short>[^）)》”\"]{1,30})[》”\"]?[）)]"
)
_ISSUER = regex(
    r"(?:最高人民法院|最高人民检察院|公安部|司法部|国家安全部|国务院|海关总署|全国人民代表大会常务委员会|[、和，])+$"
)
_SAME = regex(
    r"(?P<same>同法|该法|本法|前法|(?:该|前述|上述)(?:法律|司法解释|解释|条例|规定|办法|规则|细则|批复))(?=第)"
    r"|(?P<full>中华人民共和国[^，。；、：《》（）第\s]{1,24}?(?:法典|法))(?=第)"
)
_ANY = regex(r"[《法释例定]")
_WELL_KNOWN = regex("[^、]+").findall(
    "刑法、民法典、民法通则、民法总则、合同法、物权法、担保法、婚姻法、继承法、收养法、侵权责任法、公司法、企业破产法、劳动法、"
    "劳动合同法、民事诉讼法、刑事诉讼法、行政诉讼法、道路交通安全法、保险法、商标法、专利法、著作权法、反不正当竞争法、票据法、"
    "消费者权益保护法、产品质量法、食品安全法、行政处罚法、行政许可法、行政强制法、行政复议法、国家赔偿法、治安管理处罚法、"
    "土地管理法、仲裁法、未成年人保护法、反家庭暴力法、农村土地承包法、城市房地产管理法、社区矫正法、人民陪审员法、禁毒法"
)
_IN_FULL = {name: f"中华人民共和国{name}" for name in _WELL_KNOWN}
_IN_FULL |= {"民诉法": _IN_FULL["民事诉讼法"], "刑诉法": _IN_FULL["刑事诉讼法"], "行诉法": _IN_FULL["行政诉讼法"]}
_BARE_END = regex(r"[法典则]第")
_BARE = regex(
    r"(?:(?<=[据照按合反和与及、，。；：:（(“的用引款条项了背成定])|^)(?P<bare>"
    + "|".join(sorted(_IN_FULL, key=len, reverse=True))
    + r")\Z"
)


def citations(paragraphs: Sequence[Paragraph], folds: Sequence[Folded]) -> tuple[Citation, ...]:
    """全文引用，in reading order."""
    short: dict[str, str] = {}
    for folded in folds:
        if "称" in folded.text and "》" in folded.text:
            for found in _TITLE.finditer(folded.text):
                named = _ABBREVIATED.match(folded.text, found.end())
                if named is not None:
                    short.setdefault(named["short"], _full(folded.text, found))
    declared = (
        re.compile("(?P<short>" + "|".join(sorted(map(re.escape, short), key=len, reverse=True)) + ")(?=第)")
        if short
        else None
    )
    made: list[Citation] = []
    last = ""
    for para, folded in zip(paragraphs, folds, strict=True):
        if _ANY.search(folded.text) is None:
            continue
        for start, end, title, effective in _mentions(folded.text, declared, short):
            after = end
            named = _ABBREVIATED.match(folded.text, after)
            if named is not None:
                after = named.end()
            articles, provisions = listed(folded, para.index, after)
            marked = folded.text[start] == "《"
            if not articles and not (marked and _STATUTE.search(title)):
                continue
            effective = effective or last
            if not effective:
                continue
            last = effective
            place = folded.place(start, end)
            made.append(Citation(title, effective, Span(para.index, *place), articles, provisions))
    return tuple(made)


def _mentions(
    text: str, declared: re.Pattern[str] | None, short: dict[str, str]
) -> Iterator[tuple[int, int, str, str]]:
    """提及：(start, end, title as written, title in full or "" where the one before is meant)."""
    found: list[tuple[int, int, str, str]] = []
    taken = -1
    for match in _TITLE.finditer(text):
        title = match["title"]
        found.append((match.start(), match.end(), title, short.get(title) or _full(text, match)))
    titles = [(start, end) for start, end, _, _ in found]
    if "第" not in text:
        yield from found
        return
    found.extend(
        (match.start(), match.end(), match[0], match["full"] or "")
        for match in _SAME.finditer(text)
        if not _within(match.start(), titles)
    )
    found.extend(_bare(text))
    if declared is not None:
        named = sorted((start, end) for start, end, _, _ in found)
        found.extend(
            (match.start(), match.end(), match["short"], short[match["short"]])
            for match in declared.finditer(text)
            if not _within(match.start(), named)
        )
    for mention in sorted(found):
        if mention[0] >= taken:
            taken = mention[1]
            yield mention


def _bare(text: str) -> Iterator[tuple[int, int, str, str]]:
    """惯用名：刑法第……, where nothing before the name makes it part of a longer one."""
    for ends in _BARE_END.finditer(text):
        end = ends.start() + 1
        named = _BARE.search(text, max(end - 12, 0), end)
        if named is not None:
            yield named.start("bare"), end, named["bare"], _IN_FULL[named["bare"]]


def _within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """``spans`` are in order and apart, so the last that begins at or before ``at`` decides."""
    before = bisect_right(spans, (at, sys.maxsize)) - 1
    return before >= 0 and at < spans[before][1]


def _full(text: str, found: re.Match[str]) -> str:
    """全称：最高人民法院《关于……的解释》 has its issuer before the marks."""
    title = found["title"]
    if title.startswith("关于"):
        issuer = _ISSUER.search(text, max(found.start() - 60, 0), found.start())
        if issuer is not None:
            return issuer[0].lstrip("、和，") + title
    return title
