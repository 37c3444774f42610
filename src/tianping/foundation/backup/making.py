"""做备份：the database first, then the files. A file is kept before any row names it and is removed
only when none has named it for long, so the files read afterwards hold everything the copy of the database names.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tianping.foundation.backup import postgresql, sqlite
from tianping.foundation.backup.archive import Writer, published
from tianping.foundation.backup.manifest import DATABASES, Contents, Manifest, key_check

KEPT = re.compile(r"[0-9a-f]{64}")
MIB = 1024 * 1024


class BackupRefused(ValueError):
    """备份没有做：one sentence."""


@dataclass(frozen=True, slots=True)
class Made:
    """做成的备份。"""

    path: Path
    manifest: Manifest
    size: int
    sha256: str


def kind_of(database: Mapping[str, Any]) -> str:
    return "postgresql" if "postgresql" in str(database["ENGINE"]) else "sqlite"


def backup(*, out: Path, database: Mapping[str, Any], files: Path, secret: str, software: str, at: datetime) -> Made:
    """做一份：``database`` as in the settings; the server may run on. Refuses to write over what is there."""
    if out.exists():
        raise BackupRefused(f"“{out}”已经存在，不覆盖。请另取文件名，或先移走旧的。")
    if not out.parent.is_dir():
        raise BackupRefused(f"没有“{out.parent}”这个目录。请先建好目录，或换一处。")
    kind = kind_of(database)
    _room(out.parent, Path(str(database["NAME"])) if kind == "sqlite" else None, files)
    damaged = []
    try:
        with published(out) as file, tempfile.TemporaryDirectory(prefix=".tianping-backup-", dir=out.parent) as beside:
            dump = Path(beside) / DATABASES[kind]
            contents = _dump(kind, database, dump)
            writer = Writer(file)
            writer.add(dump.name, dump)
            dump.unlink()
            for place in _kept(files):
                name = f"files/{place.parent.name}/{place.name}"
                if writer.add(name, place) != place.name:
                    damaged.append(name)
            manifest = Manifest(
                software=software,
                created_at=at.isoformat(timespec="seconds"),
                database=kind,
                contents=contents,
                key_check=key_check(secret),
                members=writer.members,
                damaged=tuple(damaged),
            )
            writer.close(manifest)
    except FileExistsError:
        raise BackupRefused(f"“{out}”在此期间已由他人写入，不覆盖。请另取文件名重做。") from None
    with out.open("rb") as whole:
        sha256 = hashlib.file_digest(whole, "sha256").hexdigest()
    return Made(out, manifest, out.stat().st_size, sha256)


def _dump(kind: str, database: Mapping[str, Any], to: Path) -> Contents:
    if kind == "postgresql":
        return postgresql.dump(database, to)
    return sqlite.dump(Path(str(database["NAME"])), to)


def _kept(files: Path) -> Iterator[Path]:
    """库存文件, in order; what is just arriving under another name is left out."""
    for folder in sorted(files.iterdir()) if files.is_dir() else ():
        if folder.is_dir():
            yield from sorted(p for p in folder.iterdir() if KEPT.fullmatch(p.name) and p.name[:2] == folder.name)


def _room(where: Path, sqlite_file: Path | None, files: Path) -> None:
    """The dump stands beside the archive until it is in it; PostgreSQL's size is not known beforehand."""
    needed = sum(place.stat().st_size for place in _kept(files))
    if sqlite_file is not None:
        if not sqlite_file.is_file():
            raise BackupRefused(f"没有数据库“{sqlite_file}”。请核对 TIANPING_DATABASE。")
        needed += 2 * sqlite_file.stat().st_size
    free = shutil.disk_usage(where).free
    if needed > free:
        raise BackupRefused(f"“{where}”只剩 {free // MIB} MB，备份约需 {needed // MIB + 1} MB。请腾出空间，或换一处。")
