"""备份做得怎样：for the system administrator — when, how large, whether it was read back. What is in it is not said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import selectors as audit
from tianping.foundation.audit.wording import moment

LATE = timedelta(hours=36)  # a daily one may take its time, but not a day and a half


@dataclass(frozen=True, slots=True)
class LastBackup:
    """末次备份：``verified`` is None where nobody has read it back, ``size`` where none was kept yet."""

    at: datetime
    by: str
    file: str
    size: int | None
    damaged: int
    verified: bool | None

    @property
    def megabytes(self) -> str:
        return "" if self.size is None else f"{max(self.size / 1024 / 1024, 0.1):,.1f} MB"


@dataclass(frozen=True, slots=True)
class BackupState:
    """备份情况：``word`` and ``kind`` for its badge, ``why`` one sentence; ``daily`` whether it is done by itself."""

    last: LastBackup | None
    daily: bool
    word: str
    kind: str
    why: str


def backup_state(viewer: Viewer, at: datetime) -> BackupState | None:
    """None for whoever is not the system administrator."""
    if not viewer.holds(Role.SYSTEM_ADMIN):
        return None
    last, daily = _last(), settings.BACKUP_DIR is not None
    by_itself = "" if daily else "没有设 TIANPING_BACKUP_DIR，不会自动备份。"
    if last is None:
        return BackupState(None, daily, "还没有备份", "overdue", f"请运行 tianping-server backup。{by_itself}")
    if last.verified is False or last.damaged:
        return BackupState(
            last, daily, "备份有损坏", "overdue", "请重做一份，并检查磁盘；库存文件损坏的，从更早的备份找回。"
        )
    if at - last.at > LATE:
        days = (at - last.at).days
        return BackupState(
            last, daily, "备份过久", "overdue", f"已有 {days} 天没有备份。{by_itself or '请看运行日志。'}"
        )
    if last.verified is None:
        return BackupState(last, daily, "未核对", "waiting", f"做完后没有重读核对。{by_itself}")
    return BackupState(last, daily, "正常", "done", by_itself)


def _last() -> LastBackup | None:
    made = audit.last_of("backup.make")
    if made is None:
        return None
    said = json.loads(made.changes)
    return LastBackup(
        moment(made.at), made.actor_name, said["file"], said.get("size"), said["damaged"], said.get("verified")
    )
