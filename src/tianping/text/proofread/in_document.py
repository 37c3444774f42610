"""整份文书的校对：paragraph by paragraph, with the anatomy's protected places closed and the whole text as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tianping.text.document.model import Document, Section, Span

from .candidates import Kind
from .masks import Mask
from .model import ModelError
from .proofreader import Edit, Preset, Proofreader, shipped

FRAME = {Section.TITLE, Section.CASENO, Section.SIGN, Section.DATE, Section.CLERK}
"""首尾程式：names, numbers and set phrases; other rules read them."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """校对建议 at a place of a document: ``suggestion`` replaces exactly what stands at ``span``."""

    span: Span
    suggestion: str | None
    edit: Edit

    def is_told(self, preset: Preset) -> bool:
        """Whether the shipped model is sure enough for a preset."""
        return self.edit.score >= shipped().least(preset, self.edit.kind)


def fault() -> str | None:
    """Why there is no proofreading: one sentence, or None where the shipped model can be used."""
    try:
        shipped()
    except ModelError as error:
        return str(error)
    return None


@lru_cache(maxsize=4)
def proposals(document: Document, preset: Preset = Preset.THOROUGH) -> tuple[Proposal, ...]:
    """All proposals of the shipped model, none where there is none; kept for a while, since several rules ask."""
    try:
        return tuple(of(shipped(), document, preset))
    except ModelError:
        return ()


def forget() -> None:
    """Drop what is kept."""
    proposals.cache_clear()


def of(proofreader: Proofreader, document: Document, preset: Preset) -> list[Proposal]:
    """The proposals of one proofreader on one document."""
    texts = [paragraph.text for paragraph in document.paragraphs]
    closed = masks(document)
    people = [party.name for party in document.parties if not party.is_organisation]
    names = [*people, *(name[1:] for name in people if len(name) == 3)]
    names = [name for name in names if len(name) > 1]
    found = proofreader.each(texts, preset=preset, names=names, masks=closed, one_document=True)
    result = []
    for paragraph, edits in zip(document.paragraphs, found, strict=True):
        for edit in edits:
            start, end, suggestion = widened(edit, paragraph.text, closed[paragraph.index])
            result.append(Proposal(Span(paragraph.index, start, end), suggestion, edit))
    return result


def masks(document: Document) -> list[Mask]:
    """受保护位置 and the frame of the judgment, paragraph by paragraph, as masks."""
    closed = [np.zeros(len(paragraph.text), dtype=bool) for paragraph in document.paragraphs]
    for stretch in document.stretches:
        if stretch.section in FRAME:
            closed[stretch.span.paragraph][stretch.span.start : stretch.span.end] = True
    for place in document.protected:
        closed[place.span.paragraph][place.span.start : place.span.end] = True
    return closed


def widened(edit: Edit, text: str, closed: Mask) -> tuple[int, int, str | None]:
    """A remark flags words: where one is missing or nothing would be left, a free neighbour is taken in."""
    if edit.kind not in (Kind.EXTRA, Kind.MISSING):
        return edit.start, edit.end, edit.new
    if edit.kind is Kind.EXTRA and text[edit.end : edit.end + 1] == edit.old[0]:  # 当当, rather than what stands before
        return edit.start, edit.end + 1, text[edit.end]
    if edit.start > 0 and not closed[edit.start - 1]:
        return edit.start - 1, edit.end, text[edit.start - 1] + edit.new
    if edit.end < len(text) and not closed[edit.end]:
        return edit.start, edit.end + 1, edit.new + text[edit.end]
    if edit.kind is Kind.EXTRA:
        return edit.start, edit.end, None
    return max(edit.start - 1, 0), min(edit.end + 1, len(text)), None
