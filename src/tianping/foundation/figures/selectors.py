"""关于快照的提问。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404

from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.figures import frozen
from tianping.foundation.figures.models import Snapshot, SnapshotQuerySet
from tianping.foundation.figures.period import Period
from tianping.foundation.figures.registry import Boundary, Value, figure_of


def snapshots(viewer: Viewer) -> SnapshotQuerySet:
    return Snapshot.objects.visible_to(viewer).select_related("organisation", "taken_by").defer("records")


def snapshots_of(viewer: Viewer, code: str, boundary: Boundary) -> list[Snapshot]:
    """同一口径、同一边界的快照：the latest first."""
    return list(
        snapshots(viewer).filter(
            code=code,
            organisation=boundary.organisation,
            since=boundary.period.since,
            until=boundary.period.until,
            kind=boundary.kind,
        )[:20]
    )


def snapshot_visible(viewer: Viewer, public_id: str) -> Snapshot:
    found = Snapshot.objects.visible_to(viewer).select_related("organisation", "taken_by")
    return get_object_or_404(found, public_id=public_id)


@dataclass(frozen=True, slots=True)
class Kept:
    """快照里的一条记录：its fields as then, and as now where they differ; ``now`` None: no longer to be seen."""

    public_id: str
    then: tuple[Any, ...]
    now: tuple[Any, ...] | None

    @property
    def changed(self) -> bool:
        return self.now != self.then


@dataclass(frozen=True, slots=True)
class Reading:
    """读快照：whether it is whole, one page of its records against today's, and what the figure counts today."""

    whole: bool
    kept: list[Kept]
    total: int
    now: Value | None
    left: int
    joined: int


def read(viewer: Viewer, snapshot: Snapshot, *, start: int, size: int) -> Reading:
    """对照：records of the snapshot from ``start`` on, compared with what they say now."""
    rows, text = frozen.unpacked(bytes(snapshot.records))
    whole = (
        frozen.hashed(text, snapshot.algorithm) == snapshot.records_hash
        and frozen.hash_of(snapshot.frozen(), snapshot.algorithm) == snapshot.hash
        and len(rows) == snapshot.numerator
    )
    page = rows[start : start + size]
    figure = figure_of(snapshot.code)
    if figure is None or figure.version != snapshot.version:  # counted otherwise today: nothing to hold it against
        return Reading(whole, [_kept(row, tuple(row[1:])) for row in page], len(rows), None, 0, 0)
    boundary = Boundary(snapshot.organisation, Period(snapshot.since, snapshot.until), snapshot.kind)
    counted = figure.records(viewer, boundary)
    ids = set(counted.order_by().values_list("public_id", flat=True))
    then = {row[0] for row in rows}
    paths = [path for _, path in figure.columns]
    seen: Any = counted.model._default_manager.all()
    anywhere = seen.visible_to(viewer).filter(public_id__in=[row[0] for row in page])
    now = {row[0]: tuple(frozen.plain(row[1:])) for row in anywhere.values_list("public_id", *paths)}
    return Reading(
        whole,
        [_kept(row, now.get(row[0])) for row in page],
        len(rows),
        Value(len(ids), figure.denominator(viewer, boundary) if figure.denominator else None),
        len(then - ids),
        len(ids - then),
    )


def _kept(row: list[Any], now: tuple[Any, ...] | None) -> Kept:
    return Kept(row[0], tuple(row[1:]), now)
