"""各页的快慢：how long the server takes for every list, the home page, the loop overview and one record of each kind,
and how many queries it asks. Prints JSON.

    python bench/pages.py [--cases 20000] [--requests 20] [--database sqlite|postgresql]
    python bench/pages.py --province [--at postgresql://…]      1.2 million cases; --at takes a province built before

Each list is opened at its beginning, in its middle and at its end, with every filter and with words looked for, by
everybody who sees another part of it. Beside the time of the wall stands that of the processor — this process's own,
and the database's, which on PostgreSQL is a process of its own — for that is what others on the machine do not blur.
"""

from __future__ import annotations

import math
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from datasets import Data, arguments, backend, on_processor, run, settle

TARGET_MS, TARGET_QUERIES = 100, 12
PAGE = 50
DEEP = 10  # 往下翻几页
# list: what is looked for in it, from the rarest to what nearly every record has
WORDS = {
    "register:list": ("PTY001",),
    "documents:issued": ("赵",),
    "documents:reviews": ("赵",),
    "findings:list": ("姓名",),
    "remedy:list": ("姓名",),
    "court:cases": ("（2026）江1050民初123号", "1234", "离婚", "借贷", "{name}", "龙卷风"),
}
CHIP = re.compile(r'href="([^"]*\?state=[^"&]*)"')
NEXT = re.compile(r'href="([^"]*[?;]after=[^"]*)"')


def details(viewer: Any) -> dict[str, tuple[str, Callable[[Any], Any], Callable[[Any], Any] | None]]:
    from tianping.court.selectors import case_list
    from tianping.evidence.documents.selectors import issued_list, reviews
    from tianping.evidence.register.selectors import evidence_list
    from tianping.findings.selectors import finding_list
    from tianping.remedy.selectors import duty_list

    return {
        "register:list": ("register:detail", evidence_list, lambda e: e.remark.review.document),
        "documents:issued": ("documents:document", issued_list, lambda d: d),
        "documents:reviews": ("documents:review", reviews, lambda r: r.document),
        "findings:list": ("findings:detail", finding_list, None),
        "remedy:list": ("remedy:detail", duty_list, None),
        "court:cases": ("court:case", case_list, None),
    }


def addresses(client: Any, viewer: Any, names: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """(page, variant, address) of all this viewer asks for. A record page is the newest the viewer may see."""
    from django.urls import reverse

    yield "web:home", "", reverse("web:home")
    yield "web:loop", "", reverse("web:loop")
    yield "reports:caseload", "", reverse("reports:caseload")
    for name, (detail, selector, document_of) in details(viewer).items():
        address = reverse(name)
        first = client.get(address)
        if first.status_code != 200:
            continue
        page = unescape(first.content.decode())
        yield name, "first", address
        yield from _deep(client, name, page)
        for chip in dict.fromkeys(CHIP.findall(page)):
            yield name, f"filter {chip.rpartition('=')[2]}", address + chip[chip.index("?") :]
        for words in WORDS[name]:
            said = words.format(name=names[0])
            yield name, f"find {words}", f"{address}?q={said}"
        yield name, "find and filter", f"{address}?q={WORDS[name][-1]}&state=pending"
        if newest := selector(viewer).order_by("-pk").first():
            if document_of and not _kept(document_of(newest)):
                continue
            yield detail, "", reverse(detail, args=[newest.public_id])


def _deep(client: Any, name: str, page: str) -> Iterator[tuple[str, str, str]]:
    address = ""
    for _ in range(DEEP):
        found = NEXT.search(page)
        if found is None:
            break
        address = found[1]
        page = unescape(client.get(address).content.decode())
    if address:
        yield name, "deep", address


def _kept(document: Any) -> bool:
    """Of the bulk's documents only those that are opened have their file."""
    from tests.bulk import keep_file
    from tianping.foundation import files

    if document.file_name.removesuffix(".docx").isdigit():
        keep_file(document)
    try:
        files.fetch(document.sha256)
    except OSError:
        return False
    return True


def timed(client: Any, address: str, requests: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        asked = list(captured.captured_queries)
    if answer.status_code != 200:
        return {"status": answer.status_code}
    process = backend()
    spent, worked, database = [], [], []
    for _ in range(requests):
        begun, busy, behind = time.perf_counter(), time.process_time(), on_processor(process)
        client.get(address)
        database.append(on_processor(process) - behind)
        worked.append((time.process_time() - busy) * 1000)
        spent.append((time.perf_counter() - begun) * 1000)
    both = [own + other for own, other in zip(worked, database, strict=True)]
    return {
        "p50_ms": round(statistics.median(spent), 1),
        "p95_ms": _p95(spent),
        "p50_processor_ms": round(statistics.median(both), 1),
        "p95_processor_ms": _p95(both),
        "of_these_database_ms": round(statistics.median(database), 1),
        "queries": len(asked),
        "queries_ms": round(sum(float(one["time"]) for one in asked) * 1000, 1),
        "bytes": len(answer.content),
    }


def _p95(times: list[float]) -> float:
    return round(sorted(times)[math.ceil(0.95 * len(times)) - 1], 1)


def measure(data: Data, requests: int) -> dict[str, Any]:
    from django.test import Client
    from django.utils import timezone

    from tianping.foundation.accounts.viewer import viewer_of

    settle()
    pages = []
    for part, user in data.viewers.items():
        client = Client()
        client.force_login(user, backend="tianping.foundation.accounts.backend.StaffBackend")
        client.get("/")  # templates are read once
        viewer = viewer_of(user, on=timezone.localdate())
        for page, variant, address in addresses(client, viewer, data.names):
            pages.append({"page": page, "variant": variant, "viewer": part, **timed(client, address, requests)})
    answered = [page for page in pages if "p95_ms" in page]
    return {
        "p95_of_all_processor_ms": _p95([page["p95_processor_ms"] for page in answered]),
        "p95_of_all_ms": _p95([page["p95_ms"] for page in answered]),
        "over_target": [p for p in answered if p["p95_processor_ms"] > TARGET_MS or p["queries"] > TARGET_QUERIES],
        "pages": pages,
    }


if __name__ == "__main__":
    asked = arguments("各页的快慢").parse_args()
    target = {"p95_ms": TARGET_MS, "queries": TARGET_QUERIES}
    raise SystemExit(run(__file__, asked, measure, bench="pages", target=target))
