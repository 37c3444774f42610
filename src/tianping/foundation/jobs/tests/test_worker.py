"""运行者被杀：a real worker on a real database, killed twenty times at random moments, loses and doubles no job."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[5]
SEED = 20261123
KILLS = 20
JOBS = 50
PAUSE = 0.03  # 秒；每项任务走四步

BEGIN = "import sys, time, json, django; django.setup(); from django.utils import timezone; now = timezone.now()\n"
SUBMIT = """
from tianping.foundation.accounts.viewer import system
from tianping.foundation.jobs import services
by = system("测试", on=now.date())
for number in range(int(sys.argv[2])):
    arguments = {"key": f"{sys.argv[1]} {number:04d}", "pause": float(sys.argv[3])}
    services.job_enqueue(kind=sys.argv[1], title=f"探针 {number}", arguments=arguments, by=by, at=now)
"""
AWAIT_RUNNING = """
from tianping.foundation.jobs.models import Job
Job.objects.exists(), print("ready", flush=True)
while not Job.objects.filter(state="running", kind="probe_slow").exists():
    time.sleep(0.02)
"""
REAP = """
from tianping.foundation.jobs import services
print(services.reap(now).jobs)
"""
COUNT = """
from collections import Counter
from django_tasks_db.models import DBTaskResult
from tests.jobs_probe.models import Effect, Run
from tianping.foundation.audit import services as audit
from tianping.foundation.jobs.models import Job
print(json.dumps({
    "jobs": dict(Counter(Job.objects.values_list("state", flat=True))),
    "tickets": dict(Counter(DBTaskResult.objects.values_list("status", flat=True))),
    "effects": Effect.objects.count(),
    "runs": Run.objects.count(),
    "attempts": sum(Job.objects.values_list("attempts", flat=True)),
    "faults": len(audit.verify().faults),
}))
"""


@dataclass(frozen=True)
class Home:
    """一处部署：a folder and a database of its own."""

    folder: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "TIANPING_HOME": str(self.folder),
            "TIANPING_DATABASE": self.database,
            "DJANGO_SETTINGS_MODULE": "tests.jobs_probe.settings",
            "PYTHONUNBUFFERED": "1",
        }

    def start(self, *words: str) -> subprocess.Popen[str]:
        with (self.folder / "log").open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tianping.config.commands.main", *words],
                cwd=ROOT,
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def server(self, *words: str) -> None:
        process = self.start(*words)
        process.communicate(timeout=120)
        assert process.returncode == 0, (self.folder / "log").read_text("utf-8")[-4000:]

    def worker(self, number: int, queue: str = "default") -> subprocess.Popen[str]:
        """Started, and at work as far as it says."""
        process = self.start("worker", "--interval", "0.05", "--number", str(number), "--queue", queue)
        assert process.stdout is not None
        assert "开始工作" in process.stdout.readline()
        return process

    def python(self, code: str, *words: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", BEGIN + code, *words],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        ).stdout

    def worker_with_a_job_in_its_hands(self, number: int) -> subprocess.Popen[str]:
        watching = subprocess.Popen(
            [sys.executable, "-c", BEGIN + AWAIT_RUNNING],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert watching.stdout is not None
        assert watching.stdout.readline() == "ready\n"
        process = self.worker(number, "batch")
        watching.communicate(timeout=60)
        return process

    def count(self) -> dict[str, Any]:
        counted: dict[str, Any] = json.loads(self.python(COUNT))
        return counted


def _postgresql(address: str) -> Iterator[str]:
    import psycopg

    url, name = urlsplit(address), f"jobs_killed_{os.getpid()}"
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
        yield f"sqlite:///{tmp_path}/jobs.sqlite3"


@pytest.fixture
def home(tmp_path: Path, database: str) -> Home:
    home = Home(tmp_path, database)
    home.server("migrate", "--run-syncdb", "--verbosity", "0")
    return home


def _kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL, "it was still at work when it was killed"


def test_twenty_kills_lose_no_job_and_double_none(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    moments = random.Random(SEED)
    home.python(SUBMIT, "probe", str(JOBS - 1), str(PAUSE))
    home.python(SUBMIT, "probe_slow", "1", "0.5")
    for _ in range(KILLS - 1):
        process = home.worker(moments.choice([1, 1, 2]))
        time.sleep(moments.uniform(0, 0.4))
        _kill(process)
    # The last one dies with a job in its hands and is never started again: only its silence tells.
    _kill(home.worker_with_a_job_in_its_hands(3))
    time.sleep(2.1)  # JOB_SILENCE_SECONDS of tests/jobs_probe/settings.py
    assert int(home.python(REAP)) >= 1, "the slow one, and whatever worker 2 had in its hands"
    before = home.count()
    home.server("worker", "--batch", "--number", "1")
    after = home.count()
    with capsys.disabled():
        kind = home.database.partition(":")[0]
        cut = after["runs"] - JOBS
        print(f"\n{KILLS} kills on {kind}: effect rows {after['effects']} = jobs {JOBS}; {cut} runs were cut short")
    assert after["effects"] == JOBS
    assert after["jobs"] == {"succeeded": JOBS}
    assert after["tickets"] == {"SUCCESSFUL": JOBS}
    assert after["faults"] == 0, "the audit chain is whole"
    assert before["jobs"].get("queued", 0) > 0, "there was work left to the end, so every kill fell among jobs"
    assert after["attempts"] >= after["runs"] >= JOBS + KILLS // 4, "jobs were in fact cut short"


def test_asked_to_stop_it_finishes_the_job_in_its_hands_and_takes_no_other(home: Home) -> None:
    home.python(SUBMIT, "probe_slow", "2", "0.5")
    process = home.worker_with_a_job_in_its_hands(1)
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert home.count()["jobs"] == {"succeeded": 1, "queued": 1}


def test_the_pulse_brings_the_wish_to_stop_to_a_job_that_is_at_work(home: Home) -> None:
    home.python(SUBMIT, "probe_slow", "1", "3")
    process = home.worker_with_a_job_in_its_hands(1)
    home.python("from tianping.foundation.jobs.models import Job\nJob.objects.update(cancel_requested=True)")
    process.terminate()
    process.communicate(timeout=60)
    found = home.count()
    assert (found["jobs"], found["tickets"]) == ({"cancelled": 1}, {"SUCCESSFUL": 1})


def test_a_second_worker_of_the_same_number_is_refused(home: Home) -> None:
    first = home.worker(1)
    second = home.start("worker")
    second.communicate(timeout=60)
    assert second.returncode == 2
    assert "本机第 1 号运行者已在工作" in (home.folder / "log").read_text("utf-8")
    home.worker(2).kill()
    _kill(first)
    _kill(home.worker(1))


def test_without_tables_it_says_what_to_do(tmp_path: Path) -> None:
    home = Home(tmp_path, f"sqlite:///{tmp_path}/empty.sqlite3")
    process = home.start("worker", "--batch")
    process.communicate(timeout=60)
    assert process.returncode == 2
    assert "tianping-server migrate" in (tmp_path / "log").read_text("utf-8")
