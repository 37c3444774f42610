"""罪名表：read when first asked and then kept."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

Place = tuple[int, int]
"""条号：article of 刑法 and the number after 之 (0: none)."""

LAST_FIXED = date(2024, 3, 1)
"""截止：the day of the last instrument in the table."""

# Crimes whose penalty stands in another article than their definition: a judgment may cite either or both.
ALSO_PUNISHED_BY: Mapping[int, tuple[int, ...]] = {382: (383,), 385: (383, 386), 389: (390,), 115: (114,), 114: (115,)}


@dataclass(frozen=True, slots=True)
class Crime:
    """罪名：``articles`` are those it was fixed for; ``until`` is the first day the name no longer held."""

    name: str
    articles: tuple[Place, ...]
    since: date
    until: date | None
    basis: str


@cache
def crimes() -> Mapping[str, Crime]:
    """全部罪名，现用的和已取消的，by name."""
    text = Path(__file__).with_name("crimes.csv").read_text(encoding="utf-8")
    return {row["crime"]: _crime(row) for row in csv.DictReader(text.splitlines())}


def crime(name: str) -> Crime | None:
    return crimes().get(name)


@cache
def crimes_of(article: int, insert: int = 0) -> tuple[Crime, ...]:
    """某条的罪名 at any time."""
    return tuple(one for one in crimes().values() if (article, insert) in one.articles)


def _crime(row: dict[str, str]) -> Crime:
    places = tuple(
        (int(article), int(insert or 0))
        for article, _, insert in (place.partition("-") for place in row["articles"].split())
    )
    until = date.fromisoformat(row["until"]) if row["until"] else None
    return Crime(row["crime"], places, date.fromisoformat(row["since"]), until, row["basis"])
