"""成段：pieces of a file become paragraphs, each character still knowing where it came from.

The same judgment must read the same from any file, so here — and only here — layout is taken off: white space at
either end of a paragraph, paragraphs with nothing in them, and characters nobody sees (zero-width, direction marks).
White space inside a paragraph stays; see ``folding``. Every piece taken off only moves ``Run`` boundaries and their
``offset``, so a comment can still be anchored on the exact characters of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tianping.text.regex import regex

from .model import Paragraph, Part, Run

_UNSEEN = regex("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\x00-\x08\x0e-\x1f\x7f]+")
_SURROGATE = regex("[\ud800-\udfff]")
_LINE = regex(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


class Piece(NamedTuple):
    """片段：``text`` found at ``offset`` characters into text node ``node`` of package part ``part``."""

    text: str
    part: str
    node: int
    offset: int = 0


def paragraph(pieces: Sequence[Piece], *, index: int, part: Part = Part.BODY) -> Paragraph | None:
    """成段：None where a reader would see nothing."""
    texts: list[str] = []
    runs: list[Run] = []
    at = 0
    for piece in pieces:
        for text, offset in _seen(piece.text):
            texts.append(text)
            runs.append(Run(at, at + len(text), piece.part, piece.node, piece.offset + offset))
            at += len(text)
    whole = "".join(texts)
    if not whole or whole.isspace():
        return None
    text = whole.strip()
    if len(text) < len(whole):
        left = len(whole) - len(whole.lstrip())
        runs = _cut(runs, left, left + len(text))
    return Paragraph(index=index, text=text, part=part, runs=tuple(runs))


def _seen(text: str) -> list[tuple[str, int]]:
    """可见字符：the stretches of a text that a reader sees, each with its offset; lone surrogates show as U+FFFD."""
    if not text:
        return []
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    if _UNSEEN.search(text) is None:
        return [(text, 0)]
    stretches = []
    at = 0
    for gap in _UNSEEN.finditer(text):
        if gap.start() > at:
            stretches.append((text[at : gap.start()], at))
        at = gap.end()
    if at < len(text):
        stretches.append((text[at:], at))
    return stretches


def _cut(runs: Iterable[Run], left: int, right: int) -> list[Run]:
    cut = []
    for run in runs:
        start, end = max(run.start, left), min(run.end, right)
        if start < end:
            cut.append(Run(start - left, end - left, run.part, run.node, run.offset + start - run.start))
    return cut


def from_lines(text: str, part: str = "text") -> tuple[Paragraph, ...]:
    """文本成段：a paragraph a line; ``node`` is the number of the line in the file, from 0, blank lines counted."""
    paragraphs: list[Paragraph] = []
    all_seen = _UNSEEN.search(text) is None and _SURROGATE.search(text) is None
    for number, line in enumerate(_LINE.split(text)):
        if not all_seen:
            made = paragraph([Piece(line, part, number)], index=len(paragraphs))
            if made is not None:
                paragraphs.append(made)
        elif words := line.strip():
            run = Run(0, len(words), part, number, line.index(words[0]))
            paragraphs.append(Paragraph(len(paragraphs), words, runs=(run,)))
    return tuple(paragraphs)
