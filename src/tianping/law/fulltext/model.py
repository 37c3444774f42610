"""法规全文：the articles of one version of a statute, brought by the user; none comes with the package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tianping.law.statutes.model import Shape

_ITEM = re.compile(r"[（(][一二三四五六七八九十]{1,4}[）)]")
_POINT = re.compile(r"\d{1,2}[．.、]")


@dataclass(frozen=True, slots=True)
class Article:
    """条文：``insert`` is the number after 之 (0: none); the text has one line for each paragraph and each item."""

    number: int
    text: str
    insert: int = 0

    @property
    def shape(self) -> Shape:
        return shape_of(self.text)


@dataclass(frozen=True, slots=True)
class StatuteText:
    """一部法规的全文, as a source gives it. ``day`` is the day its source dates the version by."""

    title: str
    day: date | None
    articles: tuple[Article, ...]
    source: str

    @property
    def last_article(self) -> int:
        return max((article.number for article in self.articles), default=0)


@dataclass(frozen=True, slots=True)
class Refused:
    """拒收：which piece of a source was not taken, and why."""

    where: str
    why: str


def shape_of(text: str) -> Shape:
    """款数和各款项数。A line is a paragraph, but （一） begins an item of the paragraph before, and 1. a point."""
    paragraphs: list[int] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        if _POINT.match(line.strip()) and paragraphs:
            continue
        if _ITEM.match(line.strip()) and paragraphs:
            paragraphs[-1] += 1
        else:
            paragraphs.append(0)
    return tuple(paragraphs)
