"""校对：sentences in, proposed edits out. It reports; it never changes a text by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .alphabet import FIRST, RARE
from .batch import Batch
from .candidates import Kind, propose
from .features import rows
from .masks import Mask, hide_people, mask
from .model import SHIPPED, Model, load
from .ngrams import extend
from .style import of_style
from .windows import Changes

AT_ONCE = 16_000  # characters of a batch
LONGEST_SENTENCE = 300
SURE_WORD = 0.8
_ENDS = re.compile(r"[。；！？\n]+[”’」』）)]*")
SELDOM = 3e-6  # share of the corpus below which a character is hardly ever seen
FOREIGN = 0.15  # a sentence with more characters than this outside the alphabet is in another script: left alone


class Preset(StrEnum):
    """档位：安静只报最有把握的，仔细连把握小的也报。"""

    QUIET = "quiet"
    NORMAL = "normal"
    THOROUGH = "thorough"


THRESHOLDS = {Preset.QUIET: 0.8, Preset.NORMAL: 0.5, Preset.THOROUGH: 0.3}  # where the model names none of its own

KIND_NAMES = {
    Kind.CHARACTER: "别字",
    Kind.WORD: "别词",
    Kind.EXTRA: "多字",
    Kind.MISSING: "漏字",
    Kind.ORDER: "语序",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """改动建议: characters ``start``–``end`` of the text, ``old``, should probably read ``new``.

    ``evidence`` is a string of the corpus (statutes and judgments, in at least two texts) that holds the new words.
    """

    start: int
    end: int
    old: str
    new: str
    score: float
    kind: Kind
    evidence: str | None = None

    @property
    def kind_name(self) -> str:
        return KIND_NAMES[self.kind]


@dataclass(frozen=True, slots=True)
class _Piece:
    """一句: where it stands in which text."""

    text: int
    start: int
    end: int


class Proofreader:
    """校对器 over one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        if model.tables.trees is None:
            raise ValueError("a model without trees proposes but cannot choose")
        self._thresholds = {
            preset: np.array(model.notes.get("thresholds", {}).get(preset.value, [default] * len(Kind)))
            for preset, default in THRESHOLDS.items()
        }

    def least(self, preset: Preset, kind: Kind) -> float:
        """最低把握 of a preset for one kind of error."""
        return float(self._thresholds[preset][kind])

    def proofread(self, text: str, *, preset: Preset = Preset.NORMAL, names: Iterable[str] = ()) -> tuple[Edit, ...]:
        """Edits of one text, in order, never overlapping."""
        return next(self.each([text], preset=preset, names=names))

    def each(
        self,
        texts: Sequence[str],
        *,
        preset: Preset = Preset.NORMAL,
        names: Iterable[str] = (),
        masks: Sequence[Mask] | None = None,
        one_document: bool = False,
    ) -> Iterator[tuple[Edit, ...]]:
        """Edits of each text. ``masks`` close further places; ``one_document``: the texts are its paragraphs."""
        known = frozenset(names)
        pieces: list[_Piece] = []
        waiting = 0
        found: dict[int, list[Edit]] = {}
        told = 0
        for number, text in enumerate(texts):
            for start, end in sentences(text):
                pieces.append(_Piece(number, start, end))
                waiting += end - start
                if waiting >= AT_ONCE:
                    self._run(texts, pieces, preset, known, masks, one_document, found)
                    pieces, waiting = [], 0
                    while told < number:
                        yield tuple(found.pop(told, ()))
                        told += 1
        self._run(texts, pieces, preset, known, masks, one_document, found)
        while told < len(texts):
            yield tuple(found.pop(told, ()))
            told += 1

    def _run(
        self,
        texts: Sequence[str],
        pieces: list[_Piece],
        preset: Preset,
        names: frozenset[str],
        masks: Sequence[Mask] | None,
        one_document: bool,
        found: dict[int, list[Edit]],
    ) -> None:
        if not pieces:
            return
        parts, closed = self._prepared(texts, pieces, names, masks)
        batch = Batch.of(self.model.tables, parts, closed)
        _close_foreign(batch)
        changes, scored = propose(batch)
        if not len(changes):
            return
        document = np.array([0 if one_document else piece.text for piece in pieces], dtype=np.int64)
        assert self.model.tables.trees is not None
        chance = self.model.tables.trees.score(rows(batch, changes, scored, document))
        chance[of_style(batch, changes)] = 0.0
        for index in choose(changes, chance, self._thresholds[preset]):
            home = int(changes.start[index])
            sentence = int(batch.sentence[home if batch.sentence[home] >= 0 else home - 1])
            piece = pieces[sentence]
            start = piece.start + home - int(batch.starts[sentence])
            end = start + int(changes.end[index] - changes.start[index])
            new = self.model.tables.alphabet.text(changes.new[index, : changes.length[index]].astype(np.int64))
            found.setdefault(piece.text, []).append(
                Edit(
                    start,
                    end,
                    texts[piece.text][start:end],
                    new,
                    round(float(chance[index]), 4),
                    Kind(int(changes.kind[index])),
                    self._evidence(texts[piece.text], start, end, new),
                )
            )

    def _prepared(
        self, texts: Sequence[str], pieces: list[_Piece], names: frozenset[str], masks: Sequence[Mask] | None
    ) -> tuple[list[str], list[Mask]]:
        """The pieces with people hidden, and their masks; neighbours of one text are read together, since a name is
        told once and used often."""
        parts: list[str] = []
        closed: list[Mask] = []
        at = 0
        while at < len(pieces):
            stop = at
            while stop < len(pieces) and pieces[stop].text == pieces[at].text:
                stop += 1
            first = pieces[at].start
            text = texts[pieces[at].text][first : pieces[stop - 1].end]
            hidden, whole = hide_people(text, names), mask(text, names)
            if masks is not None:
                whole = whole | masks[pieces[at].text][first : first + len(text)]
            for piece in pieces[at:stop]:
                here = slice(piece.start - first, piece.end - first)
                parts.append(hidden[here])
                closed.append(whole[here])
            at = stop
        return parts, closed

    def _evidence(self, text: str, start: int, end: int, new: str) -> str | None:
        """The longest known string of statutes or judgments that holds the new words as the corrected text has them."""
        left, right = text[max(0, start - 4) : start], text[end : end + 4]
        window = left + new + right
        ids = self.model.tables.alphabet.ids(window)
        first, last = (len(left), len(left) + len(new)) if new else (len(left) - 1, len(left) + 1)
        grams = self.model.tables.likelihood.grams
        for order in (5, 4, 3):
            for at in range(max(0, last - order), min(first, len(ids) - order) + 1):
                if (ids[at : at + order] < FIRST).any():
                    continue
                hashes = ids[at : at + 1].astype(np.uint64)
                for offset in range(1, order):
                    hashes = extend(hashes, ids[at + offset : at + offset + 1])
                if grams.find(hashes)[0] and grams.is_attested(hashes)[0]:
                    return window[at : at + order]
        return None


