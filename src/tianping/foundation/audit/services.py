from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import chain
from tianping.foundation.audit.models import Entry
from tianping.foundation.audit.models import name_of as name_of

LOCK = 7_261_946  # any number, the same everywhere: one writer of the chain at a time on PostgreSQL


def write(verb: str, *, on: models.Model | str, by: Viewer, at: datetime, **changes: Any) -> Entry:
    """写审计：one entry, in the transaction of the change. Refuses to run outside one."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"审计记录 {verb} 必须与所记的改动在同一事务内写入")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Entry.objects.order_by("-seq").values_list("seq", "hash").first() or (0, chain.GENESIS)
    actor = "" if by.user_id is None else str(by.user_id)
    target = on if isinstance(on, str) else name_of(on)
    words = (last[0] + 1, chain.instant(at), actor, by.name, verb, target, chain.canonical(changes), by.origin)
    if any(chain.SEPARATOR in str(word) for word in words):
        raise ValueError(f"审计记录 {verb} 的内容含控制字符 U+001F，不收。")
    row = (*words, chain.ALGORITHM, last[1])
    digest = chain.digest((*row, ""))
    return Entry.objects.create(**dict(zip(chain.FIELDS, (*row, digest), strict=True)))


def last() -> Entry | None:
    """链尾：the newest entry; what `audit head` exports."""
    return Entry.objects.order_by("-seq").first()


def named_after(seq: int, most: int) -> list[tuple[int, str]]:
    """此后记到的：number and record name of the entries after ``seq``, in order — what has changed since.

    An entry that stands for a batch names its records itself; it is never parted, so that ``most`` may be exceeded.
    """
    named: list[tuple[int, str]] = []
    entries = Entry.objects.filter(seq__gt=seq).order_by("seq").values_list("seq", "object", "changes")[:most]
    for number, name, changes in entries.iterator(chunk_size=100):
        batch = json.loads(changes)["records"] if '"records":[' in changes else []
        named += [(number, one) for one in [name, *batch]]
        if len(named) >= most:
            break
    return named


def rows(first: int = 1) -> Iterator[chain.Row]:
    """链：from ``first`` on, in order, read in pieces."""
    found = Entry.objects.order_by("seq")
    found = found.filter(seq__gte=first) if first > 1 else found
    yield from found.values_list(*chain.FIELDS).iterator(chunk_size=5000)


def verify(exported: chain.Head | None = None) -> chain.Verdict:
    return chain.verify(rows(), exported=exported)


def verify_since(vouched: chain.Head) -> chain.Verdict:
    """接着验：from an exported head on, which must still stand in the chain with the hash it had.

    What stands before it was verified when it was exported, and its hash holds all of it together: whoever changes an
    earlier row must rewrite every hash up to this one, and then it differs. Where the head is gone, all is verified.
    """
    if vouched.seq < 1 or not Entry.objects.filter(seq=vouched.seq).exists():
        return verify(vouched)
    return chain.verify(rows(vouched.seq), exported=vouched, first=vouched.seq)
