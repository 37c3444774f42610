"""恢复：into an empty place and nowhere else; the new home appears only when everything in it has been compared."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tianping.foundation.backup import postgresql, sqlite
from tianping.foundation.backup.archive import fsync_folder, unpack
from tianping.foundation.backup.manifest import DATABASES, ArchiveRefused, Contents, Manifest


class RestoreRefused(ValueError):
    """恢复没有做：one sentence."""


@dataclass(frozen=True, slots=True)
class Compared:
    """比对结果：what the archive says and what was restored, table by table."""

    tables: int
    rows: int
    files: int


def empty_home(home: Path) -> None:
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise RestoreRefused(f"“{home}”不是空目录，不往里恢复。请换一个空目录，或先移走原有内容。")


def empty_database(database: Mapping[str, Any]) -> None:
    if found := postgresql.tables(database):
        raise RestoreRefused(
            f"数据库“{database['NAME']}”里已有 {len(found)} 张表，不往里恢复。"
            f"请新建一个空库，改 TIANPING_DATABASE 后重试。"
        )


@contextmanager
def staged(home: Path) -> Iterator[Path]:
    """在旁边恢复：beside the new home, and moved there only when all went well; else nothing is left behind."""
    home.parent.mkdir(parents=True, exist_ok=True)
    beside = home.parent / f".{home.name}.{os.getpid()}.restoring"
    beside.mkdir(mode=0o700)
    try:
        yield beside
        beside.rename(home)  # an empty folder of that name gives way
        fsync_folder(home.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def put_back(*, archive: Path, manifest: Manifest, home: Path, database: Mapping[str, Any]) -> None:
    """放回：files and database, as they stood. Refuses a PostgreSQL database that has tables."""
    if manifest.database == "postgresql":
        empty_database(database)
    unpack(archive, manifest, home)
    dumped = home / DATABASES[manifest.database]
    if manifest.database == "postgresql":
        try:
            postgresql.restore(database, dumped)
        finally:
            dumped.unlink()
    else:
        place = Path(str(database["NAME"]))
        place.parent.mkdir(parents=True, exist_ok=True)
        dumped.rename(place)


def read(database: Mapping[str, Any], kind: str) -> Contents:
    return postgresql.read(database) if kind == "postgresql" else sqlite.read(Path(str(database["NAME"])))


def compare(manifest: Manifest, restored: Contents, files: Path) -> Compared:
    """比对：rows of every table, the chain's head, and each file against its hash. Names the first that differs."""
    for table in sorted(manifest.contents.tables.keys() | restored.tables.keys()):
        was, now = manifest.contents.tables.get(table), restored.tables.get(table)
        if was != now:
            raise ArchiveRefused(f"表 {table} 备份时 {was} 行，恢复后 {now} 行，恢复不作数。请改用另一份备份。")
    if (restored.audit_seq, restored.audit_hash) != (manifest.contents.audit_seq, manifest.contents.audit_hash):
        raise ArchiveRefused("审计链头与备份时不同，恢复不作数。请改用另一份备份。")
    count = 0
    for name, sha256 in manifest.members.items():
        if not name.startswith("files/"):
            continue
        with (files / name.removeprefix("files/")).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise ArchiveRefused(f"“{name}”写到磁盘后读出来不同，恢复不作数。请检查磁盘后重试。")
        count += 1
    return Compared(len(restored.tables), sum(restored.tables.values()), count)
