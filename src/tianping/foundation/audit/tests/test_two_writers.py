"""两人同时写：two processes with a connection each keep one chain, without a gap and without a fork."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[5]
EACH = 60
WRITE = f"""
import sys, time, django
django.setup()
from datetime import UTC, date, datetime
from django.db import transaction
from tianping.foundation.accounts.viewer import system
from tianping.foundation.audit import services
name = sys.argv[1]
print("ready", flush=True); sys.stdin.readline()
for number in range({EACH}):
    with transaction.atomic():
        services.write("test.change", on=f"{{name}}:{{number}}", by=system(name, on=date(2026, 11, 23)),
                       at=datetime(2026, 11, 23, tzinfo=UTC), number=number)
    time.sleep(0.004)  # people pause between two clicks; without it SQLite lets one finish before the other starts
"""
VERIFY = """
import django
django.setup()
from tianping.foundation.audit import services
from tianping.foundation.audit.models import Entry
verdict = services.verify()
names = list(Entry.objects.order_by("seq").values_list("actor_name", flat=True))
turns = sum(a != b for a, b in zip(names, names[1:]))
print(verdict.rows, verdict.head.seq, len(verdict.faults), turns)
"""


def _postgresql(address: str) -> Iterator[str]:
    import psycopg

    url, name = urlsplit(address), f"two_writers_{os.getpid()}"
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield url._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """A database of its own, of the kind this run is about."""
    address = os.environ.get("TIANPING_TEST_DATABASE", "")
    if address.startswith("postgresql"):
        yield from _postgresql(address)
    else:
        yield f"sqlite:///{tmp_path}/audit.sqlite3"


def _python(code: str, database: str, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "TIANPING_DATABASE": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _finish(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def test_two_writers_at_once_keep_one_chain(database: str) -> None:
    _finish(
        _python(
            "import django; django.setup()\nfrom django.core.management import call_command\n"
            "call_command('migrate', 'audit', verbosity=0)",
            database,
        )
    )
    writers = [_python(WRITE, database, name) for name in ("甲", "乙")]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        _finish(writer)
    rows, last, faults, turns = map(int, _finish(_python(VERIFY, database)).split())
    assert (rows, last, faults) == (2 * EACH, 2 * EACH, 0)
    assert turns > 1, "the two never met; the test proves nothing"
