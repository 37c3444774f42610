"""植入错误：faults put into whole judgments, one each, to see how many the rule finds.

A plant is a section, a pattern to be found in a paragraph of it, and what it becomes. The fault must be one whatever
the judgment says, so that a miss is a miss; where the pattern finds no place, nothing is planted. Each judgment belongs
to one of two halves by the hash of its text: rules are tuned on ``TUNE`` and their recall is told of ``TOLD`` only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tianping.text import lint
from tianping.text.document import Document, Section, from_text
from tianping.text.lint.registry import RULES

ROOT = Path(__file__).parents[3]
TUNE, TOLD = 0, 1
GONE = "\0"
"""A paragraph that becomes this is taken out."""


@dataclass(frozen=True, slots=True)
class Plant:
    """一种植入。``every``: every paragraph of the section that fits, not only the first."""

    section: Section
    pattern: str
    becomes: str | Callable[[re.Match[str]], str]
    every: bool = False


def _a_year_on(match: re.Match[str]) -> str:
    return f"起至{int(match[1]) + 1}年"


def _in_figures(match: re.Match[str]) -> str:
    return f"{'一二三四五六七八九'.index(match[1]) + 1}."


_CRIMINAL_LAW = "《中华人民共和国刑法》"
_DAY = r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日"
PLANTED: dict[str, Plant] = {
    # 错别字
    "CHR002": Plant(Section.FACT, "账户|账号", "帐户"),
    "CHR004": Plant(Section.FACT, "签订", "签定"),
    "CHR005": Plant(Section.FACT, r"截至(?=\d{4}年|案发|本案)", "截止"),
    "CHR006": Plant(Section.REASON, "其他", "其它"),
    "CHR009": Plant(Section.FACT, "法定代表人", "法人代表"),
    "CHR012": Plant(Section.REASON, "鉴定意见", "鉴定结论"),
    "CHR015": Plant(Section.FACT, r"(?<!\d)20(1\d)年", r"2O\1年"),
    "CHR019": Plant(Section.ORDER, "犯盗窃罪", "犯偷窃罪"),
    # 语病
    "GRM001": Plant(Section.REASON, "本院认为，被告人", "本院认为，被告人被告人"),
    "GRM002": Plant(Section.REASON, "的(?=行为|规定|事实)", "的的"),
    "GRM009": Plant(Section.ORDER, _DAY, "____年__月__日"),
    "GRM010": Plant(Section.ORDER, r"被告人[^，。；犯、]{2,4}犯", "被告人韦可桢犯"),
    "GRM007": Plant(Section.ORDER, r"^([一二三]、)?被告[^，。；于]{2,30}(?=于本判决)", r"\1被告"),
    # 标点
    "PUN001": Plant(Section.FACT, "。", "，。"),
    "PUN002": Plant(Section.FACT, r"(?<=[\u4e00-\u9fff])，(?=[\u4e00-\u9fff])", ","),
    "PUN003": Plant(Section.FACT, r"（([\u4e00-\u9fff]{2,12})）", r"(\1)"),
    "PUN004": Plant(Section.BASIS, "》", ""),
    "PUN007": Plant(Section.FACT, r"(?<![\d.])(\d{1,3})(\d{3})元", r"\1，\2元"),
    "PUN010": Plant(Section.ORDER, "^([一二三四五六七八九])、", _in_figures, every=True),
    "PUN012": Plant(Section.DATE, "〇", "○"),
    "PUN014": Plant(Section.FACT, r"(\d{4}年)([1-9])月([1-9])日", r"\g<1>0\2月0\3日"),
    "PUN015": Plant(Section.BASIS, "第六十七条第三款", "第67条第3款"),
    # 结构
    "STR001": Plant(Section.REASON, r"^.*?(?=(?:依照|依据|根据)(?:《|最高)|判决如下|$)", "", every=True),
    "STR003": Plant(Section.CASENO, r"^（(201[6-9]|202\d)）", r"〔\1〕"),
    "STR004": Plant(Section.CASENO, "刑初|民初|行初", "执保"),
    "STR007": Plant(Section.APPEAL, r"^如不服本判决.+", GONE, every=True),
    "STR008": Plant(Section.APPEAL, "十日|十五日", "二十日"),
    "STR009": Plant(Section.APPEAL, r"(上诉于|直接向)[^，。]{2,20}中级人民法院", r"\1清河市中院"),
    "STR010": Plant(Section.LATE, r".+", GONE, every=True),
    "STR011": Plant(Section.BASIS, "判决如下", "裁定如下"),
    "STR012": Plant(Section.ORDER, r".+", GONE, every=True),
    "STR013": Plant(Section.ORDER, "^二、", "三、"),
    "STR014": Plant(Section.ORDER, r"于本判决(?:发生法律效力|生效)之日起[^，。；日]{1,5}日内", ""),
    "STR015": Plant(Section.ORDER, r"^([一二三四五六]、)?驳回.*其他诉讼请求.*", GONE),
    "STR016": Plant(Section.SIGN, r"^人民陪审员.+", GONE),
    "STR017": Plant(Section.CLERK, r"^书.?记.?员.+", GONE, every=True),
    # 当事人
    "PTY002": Plant(Section.ORDER, r"被告(?!人)", "原告"),
    "PTY003": Plant(Section.ORDER, r"有限公司", "公司"),
    "PTY006": Plant(Section.PARTY, r"（(?:原审|一审)[^）]+）", "", every=True),
    "PTY014": Plant(Section.REASON, r"本院认为，被告人", "本院认为，九被告人"),
    # 日期
    "DAT001": Plant(Section.FACT, r"(\d{4}年)\d{1,2}月\d{1,2}日", r"\g<1>6月31日"),
    "DAT002": Plant(Section.ORDER, r"(\d{3})(\d)(年\d{1,2}月\d{1,2}日起至)\d{4}年", r"\g<1>\g<2>\g<3>1990年"),
    "DAT003": Plant(Section.FACT, _DAY, r"2035年\2月\3日"),
    "DAT006": Plant(Section.ORDER, r"起至(\d{4})年", _a_year_on),
    "DAT007": Plant(Section.ORDER, r"拘役[一二三四五六]个月", "拘役九个月"),
    "DAT008": Plant(Section.ORDER, r"(缓刑考验期限?，?)从判决确定之日", r"\1从判决执行之日"),
    # 金额
    "NUM001": Plant(Section.ORDER, r"罚金人民币[一二三四五六七八九]+千元", "罚金人民币伍仟柒元（5700元）"),
    "NUM004": Plant(Section.ORDER, r"((?:支付|偿还|返还|赔偿|归还)[^。；]{0,40}?)(?<![\d.])(\d{4,6})元", r"\g<1>9\2元"),
    "NUM005": Plant(Section.FEE, r"案件受理费\d+元", "案件受理费98765元"),
    "NUM006": Plant(Section.FEE, r"减半收取(?:计)?\d+元", "减半收取7元"),
    "NUM007": Plant(Section.FEE, r"(由[^，。]{2,20}负担)\d+元(?=[，。])", r"\g<1>3元"),
    "NUM009": Plant(Section.FEE, r"((?:保全)?申请费)\d+元", r"\g<1>8765元"),
    # 法条
    "LAW001": Plant(Section.BASIS, "《中华人民共和国刑法》", "《中华人民共和国刑发》"),
    "LAW002": Plant(Section.BASIS, "《中华人民共和国民法典》", "《中华人民共和国合同法》"),
    "LAW004": Plant(Section.BASIS, r"刑法》第[一二三四五六七八九十百]+条", "刑法》第六百二十条"),
    "LAW005": Plant(Section.BASIS, "第六十七条第三款", "第六十七条第九款"),
    "LAW006": Plant(Section.BASIS, r"(依照|依据|根据)《", r"\1《中华人民共和国民法典》第一百八十七条、《"),
    "LAW007": Plant(
        Section.BASIS,
        rf"(依照|依据|根据){_CRIMINAL_LAW}",
        rf"\1《最高人民法院关于适用财产刑若干问题的规定》第一条、{_CRIMINAL_LAW}",
    ),
    "LAW008": Plant(Section.BASIS, r"(依照|依据|根据)《", r"\1《中华人民共和国宪法》第三十三条、《"),
    "LAW009": Plant(Section.BASIS, rf"(依照|依据|根据){_CRIMINAL_LAW}", r"\1《刑法》"),
    "LAW016": Plant(Section.BASIS, "第二百六十四条", "第二百三十八条"),
    # 逻辑
    "LOG008": Plant(Section.ORDER, "连带", "", every=True),
    "LOG009": Plant(Section.BASIS, r"((?:系|属|是|构成|具有)自首.*)第六十七条第一款", r"\1第六十一条"),
    "LOG010": Plant(Section.ORDER, r"(?:数罪并罚，)?决定执行有期徒刑[^，；。（]{2,12}", ""),
    "LOG013": Plant(Section.APPEAL, r"^(如不服本判决.+)$", r"\1本判决为终审判决。"),
    # 公开
    "PRV001": Plant(Section.PARTY, "0{18}", "11010519491231002X"),
    "PRV002": Plant(Section.FACT, "手机", "手机13800001234"),
    "PRV003": Plant(Section.FACT, r"(银行卡|账户)(?=[\u4e00-\u9fff，。])", r"\1（账号6222021001116245702）"),
    "PRV004": Plant(Section.PARTY, r"住([^，。（）]{2,10}[县区市])(?=[，。])", r"住\1文昌街道河沿路5号302室"),
    "PRV006": Plant(Section.FACT, r"被害人[\u4e00-\u9fff]某[某甲乙丙]?\d?(?![\u4e00-\u9fff]?\d)", "被害人柳一禾"),
    "PRV009": Plant(Section.REASON, r"本院认为，", "本院认为，被告人韦可桢犯罪时未满十八周岁，"),
}
WORDS = RULES / "characters" / "misspelt_legal_word.tsv"


def half(text: str) -> int:
    """哪一半：by the hash of the text, so that nobody chooses."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 2


