"""SQLite 的备份：by the online backup API, in one step, so that writers go on and the copy is of one moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tianping.foundation.backup.manifest import ArchiveRefused, Contents

GENESIS = "0" * 64


class NotADatabase(ValueError):
    """不是数据库：the file is there and SQLite cannot read it."""


def dump(database: Path, to: Path) -> Contents:
    try:
        return _dump(database, to)
    except sqlite3.DatabaseError as fault:
        if fault.sqlite_errorcode in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise NotADatabase(str(database)) from None
        raise


def _dump(database: Path, to: Path) -> Contents:
    with (
        closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True, timeout=20)) as live,
        closing(sqlite3.connect(to)) as copy,
    ):
        copy.execute("PRAGMA synchronous=OFF")  # the archive it goes into is what gets synced
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        return contents(copy)


def contents(connection: sqlite3.Connection) -> Contents:
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    ).fetchall()
    tables = {name: _count(connection, name) for (name,) in names}
    seq, chained = 0, GENESIS
    if "audit_entry" in tables:
        last = connection.execute("SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
        seq, chained = last or (seq, chained)
    return Contents(tables, seq, chained)


def _count(connection: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608


def read(database: Path) -> Contents:
    """读恢复出来的库：refuses one that SQLite itself finds damaged."""
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True)) as connection:
        try:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as fault:
            verdict = str(fault)
        if verdict != "ok":
            raise ArchiveRefused(f"恢复出的数据库自检不过（{verdict[:80]}）。请改用另一份备份。")
        return contents(connection)
