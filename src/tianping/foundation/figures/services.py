"""取快照。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import chain
from tianping.foundation.audit import services as audit
from tianping.foundation.figures import frozen
from tianping.foundation.figures.models import Snapshot
from tianping.foundation.figures.registry import Boundary, Figure


class SnapshotRefused(Exception):
    """不能取快照：in words for the person."""


@transaction.atomic
def snapshot_take(*, figure: Figure, boundary: Boundary, by: Viewer, at: datetime) -> Snapshot:
    """取快照：value and records in one transaction, from the same rows: the value is the number of rows kept."""
    if boundary.person_id is not None:
        raise SnapshotRefused("个人的数据不取快照：谁办了多少件，只给本人看。")
    if by.user_id is None:
        raise SnapshotRefused("快照须由本人取，系统不代取。")
    paths = [path for _, path in figure.columns]
    rows: list[Any] = list(
        figure.records(by, boundary).order_by("public_id").values_list("public_id", *paths).iterator(chunk_size=5000)
    )
    records, records_hash = frozen.packed([frozen.plain(row) for row in rows])
    snapshot = Snapshot(
        code=figure.code,
        version=figure.version,
        name=figure.name,
        definition=figure.definition,
        unit=figure.unit,
        organisation=boundary.organisation,
        since=boundary.period.since,
        until=boundary.period.until,
        kind=boundary.kind,
        numerator=len(rows),
        denominator=figure.denominator(by, boundary) if figure.denominator else None,
        columns="\n".join(label for label, _ in figure.columns),
        records=records,
        records_hash=records_hash,
        taken_by_id=by.user_id,
        taken_at=at,
        algorithm=chain.ALGORITHM,
    )
    snapshot.hash = frozen.hash_of(snapshot.frozen(), snapshot.algorithm)
    snapshot.save()
    audit.write(
        "figures.snapshot.take",
        on=snapshot,
        by=by,
        at=at,
        figure=figure.code,
        organisation=boundary.organisation.code,
        since=boundary.period.since,
        until=boundary.period.until,
        value=len(rows),
        hash=snapshot.hash,
    )
    return snapshot
