"""演示目录：only a folder that says it is the demo's is wiped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tianping.config.commands import demo


def test_a_home_that_only_keeps_its_key_is_not_wiped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "court"
    home.mkdir()
    (home / "secret-key").write_text("k" * 48)
    (home / "tianping.sqlite3").write_bytes(b"a court")
    assert demo.main(["--home", str(home), "--no-serve"]) == 2
    assert "不是演示目录" in capsys.readouterr().err
    assert sorted(p.name for p in home.iterdir()) == ["secret-key", "tianping.sqlite3"]
