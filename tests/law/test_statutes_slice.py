"""法规事实表：the shipped table is what the script makes of the source table, and holds facts only."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "src" / "tianping" / "law" / "statutes" / "statutes.csv"


def test_it_is_small_and_has_only_the_columns_of_facts() -> None:
    assert SHIPPED.stat().st_size < 300_000
    with SHIPPED.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert set(rows[0]) == {
        *("title", "short_title", "level", "adopted", "effective", "repealed"),
        *("replaced_by", "version_key", "article_count", "unproven"),
    }
    assert {row["level"] for row in rows} == {"法律", "司法解释"}
    assert len({row["version_key"] for row in rows}) == len(rows)


@pytest.mark.data
@pytest.mark.skipif("TIANPING_DATA" not in os.environ, reason="needs TIANPING_DATA")
def test_making_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    source = Path(os.environ["TIANPING_DATA"]) / "statutes.csv"
    again = tmp_path / "statutes.csv"
    tool = ROOT / "tools" / "statutes_slice.py"
    subprocess.run([sys.executable, str(tool), str(source), str(again)], check=True, capture_output=True, timeout=60)
    assert again.read_bytes() == SHIPPED.read_bytes()
