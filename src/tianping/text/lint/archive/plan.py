"""分片计划：the files of an archive cut into shards, once; a later run goes by the same plan."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from tianping.text.lint.archive.ledger import Ledger, Shard, State
from tianping.text.lint.file import put

FILES = 200  # a shard takes some seconds: long enough to make its overhead small, short enough to lose
PLANNED = "planned"


class PlanRefused(ValueError):
    """计划不符：this archive was begun with something else."""


def source_of(archive: Path, number: int) -> Path:
    return archive / "shards" / f"{number:06d}.txt"


def target_of(archive: Path, number: int) -> Path:
    return archive / "remarks" / f"{number:06d}.jsonl"


def plan(archive: Path, ledger: Ledger, names: Iterable[str], *, asked: str, size: int = FILES) -> None:
    """作计划，或认出已有的计划。``asked`` says what is checked and how; another one is refused."""
    known = ledger.get("asked")
    if known is not None and known != asked:
        raise PlanRefused(
            "这个目录里的归档检查是按另外的文件、规则、法规全文或引擎版本开始的，不能接着用。"
            "请另换一个 --archive 目录。"
        )
    if ledger.get(PLANNED):
        return
    ledger.set(asked=asked)
    for folder in ("shards", "remarks"):
        (archive / folder).mkdir(parents=True, exist_ok=True)
    left, number = iter(names), 0
    ledger.begin()
    while chunk := list(islice(left, size)):
        number += 1
        ledger.add(number, len(chunk), _written(archive, number, chunk))
    ledger.set(**{PLANNED: str(number)})
    ledger.commit()  # a plan cut short by a crash is made anew


def divide(archive: Path, ledger: Ledger, shard: Shard) -> None:
    """拆开：a shard that no worker survives becomes one shard a file, so that only the file at fault is set aside."""
    names = source_of(archive, shard.number).read_text(encoding="utf-8").splitlines()
    first = ledger.last_number() + 1
    ledger.begin()
    for number, name in enumerate(names, start=first):
        ledger.add(number, 1, _written(archive, number, [name]))
    ledger.move(shard, State.SPLIT, f"拆为 {first}–{first + len(names) - 1}")
    ledger.commit()


def _written(archive: Path, number: int, names: list[str]) -> str:
    data = "".join(f"{name}\n" for name in names).encode()
    put(source_of(archive, number), data)
    return hashlib.sha256(data).hexdigest()