def choose(changes: Changes, chance: NDArray[np.float32], thresholds: NDArray[np.float64]) -> list[int]:
    """取舍: sure words first, then the likeliest, none that touches one chosen before; in order of place.

    A change was weighed with its neighbours as they are written; beside another change that says nothing. For the same
    reason a word goes before the one character of it that would do by itself.
    """
    good = np.flatnonzero(chance >= thresholds[changes.kind])
    rank = chance[good] + ((changes.kind[good] == Kind.WORD) & (chance[good] >= SURE_WORD))
    good = good[np.lexsort((changes.start[good], -rank))]
    edges: set[int] = set()  # gaps inside and at the ends of what is changed
    chosen = []
    for index in good:
        gaps = range(int(changes.start[index]), int(changes.end[index]) + 1)
        if edges.isdisjoint(gaps):
            edges.update(gaps)
            chosen.append(int(index))
    return sorted(chosen, key=lambda index: (int(changes.start[index]), int(changes.end[index])))


def _close_foreign(batch: Batch) -> None:
    """Leave sentences of another script alone: too many of their characters are hardly ever seen."""
    inside = batch.sentence >= 0
    unigrams = batch.tables.likelihood.unigrams
    seldom = unigrams < SELDOM * unigrams.sum()
    seldom[:FIRST] = False
    seldom[RARE] = True
    unknown = np.bincount(batch.sentence[inside & seldom[batch.ids]], minlength=len(batch.starts))
    foreign = unknown > FOREIGN * np.maximum(batch.ends - batch.starts, 1)
    batch.closed[inside] |= foreign[batch.sentence[inside]]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences as the corpus has them: cut after 。；！？ and line ends, and where one has no end in sight."""
    start = 0
    for end in (*(found.end() for found in _ENDS.finditer(text)), len(text)):
        while start < end:
            stop = min(end, start + LONGEST_SENTENCE)
            if stop < end:
                comma = max(text.rfind("，", start, stop), text.rfind(",", start, stop))
                stop = comma + 1 if comma > start else stop
            yield start, stop
            start = stop


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*pieces, text[at:]])


@cache
def shipped(path: Path = SHIPPED) -> Proofreader:
    """随包模型 as a proofreader, loaded once; ``ModelError`` where it cannot be used."""
    return Proofreader(load(path))
