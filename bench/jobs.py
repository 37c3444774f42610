"""后台任务的代价：jobs a second, submitted, and carried by one worker from the queue to done. JSON out.

    python bench/jobs.py [--jobs 200]

The jobs do nothing: what is measured is the ground under them — ticket, states, timeline, audit chain. SQLite always,
PostgreSQL where a server is installed; both with the durability of production (fsync on).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from machine import machine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def measure(count: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from tianping.foundation.accounts.viewer import system
    from tianping.foundation.jobs import services, worker
    from tianping.foundation.jobs.models import Job

    call_command("migrate", verbosity=0, run_syncdb=True)
    now = timezone.now()
    by = system("测量", on=now.date())
    begun = time.perf_counter()
    for number in range(count):
        services.job_enqueue(kind="probe_nothing", title=f"测量 {number}", arguments={}, by=by, at=now)
    submitted = time.perf_counter() - begun
    begun = time.perf_counter()
    worker.work(worker="bench-1", batch=True)
    done = time.perf_counter() - begun
    assert Job.objects.filter(state="succeeded").count() == count
    version = ".".join(map(str, connection.Database.sqlite_version_info)) if connection.vendor == "sqlite" else ""
    if connection.vendor == "postgresql":
        version = str(connection.pg_version)
    return {
        "database": f"{connection.vendor} {version}",
        "jobs": count,
        "submitted_per_second": round(count / submitted, 1),
        "done_per_second": round(count / done, 1),
        "submit_to_done_per_second": round(count / (submitted + done), 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="后台任务的代价")
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.jobs), ensure_ascii=False))
        return 0
    from tools.postgres import cluster

    found = []
    with tempfile.TemporaryDirectory() as home, cluster(durable=True) as postgresql:
        for address in (f"sqlite:///{home}/jobs.sqlite3", postgresql):
            if address is None:
                found.append({"database": "postgresql", "skipped": "本机没有安装 PostgreSQL"})
                continue
            if postgresql == address:
                import psycopg

                with psycopg.connect(address.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
                    server.execute("CREATE DATABASE tianping")
            environment = {
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.jobs_probe.settings",
                "TIANPING_SECRET_KEY": "only-for-a-bench-" + "0" * 32,
                "TIANPING_HOME": home,
                "TIANPING_DATABASE": address,
            }
            run = subprocess.run(
                [sys.executable, __file__, "--one", "--jobs", str(asked.jobs)],
                env=environment,
                check=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            found.append(json.loads(run.stdout))
    print(json.dumps({"bench": "jobs", "machine": machine(), "results": found}, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
