"""刑期：the terms a disposition names, in days and months, and how they were imposed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tianping.text.document.model import Document, Section, Span
from tianping.text.document.numerals import counted
from tianping.text.lint.places import part
from tianping.text.regex import regex

_N = r"[一二三四五六七八九十百两\d]{1,4}"
_LENGTH = rf"(?:(?:{_N}年)?零?(?:{_N}个?半?月)?(?:零?{_N}[日天])?|{_N}年半)"
_TERM = regex(
    rf"(?P<kind>有期徒刑|拘役|管制)(?P<length>{_LENGTH})"
    rf"(?:[，,、]?(?:宣告)?缓刑(?P<probation>{_LENGTH})|[，,、]?缓期(?P<stay>{_LENGTH}))?"
)
_HOW = regex(r"(?:判处|决定执行|合并执行|执行|并处|处)$")
_YEARS = regex(rf"(?P<y>{_N})年(?P<half_year>半)?")
_MONTHS = regex(rf"(?P<m>{_N})个?(?P<half>半)?月")
_DAYS = regex(rf"(?P<d>{_N})[日天]")


@dataclass(frozen=True, slots=True)
class Length:
    """期限：whole months and days; half a month counts fifteen days (刑诉法解释第二百零二条)."""

    months: int
    days: int = 0

    @property
    def measure(self) -> tuple[int, int]:
        return self.months, self.days

    @property
    def words(self) -> str:
        years, months = divmod(self.months, 12)
        return (
            (f"{years}年" if years else "")
            + (f"{months}个月" if months else "")
            + (f"{self.days}日" if self.days else "")
        )


@dataclass(frozen=True, slots=True)
class Term:
    """一个刑罚：``combined`` (决定执行): the term for several crimes together."""

    kind: str
    how: str
    length: Length
    span: Span
    probation: Length | None = None
    probation_span: Span | None = None

    @property
    def combined(self) -> bool:
        return self.how in ("决定执行", "合并执行", "执行")


def terms(document: Document) -> Iterator[Term]:
    """主文判处的刑罚 with a term."""
    for match, span in _found(document):
        length = length_of(match["length"])
        if length is None:
            continue
        how = _HOW.search(match.string, max(match.start() - 4, 0), match.start())
        probation = length_of(match["probation"]) if match["probation"] else None
        yield Term(
            kind=match["kind"],
            how=how[0] if how else "",
            length=length,
            span=Span(span.paragraph, _start(document, span, len(how[0]) if how else 0), span.end),
            probation=probation,
            probation_span=part(document, match, span, "probation") if probation else None,
        )


@lru_cache(maxsize=512)
def _matches(text: str) -> tuple[re.Match[str], ...]:
    """Kept, because more than one rule reads the same disposition."""
    return tuple(_TERM.finditer(text))


def _found(document: Document) -> Iterator[tuple[re.Match[str], Span]]:
    """Only paragraphs that reach into the disposition are read: a judgment names many terms before it."""
    for number in document.paragraphs_reaching(Section.ORDER):
        line = document.lines[number]
        for match in _matches(line.text):
            span = Span(number, *line.place(*match.span()))
            if document.section_at(span) is Section.ORDER:
                yield match, span


def _start(document: Document, span: Span, back: int) -> int:
    """Where the word before the kind (判处) begins, with white space between them."""
    line = document.lines[span.paragraph]
    return line.place(line.index(span.start) - back, line.index(span.start))[0] if back else span.start


def length_of(text: str) -> Length | None:
    """三年六个月 → 42 months; None where no number is written."""
    years, months, days = _YEARS.search(text), _MONTHS.search(text), _DAYS.search(text)
    if not (years or months or days):
        return None
    whole = (counted(years["y"]) or 0) * 12 + (6 if years["half_year"] else 0) if years else 0
    rest = 0
    if months:
        whole += counted(months["m"]) or 0
        rest += 15 if months["half"] else 0
    if days:
        rest += counted(days["d"]) or 0
    return Length(whole, rest)
