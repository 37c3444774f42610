"""植入的错误：faults of law planted into real judgments are found; where nothing was planted the rule is silent."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest

from tianping.law import shipped
from tianping.text import lint
from tianping.text.document import Document, Section, from_text, read

EXAMPLES = Path(__file__).parents[2] / "examples"
N = "[一二三四五六七八九十]"
PLANTED = {
    "LAW001": (Section.BASIS, "《中华人民共和国刑法》", "《中华人民共和国刑罚》"),
    "LAW007": (
        Section.BASIS,
        "《中华人民共和国刑法》第",
        "《中华人民共和国刑事诉讼法》第二百条、《中华人民共和国刑法》第",
    ),
    "LAW008": (Section.BASIS, "《中华人民共和国刑法》第", "《中华人民共和国宪法》第三十三条、《中华人民共和国刑法》第"),
    "LAW009": (Section.BASIS, "《中华人民共和国刑法》", "《刑法》"),
    "LAW016": (Section.BASIS, rf"刑法》第{N}百?(?:{N}|百|零)*条(?:之一)?(?:第.款)?", "刑法》第四百三十条"),
    "CHR019": (Section.ORDER, "犯盗窃罪|犯危险驾驶罪|犯故意伤害罪|犯交通肇事罪|犯诈骗罪", "犯盗切罪"),
    "DAT007": (Section.ORDER, rf"判处有期徒刑{N}+年(?:零?{N}+个月)?|判处拘役{N}+个月", "判处拘役九个月"),
    "DAT008": (Section.ORDER, rf"缓刑{N}+(?:年|个月)(?:零?{N}+个月)?", "缓刑一个月"),
}


@cache
def texts() -> tuple[str, ...]:
    folder = Path(os.environ["TIANPING_DATA"]) / "judgments"
    return tuple(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))


def flagged(code: str, document: Document) -> set[tuple[int, int]]:
    outcomes = lint.consider(lint.rule_by_code(code), document, shipped())
    return {(one.span.paragraph, one.span.start) for one in outcomes if isinstance(one, lint.Remark)}


@pytest.mark.data
@pytest.mark.skipif("TIANPING_DATA" not in os.environ, reason="needs TIANPING_DATA")
@pytest.mark.parametrize("code", PLANTED)
def test_at_least_nine_of_ten_are_found(code: str) -> None:
    section, pattern, fault = PLANTED[code]
    planted = found = 0
    for text in texts():
        document = from_text(text)
        if document.instance.value != "一审":
            continue
        lines = [paragraph.text for paragraph in document.paragraphs]
        places = sorted({stretch.span.paragraph for stretch in document.stretches_in(section)})
        at = next((number for number in places if re.search(pattern, lines[number])), None)
        # In a paragraph that passes from reasons to grounds the fault goes to the last place, which is the grounds.
        matches = list(re.finditer(pattern, lines[at])) if at is not None else []
        if at is None or flagged(code, document):
            continue
        place = matches[-1] if section is Section.BASIS else matches[0]
        lines[at] = lines[at][: place.start()] + place.expand(fault) + lines[at][place.end() :]
        planted += 1
        found += bool(flagged(code, from_text("\n".join(lines))))
    assert planted >= 40
    assert found / planted >= 0.9, f"{found}/{planted}"


FEES = {
    "NUM006": (r"减半收取计(\d)", r"减半收取计9\g<1>"),
    "NUM007": (r"(由[^，。；]{1,40}负担)\d+", r"\g<1>7"),
    "NUM008": (r"案件受理费10元", "案件受理费1300元"),
    "LAW003": (r"第二百六十四条(?=规定，加倍)", "第二百六十条"),
}


@pytest.mark.parametrize("code", FEES)
def test_faults_planted_into_the_examples_are_all_found(code: str) -> None:
    pattern, fault = FEES[code]
    planted = 0
    for path in sorted(EXAMPLES.glob("*.docx")):
        lines = [paragraph.text for paragraph in read(path).paragraphs]
        before = from_text("\n".join(lines))
        at = next((number for number, line in enumerate(lines) if re.search(pattern, line)), None)
        shares = code != "NUM007" or (at is not None and lines[at].count("负担") > 1)
        if at is None or not shares or before.instance.value != "一审":
            continue
        assert flagged(code, before) == set(), path.name
        lines[at] = re.sub(pattern, fault, lines[at], count=1)
        planted += 1
        assert flagged(code, from_text("\n".join(lines))), (path.name, lines[at])
    assert planted >= 1
