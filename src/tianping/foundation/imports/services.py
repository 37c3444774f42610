"""导入的动作：receive, try, write, undo, drop; trying, writing and undoing are background jobs of the app concerned."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tianping.foundation.accounts.models import Organisation
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, system
from tianping.foundation.audit import services as audit
from tianping.foundation.imports import selectors, store
from tianping.foundation.imports.models import Import, ImportBatch, ImportMapping
from tianping.foundation.imports.states import MOVES, START, State
from tianping.foundation.jobs import services as jobs
from tianping.foundation.jobs.models import Job
from tianping.foundation.moves import next_state
from tianping.foundation.tables import Headings

KEPT = timedelta(days=7)
SHOWN = 100  # 页面上列出的被拒格数


class ImportRefused(ValueError):
    """导入不能这样办：says why, and what to do."""


def _locked(import_id: int) -> Import:
    return Import.objects.select_for_update(of=("self",)).select_related("court", "job").get(pk=import_id)


def _move(found: Import, move: str, *, by: Viewer, at: datetime, **said: Any) -> None:
    found.state = next_state(MOVES, State(found.state), move, found.roles_of(by))
    found.save()
    audit.write(f"imports.import.{move}", on=found, by=by, at=at, sha256=found.sha256, **said)


@transaction.atomic
def import_receive(
    *,
    court: Organisation,
    schema: str,
    source: str,
    name: str,
    data: bytes,
    headings: Headings,
    by: Viewer,
    at: datetime,
) -> Import:
    """收表：the file is kept for seven days at most; its columns are taken as last time for this source, or guessed."""
    if not by.holds_over(court.path, Role.TRIAL_OFFICE):
        raise ImportRefused(f"{court.name}的表由该院审管办导入。")
    told = selectors.remembered(court, schema, source)
    columns = {header: told.get(header, headings.guesses.get(header, "")) for header in headings.headers if header}
    found = Import(
        court=court,
        schema=schema,
        source=source,
        file_name=name[-150:],
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        state=START,
        headers=list(headings.headers),
        samples=[list(row) for row in headings.samples],
        columns=columns,
        received_by_id=by.user_id,
        received_at=at,
        expires_at=at + KEPT,
    )
    found.full_clean()
    store.keep(found.public_id, data)
    found.save()
    audit.write("imports.import.receive", on=found, by=by, at=at, schema=schema, sha256=found.sha256, size=len(data))
    return found


@transaction.atomic
def import_start(
    *,
    import_id: int,
    move: str,
    by: Viewer,
    at: datetime,
    columns: Mapping[str, str] | None = None,
    only_valid: bool = False,
) -> Job:
    """交后台办：try, write or undo, one at a time. The columns as said now are remembered for this source."""
    found = _locked(import_id)
    next_state(MOVES, State(found.state), move, found.roles_of(by))  # nothing is queued that would not be lawful
    if selectors.is_going(found):
        raise ImportRefused("这张表正在后台办理。请等它办完，或先取消。")
    if move == "undo" and not selectors.may_undo(by, found, at):
        raise ImportRefused("写入已超过 24 小时，不能撤销。请用更正后的表重新导入。")
    if move == "write":
        if found.refused_rows and not only_valid:
            raise ImportRefused(f"有 {found.refused_rows} 行被拒。请改正后重新导入，或选择“只写入合格的行”。")
        found.only_valid = only_valid
    if columns is not None:
        found.columns = dict(columns)
        ImportMapping.objects.update_or_create(
            court=found.court,
            schema=found.schema,
            source=found.source,
            defaults={"columns": dict(columns), "set_by_id": by.user_id, "set_at": at},
        )
    label = next(one.label for one in MOVES if one.name == move)
    found.job = jobs.job_enqueue(
        kind=f"{found.schema}.{move}",
        title=f"{label}：{found.file_name}"[-120:],
        arguments={"public_id": found.public_id},
        by=by,
        at=at,
    )
    found.save()
    return found.job


@transaction.atomic
def import_tried(
    *,
    import_id: int,
    counts: Mapping[str, int],
    summary: str,
    notes: Sequence[str],
    refusals: Sequence[Sequence[str]],
    refused_rows: int,
    refused_file: bytes | None,
    by: Viewer,
    at: datetime,
) -> Import:
    """试导完：what would happen, and the refused rows as a table to be put right."""
    found = _locked(import_id)
    found.counts, found.summary, found.notes = dict(counts), summary[:300], list(notes)
    found.refusals, found.refused_cells = [list(one) for one in refusals[:SHOWN]], len(refusals)
    found.refused_rows = refused_rows
    if refused_file is None:
        store.remove(found.public_id + store.REFUSED)
    else:
        store.keep(found.public_id + store.REFUSED, refused_file)
    _move(found, "try", by=by, at=at, refused=refused_rows)
    return found


def batch_keep(*, import_id: int, words: str, digest: str) -> None:
    """记一批变动：in the transaction that makes it."""
    ImportBatch.objects.create(source_id=import_id, digest=digest, packed=zlib.compress(words.encode(), 6))


@transaction.atomic
def import_written(
    *, import_id: int, counts: Mapping[str, int], summary: str, left_out: int, by: Viewer, at: datetime
) -> Import:
    """写入完：in the transaction of the rows themselves; the file is deleted once that is committed."""
    found = _locked(import_id)
    found.counts, found.summary, found.written_at = dict(counts), summary[:300], at
    said = {"only_valid": True, "left_out": left_out} if left_out else {}
    _move(found, "write", by=by, at=at, **said)
    transaction.on_commit(lambda: store.remove(found.public_id))
    return found


@transaction.atomic
def import_undone(*, import_id: int, counts: Mapping[str, int], by: Viewer, at: datetime) -> Import:
    """撤销完：in the transaction that put the rows back."""
    found = _locked(import_id)
    if not selectors.may_undo(by, found, at):
        raise ImportRefused("写入已超过 24 小时，不能撤销。请用更正后的表重新导入。")
    found.undone_at = at
    _move(found, "undo", by=by, at=at, removed=counts.get("新增", 0), restored=counts.get("更新", 0))
    return found


@transaction.atomic
def import_drop(*, import_id: int, by: Viewer, at: datetime) -> Import:
    """放弃：nothing was written; the file goes at once."""
    found = _locked(import_id)
    if selectors.is_going(found):
        raise ImportRefused("这张表正在后台办理。请等它办完，或先取消。")
    _move(found, "drop", by=by, at=at)
    _remove_after(found)
    return found


def _remove_after(found: Import) -> None:
    def remove() -> None:
        store.remove(found.public_id)
        store.remove(found.public_id + store.REFUSED)

    transaction.on_commit(remove)


def expire(at: datetime) -> str:
    """逾期删除：files kept past their day; what was not written by then is dropped.

    Of the imports of years only those are looked at that have something left to remove.
    """
    by = system("导入文件清理", on=timezone.localdate(at))
    gone = 0
    left = Q(state__in=[State.RECEIVED, State.TRIED]) | Q(public_id__in=store.kept())
    for pk in list(Import.objects.filter(left, expires_at__lte=at).values_list("pk", flat=True)):
        with transaction.atomic():
            found = _locked(pk)
            if selectors.is_going(found):
                continue
            if found.state in (State.RECEIVED, State.TRIED):
                _move(found, "expire", by=by, at=at)
                gone += 1
            _remove_after(found)
    return f"逾期未写入的导入 {gone} 项，文件已删除"
