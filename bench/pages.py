"""各页的快慢：how long the server takes for every list, the home page, the loop overview and one record of each kind,
and how many queries it asks, in a court with ten thousand findings. Prints JSON.

    python bench/pages.py [--requests 30] [--only sqlite|postgresql]

SQLite always, PostgreSQL where a server is installed; both with the durability of production.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TARGET_MS, TARGET_QUERIES = 100, 12
PAGE = 50
# list: (what the register's own filter and search are given)
ASKED = {
    "register:list": ("state=registered", "q=PTY001"),
    "documents:issued": ("state=open", "q=赵"),
    "documents:reviews": ("state=open", "q=赵"),
    "findings:list": ("state=watching", "q=姓名"),
    "remedy:list": ("state=open", "q=姓名"),
    "court:cases": ("state=pending", "q=离婚"),
}


def machine() -> dict[str, Any]:
    model = ""
    if (cpu := Path("/proc/cpuinfo")).exists():
        model = next((line.split(":")[1].strip() for line in cpu.open() if line.startswith("model name")), "")
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "system": platform.system(),
    }


def addresses(viewer: Any) -> Iterator[tuple[str, str, str]]:
    """(page, variant, address) of all this viewer asks for. A record page is the newest the viewer may see."""
    from django.urls import reverse

    from tests.bulk import keep_file
    from tianping.court.selectors import case_list
    from tianping.evidence.documents.selectors import issued_list, reviews
    from tianping.evidence.register.selectors import evidence_list
    from tianping.findings.selectors import finding_list
    from tianping.remedy.selectors import duty_list

    records: dict[str, tuple[str, Callable[[Any], Any], Callable[[Any], Any] | None]] = {
        "register:list": ("register:detail", evidence_list, lambda e: e.remark.review.document),
        "documents:issued": ("documents:document", issued_list, lambda d: d),
        "documents:reviews": ("documents:review", reviews, lambda r: r.document),
        "findings:list": ("findings:detail", finding_list, None),
        "remedy:list": ("remedy:detail", duty_list, None),
        "court:cases": ("court:case", case_list, None),
    }
    yield "web:home", "", reverse("web:home")
    yield "web:loop", "", reverse("web:loop")
    for name, (detail, selector, document_of) in records.items():
        address, seen = reverse(name), selector(viewer)
        ids = list(seen.values_list("public_id", flat=True))
        narrow, find = ASKED[name]
        yield name, "first", address
        if len(ids) > 3 * PAGE:
            yield name, "middle", f"{address}?after={ids[len(ids) // 2]}"
            yield name, "last", f"{address}?after={ids[-PAGE]}"
        yield name, "filter", f"{address}?{narrow}"
        yield name, "search", f"{address}?{find}"
        if ids:
            newest = seen.get(public_id=ids[0])
            if document_of:
                keep_file(document_of(newest))
            yield detail, "", reverse(detail, args=[ids[0]])
    for state in ("planning", "open", "submitted"):  # each state offers other moves, with other forms
        if duty := duty_list(viewer).filter(state=state).first():
            yield "remedy:detail", state, reverse("remedy:detail", args=[duty.public_id])
    if review := reviews(viewer).filter(state="open").first():
        keep_file(review.document)
        yield "documents:review", "open", reverse("documents:review", args=[review.public_id])


def timed(client: Any, address: str, requests: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        queries = len(captured)
    if answer.status_code != 200:
        return {"status": answer.status_code}
    spent, worked = [], []
    for _ in range(requests):
        begun, busy = time.perf_counter(), time.process_time()
        client.get(address)
        worked.append((time.process_time() - busy) * 1000)
        spent.append((time.perf_counter() - begun) * 1000)
    return {
        "p50_ms": round(statistics.median(spent), 1),
        "p95_ms": _p95(spent),
        # of this process: what a busy machine does not blur (a server's share on PostgreSQL is not in it)
        "p50_processor_ms": round(statistics.median(worked), 1),
        "p95_processor_ms": _p95(worked),
        "queries": queries,
        "bytes": len(answer.content),
    }


def _p95(times: list[float]) -> float:
    return round(sorted(times)[math.ceil(0.95 * len(times)) - 1], 1)


def measure(requests: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from tests.bulk import Size, bulk
    from tianping.foundation.accounts.viewer import viewer_of

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    size = Size(cases=20_000, documents=2_000, findings=10_000, duties=10_000)
    begun = time.perf_counter()
    made = bulk(size, datetime.now(tz=UTC).replace(microsecond=0))
    filled = time.perf_counter() - begun
    if connection.vendor == "postgresql":  # autovacuum does so within a minute of such a day
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    pages = []
    for part, user in made.viewers.items():
        client = Client()
        client.force_login(user, backend="tianping.foundation.accounts.backend.StaffBackend")
        client.get("/")  # templates are read once
        for page, variant, address in addresses(viewer_of(user, on=timezone.localdate())):
            pages.append({"page": page, "variant": variant, "viewer": part, **timed(client, address, requests)})
    return {
        "database": _database(connection),
        "filled_in_s": round(filled, 1),
        "over_target": [p for p in pages if p.get("p95_ms", 0) > TARGET_MS or p.get("queries", 0) > TARGET_QUERIES],
        "pages": pages,
    }


def _database(connection: Any) -> str:
    if connection.vendor == "sqlite":
        return "sqlite " + ".".join(map(str, connection.Database.sqlite_version_info))
    return f"{connection.vendor} {connection.pg_version}"


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
    parser = argparse.ArgumentParser(description="各页的快慢")
    parser.add_argument("--requests", type=int, default=30)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.requests), ensure_ascii=False))
        return 0
    from tools.postgres import cluster

    found, on = [], machine()
    with tempfile.TemporaryDirectory() as home, cluster(durable=True) as postgresql:
        for kind, address in (("sqlite", f"sqlite://{home}/pages.sqlite3"), ("postgresql", postgresql)):
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
            environment = _environment(home, address)
            run = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
            found.append(json.loads(run.stdout))
    result = {
        "bench": "pages",
        "dataset": "tests/bulk.py, one court, fictional",
        "size": {
            "findings": 10_000,
            "duties": 10_000,
            "evidence": 10_000,
            "documents": 2_000,
            "reviews": 2_000,
            "cases": 20_000,
            "people": 150,
            "divisions": 12,
        },
        "requests": asked.requests,
        "target": {"p95_ms": TARGET_MS, "queries": TARGET_QUERIES},
        "machine": on,
        "results": found,
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
