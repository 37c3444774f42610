"""起步：a check of text files waits for nothing it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NOT_NEEDED = ("numpy", "lxml", "sqlite3", "yaml", "zipfile", "multiprocessing", "django")


def test_two_text_files_are_checked_without_what_other_checks_need(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("本院认为，被告已经支付价款。。", encoding="utf-8")
    script = (
        "import sys; from tianping.cli.main import main; code = main(['check', *sys.argv[2:]]);"
        "print(code, *(name for name in sys.argv[1].split() if name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, " ".join(NOT_NEEDED), tmp_path / "a.txt", tmp_path / "b.txt"],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={"TIANPING_LAW": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
    )
    assert "PUN001" in done.stdout
    assert done.stderr.splitlines()[-1] == "1"
