"""找词：matching that looks through the white space courts put between characters, and comes back to real places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tianping.text.document.model import Document, Section, Span


def whole(document: Document) -> str:
    """The whole document without padding, for counting words and for the cheap look before the close one."""
    return document.words


def find(
    document: Document, pattern: re.Pattern[str], *sections: Section, holding: tuple[str, ...] = ()
) -> Iterator[tuple[re.Match[str], Span]]:
    """Every match with its place in the paragraph as written; only in the given sections, where any are given.

    ``holding``: words without one of which the pattern matches nothing. Paragraphs without them are passed over.
    """
    numbers: Sequence[int] = range(len(document.paragraphs))
    if sections:
        numbers = document.paragraphs_reaching(*sections)
    elif holding:
        numbers = document.paragraphs_holding(*holding)
    for number in numbers:
        line = document.lines[number]
        for match in pattern.finditer(line.text):
            span = Span(number, *line.place(*match.span()))
            if not sections or document.section_at(span) in sections:
                yield match, span


def around(document: Document, span: Span) -> tuple[str, int, int]:
    """(the paragraph without padding, where the place begins in it, where it ends)."""
    line = document.lines[span.paragraph]
    if line.places is None:
        return line.text, span.start, span.end
    return line.text, bisect_left(line.places, span.start), bisect_left(line.places, span.end)


def part(document: Document, match: re.Match[str], span: Span, group: str) -> Span:
    """The place of one group of a match found by ``find``."""
    line = document.lines[span.paragraph]
    return Span(span.paragraph, *line.place(*match.span(group)))