def recall(code: str, texts: Iterable[str]) -> tuple[int, int]:
    """(planted, found) of one rule over whole judgments; one fault in each that offers a place for it."""
    rule = lint.rule_by_code(code)
    planted = found = 0
    for text in texts:
        document = from_text(text)
        lines = _with_fault(code, document)
        if lines is not None:
            planted += 1
            found += len(_said(rule, from_text("\n".join(lines)))) > len(_said(rule, document))
    return planted, found


def _said(rule: lint.Rule, document: Document) -> list[lint.Remark]:
    return [outcome for outcome in lint.consider(rule, document) if isinstance(outcome, lint.Remark)]


def _with_fault(code: str, document: Document) -> list[str] | None:
    """The paragraphs with the fault in them; None where the judgment offers no place for it."""
    if not document.title.endswith("判决书"):
        return None
    lines = [paragraph.text for paragraph in document.paragraphs]
    made = {"CHR001": _misspelling, "PTY001": _name_of_another}
    plant = made[code](document) if code in made else PLANTED[code]
    if plant is None:
        return None
    changed = False
    places = {stretch.span.paragraph for stretch in document.stretches if stretch.section is plant.section}
    for number in sorted(places):
        if re.search(plant.pattern, lines[number]) and (plant.every or not changed):
            lines[number] = re.sub(plant.pattern, plant.becomes, lines[number], count=1)
            changed = True
    return [line for line in lines if GONE not in line] if changed else None


