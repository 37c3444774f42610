"""链：how one entry's hash follows from the one before. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

GENESIS = "0" * 64
ALGORITHMS = ("sm3", "sha256")
ALGORITHM = next(name for name in ALGORITHMS if name in hashlib.algorithms_available)
SEPARATOR = "\x1f"  # stands in no field, so that no words can move from one field to the next

# As they are hashed and stored: seq, at, actor, actor_name, verb, object, changes, origin, algorithm, previous, hash
Row = tuple[int, str, str, str, str, str, str, str, str, str, str]
FIELDS = ("seq", "at", "actor", "actor_name", "verb", "object", "changes", "origin", "algorithm", "previous", "hash")


class UnknownAlgorithm(ValueError):
    """算法不认：a row names a hash that this chain does not use, or that this machine cannot compute."""


@lru_cache
def _begun(algorithm: str) -> Any:
    if algorithm not in ALGORITHMS or algorithm not in hashlib.algorithms_available:
        raise UnknownAlgorithm(algorithm)
    return hashlib.new(algorithm)


def digest(row: Row) -> str:
    """本行哈希：over every field before ``hash``, the previous hash among them."""
    hashing = _begun(row[8]).copy()  # looking a hash up by its name costs more than hashing a row
    hashing.update(f"{row[0]}{SEPARATOR}{SEPARATOR.join(row[1:10])}".encode())
    return str(hashing.hexdigest())


def instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case set() | frozenset() | tuple():
            return sorted(value) if isinstance(value, (set, frozenset)) else list(value)
        case _:
            raise TypeError(f"审计记录不收 {type(value).__name__}")


def canonical(changes: Mapping[str, Any]) -> str:
    return json.dumps(changes, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


@dataclass(frozen=True, slots=True)
class Fault:
    """断点：where the chain does not hold, and what is wrong there."""

    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Head:
    """链头：what is exported each day; a chain must still contain it."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    rows: int
    head: Head
    faults: tuple[Fault, ...]


def verify(rows: Iterable[Row], *, exported: Head | None = None, first: int = 1, most: int = 20) -> Verdict:
    """验链：walks the rows in order of ``seq``; names up to ``most`` places where the chain is broken.

    A break does not hide the next one: after a fault the walk goes on from the hash that stands in the row.
    ``first`` is where the rows begin when an earlier walk has vouched for what stands before.
    """
    faults: list[Fault] = []
    previous, count, last, seen = GENESIS, 0, first - 1, exported is None or exported.seq == 0
    for row in rows:
        seq = row[0]
        if count == 0 and first > 1:
            previous = row[9]
        if seq != last + 1:
            gap = f"第 {last + 1} 号至第 {seq - 1} 号记录缺失" if seq > last + 1 else "序号重复或倒退"
            faults.append(Fault(seq, gap))
        if row[9] != previous:
            faults.append(Fault(seq, "与上一条记录接不上：中间有增、删或换位"))
        try:
            right = digest(row) == row[10]
        except UnknownAlgorithm:
            faults.append(Fault(seq, f"所写算法 {row[8]} 不是本链所用，或本机不支持，无法核对"))
        except TypeError:  # SQLite lets a forger put bytes into a text column
            faults.append(Fault(seq, "内容与哈希不符：本条被改动"))
        else:
            if not right:
                faults.append(Fault(seq, "内容与哈希不符：本条被改动"))
        if exported and seq == exported.seq:
            seen = True
            if row[10] != exported.hash:
                faults.append(Fault(seq, "与导出的链头不符：此条及以前的链已被整体重写"))
        previous, last, count = row[10], seq, count + 1
        if len(faults) >= most:
            break
    if exported and not seen and len(faults) < most:
        faults.append(Fault(last, f"导出的链头为第 {exported.seq} 号，现在只到第 {last} 号：尾部被截去"))
    return Verdict(count, Head(last, previous), tuple(faults))
