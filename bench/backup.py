"""备份与恢复的速度：MB a second, of the demo court with its file store made N times larger. JSON out.

    python bench/backup.py [--times 50]

The commands themselves are timed, from start to exit, each in a process of its own; what is written is fsynced.
SQLite: the rows grow by audit entries, the files by random ones of 100 kB. ``archive_mb`` is what the speeds refer to.
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
FILE_BYTES = 100_000
GROW = """
import os, sys, django
django.setup()
from django.db import transaction
from django.utils import timezone
from tianping.foundation import files
from tianping.foundation.accounts.viewer import system
from tianping.foundation.audit import services as audit
now = timezone.now()
with transaction.atomic():
    for number in range(int(sys.argv[1])):
        sha256 = files.keep(os.urandom(int(sys.argv[2])))
        for _ in range(10):
            audit.write("bench.kept", on="bench", by=system("测量", on=now.date()), at=now, sha256=sha256)
"""


def timed(*words: str, env: dict[str, str]) -> float:
    begun = time.perf_counter()
    command = [sys.executable, "-m", "tianping.config.commands.main", *words]
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def measure(times: int, home: Path) -> dict[str, Any]:
    around = {k: v for k, v in os.environ.items() if not k.startswith("TIANPING_")}
    around |= {"PYTHONPATH": str(ROOT / "src"), "TIANPING_HTTPS": "false"}
    demo, out, new = home / "demo", home / "court.tar", home / "new"
    timed("demo", "--home", str(demo), "--no-serve", env=around)
    around["TIANPING_SECRET_KEY_FILE"] = str(demo / "secret-key")
    here = around | {"TIANPING_HOME": str(demo), "TIANPING_DATABASE": f"sqlite://{demo}/tianping.sqlite3"}
    grow = [sys.executable, "-c", GROW, str(30 * times), str(FILE_BYTES)]
    subprocess.run(grow, cwd=ROOT, env=here | {"DJANGO_SETTINGS_MODULE": "tianping.config.settings"}, check=True)
    backup = timed("backup", str(out), env=here)
    restore = timed("restore", str(out), "--home", str(new), env=around)
    size = out.stat().st_size / 1e6
    return {
        "times": times,
        "files": sum(1 for path in (new / "files").rglob("*") if path.is_file()),
        "database_mb": round((new / "tianping.sqlite3").stat().st_size / 1e6, 1),
        "archive_mb": round(size, 1),
        "backup_s": round(backup, 2),
        "backup_mb_per_s": round(size / backup, 1),
        "restore_s": round(restore, 2),
        "restore_mb_per_s": round(size / restore, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50, help="文件库放大的倍数，每倍 30 个文件、300 行审计")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        figures = measure(options.times, Path(home))
    print(json.dumps({"machine": machine(), **figures}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
