"""台账：the shards of an archive and what became of each. One SQLite file, one writer.

The writer keeps the file locked as long as it lives, so that two runs over one archive cannot meet; the lock of a
process that was killed is gone with it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tianping.text.lint.archive.tally import Tally, tally_from

_TABLES = """
CREATE TABLE IF NOT EXISTS plan (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS shard (
    number INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    files INTEGER NOT NULL,
    source_hash TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    output_hash TEXT NOT NULL DEFAULT '',
    tally TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS shard_state ON shard (state);
"""


class State(StrEnum):
    """分片的状态。"""

    WAITING = "waiting"  # 待检查
    RUNNING = "running"  # 检查中
    DONE = "done"  # 已检查
    SPLIT = "split"  # 已拆开：its files wait one by one
    SET_ASIDE = "set_aside"  # 搁置：one file that no worker survived


class LedgerBusy(RuntimeError):
    """台账被占用：another run holds this archive."""


class LedgerBroken(RuntimeError):
    """台账损坏：the file is no database, or no longer a whole one."""


@dataclass(frozen=True, slots=True)
class Shard:
    """分片。"""

    number: int
    state: State
    files: int
    source_hash: str
    attempts: int

    @property
    def name(self) -> str:
        return f"{self.number:06d}"


class Ledger:
    """台账。Every change is on disk before the next step is taken."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, timeout=1)
        try:
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("BEGIN EXCLUSIVE")
            self._db.execute("COMMIT")
            self._db.executescript(_TABLES)
        except sqlite3.OperationalError:
            self._db.close()
            raise LedgerBusy from None
        except sqlite3.DatabaseError:
            self._db.close()
            raise LedgerBroken from None

    def close(self) -> None:
        self._db.close()

    def get(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM plan WHERE name = ?", [name]).fetchone()
        return row[0] if row else None

    def set(self, **values: str) -> None:
        self._db.executemany("INSERT OR REPLACE INTO plan VALUES (?, ?)", list(values.items()))

    def add(self, number: int, files: int, source_hash: str) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO shard (number, state, files, source_hash) VALUES (?, ?, ?, ?)",
            [number, State.WAITING, files, source_hash],
        )

    def begin(self) -> None:
        self._db.execute("BEGIN")

    def commit(self) -> None:
        self._db.execute("COMMIT")

    def release(self) -> None:
        """上次中断的：whoever worked on them is gone."""
        self._db.execute("UPDATE shard SET state = ? WHERE state = ?", [State.WAITING, State.RUNNING])

    def waiting(self) -> Iterator[Shard]:
        """待检查的分片，by number; what is added meanwhile comes at the end."""
        last = 0
        while row := self._db.execute(
            "SELECT number, state, files, source_hash, attempts FROM shard WHERE state = ? AND number > ? "
            "ORDER BY number LIMIT 1",
            [State.WAITING, last],
        ).fetchone():
            last = row[0]
            yield _shard(row)

    def start(self, shard: Shard) -> None:
        self._db.execute(
            "UPDATE shard SET state = ?, attempts = attempts + 1 WHERE number = ?", [State.RUNNING, shard.number]
        )

    def finish(self, shard: Shard, tally: Tally, output_hash: str) -> None:
        self._db.execute(
            "UPDATE shard SET state = ?, tally = ?, output_hash = ?, reason = '' WHERE number = ?",
            [State.DONE, tally.as_json(), output_hash, shard.number],
        )

    def move(self, shard: Shard, state: State, reason: str = "") -> None:
        self._db.execute("UPDATE shard SET state = ?, reason = ? WHERE number = ?", [state, reason, shard.number])

    def attempts(self, shard: Shard) -> int:
        return int(self._db.execute("SELECT attempts FROM shard WHERE number = ?", [shard.number]).fetchone()[0])

    def last_number(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(number), 0) FROM shard").fetchone()[0])

    def done(self) -> Iterator[tuple[Shard, str]]:
        """(shard, hash of its output) of those done."""
        rows = self._db.execute(
            "SELECT number, state, files, source_hash, attempts, output_hash FROM shard WHERE state = ?", [State.DONE]
        )
        for row in rows.fetchall():
            yield _shard(row[:5]), row[5]

    def tallies(self) -> Iterator[Tally]:
        for (text,) in self._db.execute("SELECT tally FROM shard WHERE state = ? ORDER BY number", [State.DONE]):
            yield tally_from(text)

    def set_aside(self) -> list[tuple[Shard, str]]:
        """(shard of one file, reason)."""
        rows = self._db.execute(
            "SELECT number, state, files, source_hash, attempts, reason FROM shard WHERE state = ? ORDER BY number",
            [State.SET_ASIDE],
        )
        return [(_shard(row[:5]), row[5]) for row in rows]

    def counts(self) -> dict[State, int]:
        return {State(state): n for state, n in self._db.execute("SELECT state, count(*) FROM shard GROUP BY state")}

    def files_waiting(self) -> int:
        row = self._db.execute("SELECT coalesce(sum(files), 0) FROM shard WHERE state = ?", [State.WAITING]).fetchone()
        return int(row[0])


def _shard(row: tuple[int, str, int, str, int]) -> Shard:
    return Shard(row[0], State(row[1]), row[2], row[3], row[4])


def hash_of(path: Path) -> str:
    """SHA-256 of a file; empty where there is none."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return ""
