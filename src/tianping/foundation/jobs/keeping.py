"""保留期限：what has served its purpose is removed after the days the court has set, and the chain says how much.

Finished jobs with their timeline; the rows of imports that were never written, or were taken back — of those that were
written they stay, because with them a single case's history is proved (docs/decisions/0007); files that no row names,
left behind by a transaction that was rolled back. What is removed is counted in the chain, never listed by content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from tianping import law
from tianping.foundation import files
from tianping.foundation.accounts.models import Organisation, OrganisationKind
from tianping.foundation.accounts.viewer import Viewer, system
from tianping.foundation.audit import services as audit
from tianping.foundation.imports.models import Import, ImportBatch
from tianping.foundation.imports.states import State as ImportState
from tianping.foundation.jobs import tickets
from tianping.foundation.jobs.models import Job
from tianping.foundation.jobs.states import GOING
from tianping.foundation.parameters.selectors import parameter_on

JOBS, DEAD_IMPORTS, ORPHAN_FILES = "keeping.jobs", "keeping.dead_imports", "keeping.orphan_files"
AT_ONCE = 500


def prune(at: datetime) -> str:
    """清理到期的：each kind in transactions of its own, so that one that fails leaves the others done."""
    by = system("到期清理", on=timezone.localdate(at))
    jobs, imports, orphans = prune_jobs(by, at), prune_imports(by, at), prune_files(by, at)
    return f"清理已结束的任务 {jobs} 项，未写入的导入数据 {imports} 项，无主文件 {orphans} 个"


def _courts() -> Iterator[Organisation | None]:
    """Every court, and None for what belongs to none of them."""
    yield from Organisation.objects.filter(kind=OrganisationKind.COURT)
    yield None


def days(code: str, court: Organisation | None, at: datetime) -> timedelta:
    """保留天数：the court's own; for what is of no court, the number that comes with the system."""
    on = timezone.localdate(at)
    value = parameter_on(code, on, court) if court else law.parameter(code).on(on)
    return timedelta(days=int(value.value))


def prune_jobs(by: Viewer, at: datetime) -> int:
    gone = 0
    for court in _courts():
        found = Job.objects.filter(court=court, finished_at__lt=at - days(JOBS, court, at)).exclude(state__in=GOING)
        while part := list(found.values_list("pk", "ticket")[:AT_ONCE]):
            with transaction.atomic():
                kinds = Counter(Job.objects.filter(pk__in=[pk for pk, _ in part]).values_list("kind", flat=True))
                Job.objects.filter(pk__in=[pk for pk, _ in part]).delete()
                tickets.discard(ticket for _, ticket in part)
                audit.write("jobs.prune", on=court or "jobs", by=by, at=at, count=len(part), kinds=sorted(kinds))
            gone += len(part)
    return gone


def prune_imports(by: Viewer, at: datetime) -> int:
    """The import itself stays, with who received what and when; what stood in its rows goes."""
    gone = 0
    for court in _courts():
        if court is None:
            continue
        before = at - days(DEAD_IMPORTS, court, at)
        dropped = models.Q(state=ImportState.DROPPED, received_at__lt=before)
        undone = models.Q(state=ImportState.UNDONE, undone_at__lt=before)
        empty = models.Q(samples=[], refusals=[], batches__isnull=True)
        found = Import.objects.filter(dropped | undone, court=court).exclude(empty)
        while part := list(found.values_list("pk", flat=True).distinct()[:AT_ONCE]):
            with transaction.atomic():
                batches = ImportBatch.objects.filter(source__in=part).delete()[0]
                Import.objects.filter(pk__in=part).update(samples=[], refusals=[])
                audit.write("imports.prune", on=court, by=by, at=at, count=len(part), batches=batches)
            gone += len(part)
    return gone


def prune_files(by: Viewer, at: datetime) -> int:
    """无主文件：of all courts together, because a file says of no court; the longest of their periods holds."""
    kept = max(days(ORPHAN_FILES, court, at) for court in _courts())
    gone, size = files.sweep(older_than=at - kept, named=_named)
    if gone:
        with transaction.atomic():
            audit.write("files.prune", on="files", by=by, at=at, count=gone, size=size)
    return gone


def _named(hashes: set[str]) -> set[str]:
    """其中有记录指向的：asked of every column that names files, as ``settings.FILES_NAMED_BY`` lists them."""
    named: set[str] = set()
    for model, field in settings.FILES_NAMED_BY:
        rows = apps.get_model(model)._default_manager.filter(**{f"{field}__in": hashes})
        named |= set(rows.values_list(field, flat=True))
    return named
