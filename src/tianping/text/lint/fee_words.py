"""费用句：what the fee paragraph of a judgment says — each fee, its half, and who bears how much."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from tianping.text.document.folding import Folded, fold
from tianping.text.document.model import Amount, Document, Section, Span
from tianping.text.regex import regex

_SUM = r"(?:人民币|共|计|为|：|:|￥|¥){0,3}(?P<sum>\d[\d,，]{0,14}(?:\.\d{1,2})?)(?P<sum_unit>万?)元"
_HEAD = regex(
    r"(?P<level>(?:一审|二审|原审|再审|本案|本诉|反诉|诉前|诉中){0,2})的?"
    r"(?P<kind>案件受理费|案件申请费|受理费|案件诉讼费|诉讼费用?|(?:财产|诉讼|诉前|诉中|行为|证据){0,2}保全(?:申请)?费"
    r"|申请(?:财产)?保全费|公告(?:送达)?费|鉴定费|评估费|申请费)" + _SUM
)
_HALF = regex(r"减半(?:收取|交纳|缴纳|计收|征收|收费)?(?:案件受理费|受理费|后)?" + _SUM)
_ALREADY = regex(r"已(?:依法)?减半|减半后")
_TOTAL = regex(r"(?:合计|共计|总计)" + _SUM)
_SHARE = regex(r"(?P<each>各自?)?(?:共同)?(?:负担|承担)" + _SUM)
_WHOLE = regex(r"(?:余款?|剩余|其余|各半|均|共同)[^，。；]{0,30}?(?:负担|承担)(?!\d|人民币|共|计|为)")
_BEARERS = regex(r"[^，；。由元]{1,60}$")
_AND = regex(r"[、和与及]")
_CLAUSE = regex(r"[^。；;\n]+")


@dataclass(frozen=True, slots=True)
class Charge:
    """一项费用：``sum`` as written at ``span``; ``level`` is 二审, 反诉 and so on, where it is written."""

    kind: str
    level: str
    sum: Decimal
    span: Span

    @property
    def is_case_fee(self) -> bool:
        return self.kind in ("案件受理费", "受理费")

    @property
    def is_preservation(self) -> bool:
        return "保全" in self.kind


@dataclass(frozen=True, slots=True)
class FeeClause:
    """一句费用：``half`` follows 减半收取; ``shares`` are what each bears; ``open_share``: one is not named."""

    text: str
    span: Span
    charges: tuple[Charge, ...]
    half: Decimal | None = None
    half_span: Span | None = None
    already_halved: bool = False
    total: Decimal | None = None
    shares: tuple[Decimal, ...] = ()
    shares_span: Span | None = None
    open_share: bool = False


def fee_clauses(document: Document) -> Iterator[FeeClause]:
    """费用部分各句 that name a fee with its sum."""
    for paragraph in document.paragraphs:
        if "费" in paragraph.text and document.stretches:
            for clause in _clauses(paragraph.text, paragraph.index):
                if document.section_at(clause.charges[0].span) is Section.FEE:
                    yield clause


def amounts_in(document: Document, span: Span) -> tuple[Amount, ...]:
    """该处的金额。The amounts of a document stand in order, so those of a place are a slice."""
    first = bisect_left(document.amounts, (span.paragraph, span.start), key=_place)
    last = bisect_left(document.amounts, (span.paragraph, span.end), key=_place)
    return document.amounts[first:last]


def _place(amount: Amount) -> tuple[int, int]:
    return amount.span.paragraph, amount.span.start


@lru_cache(maxsize=256)
def _clauses(text: str, index: int) -> tuple[FeeClause, ...]:
    line = fold(text)
    return tuple(
        _clause(line, index, found)
        for found in _CLAUSE.finditer(line.text)
        if "费" in found[0] and _HEAD.search(line.text, found.start(), found.end())
    )


def _clause(line: Folded, index: int, found: re.Match[str]) -> FeeClause:
    start, end = found.span()

    def place(match: re.Match[str], group: int | str = 0) -> Span:
        return Span(index, *line.place(*match.span(group)))

    charges = tuple(
        Charge(head["kind"], head["level"], value, place(head))
        for head in _HEAD.finditer(line.text, start, end)
        if (value := _yuan(head)) is not None
    )
    half = _HALF.search(line.text, start, end)
    total = _TOTAL.search(line.text, start, end)
    shares: list[Decimal] = []
    shares_at: list[re.Match[str]] = []
    unclear = False
    for share in _SHARE.finditer(line.text, start, end):
        value = _yuan(share)
        count = 1
        if share["each"]:
            bearers = _BEARERS.search(line.text, max(start, share.start() - 61), share.start())
            count = _bearers(bearers[0]) if bearers else 0
        if value is None or not count:
            unclear = True
        else:
            shares.append(value * count)
            shares_at.append(share)
    return FeeClause(
        text=found[0],
        span=Span(index, *line.place(start, end)),
        charges=charges,
        half=_yuan(half) if half else None,
        half_span=place(half) if half else None,
        already_halved=bool(_ALREADY.search(found[0])),
        total=_yuan(total) if total else None,
        shares=tuple(shares),
        shares_span=Span(index, place(shares_at[0]).start, place(shares_at[-1]).end) if shares_at else None,
        open_share=unclear or bool(_WHOLE.search(found[0])),
    )


def _bearers(text: str) -> int:
    """几人：原、被告 are two, 甲、乙和丙 three, 二被告 two; 0 where the number is not written."""
    if re.search(r"等|[各诸]|双方", text):
        return 2 if "双方" in text else 0
    if counted := re.search(r"([二两三四五六七八九])(?:原告|被告|上诉人|人)$", text):
        return "〇一二三四五六七八九".find(counted[1].replace("两", "二"))
    return len(_AND.findall(text)) + 1


def _yuan(match: re.Match[str]) -> Decimal | None:
    try:
        value = Decimal(match["sum"].replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return value * 10_000 if match["sum_unit"] else value
