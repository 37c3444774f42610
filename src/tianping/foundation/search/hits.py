"""命中：the index asked for records, the newest first, as far as one page and its number need them — in one question.

A viewer's sight has two parts, and each is asked where it is cheap. What one sees by an office stands on its branch:
the branch is in the index beside the words (``Entry.marks``), so that a frequent word costs a division's head no walk
over the court. What one sees by one's own part in a record is little: those few records are read, and their words
looked through. Neither part decides: whoever uses a hit meets it with ``visible_to``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F

from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.search import rules
from tianping.foundation.search.registry import Searchable

Part = tuple[str, list[Any]]
NONE: Part = ("SELECT id FROM search_entry WHERE 1 = 0", [])


def _by_office(viewer: Viewer, kind: Searchable[Any], query: str, first: int, last: int) -> Part | None:
    branches = sorted({path.strip("/").rpartition("/")[2] for path in viewer.paths(*kind.offices)})
    if not branches:
        return None
    if connection.vendor == "sqlite":
        sql = "SELECT rowid AS id FROM search_words WHERE search_words MATCH %s AND rowid BETWEEN %s AND %s"
        return sql, [f"words : ({rules.for_sqlite(query)}) AND marks : ({' OR '.join(branches)})", first, last]
    # PostgreSQL gathers all that a beginning finds before anything else is asked; what is left of the rest is few.
    said = rules.phrases(query)
    short = [one for one in said if one.prefix and len(one.tokens[-1]) <= rules.SHORT]
    asked = rules.for_postgresql([one for one in said if one not in short])
    marks = " | ".join(f"'{rules.MARK}{one}'" for one in branches)
    sql = "SELECT id FROM search_entry WHERE lexemes @@ %s::tsquery AND id BETWEEN %s AND %s"
    params = [f"{asked} & ({marks})" if asked else marks, first, last]
    return "".join([sql, *[f" AND {SPOKEN.format('words')}"] * len(short)]), params + [_spoken(one) for one in short]


SPOKEN = "' ' || {} || ' ' LIKE %s"


def _spoken(phrase: rules.Phrase) -> str:
    """一个词在字词中的样子，作 LIKE 用。"""
    return f"% {' '.join(phrase.tokens)}{'' if phrase.prefix else ' '}%"


def _by_part(viewer: Viewer, kind: Searchable[Any], query: str, first: int, last: int) -> Part | None:
    """自己有份的：what remains visible to somebody without any office."""
    alone = kind.visible(replace(viewer, standings=())).order_by().values(key=F("pk"))
    try:
        own, of_own = alone.query.sql_with_params()
    except EmptyResultSet:
        return None
    spoken = [_spoken(phrase) for phrase in rules.phrases(query)]
    wanted = " AND ".join([SPOKEN.format("e.words")] * len(spoken))
    part = (
        f"SELECT e.id FROM search_entry e WHERE e.id IN (SELECT %s + own.key FROM ({own}) own)"  # noqa: S608 — our own words
        f" AND e.id BETWEEN %s AND %s AND {wanted}"
    )
    return part, [kind.begins, *of_own, first, last, *spoken]


def _parts(viewer: Viewer, kind: Searchable[Any], query: str, first: int, last: int) -> list[Part]:
    both = (_by_office(viewer, kind, query, first, last), _by_part(viewer, kind, query, first, last))
    return [part for part in both if part is not None]


def _one(viewer: Viewer, kind: Searchable[Any], query: str, edge: int | None, *, newer: bool, most: int) -> Part:
    """一类的命中：both parts, each no further than ``most`` from the edge."""
    first = kind.begins if edge is None or not newer else kind.begins + edge + 1
    last = kind.ends if edge is None or newer else kind.begins + edge - 1
    end = f"ORDER BY id {'ASC' if newer else 'DESC'} LIMIT {most}"
    parts = _parts(viewer, kind, query, first, last) or [NONE]
    each = [f"SELECT * FROM ({sql} {end}) p{n}" for n, (sql, _) in enumerate(parts)]  # noqa: S608
    both = " UNION ".join(each)
    return f"SELECT id FROM ({both}) hits {end}", [param for _, some in parts for param in some]  # noqa: S608


def all_hits(viewer: Viewer, kind: Searchable[Any], query: str) -> Part:
    """一类的全部命中，作为一问：the records' own keys."""
    parts = _parts(viewer, kind, query, kind.begins, kind.ends) or [NONE]
    both = " UNION ".join(sql for sql, _ in parts)
    return f"SELECT id - %s FROM ({both}) hits", [kind.begins, *(param for _, some in parts for param in some)]  # noqa: S608


def hits(
    viewer: Viewer,
    kinds: Sequence[Searchable[Any]],
    query: str,
    *,
    most: int,
    edge: int | None = None,
    newer: bool = False,
) -> dict[str, list[int]]:
    """各类命中的记录号：of each kind at most so many, the newest first; or, from the edge on, the next newer ones."""
    if not rules.phrases(query) or not kinds:
        return {}
    each = [_one(viewer, kind, query, edge, newer=newer, most=most) for kind in kinds]
    sql = " UNION ALL ".join(f"SELECT * FROM ({one}) k{n}" for n, (one, _) in enumerate(each))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for _, some in each for param in some])
        keys = [row[0] for row in cursor.fetchall()]
    found: dict[int, list[int]] = defaultdict(list)
    for key in sorted(keys, reverse=True):
        found[key >> 32].append(key & 0xFFFF_FFFF)
    return {kind.label: found[kind.begins >> 32] for kind in kinds}
