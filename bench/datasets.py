"""各测量所用的数据库：one court of any size, or a province; SQLite, PostgreSQL of its own, or one that stands already.

Not a bench itself: what pages.py and search.py measure is built here, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from machine import machine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SINCE = date(2024, 1, 2)


@dataclass(frozen=True, slots=True)
class Data:
    """装好的数据：who looks, by their part, and what is there."""

    viewers: dict[str, Any]
    names: tuple[str, ...]  # of judges, for what is looked for
    size: dict[str, int]


def court(cases: int) -> Data:
    """一院：with all kinds of records (tests/bulk)."""
    from tests.bulk import Size, bulk

    size = Size(cases=cases, documents=2_000, findings=10_000, duties=10_000)
    made = bulk(size, datetime.now(tz=UTC).replace(microsecond=0))
    reviewer = made.judges[1]
    return Data({**made.viewers, "评查人": reviewer}, tuple(one.name for one in made.judges), _counted())


def province() -> Data:
    """一省：the demo's hundred courts of twelve thousand cases. Built once; where it stands already it is only read.

    One office of each kind is given to somebody: over the province, over one court, over two, over a division.
    """
    from tianping.foundation.accounts.models import Appointment, Organisation, User
    from tianping.foundation.accounts.roles import Role

    if not Organisation.objects.filter(code="SHENG").exists():
        from tianping.demo import scale
        from tianping.demo.build import ANCHOR, build

        build(anchor=ANCHOR)
        scale.province(anchor=ANCHOR, say=lambda words: print(words, file=sys.stderr, flush=True))

    def holds(name: str, role: Role, *codes: str) -> User:
        user, _ = User.objects.get_or_create(staff_no=f"BENCH-{name}", defaults={"name": name, "password": "!"})
        for code in codes:
            organisation = Organisation.objects.get(code=code)
            Appointment.objects.get_or_create(user=user, role=role, organisation=organisation, since=SINCE)
        return user

    judges = User.objects.filter(posts__division__code="S50-民", posts__title="审判员").order_by("pk")
    viewers = {
        "全省院领导": User.objects.get(staff_no="SHENG001"),
        "一院院领导": holds("测量一", Role.LEADER, "S50"),
        "两院督察": holds("测量二", Role.INSPECTOR, "S50", "S90"),
        "一院审管办": holds("测量三", Role.TRIAL_OFFICE, "S50"),
        "庭长": holds("测量四", Role.HEAD, "S50-民"),
        "法官": judges[0],
    }
    return Data(viewers, tuple(one.name for one in judges), _counted())


def _counted() -> dict[str, int]:
    from tianping.court.models import Case
    from tianping.evidence.register.models import Evidence
    from tianping.findings.models import Finding
    from tianping.foundation.accounts.models import Organisation, User
    from tianping.remedy.models import Duty

    models = {"cases": Case, "evidence": Evidence, "findings": Finding, "duties": Duty}
    models |= {"organisations": Organisation, "people": User}
    return {name: model.objects.count() for name, model in models.items()}


def settle() -> None:
    """收整：what the database does by itself within a minute of such a day."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def on_processor(pid: int | None) -> float:
    """一个进程用去的处理器时间，毫秒：to the nanosecond, as Linux counts it; of a database, its backend's."""
    counted = Path(f"/proc/{pid}/schedstat")
    return int(counted.read_text().split()[0]) / 1e6 if pid and counted.exists() else 0.0


def backend() -> int | None:
    """本连接的后台进程；None where the database is no process of its own, or stands on another machine."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    connection.ensure_connection()
    return int(connection.connection.info.backend_pid) if connection.settings_dict["HOST"] == "127.0.0.1" else None


def named(connection: Any) -> str:
    if connection.vendor == "sqlite":
        return "sqlite " + ".".join(map(str, connection.Database.sqlite_version_info))
    return f"{connection.vendor} {connection.pg_version}"


def arguments(what: str, cases: int = 20_000) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--cases", type=int, default=cases, help="一院的案件数")
    parser.add_argument("--province", action="store_true", help="一省一百二十万件（只在 PostgreSQL）")
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="只测一种；不写则两种都测")
    parser.add_argument("--at", default="", help="已建好的库 postgresql://…（只读取，不清空）")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    return parser


@contextmanager
def _databases(asked: argparse.Namespace) -> Iterator[list[tuple[str, str | None, str]]]:
    """(kind, address, folder) of each database that is asked for; without an address where no server is installed."""
    from tools.postgres import cluster

    with tempfile.TemporaryDirectory() as home:
        if asked.at:
            yield [("postgresql", asked.at, home)]
            return
        with cluster(durable=True) as postgresql:
            both = (("sqlite", f"sqlite://{home}/bench.sqlite3", home), ("postgresql", postgresql, home))
            if postgresql and asked.database != "sqlite":
                import psycopg

                with psycopg.connect(postgresql.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
                    server.execute("CREATE DATABASE tianping")
            wanted = "postgresql" if asked.province else asked.database
            yield [one for one in both if wanted in (None, one[0])]


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


def run(script: str, asked: argparse.Namespace, measure: Callable[[Data, int], dict[str, Any]], **said: Any) -> int:
    """每种数据库各起一个进程去测，合成一份 JSON。"""
    if asked.one:
        print(json.dumps(_one(asked, measure), ensure_ascii=False))
        return 0
    found: list[dict[str, Any]] = []
    on = machine()
    words = ["--one", "--cases", str(asked.cases), "--requests", str(asked.requests)]
    words += ["--province"] if asked.province else []
    with _databases(asked) as databases:
        for kind, address, home in databases:
            if address is None:
                found.append({"database": kind, "skipped": "本机没有安装 PostgreSQL"})
                continue
            command = [sys.executable, script, *words]
            done = subprocess.run(
                command, env=_environment(home, address), check=True, stdout=subprocess.PIPE, text=True
            )
            found.append(json.loads(done.stdout))
    dataset = "demo --data province" if asked.province else "tests/bulk, one court"
    result = {"dataset": f"{dataset}, fictional", "requests": asked.requests, "machine": on, "results": found}
    print(json.dumps({**said, **result}, ensure_ascii=False, indent=1))
    return 0


def _one(asked: argparse.Namespace, measure: Callable[[Data, int], dict[str, Any]]) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    begun = time.perf_counter()
    data = province() if asked.province else court(asked.cases)
    filled = round(time.perf_counter() - begun, 1)
    said = measure(data, asked.requests)
    load = round(os.getloadavg()[0], 1)
    return {"database": named(connection), "size": data.size, "filled_in_s": filled, "load_after": load, **said}
