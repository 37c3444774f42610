"""按键翻页：any page of a list costs the same, and what one may see of a million costs what it is, not the million.

A list is asked for by its *branches* where it has them: questions that have no record in common, each answered by an
index of its own in the order of the key, and that together are the list. The sight of a list is one condition — this
branch of the tree, or this judge, or this clerk — and a database that is asked it as one reads every row to see which
of the three holds. The rows that are shown are asked of the list itself once more, so that a branch that holds too much
shows nothing the list does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, Model, QuerySet

M = TypeVar("M", bound=Model)
PAGE_SIZE = 50
COUNTED = 20_000
"""数到这里为止：of more, 「以上」 is said; counting a million costs more than the page."""


@dataclass(frozen=True, slots=True)
class KeyPage(Generic[M]):
    """一页：``total`` is how many there are in all, None where there are more than are counted (``COUNTED``)."""

    rows: list[M]
    previous: str | None
    next: str | None
    total: int | None = None


def key_page(
    queryset: QuerySet[M],
    *,
    branches: Sequence[QuerySet[M]] = (),
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
    long: bool = False,
) -> KeyPage[M]:
    """按键翻页：rows older than ``after`` or newer than ``before`` (public ids).

    What one may see may be three hundred and lie anywhere: then the keys are gathered first, by whatever index finds
    them, and the page is cut out of these. Only what is longer than is counted is walked by its key. ``long`` says that
    the list is known to be a long one. ``branches`` are described above; without them the list is asked as it stands.
    """
    parts, edge, backwards = branches or (queryset,), after or before, bool(before) and not after
    at = queryset.filter(public_id=edge) if edge else queryset.none()
    few = _Few(None, at.values_list("pk", flat=True).first()) if long else _few(parts, at, size + 1, newer=backwards)
    mark = few.mark
    newer = mark is not None and backwards
    keys = few.keys if few.total is not None else _walked(parts, mark, size + 1, newer=newer)
    rows = list(queryset.filter(pk__in=keys).order_by("pk" if newer else "-pk")) if keys else []
    further = len(keys) > size
    rows = rows[:size][::-1] if newer else rows[:size]
    first = _public_id(rows[0]) if rows and (further if newer else mark is not None) else None
    last = _public_id(rows[-1]) if rows and (newer or further) else None
    return KeyPage(rows, first, last, few.total)


def _public_id(row: Model) -> str:
    return str(getattr(row, "public_id"))  # noqa: B009 — every listed record has one


@dataclass(frozen=True, slots=True)
class _Few:
    """不长的清单：how many there are, where the page begins, and its keys; ``total`` None of a long list."""

    total: int | None
    mark: int | None = None
    keys: Sequence[int] = ()


def _union(parts: Sequence[QuerySet[Any]], end: str = "") -> tuple[str, list[Any]]:
    """各支之和，各以 ``end`` 收尾：nothing where every branch is known to be empty."""
    said: list[str] = []
    params: list[Any] = []
    for number, part in enumerate(parts):
        try:
            sql, some = part.order_by().values(few_key=F("pk")).query.sql_with_params()
        except EmptyResultSet:
            continue
        said.append(f"SELECT few_key FROM ({sql} {end}) part{number}")  # noqa: S608
        params += some
    return " UNION ALL ".join(said), params


def _few(parts: Sequence[QuerySet[Any]], at: QuerySet[Any], most: int, *, newer: bool) -> _Few:
    """总数、起点和本页的键，一问得之。"""
    inner, params = _union(parts)
    if not inner:
        return _Few(0)
    than, order = (">", "ASC") if newer else ("<", "DESC")
    edge, of_edge = _union([at])
    edge = edge or "SELECT 0 WHERE 1 = 0"
    beside = f"few_key {than} (SELECT few_key FROM edge) OR NOT EXISTS (SELECT 1 FROM edge)"  # noqa: S608
    sql = (
        f"WITH few AS MATERIALIZED ({inner} LIMIT {COUNTED + 1}), edge(few_key) AS ({edge}) "  # noqa: S608 — our own words
        "SELECT 0, COUNT(*) FROM few UNION ALL SELECT 1, few_key FROM edge UNION ALL SELECT 2, few_key FROM "
        f"(SELECT few_key FROM few WHERE {beside} ORDER BY few_key {order} LIMIT {most}) page"
    )
    with connections[at.db].cursor() as cursor:
        cursor.execute(sql, [*params, *of_edge])
        said: dict[int, list[int]] = defaultdict(list)
        for place, number in cursor.fetchall():
            said[place].append(number)
    mark = said[1][0] if said[1] else None
    if said[0][0] > COUNTED:
        return _Few(None, mark)
    if newer and mark is None:  # the edge is no longer to be seen: from the beginning, as without one
        return _few(parts, at.none(), most, newer=False)
    return _Few(said[0][0], mark, sorted(said[2], reverse=not newer))


def _walked(parts: Sequence[QuerySet[Any]], mark: int | None, most: int, *, newer: bool) -> list[int]:
    if mark is not None:
        parts = [part.filter(pk__gt=mark) if newer else part.filter(pk__lt=mark) for part in parts]
    sql, params = walk(parts, most, newer=newer)
    if not sql:
        return []
    with connections[parts[0].db].cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


def walk(parts: Sequence[QuerySet[Any]], most: int, *, newer: bool) -> tuple[str, list[Any]]:
    """逐支走到一页为止，作为一问：of each branch the first keys, and of these the first."""
    order = "ASC" if newer else "DESC"
    inner, params = _union(parts, f"ORDER BY few_key {order} LIMIT {most}")
    return (f"{inner} ORDER BY few_key {order} LIMIT {most}" if inner else ""), params
