"""断电之后：the machine dies between two stages; the next run finds the work, and nothing is lost or doubled."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

TABLES = ("register_evidence", "findings_finding", "findings_findingevidence", "remedy_duty")
ROOT = Path(__file__).resolve().parents[4]


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
        "TIANPING_HOME": str(home),
        "TIANPING_DATABASE": f"sqlite:///{home}/court.sqlite3",
    }
    return subprocess.run([sys.executable, "-m", *words], cwd=ROOT, env=environment, capture_output=True, text=True)


def loop(home: Path) -> dict[str, int]:
    done = run(home, "tianping.config.commands.main", "loop")
    assert done.returncode == 0, done.stderr
    return {name: int(count) for name, count in (line.split("：") for line in done.stdout.splitlines())}


def counts(home: Path) -> tuple[int, ...]:
    with sqlite3.connect(home / "court.sqlite3") as database:
        return tuple(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES)


def verbs(home: Path) -> list[str]:
    with sqlite3.connect(home / "court.sqlite3") as database:
        return [verb for (verb,) in database.execute("SELECT verb FROM audit_entry ORDER BY seq")]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("court")
    done = run(home, "tianping.remedy.tests.crashing", "prepare")
    assert done.returncode == 0, done.stderr
    return home


@pytest.mark.parametrize(
    ("place", "left", "found"),
    [  # evidence, findings, links, duties: as the power cut left them, and as the next run makes them
        ("before", (1, 0, 0, 0), (1, 1, 1, 0)),
        ("inside", (1, 0, 0, 0), (1, 1, 1, 0)),
        ("between", (1, 1, 1, 0), (1, 1, 1, 0)),
        ("verified", (1, 1, 1, 0), (1, 1, 1, 1)),
    ],
)
def test_the_next_run_finds_the_work(
    prepared: Path, tmp_path: Path, place: str, left: tuple[int, ...], found: tuple[int, ...]
) -> None:
    home = tmp_path / "court"
    shutil.copytree(prepared, home)
    died = run(home, "tianping.remedy.tests.crashing", place)
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert counts(home) == left
    loop(home)
    assert counts(home) == found
    once = verbs(home)
    assert once.count("findings.finding.open") == 1
    loop(home)
    assert (counts(home), verbs(home)) == (found, once)
