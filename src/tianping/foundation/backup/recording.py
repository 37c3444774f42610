"""备份入审计：who took a copy of everything, and when. The row is written after the copy, and so is not in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

import tianping
from tianping.foundation.accounts.viewer import Viewer, system
from tianping.foundation.audit import services as audit
from tianping.foundation.backup.archive import verify
from tianping.foundation.backup.making import BackupRefused, Made, backup
from tianping.foundation.backup.manifest import ArchiveRefused

PREFIX = "tianping-"


class BackupDamaged(BackupRefused):
    """写成而读不回：the file is there and is no backup."""


def backup_make(*, out: Path, by: Viewer, at: datetime, read_back: bool = False) -> Made:
    """备份：of this deployment, and a row in its chain; ``read_back`` reads the whole archive again first."""
    made = backup(
        out=out,
        database=settings.DATABASES["default"],
        files=Path(settings.FILES_ROOT),
        secret=settings.SECRET_KEY,
        software=tianping.__version__,
        at=at,
    )
    verified = {"verified": _whole(out)} if read_back else {}
    with transaction.atomic():
        audit.write(
            "backup.make",
            on="backup",
            by=by,
            at=at,
            file=out.name,
            sha256=made.sha256,
            head=made.manifest.contents.audit_seq,
            damaged=len(made.manifest.damaged),
            size=made.size,
            **verified,
        )
    if verified.get("verified") is False:
        raise BackupDamaged(f"“{out}”写成后重读，与清单不符。请检查磁盘，换一处重做。")
    return made


def _whole(out: Path) -> bool:
    try:
        verify(out)
    except ArchiveRefused:
        return False
    return True


def daily_backup(at: datetime) -> str:
    """每日备份：into TIANPING_BACKUP_DIR where one is set; its own archives go after the days set."""
    if settings.BACKUP_DIR is None:
        return "没有设 TIANPING_BACKUP_DIR，不自动备份"
    out = settings.BACKUP_DIR / f"{PREFIX}{timezone.localdate(at).isoformat()}.tar"
    if out.exists():
        return f"{out.name} 已在"
    settings.BACKUP_DIR.mkdir(parents=True, exist_ok=True)
    try:
        made = backup_make(out=out, by=system("每日备份", on=timezone.localdate(at)), at=at, read_back=True)
    except BackupDamaged:  # kept for whoever looks into it, but not under the name of a backup: the next try makes one
        out.replace(out.with_suffix(".damaged"))
        raise
    oldest = timezone.localdate(at) - timedelta(days=settings.BACKUP_KEEP_DAYS)
    for path in settings.BACKUP_DIR.glob(f"{PREFIX}????-??-??.tar"):
        if path.name <= f"{PREFIX}{oldest.isoformat()}.tar":
            path.unlink()
    damaged = f"；{len(made.manifest.damaged)} 个库存文件已损坏" if made.manifest.damaged else ""
    return f"{out.name}，{made.size // 1024 // 1024} MB{damaged}"
