"""从语料到模型：alphabet, counts, tables, trees, file. Every step that takes long is kept and not done twice."""

from __future__ import annotations

import hashlib
import json
import pickle
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from tianping.text.proofread.alphabet import Alphabet
from tianping.text.proofread.likelihood import Likelihood
from tianping.text.proofread.masks import hide_people
from tianping.text.proofread.model import VERSION, save
from tianping.text.proofread.tables import Tables

from .apart import apart
from .archive import archive
from .confusion import confusion, sounds
from .corpus import Kind, kinds
from .counting import stream, table
from .injector import Injected, Injector
from .lexicon import neighbours, words
from .reranker import examples, train
from .topics import topics

Say = Callable[[str], None]
T = TypeVar("T")

BLOCK = 100  # sentences held out together
HELD_OUT = {"judgment": 0.16, "archive": 0.16, "mixed": 0.10, "qa": 0.04, "commentary": 0.02, "statute": 0.012}
WITH_PEOPLE = frozenset({"judgment", "mixed", "commentary", "qa"})
THRESHOLDS = Path(__file__).with_name("thresholds.json")
"""各档各类的最低把握, chosen on the dev files: 别字、别词、多字、漏字、语序."""

ENOUGH = 5_000  # sentences that repeat nothing; where there are fewer, the trees learn from all that were held out
LEAST_SEEN = 3  # characters seen less often are 生僻字 unless the national character set has them


@dataclass(frozen=True, slots=True)
class Recipe:
    """训练配方: what decides the bytes of the model."""

    corpus: Path
    out: Path
    work: Path
    archive: Path | None = None
    seed: int = 1
    passes: int = 2  # how often each held-out sentence is given errors
    trees: int = 300
    thresholds: Path = THRESHOLDS


def build(recipe: Recipe, say: Say) -> dict[str, Any]:
    """The model file and a report of how it came about."""
    sorts = _kinds(recipe, say)
    kept, held = _divide(sorts, recipe.seed)
    mark = _mark(recipe, sorts)
    alphabet = _alphabet(sorts)
    say(f"字表 {alphabet.size}")
    full = _kept(recipe, f"full-{mark}", lambda: _tables(sorts, alphabet, recipe.seed, say))
    part = _kept(recipe, f"part-{mark}", lambda: replace(full, likelihood=_counts(kept, alphabet, say)))
    sentences = [one for kind in held for one in kind.sentences]
    new = apart(alphabet, kept, held)
    say(f"留出 {len(sentences)} 句，其中 {len(new)} 句不与计数语料重复")
    if len(new) >= ENOUGH:
        sentences = new

    def grow() -> tuple[Any, int, int]:
        noisy = _noisy(part, sentences, recipe, say)
        rows, label = examples(part, noisy, say)
        say(f"判别树样本 {len(label)}，其中正确 {int(label.sum())}")
        return train(rows, label, recipe.seed, recipe.trees), len(label), int(label.sum())

    trees, number, right = _kept(recipe, f"trees-{mark}-{recipe.passes}-{recipe.trees}", grow)
    thresholds = json.loads(recipe.thresholds.read_text("utf-8"))
    notes = {
        "seed": recipe.seed,
        "sentences": {kind.name: len(kind.sentences) for kind in sorts},
        "characters": {kind.name: sum(map(len, kind.sentences)) for kind in sorts},
        "held_out": len(sentences),
        "passes": recipe.passes,
        "candidates": number,
        "right": right,
        "thresholds": thresholds,
    }
    sha256 = save(replace(full, trees=trees), notes, recipe.out)
    return {**notes, "version": VERSION, "sha256": sha256, "bytes": recipe.out.stat().st_size}


def _kinds(recipe: Recipe, say: Say) -> list[Kind]:
    sorts = []
    for kind in kinds(recipe.corpus):
        if kind.name in WITH_PEOPLE:
            kind = Kind(kind.name, tuple(hide_people(one) for one in kind.sentences))
        sorts.append(kind)
        say(f"语料 {kind.name} {len(kind.sentences)} 句")
    if recipe.archive:
        sorts.append(archive(recipe.archive, say))
        say(f"旧卷 {len(sorts[-1].sentences)} 句，已去标识")
    return sorts


def _divide(sorts: Sequence[Kind], seed: int) -> tuple[list[Kind], list[Kind]]:
    """What the re-ranker's language model may see, and what only the re-ranker sees."""
    chance = random.Random(seed)  # noqa: S311 — a reproducible division, no secret
    kept, held = [], []
    for kind in sorts:
        seen: list[str] = []
        unseen: list[str] = []
        for start in range(0, len(kind.sentences), BLOCK):
            out = chance.random() < HELD_OUT.get(kind.name, 0.05)
            (unseen if out else seen).extend(kind.sentences[start : start + BLOCK])
        kept.append(Kind(kind.name, tuple(seen)))
        held.append(Kind(kind.name, tuple(unseen)))
    return kept, held


def _alphabet(sorts: Sequence[Kind]) -> Alphabet:
    seen: Counter[str] = Counter()
    for kind in sorts:
        for sentence in kind.sentences:
            seen.update(sentence)
    return Alphabet("".join(sorted({one for one, times in seen.items() if times >= LEAST_SEEN} | _national())))


def _national() -> set[str]:
    """国标一、二级字: a character nobody has written yet may still be the wrong one."""
    found = set()
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            found.add(bytes([row, cell]).decode("gb2312", "ignore"))
    return found - {""}


def _counts(sorts: Sequence[Kind], alphabet: Alphabet, say: Say) -> Likelihood:
    built = table(stream(alphabet, sorts), alphabet, say)
    return Likelihood(built.grams, built.unigrams, built.rest, built.rest_of_one)


def _tables(sorts: Sequence[Kind], alphabet: Alphabet, seed: int, say: Say) -> Tables:
    text = stream(alphabet, sorts)
    built = table(text, alphabet, say)
    sound = sounds(alphabet)
    after, before = neighbours(text, built.kept[2], alphabet)
    return Tables(
        alphabet,
        Likelihood(built.grams, built.unigrams, built.rest, built.rest_of_one),
        confusion(alphabet, built.unigrams),
        sound.syllable,
        words(text, built.kept, built.unigrams, alphabet, sound),
        after,
        before,
        topics(text, alphabet, seed),
    )


def _noisy(tables: Tables, sentences: Sequence[str], recipe: Recipe, say: Say) -> list[Injected]:
    counts = tables.likelihood.unigrams
    wide = confusion(tables.alphabet, counts, most=400, least=3)
    listed = [tables.alphabet.text(word) for words in tables.words.values() for word in words.words.astype(int)]
    injector = Injector(tables.alphabet, wide, counts, listed, recipe.seed)
    noisy = [injector.inject(one) for _ in range(recipe.passes) for one in sentences]
    say(f"造错 {len(noisy)} 句")
    return noisy


def _mark(recipe: Recipe, sorts: Sequence[Kind]) -> str:
    digest = hashlib.sha256(str(recipe.seed).encode())
    for kind in sorts:
        digest.update(kind.name.encode())
        for sentence in kind.sentences:
            digest.update(sentence.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _kept(recipe: Recipe, name: str, make: Callable[[], T]) -> T:
    """A step's result from the work folder, or made and put there: an interrupted training goes on where it was."""
    path = recipe.work / f"{name}.pickle"
    if path.exists():
        with path.open("rb") as file:
            return pickle.load(file)  # type: ignore[no-any-return]  # noqa: S301 — our own file of the step before
    made = make()
    recipe.work.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        pickle.dump(made, file, protocol=5)
    part.replace(path)
    return made
