"""查找的字词：how a text is cut for the index, and a query likewise. Pure.

Chinese is cut into every two neighbouring characters, and the last one alone: 林知远 → 林知 知远 远. So every part of a
name or a word of two characters and more is found wherever it stands, and one character by what begins with it. A
dictionary's words would not do: cutting 林知远 as one name, it does not find 知远 (docs/decisions/0006).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 100
"""查找词最长字数：what is longer is no query but a pasted page; the rest is not read."""
SHORT = 2
"""短词：what a word of so many characters and less begins, a great part of all entries has."""
MARK = "#"
"""在字词之外的记号：no cut word holds it, so that nobody finds a branch's number by typing a number."""
_RUN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """连着出现的字词：tokens that stand one after another; ``prefix`` lets the last one go on."""

    tokens: tuple[str, ...]
    prefix: bool


def folded(text: str) -> str:
    """归一：full-width letters, digits and brackets, and capitals, as one."""
    return unicodedata.normalize("NFKC", text).casefold()


def runs(text: str) -> list[str]:
    """连续的字：Latin letters and digits apart from the characters between which they stand."""
    return _RUN.findall(folded(text))


def _pairs(run: str) -> tuple[str, ...]:
    return tuple(run[n : n + 2] for n in range(len(run) - 1))


def words(fields: Iterable[str]) -> str:
    """入库的字词，以空格分开。"""
    tokens: list[str] = []
    for field in fields:
        for run in runs(field):
            tokens += [run] if run.isascii() else [*_pairs(run), run[-1]]
    return " ".join(tokens)


def marks(path: str) -> str:
    """所在各支：the organisations on a record's path, from the root down."""
    return " ".join(f"{MARK}{one}" for one in path.strip("/").split("/"))


def phrases(query: str) -> list[Phrase]:
    """查找词：all of them must be there. What a word ends with may go on: 102 finds 1024, and 知 finds 知远."""
    found: list[Phrase] = []
    for word in query[:LONGEST].split():
        cut = runs(word)
        for place, run in enumerate(cut):
            last = place == len(cut) - 1
            if run.isascii():
                found.append(Phrase((run,), prefix=last))
            elif len(run) == 1:
                found.append(Phrase((run,), prefix=last))  # what is followed by a number ends there
            else:
                found.append(Phrase(_pairs(run), prefix=False))
    return list(dict.fromkeys(found))


def for_sqlite(query: str) -> str:
    """FTS5 的查找式。"""
    return " ".join(f'"{" ".join(p.tokens)}"{"*" if p.prefix else ""}' for p in phrases(query))


def for_postgresql(said: Iterable[Phrase]) -> str:
    """tsquery 的查找式；没有词的为空。"""
    return " & ".join("(" + " <-> ".join(f"'{t}'" for t in p.tokens) + (":*" if p.prefix else "") + ")" for p in said)


@dataclass(frozen=True, slots=True)
class Piece:
    """一段文字：``hit`` where it is what was looked for."""

    text: str
    hit: bool


def marked(text: str, query: str) -> list[Piece]:
    """标出查到的字：only where folding keeps the length of the text, else the text is left as it is."""
    plain = folded(text)
    sought = sorted({run for word in query[:LONGEST].split() for run in runs(word)}, key=len, reverse=True)
    if len(plain) != len(text) or not sought:
        return [Piece(text, hit=False)]
    pieces, at = [], 0
    for found in re.finditer("|".join(map(re.escape, sought)), plain):
        if found.start() > at:
            pieces.append(Piece(text[at : found.start()], hit=False))
        pieces.append(Piece(text[found.start() : found.end()], hit=True))
        at = found.end()
    if at < len(text):
        pieces.append(Piece(text[at:], hit=False))
    return pieces
