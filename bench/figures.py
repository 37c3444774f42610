"""受案态势的快慢：how long the server takes for the caseload page, a figure with its records, a snapshot and the
page of a judge's own numbers, and how many queries each asks, at 120,000 cases. Prints JSON.

    python bench/figures.py [--cases 120000] [--requests 30]

SQLite always, PostgreSQL where a server is installed; both with the durability of production.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from machine import machine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TARGET_MS, TARGET_QUERIES = 300, 15
BEGIN, TODAY = date(2024, 1, 2), date(2026, 11, 20)
DIVISIONS, JUDGES = 12, 150
PERIOD = "2026-01-01--2026-10-31"


def fill(cases: int) -> tuple[Any, Any]:
    """One court of twelve divisions, three years; closed after three months on the average. Its leader and a judge."""
    from django.db import connection, transaction

    from tianping.court.models import Case, CaseKind, Procedure
    from tianping.foundation.accounts.models import Appointment, Organisation, OrganisationKind, User
    from tianping.foundation.accounts.roles import Role

    chance = random.Random(20261123)
    court = Organisation.objects.create(name="测量法院", code="BM", kind=OrganisationKind.COURT)
    divisions = [
        Organisation.objects.create(
            name=f"第{n + 1}审判庭", code=f"BM-{n + 1:02d}", kind=OrganisationKind.DIVISION, parent=court
        )
        for n in range(DIVISIONS)
    ]
    people = [User(staff_no=f"B{n:03d}", name=f"测量{n}", password="!") for n in range(JUDGES + 1)]
    leader, *judges = User.objects.bulk_create(people)
    Appointment.objects.create(user=leader, role=Role.LEADER, organisation=court, since=BEGIN)
    Appointment.objects.create(user=judges[0], role=Role.STAFF, organisation=divisions[0], since=BEGIN)
    kinds, days, rows = [kind.value for kind in CaseKind][:4], (TODAY - BEGIN).days, []
    for number in range(cases):
        filed = BEGIN + timedelta(days=chance.randrange(days))
        closed = filed + timedelta(days=int(chance.expovariate(1 / 90)))
        division = chance.randrange(DIVISIONS)
        rows.append(
            Case(
                court=court,
                organisation=divisions[division],
                case_no=f"（{filed.year}）江0188民初{number}号",
                kind=kinds[division % 4],
                cause="民间借贷纠纷",
                procedure=Procedure.ORDINARY,
                judge=judges[division + DIVISIONS * chance.randrange(JUDGES // DIVISIONS)],
                filed_on=filed,
                closed_on=closed if closed <= TODAY else None,
            )
        )
    with transaction.atomic():
        Case.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return leader, judges[0]


def timed(ask: Callable[[], Any], requests: int) -> dict[str, Any]:
    from django.db import connection

    asked: list[str] = []

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        answer = ask()
    assert answer.status_code in (200, 302), answer.status_code
    ask()
    taken, worked = [], []
    for _ in range(requests):
        begun, busy = time.perf_counter(), time.process_time()
        ask()
        worked.append((time.process_time() - busy) * 1000)
        taken.append((time.perf_counter() - begun) * 1000)
    return {
        "p50_ms": round(statistics.median(taken), 1),
        "p95_ms": round(statistics.quantiles(taken, n=20)[-1], 1),
        # of this process: what a busy machine does not blur (a server's share on PostgreSQL is not in it)
        "p50_processor_ms": round(statistics.median(worked), 1),
        "queries": len(asked),
    }


def measure(cases: int, requests: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from tianping.foundation.figures.models import Snapshot

    call_command("migrate", verbosity=0)
    leader, judge = fill(cases)
    browser, own = Client(), Client()
    for client, person in ((browser, leader), (own, judge)):
        client.force_login(person, backend="tianping.foundation.accounts.backend.StaffBackend")
    months = {"year": "2026", "since": "1", "until": "10"}
    whole, boundary = ["caseload.accepted", "BM", PERIOD, "all"], reverse("reports:caseload")
    found = {
        "caseload": timed(lambda: browser.get(boundary, months), requests),
        "caseload of a division": timed(lambda: browser.get(boundary, months | {"scope": "BM-01"}), requests),
        "figure": timed(lambda: browser.get(reverse("reports:figure", args=whole)), requests),
        "mine": timed(lambda: own.get(reverse("reports:mine"), months), requests),
        "take a snapshot": timed(lambda: browser.post(reverse("reports:take", args=whole)), 5),
    }
    snapshot = Snapshot.objects.order_by("id").first()
    assert snapshot is not None
    shown = reverse("reports:snapshot", args=[snapshot.public_id])
    found["snapshot"] = timed(lambda: browser.get(shown), 5) | {
        "records": snapshot.numerator,
        "kept_kb": round(len(bytes(snapshot.records)) / 1024),
    }
    page = found["caseload"]
    version = ".".join(map(str, connection.Database.sqlite_version_info)) if connection.vendor == "sqlite" else ""
    return {
        "database": f"{connection.vendor} {version or connection.pg_version}",
        "cases": cases,
        "pages": found,
        "target": {"caseload_p95_ms": TARGET_MS, "caseload_queries": TARGET_QUERIES},
        "reached": page["p95_ms"] <= TARGET_MS and page["queries"] <= TARGET_QUERIES,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="受案态势的快慢")
    parser.add_argument("--cases", type=int, default=120_000)
    parser.add_argument("--requests", type=int, default=30)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.cases, asked.requests), ensure_ascii=False))
        return 0
    from tools.postgres import cluster

    found = []
    before = machine()
    with tempfile.TemporaryDirectory() as home, cluster(durable=True) as postgresql:
        for kind, address in (("sqlite", f"sqlite:///{home}/figures.sqlite3"), ("postgresql", postgresql)):
            if asked.only and kind != asked.only:
                continue
            if address is None:
                found.append({"database": "postgresql", "skipped": "本机没有安装 PostgreSQL"})
                continue
            if kind == "postgresql":
                import psycopg

                with psycopg.connect(address.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
                    server.execute("CREATE DATABASE tianping")
            environment = {
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tianping.config.settings",
                "TIANPING_SECRET_KEY": "only-for-a-bench-" + "0" * 32,
                "TIANPING_HOME": home,
                "TIANPING_DATABASE": address,
                "TIANPING_HOSTS": "testserver",
                "TIANPING_HTTPS": "false",
                "TIANPING_DEBUG": "true",
            }
            words = ["--one", "--cases", str(asked.cases), "--requests", str(asked.requests)]
            run = subprocess.run(
                [sys.executable, __file__, *words], env=environment, check=True, stdout=subprocess.PIPE, text=True
            )
            found.append(json.loads(run.stdout))
    print(json.dumps({"bench": "figures", "machine": before, "results": found}, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
