"""审计链的代价：what an audited write costs beside the same write without, and how fast a chain is verified. JSON out.

    python bench/audit.py [--rows 200000] [--writes 500]

SQLite always, PostgreSQL where a server is installed; both with the durability of production (fsync on).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from machine import machine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TARGET = 100_000  # rows a second


def fill(rows: int) -> None:
    """A chain as ``write`` leaves it, put in by the thousand: the bench is about reading it."""
    from tianping.foundation.audit import chain
    from tianping.foundation.audit.models import Entry

    previous, batch = chain.GENESIS, []
    for seq in range(1, rows + 1):
        changes = chain.canonical({"source": "answering", "target": "answered", "round": seq % 3 + 1})
        target = f"findings.finding:{seq:012x}"
        words = (seq, chain.instant(NOW), "17", "测试", "findings.finding.answer", target, changes, "10.1.2.3")
        row = (*words, chain.ALGORITHM, previous)
        previous = chain.digest((*row, ""))
        batch.append(Entry(**dict(zip(chain.FIELDS, (*row, previous), strict=True))))
        if len(batch) == 5000 or seq == rows:
            Entry.objects.bulk_create(batch)
            batch.clear()


def writes(count: int) -> dict[str, float]:
    """The same change (a name) with and without its audit row, taking turns so that both meet the same machine."""
    from django.db import transaction

    from tianping.foundation.accounts.models import User
    from tianping.foundation.accounts.viewer import system
    from tianping.foundation.audit import services

    by = system("测量", on=date(2026, 11, 23))
    user = User.objects.create(staff_no="B001", name="测量", password="!")

    def once(audited: bool, number: int) -> float:
        begun = time.perf_counter()
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(name=f"测量{number}")
            if audited:
                services.write("bench.user.rename", on=user, by=by, at=NOW, number=number)
        return (time.perf_counter() - begun) * 1000

    for number in range(20):
        once(True, number)
    with_row, without = [], []
    for number in range(count):
        with_row.append(once(True, number))
        without.append(once(False, number))
    audited, plain = statistics.median(with_row), statistics.median(without)
    return {
        "audited_ms": round(audited, 3),
        "plain_ms": round(plain, 3),
        "overhead_ms": round(audited - plain, 3),
        "audited_p95_ms": round(statistics.quantiles(with_row, n=20)[-1], 3),
    }


def measure(rows: int, count: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tianping.foundation.audit import chain, services

    call_command("migrate", verbosity=0)
    fill(rows)
    rates = []
    for _ in range(3):
        begun = time.perf_counter()
        verdict = services.verify()
        rates.append(rows / (time.perf_counter() - begun))
        assert verdict.rows == rows, verdict.rows
        assert not verdict.faults, verdict.faults
    version = ".".join(map(str, connection.Database.sqlite_version_info)) if connection.vendor == "sqlite" else ""
    if connection.vendor == "postgresql":
        version = str(connection.pg_version)
    return {
        "database": f"{connection.vendor} {version}",
        "algorithm": chain.ALGORITHM,
        "write": writes(count),
        "verify": {
            "rows": rows,
            "rows_per_second": round(statistics.median(rates)),
            "target": TARGET,
            "reached": statistics.median(rates) >= TARGET,
        },
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="审计链的代价")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--writes", type=int, default=500)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.rows, asked.writes), ensure_ascii=False))
        return 0
    from tools.postgres import cluster

    found = []
    with tempfile.TemporaryDirectory() as home, cluster(durable=True) as postgresql:
        for address in (f"sqlite:///{home}/audit.sqlite3", postgresql):
            if address is None:
                found.append({"database": "postgresql", "skipped": "本机没有安装 PostgreSQL"})
                continue
            if postgresql == address:
                import psycopg

                with psycopg.connect(address.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
                    server.execute("CREATE DATABASE tianping")
            environment = {
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tianping.config.settings",
                "TIANPING_SECRET_KEY": "only-for-a-bench-" + "0" * 32,
                "TIANPING_HOME": home,
                "TIANPING_DATABASE": address,
            }
            words = ["--one", "--rows", str(asked.rows), "--writes", str(asked.writes)]
            run = subprocess.run(
                [sys.executable, __file__, *words], env=environment, check=True, stdout=subprocess.PIPE, text=True
            )
            found.append(json.loads(run.stdout))
    print(json.dumps({"bench": "audit", "machine": machine(), "results": found}, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
