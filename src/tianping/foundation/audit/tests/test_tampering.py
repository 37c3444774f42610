"""篡改：whoever owns the database can drop the triggers. What they then do to the chain shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from tianping.foundation.audit import chain, services, triggers
from tianping.foundation.audit.chain import Head
from tianping.foundation.audit.models import Entry

FORGED = "他人"


def _faults(exported: Head | None = None) -> list[tuple[int, str]]:
    return [(fault.seq, fault.what) for fault in services.verify(exported).faults]


def _rehash(seq: int, **changes: object) -> None:
    """What a careful forger does to one row: change it and make its own hash right again."""
    Entry.objects.filter(seq=seq).update(**changes)
    row = Entry.objects.values_list(*chain.FIELDS).get(seq=seq)
    Entry.objects.filter(seq=seq).update(hash=chain.digest(row))


def _rewrite_from(seq: int) -> None:
    """What a thorough one does: hash every row after it anew."""
    for entry in Entry.objects.filter(seq__gte=seq).order_by("seq"):
        before = Entry.objects.filter(seq=entry.seq - 1).values_list("hash", flat=True).first()
        _rehash(entry.seq, previous=before or chain.GENESIS)


def _swap(one: int, other: int) -> None:
    Entry.objects.filter(seq=one).update(seq=999)
    Entry.objects.filter(seq=other).update(seq=one)
    Entry.objects.filter(seq=999).update(seq=other)


def _edit() -> None:
    Entry.objects.filter(seq=5).update(actor_name=FORGED)


def _edit_and_rehash() -> None:
    _rehash(5, actor_name=FORGED)


def _delete() -> None:
    Entry.objects.filter(seq=5).delete()


def _delete_and_close_the_gap() -> None:
    Entry.objects.filter(seq=5).delete()
    for seq in range(6, 13):
        Entry.objects.filter(seq=seq).update(seq=seq - 1)


def _insert() -> None:
    for seq in range(12, 4, -1):
        Entry.objects.filter(seq=seq).update(seq=seq + 1)
    copied = Entry.objects.get(seq=4)
    Entry.objects.create(
        **{name: getattr(copied, name) for name in chain.FIELDS} | {"seq": 5, "actor_name": FORGED, "hash": "f" * 64}
    )


def _swap_neighbours() -> None:
    _swap(5, 6)


def _reorder() -> None:
    _swap(2, 11)


def _move_words_between_fields() -> None:
    Entry.objects.filter(seq=5).update(actor_name="测试" + chain.SEPARATOR + "test.record.change", verb="")


def _weaker_algorithm() -> None:
    Entry.objects.filter(seq=5).update(algorithm="md5")


def _algorithm_without_a_length() -> None:
    Entry.objects.filter(seq=5).update(algorithm="shake_128")


def _move_the_hour() -> None:
    Entry.objects.filter(seq=5).update(at="2026-11-22T02:00:00.000000Z")


NAMED: dict[Callable[[], None], tuple[int, str]] = {
    _edit: (5, "被改动"),
    _move_the_hour: (5, "被改动"),
    _move_words_between_fields: (5, "被改动"),
    _weaker_algorithm: (5, "算法 md5"),
    _algorithm_without_a_length: (5, "算法 shake_128"),
    _edit_and_rehash: (6, "接不上"),
    _delete: (6, "第 5 号至第 5 号记录缺失"),
    _delete_and_close_the_gap: (5, "接不上"),
    _insert: (5, "被改动"),
    _swap_neighbours: (5, "接不上"),
    _reorder: (2, "接不上"),
}


def test_an_untouched_chain_has_no_fault(head: Head) -> None:
    verdict = services.verify(head)
    assert (verdict.rows, verdict.head, verdict.faults) == (12, head, ())


@pytest.mark.parametrize("tamper", NAMED, ids=lambda tamper: tamper.__name__.strip("_"))
def test_tampering_inside_the_chain_is_named_at_its_place(head: Head, tamper: Callable[[], None]) -> None:
    triggers.remove(connection)
    tamper()
    seq, what = NAMED[tamper]
    assert any(at == seq and what in said for at, said in _faults()), _faults()


class TestOnlyAnExportedHeadShows:
    """A chain cannot see its own tail: these pass without the head and are caught with it."""

    def test_a_tail_cut_off(self, head: Head) -> None:
        triggers.remove(connection)
        Entry.objects.filter(seq__gt=9).delete()
        assert _faults() == []
        assert _faults(head) == [(9, "导出的链头为第 12 号，现在只到第 9 号：尾部被截去")]

    def test_a_tail_rewritten_and_hashed_anew(self, head: Head) -> None:
        triggers.remove(connection)
        Entry.objects.filter(seq=8).update(actor_name=FORGED)
        _rewrite_from(8)
        assert _faults() == []
        assert _faults(head) == [(12, "与导出的链头不符：此条及以前的链已被整体重写")]

    def test_everything_removed(self, head: Head) -> None:
        triggers.remove(connection)
        Entry.objects.all().delete()
        assert _faults() == []
        assert _faults(head) == [(0, "导出的链头为第 12 号，现在只到第 0 号：尾部被截去")]

    def test_a_forged_entry_at_the_end_comes_after_what_the_head_proves(self, head: Head) -> None:
        triggers.remove(connection)
        last = Entry.objects.get(seq=12)
        row = {name: getattr(last, name) for name in chain.FIELDS}
        Entry.objects.create(**row | {"seq": 13, "previous": last.hash, "actor_name": FORGED, "hash": "f" * 64})
        _rehash(13)
        verdict = services.verify(head)
        assert verdict.faults == ()
        assert verdict.head.seq > head.seq  # what lies between is unprovable, and `audit verify --head` says so


def test_bytes_in_a_text_column_are_a_fault_and_no_crash(head: Head) -> None:
    rows = [list(row) for row in services.rows()]
    rows[4][3] = b"\xff"
    assert [f.seq for f in chain.verify(tuple(row) for row in rows).faults] == [5]  # type: ignore[misc]


def test_many_faults_are_named_up_to_a_number(head: Head) -> None:
    triggers.remove(connection)
    Entry.objects.update(actor_name=FORGED)
    assert len(_faults()) == 12
    assert len(chain.verify(services.rows(), most=5).faults) == 5
