"""案件导入的后台任务：try, write, undo — each safe to run twice, each all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from tianping.court.imports import Outcome, cases_import
from tianping.court.taking import Batch, UndoRefused, cases_undo, nothing
from tianping.foundation.imports import services as imports
from tianping.foundation.imports import store
from tianping.foundation.imports.models import Import
from tianping.foundation.imports.states import State
from tianping.foundation.jobs.progress import JobFailed, Progress
from tianping.foundation.jobs.registry import job
from tianping.foundation.moves import MoveRefused
from tianping.foundation.tables import TableUnreadable, refused_as_xlsx

GONE = "上传的表已删除（写入后或满七天即删）。请重新上传。"


@job("court.cases.try", title="案件试导")
def try_cases(progress: Progress, *, public_id: str) -> dict[str, Any]:
    """试导：reads and checks every row, writes none."""
    found = Import.objects.select_related("court").get(public_id=public_id)
    progress.step(0, message="正在读表、逐行核对")
    outcome = _outcome(found, progress, write=False)
    progress.step(outcome.read.total, outcome.read.total, "核对完毕")
    try:
        imports.import_tried(
            import_id=found.pk,
            counts=outcome.counts,
            summary=outcome.summary,
            notes=outcome.notes,
            refusals=[[str(one.row), one.header, one.value, one.reason, one.way_out] for one in outcome.refused],
            refused_rows=len(outcome.read.refused_rows),
            refused_file=refused_as_xlsx(outcome.read) if outcome.refused else None,
            by=progress.by,
            at=timezone.now(),
        )
    except MoveRefused as refusal:
        raise JobFailed(str(refusal)) from None
    return {"结果": outcome.summary}


@job("court.cases.write", title="案件导入")
def write_cases(progress: Progress, *, public_id: str) -> dict[str, Any]:
    """写入：the rows, what they were before and the state of the import in one transaction."""
    found = Import.objects.select_related("court").get(public_id=public_id)
    if found.state == State.WRITTEN:  # a run before this one was killed after it had committed
        return {"结果": found.summary}
    progress.step(0, message="正在读表、逐行核对")

    def written(outcome: Outcome) -> None:
        imports.import_written(
            import_id=found.pk,
            counts=outcome.counts,
            summary=outcome.summary,
            left_out=len(outcome.read.refused_rows),
            by=progress.by,
            at=timezone.now(),
        )

    try:
        outcome = _outcome(found, progress, write=True, then=written)
    except MoveRefused as refusal:
        raise JobFailed(str(refusal)) from None
    if not outcome.written:
        raise JobFailed(f"{outcome.summary[:200]}请重新试导后再写入。")
    return {"结果": outcome.summary}


@job("court.cases.undo", title="撤销案件导入")
def undo_cases(progress: Progress, *, public_id: str) -> dict[str, Any]:
    """撤销：the last batch first."""
    found = Import.objects.select_related("court").get(public_id=public_id)
    if found.state == State.UNDONE:
        return {"结果": "已撤销。"}
    batches = [Batch(batch.words) for batch in found.batches.order_by("-id")]
    try:
        with transaction.atomic():
            counts = cases_undo(
                court=found.court,
                batches=batches,
                by=progress.by,
                at=timezone.now(),
                step=lambda done: progress.step(done, message="正在撤销"),
            )
            imports.import_undone(import_id=found.pk, counts=counts, by=progress.by, at=timezone.now())
    except (UndoRefused, MoveRefused, imports.ImportRefused) as refusal:
        raise JobFailed(str(refusal)) from None
    return {"结果": f"删除新增的案件 {counts['新增']} 件，恢复更新的案件 {counts['更新']} 件。"}


def _outcome(found: Import, progress: Progress, *, write: bool, then: Callable[[Outcome], None] = nothing) -> Outcome:
    data = store.fetch(found.public_id)
    if data is None:
        raise JobFailed(GONE)
    total = (found.counts or {}).values()
    try:
        return cases_import(
            court=found.court,
            data=data,
            name=found.file_name,
            write=write,
            by=progress.by,
            at=timezone.now(),
            columns=found.columns,
            only_valid=found.only_valid,
            keep=lambda batch: imports.batch_keep(import_id=found.pk, words=batch.words, digest=batch.digest),
            step=lambda done: progress.step(done, sum(total) or None, "正在写入"),
            then=then,
        )
    except TableUnreadable as refusal:
        raise JobFailed(str(refusal)) from None
