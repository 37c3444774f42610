"""PostgreSQL 的备份：pg_dump and pg_restore of the machine; rows are counted in the very snapshot that is dumped."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tianping.foundation.backup.manifest import Contents

GENESIS = "0" * 64
ENVIRONMENT = {"NAME": "PGDATABASE", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "HOST": "PGHOST", "PORT": "PGPORT"}
PARAMETERS = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


class ClientFailed(RuntimeError):
    """客户端没办成：it is missing, or what it said last."""


def client(program: str) -> str:
    """客户端的位置：from the environment, never brought along."""
    found = shutil.which(program)
    if found is None:
        raise ClientFailed(
            f"本机没有 {program}。请安装与数据库同版本的 PostgreSQL 客户端（Debian：postgresql-client）。"
        )
    return found


def dump(database: Mapping[str, Any], to: Path) -> Contents:
    program = client("pg_dump")
    with _connect(database) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        (snapshot,) = _one(connection, "SELECT pg_export_snapshot()")
        plain = ["--format=custom", "--compress=1", "--no-owner", "--no-privileges"]
        _run([program, *plain, f"--snapshot={snapshot}", f"--file={to}"], database)
        return contents(connection)


def restore(database: Mapping[str, Any], source: Path) -> None:
    """恢复：all of it or nothing, in one transaction."""
    program = client("pg_restore")
    plain = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    _run([program, *plain, f"--dbname={database['NAME']}", str(source)], database)


def read(database: Mapping[str, Any]) -> Contents:
    with _connect(database) as connection:
        return contents(connection)


def contents(connection: psycopg.Connection[Any]) -> Contents:
    names = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    tables = {}
    for (name,) in names:
        (tables[name],) = _one(connection, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
    seq, chained = 0, GENESIS
    if "audit_entry" in tables:
        last = connection.execute("SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
        seq, chained = last or (seq, chained)
    return Contents(tables, seq, chained)


def tables(database: Mapping[str, Any]) -> list[str]:
    """已有的表：what would be in the way of a restore, a demo or a first migration; not counted."""
    with _connect(database) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        return [name for (name,) in found.fetchall()]


def _one(connection: psycopg.Connection[Any], query: Any) -> Any:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row


def _connect(database: Mapping[str, Any]) -> psycopg.Connection[Any]:
    try:
        given = {key: str(database[name]) for name, key in PARAMETERS.items() if database.get(name)}
        return psycopg.connect(make_conninfo("", **given))
    except psycopg.OperationalError as fault:
        raise ClientFailed(
            f"连不上数据库（{str(fault).strip().splitlines()[-1][:120]}）。请核对 TIANPING_DATABASE。"
        ) from None


def _run(command: list[str], database: Mapping[str, Any]) -> None:
    """The password goes by the environment: a command line can be read by everybody on the machine."""
    where = {variable: str(database[name]) for name, variable in ENVIRONMENT.items() if database.get(name)}
    done = subprocess.run(command, env={**os.environ, **where}, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["没有说明原因"])[0]
        raise ClientFailed(f"{Path(command[0]).name} 没有办成（{last[:200]}）。请按此处理后重试。")
