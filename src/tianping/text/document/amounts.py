"""金额：sums of money as judgments write them — 80000元, 8.5万余元, 3千5百元, 捌仟叁佰元整, ￥8300.

Numbers without money beside them (articles, days, counts) are no amounts; nor are sums nobody can read a value from
(几万元、数千元、××元). Foreign money is no ``Amount`` (its value in yuan is not written), but its place is protected.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from tianping.text.regex import regex

from .folding import Folded
from .model import Amount, Paragraph, Part, Span
from .numerals import counted

_DIGIT = "零〇一二三四五六七八九两壹弌贰貳叁參肆伍陆陸柒捌玖"
_SCALE = "十百千万亿拾佰仟萬億"
_CAPITALS = regex("[壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億]")
_SUM = regex(
    rf"[\d{_DIGIT}{_SCALE}￥¥][\d,，.．{_DIGIT}{_SCALE}余多]{{0,40}}+"
    r"(?:(?P<unit>元|圆|圓|块钱)(?![旦件素老首勋]|月(?![息利租薪])|(?:化|论)(?!解))"
    rf"(?P<small>(?:零?[\d{_DIGIT}]角)?(?:零?[\d{_DIGIT}]分(?![之利息成钟]))?)[整正]?"
    r"|(?P<foreign>美元|港元|港币|欧元|日元|美金|英镑|澳元|加元|新台币|韩元|卢布|澳门元|瑞士法郎|新加坡元|泰铢))"
)
_BARE = regex(  # 人民币8300，￥8300.00 — the unit left out
    r"(?:民币[￥¥]?|[￥¥])(?P<number>\d[\d,，.．]{0,25}+(?P<scale>[万亿]?))(?![\d余多几元圆圓万亿千百美港欧日英澳加韩块份只张个股％%])"
)
_TEN_THOUSANDS = regex(r"[万亿](?=[，。；、）)：的用给到]|左右|本金|以上|以下|现金|$)")
_BEFORE = regex(  # 借款10万，— money by the word before it
    rf"(?:款|费|金|资|钱|价|额|债|借|还|付|账|转|赔偿|补偿|彩礼|存|取|取出|骗|被害人|各|共计?|合计|总计|分得|获利|得|损失|报酬|好处)[了约达共为计给]{{0,3}}"
    rf"(?P<number>\d[\d.．,，]{{0,20}}|[{_DIGIT}十百千]{{1,12}})\Z"
)
_ARABIC = regex(r"(?P<whole>\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:[.．](?P<part>\d+))?")
_TERM = regex(
    rf"(?P<number>\d{{1,3}}(?:[,，]\d{{3}})+(?:[.．]\d+)?|\d+(?:[.．]\d+)?)(?P<scale>[{_SCALE}]{{0,3}})[余多]?(?P<more>[万亿]?)"
)
_VAGUE = regex(r"[几数]\Z")
_FACTOR = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "萬": 10**4}
_FACTOR |= {"亿": 10**8, "億": 10**8}
_RANGE = regex(r"(?P<first>\d[\d,，.．]{0,20})(?:余|多)?[-—－~～至到]{1,2}\Z")
_TABLE_UNIT = regex(r"(?:单位[:：]|金额|价款|本金|利息|数额|费用|合计)[（(]?(?:人民币)?[（(]?(?P<unit>万?元)[）)]?")
_TABLE_FIGURE = regex(r"[￥¥]?(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,12}\.\d{2})")


def amounts(paragraphs: Sequence[Paragraph], folds: Sequence[Folded]) -> tuple[tuple[Amount, ...], tuple[Span, ...]]:
    """全文金额，in reading order, and the places of foreign money."""
    made: list[Amount] = []
    foreign: list[Span] = []
    table_unit = ""
    for para, folded in zip(paragraphs, folds, strict=True):
        text = folded.text
        found: list[tuple[int, int, Decimal, bool, str]] = []
        if "元" in text or "圆" in text or "圓" in text or "块钱" in text:
            for match in _SUM.finditer(text):
                if match["foreign"]:
                    foreign.append(Span(para.index, *folded.place(*match.span())))
                else:
                    found.extend(_sums(text, match))
        if "民币" in text or "￥" in text or "¥" in text:
            found.extend(_bare(text))
        if "万" in text or "亿" in text:
            found.extend(_ten_thousands(text))
        if para.part is Part.TABLE:
            unit = _TABLE_UNIT.search(text)
            table_unit = unit["unit"] if unit is not None else table_unit
            if table_unit and not found and (cell := _TABLE_FIGURE.fullmatch(text)) is not None:
                value = _arabic(cell[0].lstrip("￥¥"))
                if value is not None:
                    found.append((0, len(text), value * (10**4 if "万" in table_unit else 1), False, table_unit))
        else:
            table_unit = ""
        taken = -1
        for start, end, value, capitals, unit_written in sorted(found, key=lambda one: (one[0], -one[1])):
            if start >= taken:
                taken = end
                made.append(Amount(Span(para.index, *folded.place(start, end)), value, capitals, unit_written))
    return tuple(made), tuple(foreign)


def _sums(text: str, match: re.Match[str]) -> list[tuple[int, int, Decimal, bool, str]]:
    """(start, end, yuan, in capitals, unit) — two for a range whose first end has no unit of its own (3000-5000元)."""
    number = text[match.start() : match.start("unit")]
    read = _number(number)
    if read is None:
        return []
    skip, value, scale = read
    start = match.start() + skip
    if _VAGUE.search(text, max(start - 1, 0), start):
        return []
    unit = match["unit"]
    if unit == "元" and text.startswith("月", match.end()) and 1900 <= value < 2100:
        return []  # 2014元月
    for figure, size in re.findall(r"(.)([角分])", match["small"]):
        value += Decimal(counted(figure) or 0) / (10 if size == "角" else 100)
    capitals = _CAPITALS.search(text, start, match.start("unit")) is not None
    made = [(start, match.end(), value, capitals, scale + unit)]
    earlier = _RANGE.search(text, max(start - 24, 0), start)
    if earlier is not None and (first := _arabic(earlier["first"])) is not None and not text[start - 1].isdigit():
        whole = value * (_FACTOR.get(scale, 1) if first < 1000 and scale else 1) / value if value else Decimal(1)
        made.append((earlier.start("first"), earlier.end("first"), first * whole, False, scale + unit))
    return made


def _number(written: str) -> tuple[int, Decimal, str] | None:
    """(characters before the number, its value, the scale written before the unit)."""
    text = written.lstrip("￥¥")
    skip = len(written) - len(text)
    sign = skip
    if not text:
        return None
    scale = "亿" if text.rstrip("余多").endswith(("亿", "億")) else ""
    scale = "万" if text.rstrip("余多").endswith(("万", "萬")) else scale
    if text[0].isdigit() or text[-1].isdigit() or re.search(r"\d", text):
        return _mixed(text, sign, scale)
    bare = text.replace("余", "").replace("多", "")
    if bare != text and not re.search(r"[余多][万亿]?$", text):
        return None
    if bare[:1] in ("百", "千", "万", "亿", "佰", "仟", "萬", "億") or not bare.strip(",，.．"):
        return None  # 百元、万元: no sum but a size
    value = counted(bare)
    if value is None:
        return None
    return 0 if sign else skip, Decimal(value), scale


def _mixed(text: str, sign: int, scale: str) -> tuple[int, Decimal, str] | None:
    """数字与汉字单位：2万3千元, 8.5万余元; the longest run of terms that ends at the unit."""
    terms: list[re.Match[str]] = []
    for term in _TERM.finditer(text):
        if terms and terms[-1].end() != term.start():
            terms.clear()
        if terms and not terms[-1]["scale"]:
            terms.clear()
        terms.append(term)
    if not terms or terms[-1].end() != len(text):
        return None
    total = Decimal(0)
    for term in terms:
        value = _arabic(term["number"])
        if value is None:
            return None
        for factor in term["scale"] + term["more"]:
            value *= _FACTOR[factor]
        total += value
    start = terms[0].start()
    return (0 if start == 0 and sign else sign + start), total, scale


def _arabic(figures: str) -> Decimal | None:
    found = _ARABIC.fullmatch(figures)
    if found is None:
        return None
    whole = unicodedata.normalize("NFKC", found["whole"]).replace(",", "")
    part = unicodedata.normalize("NFKC", found["part"] or "")
    try:
        return Decimal(f"{whole}.{part}" if part else whole)
    except InvalidOperation:
        return None


def _bare(text: str) -> list[tuple[int, int, Decimal, bool, str]]:
    made = []
    for match in _BARE.finditer(text):
        number = match["number"].rstrip(",，.．万亿")
        end = match.start("number") + len(number)
        value = _arabic(number)
        if value is None:
            continue
        scale = match["scale"]
        start = match.start() if match[0][0] in "￥¥" else match.start("number")
        made.append((start, end + len(scale), value * _FACTOR.get(scale, 1), False, scale))
    return made


def _ten_thousands(text: str) -> list[tuple[int, int, Decimal, bool, str]]:
    """借款10万：money by the word before it, where 元 is left out."""
    made = []
    for match in _TEN_THOUSANDS.finditer(text):
        before = _BEFORE.search(text, max(match.start() - 30, 0), match.start())
        if before is None:
            continue
        number = before["number"]
        value = _arabic(number) if number[0].isdigit() else counted(number)
        if value is not None and value:
            made.append((before.start("number"), match.end(), Decimal(value) * _FACTOR[match[0]], False, match[0]))
    return made
