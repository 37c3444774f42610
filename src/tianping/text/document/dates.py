"""日期：days written in a judgment, whether they exist or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from tianping.text.regex import regex

from .folding import Folded, compact
from .model import Document, Interval, Paragraph, Section, Span, WrittenDate
from .numerals import counted, spelled_year

_Y = r"[一二][〇零○OΟO0０Ｏ◯o一二三四五六七八九]{3}"
_N = r"[〇零一二三四五六七八九十]{1,3}"
_WRITTEN = regex(
    rf"(?<!\d)(?P<year>\d{{2,4}}|同|当|次|{_Y})年(?P<month>\d{{1,2}}|{_N})月(?P<day>\d{{1,2}}|{_N})(?:日|号(?![楼院栋房]))"
    r"|(?P<samemonth>同|当)月(?P<sameday>\d{1,2})日"
    r"|(?<![\d年])(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
    r"|(?<![\d.\-/])(?P<y2>(?:19|20)\d{2})(?P<sep>[.\-/．])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?![\d.\-/])"
)
_START = regex(r"[\d同当次一二][\d〇零○OΟO0０Ｏ◯o一二三四五六七八九]{0,3}[年月.\-/．]")
_DOTTED = regex(r"19\d\d[.\-/．]|20\d\d[.\-/．]")
_MONTH = regex(r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?:(?P<month>\d{1,2})月|(?!\d|度))")
_BORN = regex(r"出生|生于|[日月年]生")
_RECORD = regex(r"曾因|曾于|因犯|前科|刑满释放|刑满|假释|被判处|判处有期徒刑|行政拘留处罚|行政处罚")
_ADDS = regex(r"(?:本院)?(?:另|又|再|还|上述|以上)")
_SENTENCE = regex(r"[^。；\n]+")


def day(year: int, month: int, number: int) -> date | None:
    """某日：None for a day the calendar does not have."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def written_dates(paragraphs: Sequence[Paragraph], folds: Sequence[Folded]) -> tuple[WrittenDate, ...]:
    """书写的日期：every one with its place, in reading order."""
    found: list[WrittenDate] = []
    for para, folded in zip(paragraphs, folds, strict=True):
        if "月" not in folded.text and _DOTTED.search(folded.text) is None:
            continue
        before: WrittenDate | None = None
        for match in _matches(folded.text):
            read = _read(match, before)
            if read is None:
                continue
            year, month, number, sure = read
            value = day(year, month, number)
            if not sure and value is None and day(2000, month, number) is not None:
                continue  # 2月29日 of a year we only guess
            if match["y2"] and value is None:
                continue  # 2015-13-02 is as likely the number of a paper
            start, end = folded.place(match.start(), match.end())
            own_year = (match["year"] or match["y2"] or "同") not in ("同", "当", "次")
            before = WrittenDate(
                Span(para.index, start, end), para.text[start:end], year, month, number, value, own_year
            )
            found.append(before)
    return tuple(found)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """As ``_WRITTEN.finditer``, but tried only where a day may begin."""
    at = 0
    while (start := _START.search(text, at)) is not None:
        match = _WRITTEN.match(text, start.start())
        at = match.end() if match is not None else start.start() + 1
        if match is not None:
            yield match


_TO = regex(
    r"(?:[（(][^（）()]{1,12}[）)])?(?:\d{1,2}[时点](?:\d{1,2}分)?许?)?(?:起|开始|始|时起)?[，,]?(?:直?至|直到|到|—{1,2}|－|-|～|~)"
)


def intervals(
    paragraphs: Sequence[Paragraph], folds: Sequence[Folded], dates: Sequence[WrittenDate]
) -> tuple[Interval, ...]:
    """期间：two days with 至、到 or a dash between; the place takes in 自 and 止."""
    made: list[Interval] = []
    for start, end in pairwise(dates):
        if start.span.paragraph != end.span.paragraph or end.span.start - start.span.end > 24:
            continue
        folded = folds[start.span.paragraph]
        if _TO.fullmatch(folded.text, folded.index(start.span.end), folded.index(end.span.start)) is None:
            continue
        text = paragraphs[start.span.paragraph].text
        first = start.span.start - (text[max(start.span.start - 1, 0) : start.span.start] in ("自", "从"))
        last = end.span.end + text.startswith("止", end.span.end)
        made.append(Interval(start, end, Span(start.span.paragraph, first, last)))
    return tuple(made)


def _read(match: re.Match[str], before: WrittenDate | None) -> tuple[int, int, int, bool] | None:
    """(年, 月, 日, whether the year is certain); None where a 同年 has nothing to lean on."""
    if match["year"]:
        month, number = counted(match["month"]), counted(match["day"])
        if month is None or number is None:
            return None
        if match["year"] in ("同", "当", "次"):
            if before is None:
                return 2000, month, number, False
            return before.year + (match["year"] == "次"), month, number, True
        year = spelled_year(match["year"]) if not match["year"].isdecimal() else int(match["year"])
        if year is None:
            return None
        if len(match["year"]) == 2:
            year += 1900 if year >= 30 else 2000
        return year, month, number, True
    if match["samemonth"]:
        return (before.year, before.month, int(match["sameday"]), True) if before else None
    if match["m"]:
        return before.year if before else 2000, int(match["m"]), int(match["d"]), False
    return int(match["y2"]), int(match["m2"]), int(match["d2"]), True


def decided_on(document: Document) -> date | None:
    """落款日期：the last date of the signature block."""
    for written in reversed(document.dates):
        if document.section_at(written.span) is Section.DATE and written.value is not None:
            return written.value
    return None


def fact_days(document: Document, latest: date | None) -> tuple[date | None, date | None]:
    """事实发生的首尾日：earliest and latest day in the facts the court itself finds.

    Births and earlier convictions are no facts of this case; a month or a year alone counts as its first and last day,
    so that the earliest day is never said too late. Without a finding of the court (FACT) nothing is said; where its
    finding only adds to what was said before (另查明), the charge and the judgment below count too.
    """
    found_facts = [s for s in document.stretches if s.section is Section.FACT]
    if found_facts and _ADDS.match(document.text_at(found_facts[0].span)):
        found_facts += [s for s in document.stretches if s.section in (Section.CLAIM, Section.PRIOR)]
    first: date | None = None
    last: date | None = None
    for stretch in found_facts:
        for sentence in _SENTENCE.finditer(compact(document.text_at(stretch.span))):
            words = sentence[0]
            records = [found.start() for found in _RECORD.finditer(words)]
            for found in _MONTH.finditer(words):
                if records and found.start() < records[-1] + 12:
                    continue
                if _BORN.search(words, max(found.start() - 4, 0), found.end() + 8):
                    continue
                days = _extent(words, found)
                if days is None or (latest and days[0] > latest):
                    continue
                first = min(first, days[0]) if first else days[0]
                last = max(last, days[1]) if last else days[1]
    if last and latest and last > latest:
        last = latest
    return first, last


_DAY = regex(r"(\d{1,2})日")


def _extent(words: str, found: re.Match[str]) -> tuple[date, date] | None:
    year = int(found["year"])
    if found["month"] is None:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(found["month"])
    if not 1 <= month <= 12:
        return None
    number = _DAY.match(words, found.end())
    if number is not None:
        value = day(year, month, int(number[1]))
        return (value, value) if value else None
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)
