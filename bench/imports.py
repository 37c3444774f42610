"""导入的快慢：a table of cases through the steps of the page — received, tried, written, again, undone. Prints JSON.

    python bench/imports.py [--rows 50000 120000] [--only sqlite|postgresql]

The jobs run in this process as a worker would run them. SQLite always, PostgreSQL where one is installed; both with
the durability of production.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from machine import machine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TARGET_S = 60  # for 50,000 rows, tried or written
CAUSES = ("民间借贷纠纷", "买卖合同纠纷", "离婚纠纷", "机动车交通事故责任纠纷", "物业服务合同纠纷")


def table(rows: int, judges: list[str], *, closed_later: bool = False) -> bytes:
    """A year's table; ``closed_later`` closes every tenth case that was open, as next month's export would."""
    import xlsxwriter

    from tianping.court.tests.tables import HEADERS

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = book.add_worksheet("案件")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, header in enumerate(HEADERS):
        sheet.write_string(0, column, header)
    first = date(2024, 1, 2)
    for number in range(1, rows + 1):
        filed = first + timedelta(days=number % 700)
        closed = filed + timedelta(days=30 + number % 90) if number % 5 or (closed_later and not number % 50) else None
        cells = (
            f"（{filed.year}）江0199民初{number}号",
            "民事审判第一庭" if number % 2 else "民事审判第二庭",
            "民事",
            CAUSES[number % len(CAUSES)],
            "简易程序" if number % 3 else "普通程序",
            "一审",
            "",
            judges[number % len(judges)],
        )
        for column, text in enumerate(cells):
            sheet.write_string(number, column, text)
        sheet.write_datetime(number, 8, datetime(filed.year, filed.month, filed.day), day)
        if closed:
            sheet.write_datetime(number, 9, datetime(closed.year, closed.month, closed.day), day)
            sheet.write_string(number, 10, "判决" if number % 2 else "调解")
    book.close()
    return buffer.getvalue()


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    done = work()
    return round(time.perf_counter() - begun, 1), done


def processor(work: Callable[[], Any]) -> tuple[float, Any]:
    """Of this process: what a busy machine does not blur (a server's share on PostgreSQL is not in it)."""
    begun = time.process_time()
    done = work()
    return round(time.process_time() - begun, 1), done


def first_page(court: Any) -> dict[str, Any]:
    """What the clerk came for: the leader's opening paragraph over the cases just written."""
    from django.test import Client
    from django.test.utils import setup_test_environment
    from django.urls import reverse

    setup_test_environment()  # else a page does not say what it was drawn from
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(court.people["裴院长"], backend="tianping.foundation.accounts.backend.StaffBackend")
    client.get("/")
    spent, page = timed(lambda: client.get(reverse("reports:caseload"), {"year": "2025", "since": "1", "until": "12"}))
    assert page.status_code == 200, page.status_code
    return {
        "s": spent,
        "words": "".join(piece["text"] for piece in page.context["paragraph"]),
        "page_sha256": hashlib.sha256(_numbers(page).encode()).hexdigest()[:16],
    }


def _numbers(page: Any) -> str:
    """Every number of the page in order, the time of day left out: of the same table both databases show the same."""
    words = re.sub(r"<[^>]*>|\d+:\d+(:\d+)?", " ", page.content.decode())
    return " ".join(re.findall(r"\d+", words))


def through(rows: int) -> dict[str, Any]:
    """One database, from nothing: all steps, the same table again, the next month's table, and that one undone."""
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from tests.cast import court_with_its_people
    from tianping.court.models import Case
    from tianping.court.schemas import CASES
    from tianping.foundation.audit import services as audit
    from tianping.foundation.imports import services
    from tianping.foundation.jobs import running
    from tianping.foundation.search import services as index
    from tianping.foundation.tables import read_headings

    court = court_with_its_people(timezone.now())
    office = court.viewer("周既明")
    judges = ["林知远", "沈若川", "韩江临"]

    def receive(data: bytes) -> Any:
        return services.import_receive(
            court=court.organisations["LJ"],
            schema="court.cases",
            source="案件系统",
            name="案件.xlsx",
            data=data,
            headings=read_headings(data, "案件.xlsx", CASES),
            by=office,
            at=timezone.now(),
        )

    def move(found: Any, name: str) -> str:
        columns = found.columns if name == "try" else None
        job = services.import_start(import_id=found.pk, move=name, columns=columns, by=office, at=timezone.now())
        DBTaskResult.objects.get(pk=job.ticket).claim("bench")
        running.run(job.public_id, ticket=str(job.ticket), worker="bench")
        job.refresh_from_db()
        if job.state != "succeeded":
            raise SystemExit(f"{name}: {job.failure}")
        return str(job.result)

    spent: dict[str, float] = {}
    data = table(rows, judges)
    later = table(rows, judges, closed_later=True)
    said = {}
    used: dict[str, float] = {}

    def both(name: str, work: Callable[[], Any]) -> Any:
        spent[f"{name}_s"], (used[f"{name}_s"], done) = timed(lambda: processor(work))
        return done

    for word, content in (("", data), ("again_", data), ("next_month_", later)):
        found = both(f"{word}receive", lambda content=content: receive(content))
        both(f"{word}try", lambda found=found: move(found, "try"))
        said[word] = both(f"{word}write", lambda found=found: move(found, "write"))
        both(f"{word}follow", index.catch_up)
    said["undo"] = both("next_month_undo", lambda: move(found, "undo"))
    opening = first_page(court)
    verify_s, verdict = timed(audit.verify)
    last = audit.last()
    return {
        "rows": rows,
        "file_mb": round(len(data) / 1024 / 1024, 1),
        **spent,
        "processor": used,
        "end_to_end_s": round(spent["receive_s"] + spent["try_s"] + spent["write_s"], 1),
        "said": list(said.values()),
        "cases": Case.objects.count(),
        "opening": opening,
        "audit_rows": last.seq if last else 0,
        "audit_verify_s": verify_s,
        "audit_faults": len(verdict.faults),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def inside(rows: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    print(json.dumps(through(rows), ensure_ascii=False))
    return 0


def apart(rows: int, database: str) -> dict[str, Any]:
    """In a process and a folder of its own, so that memory and caches are those of one import."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tianping.config.settings",
            "TIANPING_SECRET_KEY": "only-for-this-bench-" + "0" * 32,
            "TIANPING_HOME": home,
            "TIANPING_DATABASE": database or f"sqlite:///{home}/db.sqlite3",
            "TIANPING_HTTPS": "false",
            "TIANPING_DEBUG": "false",  # else every statement is kept as text, which a court's server does not do
            "TIANPING_VENDOR_ASSETS": str(ROOT / "build" / "vendor"),
        }
        words = [sys.executable, str(Path(__file__).resolve()), "--inside", str(rows)]
        done = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="+", default=[50_000, 120_000])
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return inside(options.inside)
    from tools.postgres import cluster

    result: dict[str, Any] = {"bench": "imports", "target_50000_s": TARGET_S, "machine": machine()}
    if options.only != "postgresql":
        result["sqlite"] = [apart(rows, "") for rows in options.rows]
    if options.only != "sqlite":
        for rows in options.rows:
            with cluster(durable=True) as address:
                if address:
                    import psycopg

                    with psycopg.connect(address.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
                        server.execute("CREATE DATABASE tianping")
                    result.setdefault("postgresql", []).append(apart(rows, address))
    on_sqlite = {one["rows"]: one for one in result.get("sqlite", [])}
    result["same_on_both"] = {
        one["rows"]: all(one[what] == on_sqlite[one["rows"]][what] for what in ("said", "cases"))
        and all(one["opening"][what] == on_sqlite[one["rows"]]["opening"][what] for what in ("words", "page_sha256"))
        for one in result.get("postgresql", [])
        if one["rows"] in on_sqlite
    }
    timed_50 = [one for name in ("sqlite", "postgresql") for one in result.get(name, []) if one["rows"] == 50_000]
    result["reached"] = all(max(one["try_s"], one["write_s"]) < TARGET_S for one in timed_50) if timed_50 else None
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
