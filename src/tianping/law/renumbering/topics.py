"""条与主题：what an article is about, and which number it has borne since which day.

Only articles whose every number was seen in full text. A number says nothing by itself: 264 was 终结执行 in one version
of the civil procedure law and is 迟延履行 in the next, so a topic is recognised by the words beside the citation.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Topic:
    """主题：``numbers`` are (first day, article), ascending; ``words`` are those one of which must stand there."""

    title: str
    name: str
    words: tuple[str, ...]
    numbers: tuple[tuple[date, int], ...]

    def article_on(self, day: date) -> int | None:
        """当日的条号; None before the first."""
        return next((article for since, article in reversed(self.numbers) if since <= day), None)

    @property
    def all_numbers(self) -> frozenset[int]:
        return frozenset(article for _, article in self.numbers)


@cache
def topics(title: str) -> tuple[Topic, ...]:
    """某法的主题, by its full title."""
    return tuple(topic for topic in _all() if topic.title == title)


@cache
def _all() -> tuple[Topic, ...]:
    text = Path(__file__).with_name("topics.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], Topic] = {}
    for row in csv.DictReader(text.splitlines()):
        key = row["title"], row["topic"]
        before = found[key].numbers if key in found else ()
        numbers = (*before, (date.fromisoformat(row["since"]), int(row["article"])))
        found[key] = Topic(row["title"], row["topic"], tuple(row["words"].split("|")), numbers)
    return tuple(found.values())
