"""语料：the text a model is made of, one sentence a line, kinds kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".txt.zst", ".txt")
FORMAL = frozenset({"statute", "judgment", "archive"})
"""法条与裁判: only their strings are shown as evidence."""


@dataclass(frozen=True, slots=True)
class Kind:
    """一类语料: ``name`` is the file's name without its ending."""

    name: str
    sentences: tuple[str, ...]

    @property
    def formal(self) -> bool:
        return self.name in FORMAL


def kinds(folder: Path) -> Iterator[Kind]:
    """Every text file of a folder, by name. Lines that begin with ``# source:`` are no text."""
    for path in sorted(folder.iterdir()):
        for suffix in SUFFIXES:
            if path.name.endswith(suffix):
                lines = _read(path).split("\n")
                sentences = tuple(line for line in lines if line and not line.startswith("# source:"))
                yield Kind(path.name.removesuffix(suffix), sentences)
                break


def _read(path: Path) -> str:
    if path.suffix != ".zst":
        return path.read_text(encoding="utf-8")
    import zstandard

    with path.open("rb") as file:
        return zstandard.ZstdDecompressor().stream_reader(file).read().decode("utf-8")
