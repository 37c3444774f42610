"""归档统计：remarks by month and rule, with their denominators, as a table for whatever a court computes with."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from tianping.text.lint.archive.tally import Tally
from tianping.text.lint.file import put
from tianping.text.lint.registry import all_rules

COLUMNS = ("month", "code", "name", "severity", "remarks", "documents_with", "documents", "characters")
"""``documents`` and ``characters`` are those checked in the month, the same in each of its rows: the denominators."""


def table(tally: Tally) -> list[dict[str, Any]]:
    """One row for each month and each rule that said something in it; ``month`` is None where no day was read."""
    rules = {rule.code: rule for rule in all_rules()}
    return [
        {
            "month": month or None,
            "code": code,
            "name": rules[code].name,
            "severity": str(rules[code].severity),
            "remarks": remarks,
            "documents_with": tally.touched[month, code],
            "documents": tally.documents[month],
            "characters": tally.characters[month],
        }
        for (month, code), remarks in sorted(tally.said.items())
    ]


def write_statistics(archive: Path, tally: Tally) -> str:
    """Parquet where pyarrow is installed (extra ``cluster``), else the same table as CSV. Returns the file's name."""
    rows = table(tally)
    try:
        import pyarrow as arrow  # type: ignore[import-untyped]
        from pyarrow import parquet
    except ImportError:
        text = io.StringIO()
        sheet = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(rows)
        put(archive / "statistics.csv", text.getvalue().encode("utf-8-sig"))
        return "statistics.csv"
    words, numbers = ("month", "code", "name", "severity"), COLUMNS[4:]
    schema = arrow.schema([*((name, arrow.string()) for name in words), *((name, arrow.int64()) for name in numbers)])
    sink = arrow.BufferOutputStream()
    parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), sink)
    put(archive / "statistics.parquet", sink.getvalue().to_pybytes())
    return "statistics.parquet"
