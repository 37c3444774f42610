"""定时工作：what is done every minute and every day, by whichever worker comes first.

A row for each work remembers the minute or day last done: a restart neither skips nor doubles. Work that was claimed
and not done — its worker was killed — is done again, by the same worker at once, by another after ``LEASE``. So, as
with jobs, it must be safe to do twice. Days on which no worker ran are not made up for: a chain's head of yesterday
cannot be had today.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from tianping.foundation import loop
from tianping.foundation.audit import selectors as heads
from tianping.foundation.audit import services as audit
from tianping.foundation.audit.chain import ALGORITHM, instant
from tianping.foundation.backup.recording import daily_backup
from tianping.foundation.imports import services as imports
from tianping.foundation.jobs import keeping, services
from tianping.foundation.jobs.models import ScheduledWork
from tianping.foundation.search import services as search

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=15)
PAUSE = timedelta(minutes=15)


def minute(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")


def day(at: datetime) -> str:
    return timezone.localdate(at).isoformat()


@dataclass(frozen=True, slots=True)
class Periodic:
    """一项定时工作：``slot`` names the period ``at`` falls into; ``do`` says in a few words what it came to."""

    name: str
    label: str
    slot: Callable[[datetime], str]
    do: Callable[[datetime], str]

    @property
    def pause(self) -> timedelta:
        """出错后多久再试：a daily one that fails — a full disk — must not fill the log every few seconds."""
        return PAUSE if self.slot is day else timedelta()


def _reap(at: datetime) -> str:
    return str(services.reap(at))


def _loop(at: datetime) -> str:
    return f"循环接办 {sum(loop.run(at).values())} 件"


def _search(at: datetime) -> str:
    return f"索引更新 {search.catch_up()} 条"


def audit_head_export(at: datetime) -> str:
    """导出链头：HOME/audit-heads/2026-11-23.json, once a day and never again; to be copied off this machine.

    Verified from the last sound head on, so that the day's work does not grow with the years; the whole chain is
    verified by command or on the auditor's page.
    """
    folder = settings.HOME / "audit-heads"
    path = folder / f"{day(at)}.json"
    if path.exists():
        return f"链头已在 {path.name}"
    folder.mkdir(parents=True, exist_ok=True)
    vouched = heads.last_sound()
    verdict = audit.verify_since(vouched.head) if vouched else audit.verify()
    faults = [{"seq": fault.seq, "what": fault.what} for fault in verdict.faults]
    words = {
        "seq": verdict.head.seq,
        "hash": verdict.head.hash,
        "algorithm": ALGORITHM,
        "at": instant(at),
        "rows": verdict.rows,
        "since": vouched.seq if vouched else 0,
        "faults": faults,
    }
    half = path.with_suffix(f".{os.getpid()}.half")
    with half.open("w", encoding="utf-8") as file:
        json.dump(words, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    if faults:
        logger.error("审计链有断点，最先在第 %s 号；请审计员运行 tianping-server audit verify", faults[0]["seq"])
        return f"链头第 {verdict.head.seq} 号；审计链有断点，请审计员核对"
    return f"链头第 {verdict.head.seq} 号，" + (f"自第 {vouched.seq} 号起完好" if vouched else "全链完好")


WORK: tuple[Periodic, ...] = (
    Periodic("reaper", "收回中断的任务", minute, _reap),
    Periodic("loop", "走一遍循环", minute, _loop),
    Periodic("search", "更新查找索引", minute, _search),
    Periodic("audit_head", "导出审计链头", day, audit_head_export),
    Periodic("imports", "删除逾期的导入文件", day, imports.expire),
    Periodic("keeping", "清理到期的任务、导入数据和无主文件", day, keeping.prune),
    Periodic("backup", "每日备份", day, daily_backup),
)


def run_due(at: datetime, *, worker: str, work: tuple[Periodic, ...] | None = None) -> list[str]:
    """办到期的：the names of what was done. What fails is logged and, after its pause, tried again."""
    done = []
    for one in WORK if work is None else work:
        slot = one.slot(at)
        if not _claim(one, slot, worker, at):
            continue
        row = ScheduledWork.objects.filter(name=one.name)
        try:
            note = one.do(at)
        except Exception:
            logger.exception("定时工作“%s”出错，下次再试", one.label)
            row.update(claimed_by="", claimed_at=None, failed_at=at)
        else:
            row.update(claimed_by="", claimed_at=None, failed_at=None, slot=slot, done_at=at, note=note[:200])
            done.append(one.name)
    return done


def _claim(one: Periodic, slot: str, worker: str, at: datetime) -> bool:
    """认领：one UPDATE, so that of two workers one gets it. Slots of one work compare as text."""
    ScheduledWork.objects.get_or_create(name=one.name)
    free = Q(claimed_at__isnull=True) | Q(claimed_by=worker) | Q(claimed_at__lt=at - LEASE)
    rested = Q(failed_at__isnull=True) | Q(failed_at__lte=at - one.pause)
    mine = ScheduledWork.objects.filter(free, rested, name=one.name, slot__lt=slot)
    return bool(mine.update(claimed_by=worker, claimed_at=at))
