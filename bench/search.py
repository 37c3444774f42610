"""查找的快慢：120,000 cases and 10,000 findings, four viewers, words rare and frequent; the page and its questions.

Prints JSON; SQLite and, where a server is installed, PostgreSQL. The rebuild of the whole index is timed as well.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TARGET_MS, TARGET_QUERIES = 100, 20  # of a page that answers for five kinds: their first rows and their number each
SIZE = {"cases": 120_000, "documents": 2_000, "findings": 10_000, "duties": 10_000}
QUERIES = {  # what people type, from the rarest to what nearly every record has
    "案号": "江0199民初60001号",
    "号码": "60001",
    "编号": "2026-问-05000",
    "姓名": "{name}",
    "名": "{given}",
    "规则": "金额大小写",
    "案由": "借贷",
    "两个词": "离婚 第一庭",
    "一个字": "民",
    "没有的": "龙卷风",
}


def timed(client: Any, asked: dict[str, str], requests: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/search/", asked)
        queries = len(captured)
    assert answer.status_code == 200, answer.status_code
    spent, worked = [], []
    for _ in range(requests):
        begun, busy = time.perf_counter(), time.process_time()
        client.get("/search/", asked)
        worked.append((time.process_time() - busy) * 1000)
        spent.append((time.perf_counter() - begun) * 1000)
    spent.sort()
    return {
        "p50_ms": round(statistics.median(spent), 1),
        "p95_ms": round(spent[math.ceil(0.95 * len(spent)) - 1], 1),
        # of this process: what a busy machine does not blur (a server's share on PostgreSQL is not in it)
        "p50_processor_ms": round(statistics.median(worked), 1),
        "queries": queries,
        "bytes": len(answer.content),
    }


def measure(requests: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from tests.bulk import Size, bulk
    from tianping.foundation.search import services

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    made = bulk(Size(**SIZE), datetime.now(tz=UTC).replace(microsecond=0))
    begun = time.perf_counter()
    indexed = services.rebuild()
    rebuilt = time.perf_counter() - begun
    begun = time.perf_counter()
    services.rebuild()
    again = time.perf_counter() - begun
    if connection.vendor == "postgresql":  # autovacuum does so within a minute of such a day
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    name = made.judges[0].name
    rows = []
    for part, user in made.viewers.items():
        client = Client()
        client.force_login(user, backend="tianping.foundation.accounts.backend.StaffBackend")
        client.get("/search/")  # templates are read once
        for what, words in QUERIES.items():
            query = words.format(name=name, given=name[1:])
            for kind in ("", "case"):
                found = timed(client, {"q": query, "kind": kind}, requests)
                rows.append({"what": what, "kind": kind or "全部", "viewer": part, **found})
    slowest = sorted((row["p95_ms"] for row in rows), reverse=True)
    return {
        "database": connection.vendor,
        "entries": indexed,
        "rebuild_s": round(rebuilt, 1),
        "rebuild_unchanged_s": round(again, 1),
        "p95_of_all_ms": slowest[math.ceil(0.05 * len(slowest)) - 1],
        "over_target": [r for r in rows if r["p95_ms"] > TARGET_MS or r["queries"] > TARGET_QUERIES],
        "pages": rows,
    }


def _environment(home: str, address: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tianping.config.settings",
        "TIANPING_SECRET_KEY": "only-for-a-bench-" + "0" * 32,
        "TIANPING_HOME": home,
        "TIANPING_DATABASE": address,
        "TIANPING_HTTPS": "false",
        "TIANPING_DEBUG": "false",
        "TIANPING_HOSTS": "testserver",
        "TIANPING_VENDOR_ASSETS": str(ROOT / "build" / "vendor"),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="查找的快慢")
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.requests), ensure_ascii=False))
        return 0
    from tools.postgres import cluster

    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as home, cluster(durable=True) as postgresql:
        for kind, address in (("sqlite", f"sqlite://{home}/search.sqlite3"), ("postgresql", postgresql)):
            if asked.only not in (None, kind):
                continue
            if address is None:
                found.append({"database": kind, "skipped": "本机没有安装 PostgreSQL"})
                continue
            if kind == "postgresql":
                import psycopg

                with psycopg.connect(address.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
                    server.execute("CREATE DATABASE tianping")
            command = [sys.executable, __file__, "--one", "--requests", str(asked.requests)]
            run = subprocess.run(
                command, env=_environment(home, address), check=True, stdout=subprocess.PIPE, text=True
            )
            found.append(json.loads(run.stdout))
    result = {
        "bench": "search",
        "dataset": "tests/bulk.py, one court, fictional",
        "size": SIZE,
        "requests": asked.requests,
        "target": {"p95_ms": TARGET_MS, "queries": TARGET_QUERIES},
        "results": found,
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
