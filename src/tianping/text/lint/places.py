"""找词：matching that looks through the white space courts put between characters, and comes back to real places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from tianping.text.document.folding import Folded, fold
from tianping.text.document.model import Document, Section, Span


@lru_cache(maxsize=4096)
def folded(text: str) -> Folded:
    """The text without padding; kept, because many rules read the same paragraph."""
    return fold(text)


def whole(document: Document) -> str:
    """The whole document without padding, for counting words and for the cheap look before the close one."""
    return folded(document.text).text


def find(document: Document, pattern: re.Pattern[str], *sections: Section) -> Iterator[tuple[re.Match[str], Span]]:
    """Every match with its place in the paragraph as written; only in the given sections, where any are given."""
    for paragraph in document.paragraphs:
        line = folded(paragraph.text)
        for match in pattern.finditer(line.text):
            span = Span(paragraph.index, *line.place(*match.span()))
            if not sections or document.section_at(span) in sections:
                yield match, span


def around(document: Document, span: Span) -> tuple[str, int, int]:
    """(the paragraph without padding, where the place begins in it, where it ends)."""
    line = folded(document.paragraphs[span.paragraph].text)
    if line.places is None:
        return line.text, span.start, span.end
    return line.text, bisect_left(line.places, span.start), bisect_left(line.places, span.end)


def part(document: Document, match: re.Match[str], span: Span, group: str) -> Span:
    """The place of one group of a match found by ``find``."""
    line = folded(document.paragraphs[span.paragraph].text)
    return Span(span.paragraph, *line.place(*match.span(group)))
