"""新人的第一条命令：how long `make demo SERVE=0` takes from a fresh clone, stage by stage, and again. Prints JSON.

    python bench/demo.py

The package caches of this machine are used as they stand; the clone has nothing of its own. Needs git and make.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import machine

ROOT = Path(__file__).resolve().parent.parent
TARGET_S = 180
# What a newcomer's shell has: where programs, caches and package sources are; nothing of ours, no virtual environment.
KEPT = re.compile(
    r"PATH|HOME|USER|LANG|LC_ALL|TMPDIR|TZ|(PIP|NPM|XDG|PYENV)_.*|npm_config_.*"
    r"|(HTTPS?|NO)_PROXY|(https?|no)_proxy|(SSL|REQUESTS|NODE)_.*"
)


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if KEPT.fullmatch(name)}
    virtual = os.environ.get("VIRTUAL_ENV")
    inside = [str(Path(sys.prefix) / "bin"), *([f"{virtual}/bin"] if virtual else [])]
    kept["PATH"] = os.pathsep.join(p for p in kept["PATH"].split(os.pathsep) if p not in inside)
    return kept


def make(clone: Path, *words: str) -> tuple[float, str]:
    begun = time.perf_counter()
    command = ["make", "--no-print-directory", *words]
    done = subprocess.run(command, cwd=clone, env=environment(), capture_output=True, text=True, check=False)
    spent = time.perf_counter() - begun
    if done.returncode:
        last = (done.stdout + done.stderr)[-2000:]
        raise SystemExit(f"{' '.join(command)} 以退出码 {done.returncode} 结束：\n{last}")
    return round(spent, 1), done.stdout


def said(output: str) -> list[str]:
    """What the demo says, without the seconds it took."""
    return [re.sub(r"^\[ *[\d.]+ 秒\] ", "", line) for line in output.splitlines() if line.strip()]


def main() -> int:
    on = machine()
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "tianping")
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        asked = ["git", "rev-parse", "--short", "HEAD"]
        head = subprocess.run(asked, cwd=clone, check=True, capture_output=True, text=True)
        environment_s, _ = make(clone, ".venv/.stamp")
        assets_s, _ = make(clone, "assets")
        court_s, first = make(clone, "demo", "SERVE=0")
        again_s, second = make(clone, "demo", "SERVE=0")
    total = round(environment_s + assets_s + court_s, 1)
    result = {
        "bench": "demo",
        "commit": head.stdout.strip(),
        "dataset": "DATA=small",
        "package_cache": "as it stood on this machine",
        "stages_s": {"environment": environment_s, "assets": assets_s, "court": court_s},
        "total_s": total,
        "target_s": TARGET_S,
        "reached": total < TARGET_S,
        "again_s": again_s,
        "again_says_the_same": said(first) == said(second),
        "planted": next((line for line in said(first) if "planted" in line), ""),
        "machine": on,
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0 if result["again_says_the_same"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
