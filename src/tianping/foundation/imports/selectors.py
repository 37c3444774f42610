"""关于导入的提问：the viewer first, always."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.shortcuts import get_object_or_404

from tianping.foundation.accounts.models import Organisation
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.imports import store
from tianping.foundation.imports.models import Import, ImportMapping, ImportQuerySet
from tianping.foundation.imports.states import State
from tianping.foundation.jobs.states import GOING
from tianping.foundation.jobs.states import State as JobState

UNDO_WITHIN = timedelta(hours=24)


def import_list(viewer: Viewer, schema: str) -> ImportQuerySet:
    """导入清单：the newest first."""
    found = Import.objects.visible_to(viewer).filter(schema=schema)
    return found.select_related("court", "job", "received_by").order_by("-id")


def import_visible(viewer: Viewer, schema: str, public_id: str) -> Import:
    return get_object_or_404(import_list(viewer, schema), public_id=public_id)


def sources(viewer: Viewer, schema: str) -> list[str]:
    """用过的来源系统：of the courts whose imports this viewer may see."""
    return list(import_list(viewer, schema).order_by("source").values_list("source", flat=True).distinct())


def remembered(court: Organisation, schema: str, source: str) -> dict[str, str]:
    """记住的对应：heading → field, as last said for this source."""
    found = ImportMapping.objects.filter(court=court, schema=schema, source=source).first()
    return dict(found.columns) if found else {}


def is_going(found: Import) -> bool:
    """正在办：its job waits or runs."""
    return found.job is not None and JobState(found.job.state) in GOING


def may_undo(viewer: Viewer, found: Import, at: datetime) -> bool:
    return (
        found.state == State.WRITTEN
        and "office" in found.roles_of(viewer)
        and found.written_at is not None
        and at <= found.written_at + UNDO_WITHIN
    )


def refused_file(found: Import) -> bytes | None:
    """退回表：None where there is none, or no longer."""
    return store.fetch(found.public_id + store.REFUSED)