@cache
def _words() -> tuple[tuple[str, str], ...]:
    rows = (line.split("\t") for line in WORDS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return tuple((row[0], row[1]) for row in rows)


def _misspelling(document: Document) -> Plant | None:
    """错词表里的一条，whose right form stands in this judgment; which one, the text's hash says."""
    text = document.text
    known = [(wrong, right) for wrong, right in _words() if right in text]
    if not known:
        return None
    wrong, right = known[int(hashlib.sha256(text.encode()).hexdigest()[8:16], 16) % len(known)]
    return Plant(Section.REASON, re.escape(right), wrong)


def _name_of_another(document: Document) -> Plant | None:
    """主文里的姓名错一字, where the head gives a whole name of three characters."""
    names = [party.name for party in document.parties if re.fullmatch(r"[\u4e00-\u9fff]{3}", party.name)]
    whole = [name for name in names if not re.search("[某甲乙丙丁]", name)]
    return Plant(Section.ORDER, re.escape(whole[0]), whole[0][:2] + "焱") if whole else None


CODES = tuple(sorted({*PLANTED, "CHR001", "PTY001"}))


def invented() -> list[str]:
    """虚构文书：the labelled fictional documents and the sources of the examples, which also hold civil judgments."""
    fictional = sorted((ROOT / "tests/text/document/fictional").glob("*.txt"))
    examples = sorted((ROOT / "examples/sources").glob("*.txt"))
    labelled = [path.read_text(encoding="utf-8").partition("\n---\n")[2] for path in fictional]
    # The sources mark what the cases of their own tests need; a reader of the document does not see the marks.
    plain = [re.sub("[⟪⟫]", "", path.read_text(encoding="utf-8").partition("\n\n")[2]) for path in examples]
    return labelled + plain
