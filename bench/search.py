"""查找的快慢：four or six viewers, words rare and frequent; the page and its questions. Prints JSON.

    python bench/search.py [--cases 120000] [--requests 20] [--database sqlite|postgresql]
    python bench/search.py --province [--at postgresql://…]      1.2 million cases; --at takes a province built before

The processor's time is this process's own and, on PostgreSQL, that of the database's as well. The rebuild of the whole
index is timed where the index is empty.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from datasets import Data, arguments, backend, on_processor, run, settle

TARGET_MS, TARGET_QUERIES = 100, 20  # of a page that answers for five kinds: their first rows and their number each
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
    process = backend()
    spent, worked = [], []
    for _ in range(requests):
        begun, busy, behind = time.perf_counter(), time.process_time(), on_processor(process)
        client.get("/search/", asked)
        worked.append((time.process_time() - busy) * 1000 + on_processor(process) - behind)
        spent.append((time.perf_counter() - begun) * 1000)
    return {
        "p50_ms": round(statistics.median(spent), 1),
        "p95_ms": _p95(spent),
        "p50_processor_ms": round(statistics.median(worked), 1),
        "p95_processor_ms": _p95(worked),
        "queries": queries,
        "bytes": len(answer.content),
    }


def _p95(times: list[float]) -> float:
    return round(sorted(times)[math.ceil(0.95 * len(times)) - 1], 1)


def measure(data: Data, requests: int) -> dict[str, Any]:
    from django.test import Client

    from tianping.foundation.search import services
    from tianping.foundation.search.models import Entry

    rebuilt = {}
    if not Entry.objects.exists():
        for name in ("rebuild_s", "rebuild_unchanged_s"):
            begun = time.perf_counter()
            services.rebuild()
            rebuilt[name] = round(time.perf_counter() - begun, 1)
    settle()
    name = data.names[0]
    rows = []
    for part, user in data.viewers.items():
        client = Client()
        client.force_login(user, backend="tianping.foundation.accounts.backend.StaffBackend")
        client.get("/search/")  # templates are read once
        for what, words in QUERIES.items():
            query = words.format(name=name, given=name[1:])
            for kind in ("", "case"):
                found = timed(client, {"q": query, "kind": kind}, requests)
                rows.append({"what": what, "kind": kind or "全部", "viewer": part, **found})
    return {
        "entries": Entry.objects.count(),
        **rebuilt,
        "p95_of_all_ms": _p95([row["p95_ms"] for row in rows]),
        "p95_of_all_processor_ms": _p95([row["p95_processor_ms"] for row in rows]),
        "over_target": [r for r in rows if r["p95_processor_ms"] > TARGET_MS or r["queries"] > TARGET_QUERIES],
        "pages": rows,
    }


if __name__ == "__main__":
    asked = arguments("查找的快慢", cases=120_000).parse_args()
    target = {"p95_ms": TARGET_MS, "queries": TARGET_QUERIES}
    raise SystemExit(run(__file__, asked, measure, bench="search", target=target))
