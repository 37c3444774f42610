"""查找的提问：the viewer first. Hits and sight meet in the database: a result is never more than one may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.search import registry
from tianping.foundation.search.hits import all_hits, hits
from tianping.foundation.search.registry import Searchable

COUNTED = 1000
"""数到这里为止：of more, 「超过」 is said; nobody reads a thousand results, and counting them costs."""
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
    keys = hits(viewer, [kind], query, most=COUNTED + 1).get(kind.label, [])
    records = kind.visible(viewer).order_by("-pk")
    if len(keys) <= COUNTED:  # of few hits the keys are said, so that the database begins with them
        return records.filter(pk__in=keys)
    sql, params = all_hits(viewer, kind, query)
    return records.filter(pk__in=RawSQL(sql, params))  # noqa: S611 — our own words; what was typed is a parameter


def kind_named(code: str) -> Searchable[Any] | None:
    """The kind of a chip; None for all of them."""
    return next((kind for kind in registry.kinds() if kind.code == code), None)
