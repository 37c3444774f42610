"""查找的提问：the viewer first. Hits and sight meet in the database: a result is never more than one may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import selectors as audit
from tianping.foundation.search import registry, rules
from tianping.foundation.search.hits import all_hits, hits
from tianping.foundation.search.models import Cursor
from tianping.foundation.search.registry import Searchable

COUNTED = 1000
"""数到这里为止：of more, 「超过」 is said; nobody reads a thousand results, and counting them costs."""
COMMON = (
    "SELECT word FROM (SELECT unnest(most_common_elems::text::text[]) AS word, unnest(most_common_elem_freqs) AS share"
    " FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'search_entry' AND attname = 'lexemes') noted"
    " WHERE word IS NOT NULL AND share > 0.02"
)
"""常见的字词：of these reading the newest fifty records finds one; PostgreSQL notes them with its statistics."""
FURTHER = 4  # 所见不足一页而命中未尽时，下一次多取几倍


@dataclass(frozen=True, slots=True)
class Number:
    """条数：``more`` where there are more than were counted."""

    value: int
    more: bool


@dataclass(frozen=True, slots=True)
class Found:
    """一类查到的：the newest first — their keys, no more than are counted."""

    kind: Searchable[Any]
    keys: Sequence[int]

    @property
    def number(self) -> Number:
        return Number(min(len(self.keys), COUNTED), len(self.keys) > COUNTED)

    def first(self, viewer: Viewer, size: int) -> list[Any]:
        return list(self.kind.visible(viewer).filter(pk__in=self.keys[:size]).order_by("-pk"))


def answers(kind: Searchable[Any], query: str) -> bool:
    """由索引答还是逐条读：whether the index has followed all changes of this kind, and is quick with these words.

    SQLite's always is. PostgreSQL gathers every hit before the newest are known; of a frequent word, reading the
    records no further than is counted is quicker.
    """
    return (connection.vendor == "sqlite" or _rare(query)) and not audit.names_after(
        Coalesce(Subquery(Cursor.objects.values("seq")[:1]), 0), kind.label
    )


def _rare(query: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(COMMON)
        common = {row[0] for row in cursor.fetchall()}
    return any(
        any(token not in common for token in phrase.tokens)
        if not phrase.prefix
        else len(phrase.tokens[-1]) > rules.SHORT and not any(word.startswith(phrase.tokens[-1]) for word in common)
        for phrase in rules.phrases(query)
    )


def newest(viewer: Viewer, kinds: Sequence[Searchable[Any]], query: str) -> list[Found]:
    """各类最新的：of each kind that has any, as many as are counted."""
    said = hits(viewer, kinds, query, most=COUNTED + 1)
    found = [
        Found(kind, _seen(viewer, kind, query, said[kind.label], COUNTED + 1)) for kind in kinds if said.get(kind.label)
    ]
    return [one for one in found if one.keys]


def beside(
    viewer: Viewer, kind: Searchable[Any], query: str, edge: int, size: int, *, newer: bool = False
) -> list[int]:
    """翻页：the keys next to the edge, the older or the newer ones, the newest first."""
    said = hits(viewer, [kind], query, most=size, edge=edge, newer=newer)
    return _seen(viewer, kind, query, said.get(kind.label, []), size, newer=newer)


def _seen(
    viewer: Viewer, kind: Searchable[Any], query: str, keys: list[int], most: int, *, newer: bool = False
) -> list[int]:
    """能看的：where sight leaves fewer than asked for and the index has more, it is asked further on."""
    seen: list[int] = []
    asked = most
    while keys:
        seen += kind.visible(viewer).filter(pk__in=keys).order_by().values_list("pk", flat=True)
        if len(seen) >= most or len(keys) < asked:
            break
        asked *= FURTHER
        edge = max(keys) if newer else min(keys)
        keys = hits(viewer, [kind], query, most=asked, edge=edge, newer=newer).get(kind.label, [])
    nearest = sorted(seen, reverse=not newer)[:most]
    return sorted(nearest, reverse=True)


def found(viewer: Viewer, kind: Searchable[Any], query: str) -> QuerySet[Any]:
    """查到的，作为一个清单：all records of one kind this viewer may see and the index has under these words."""
    return kind.visible(viewer).filter(condition(viewer, kind, query)).order_by("-pk")


def condition(viewer: Viewer, kind: Searchable[Any], query: str) -> Q:
    """查到的，作为一个条件：it narrows records the viewer may see; by itself it decides nothing."""
    keys = hits(viewer, [kind], query, most=COUNTED + 1).get(kind.label, [])
    if len(keys) <= COUNTED:  # of few hits the keys are said, so that the database begins with them
        return Q(pk__in=keys)
    sql, params = all_hits(viewer, kind, query)
    return Q(pk__in=RawSQL(sql, params))  # noqa: S611 — our own words; what was typed is a parameter


def kind_named(code: str) -> Searchable[Any] | None:
    """The kind of a chip; None for all of them."""
    return next((kind for kind in registry.kinds() if kind.code == code), None)
