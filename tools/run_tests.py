"""make test：the whole suite on SQLite in random order, then everything that touches SQL again on PostgreSQL.

What this machine lacks is skipped and named in the last line; TIANPING_NO_SKIPS=true makes a skip a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tools.postgres import cluster  # noqa: E402

# A file's tests stay together: module fixtures are built once. In the order of tests/conftest.py: long files first.
WORKERS = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


@dataclass
class Tally:
    """What the runs came to, from pytest's own reports."""

    passed: int = 0
    failed: int = 0
    skips: Counter[str] = field(default_factory=Counter)

    def take(self, report: Path, exit_code: int) -> None:
        if not report.exists():  # pytest did not get as far as a report
            self.failed += 1
            return
        before = self.failed
        for case in ElementTree.parse(report).getroot().iter("testcase"):  # noqa: S314 — we wrote it a moment ago
            if case.find("failure") is not None or case.find("error") is not None:
                self.failed += 1
            elif (skip := case.find("skipped")) is not None:
                self.skips[skip.get("message", "").strip()] += 1
            else:
                self.passed += 1
        if exit_code not in (0, 1) or (exit_code and self.failed == before):
            self.failed += 1  # interrupted, or broken outside of any test

    def line(self) -> str:
        words = f"{self.passed} passed, {self.failed} failed, {self.skips.total()} skipped"
        return f"{words} ({'; '.join(sorted(self.skips))})" if self.skips else words


def run(name: str, report: Path, *words: str, **environment: str) -> int:
    print(f"== {name}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *WORKERS, *words]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def main(words: list[str]) -> int:
    tally = Tally()
    # On SQLite, tests that need PostgreSQL are left for the second run; without a server they are skipped by name.
    with tempfile.TemporaryDirectory() as home, cluster() as postgresql:
        without = ["-m", "not postgres"] if postgresql else []
        report = Path(home) / "sqlite.xml"
        tally.take(report, run("SQLite", report, *without, *words))
        if postgresql:
            report = Path(home) / "postgresql.xml"
            again = {"TIANPING_TEST_DATABASE": postgresql, "TIANPING_TEST_ONLY_SQL": "true"}
            tally.take(report, run("PostgreSQL", report, *words, **again))
        else:
            tally.skips["缺 PostgreSQL，未在其上重跑"] += 1
    unwanted = os.environ.get("TIANPING_NO_SKIPS") == "true" and tally.skips.total() > 0
    if unwanted:
        print("TIANPING_NO_SKIPS=true：有测试被跳过，按失败论。")
    print(tally.line())
    return 1 if tally.failed or unwanted else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
