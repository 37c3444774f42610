"""新旧条文对照表。"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Moved:
    """一条的去向：``new_articles`` empty means the article was dropped; several, that it was split."""

    old_title: str
    old_version: str
    old_article: int
    new_title: str
    new_version: str
    new_articles: tuple[str, ...]
    about: str
    proof: str


@cache
def pairs() -> tuple[Moved, ...]:
    """全部对照。"""
    text = Path(__file__).with_name("articles.csv").read_text(encoding="utf-8")
    return tuple(
        Moved(
            row["old_title"],
            row["old_version"],
            int(row["old_article"]),
            row["new_title"],
            row["new_version"],
            tuple(row["new_articles"].split()),
            row["about"],
            row["proof"],
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def moved_from(title: str, article: int, version: str = "") -> tuple[Moved, ...]:
    """旧条 → 新条。Every successor known; a statute may have been replaced twice."""
    return tuple(
        one
        for one in pairs()
        if one.old_title == title and one.old_article == article and version in ("", one.old_version)
    )


@cache
def moved_to(title: str, article: str) -> tuple[Moved, ...]:
    """新条 ← 旧条。"""
    return tuple(one for one in pairs() if one.new_title == title and article in one.new_articles)
