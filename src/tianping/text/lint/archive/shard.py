"""分片检查：a list of files in, a file of results out. Same list, same bytes, wherever and however often it runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tianping.law import library
from tianping.text.lint.archive.tally import Tally
from tianping.text.lint.file import check_file, put
from tianping.text.lint.formats.json import as_object
from tianping.text.lint.profile import Profile
from tianping.text.lint.report import FileReport


@dataclass(frozen=True, slots=True)
class Order:
    """检查要求：what holds for every shard of a run. ``root`` is the folder the paths of a shard are named from.

    ``law`` is the folder of the full text that whoever gave the order has: a worker on another node, started by another
    account, must not look into a folder of its own.
    """

    profile: Profile
    on: date | None = None
    root: Path = Path()
    law: Path | None = None


def check_shard(source: Path, target: Path, order: Order) -> Tally:
    """检查一个分片：results are written whole or not at all, so that a worker killed midway leaves nothing behind."""
    law = library(order.law).on(order.on)
    tally, lines = Tally(), []
    for name in source.read_text(encoding="utf-8").splitlines():
        report = check_file(order.root / name, name, law=law, profile=order.profile)
        tally.take(report)
        lines.append(_line(report))
    put(target, "".join(lines).encode())
    return tally


def _line(report: FileReport) -> str:
    if report.fault is not None:
        content: dict[str, object] = {"path": report.path, "fault": report.fault}
    else:
        content = {
            "path": report.path,
            "month": report.month or None,
            "characters": report.characters,
            "is_judgment": report.is_judgment,
            "silenced": report.silenced,
            "remarks": [_without_path(as_object(report.path, remark)) for remark in report.remarks],
        }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _without_path(remark: dict[str, object]) -> dict[str, object]:
    del remark["path"]  # it stands once, at the head of the line
    return remark
