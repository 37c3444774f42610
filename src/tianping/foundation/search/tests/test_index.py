"""索引跟着审计链走：what was written is found, once, whatever happened in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from tests.cast import Court
from tianping.court.models import Case
from tianping.evidence.register import services as register
from tianping.foundation import loop
from tianping.foundation.audit import services as audit
from tianping.foundation.search import registry, selectors, services
from tianping.foundation.search.models import Cursor, Entry

pytestmark = pytest.mark.django_db


def found(court: Court, name: str, query: str, kind: str = "case") -> list[str]:
    one = selectors.kind_named(kind)
    assert one is not None
    return [str(record) for record in selectors.found(court.viewer(name), one, query)]


def court_kind() -> registry.Searchable[Any]:
    kind = registry.kind_of("court.case")
    assert kind is not None
    return kind


def test_every_kind_of_record_is_registered() -> None:
    assert [kind.code for kind in registry.kinds()] == ["case", "evidence", "issueddocument", "finding", "duty"]


def test_a_new_case_is_found_after_the_loop(court: Court, now: datetime) -> None:
    case = court.case(1024)
    assert found(court, "周既明", "1024") == []
    loop.run(now)
    assert found(court, "周既明", "1024") == [case.case_no]


@pytest.mark.parametrize(
    "query", ["借贷", "间借", "民间借贷纠纷", "知远", "林知远", "江0199民初1024号", "102", "（2026）"]
)
def test_any_part_of_two_characters_finds(court: Court, query: str) -> None:
    case = court.case(1024)
    services.catch_up()
    assert found(court, "周既明", query) == [case.case_no]


@pytest.mark.parametrize("query", ["远知", "借贷 离婚", "1025", "024", "林知运", "；", ""])
def test_what_does_not_stand_there_is_not_found(court: Court, query: str) -> None:
    court.case(1024)
    services.catch_up()
    assert found(court, "周既明", query) == []


def test_a_changed_case_is_found_by_its_new_words_only(court: Court) -> None:
    court.case(1024, judge="林知远")
    services.catch_up()
    court.case(1024, judge="沈若川")
    services.catch_up()
    assert len(found(court, "周既明", "若川")) == 1
    assert found(court, "周既明", "知远") == []


def test_following_twice_changes_nothing(court: Court) -> None:
    court.case()
    assert services.behind()[0] == 0
    services.catch_up()
    before = list(Entry.objects.order_by("pk").values())
    assert services.catch_up() == 0
    assert services.follow(0) == 0
    assert list(Entry.objects.order_by("pk").values()) == before


def test_a_batch_that_fails_leaves_the_cursor_where_it_was(court: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    court.case()
    services.catch_up()
    court.case(1025)
    at = Cursor.objects.get().seq

    def broken(*args: object) -> int:
        raise OSError("断电")

    with monkeypatch.context() as patch:
        patch.setattr(services, "_put", broken)
        with pytest.raises(OSError, match="断电"), transaction.atomic():
            services.catch_up()
    assert Cursor.objects.get().seq == at
    services.catch_up()
    assert len(found(court, "周既明", "1025")) == 1


def test_more_than_a_batch_is_followed_whole(court: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", 3)
    for number in range(10):
        court.case(2000 + number)
    services.catch_up()
    assert len(found(court, "周既明", "200")) == 10
    last = audit.last()
    assert last is not None
    assert Cursor.objects.get().seq == last.seq


def test_rebuilding_mends_the_index(court: Court, now: datetime) -> None:
    case, other = court.case(1024), court.case(1025)
    services.catch_up()
    Entry.objects.filter(record_id=case.pk).delete()
    Entry.objects.filter(record_id=other.pk).update(words="不相干")
    gone = court_kind().begins + 999_999
    Entry.objects.create(id=gone, label="court.case", record_id=999_999, public_id="gone", words="1024")
    assert found(court, "周既明", "民间借贷") == []
    assert services.rebuild() == Entry.objects.count()
    assert len(found(court, "周既明", "民间借贷")) == Case.objects.count() == 2
    assert not Entry.objects.filter(record_id=999_999).exists()
    assert services.behind() == []


def test_a_rebuild_reads_each_record_once_and_keeps_what_is_right(court: Court) -> None:
    court.case(1024)
    services.catch_up()
    keys = set(Entry.objects.values_list("pk", flat=True))
    services.rebuild()
    assert set(Entry.objects.values_list("pk", flat=True)) == keys


def test_a_voided_piece_of_evidence_is_still_found_by_its_number(court: Court, now: datetime) -> None:
    evidence = court.evidence()
    loop.run(now)
    register.evidence_void(evidence_id=evidence.pk, reason="登错。", by=court.viewer("韩江临"), at=now)
    services.catch_up()
    assert found(court, "周既明", evidence.number, "evidence") == [str(evidence)]


def test_the_grounds_of_evidence_are_not_in_the_index(court: Court) -> None:
    court.evidence()
    services.catch_up()
    assert found(court, "周既明", "贺兰", "evidence") == []


def test_counting_stops(court: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        court.case(3000 + number)
    services.catch_up()
    kind = selectors.kind_named("case")
    assert kind is not None
    (all_of_them,) = selectors.newest(court.viewer("周既明"), [kind], "300")
    assert all_of_them.number == selectors.Number(4, more=False)
    monkeypatch.setattr(selectors, "COUNTED", 3)
    (some,) = selectors.newest(court.viewer("周既明"), [kind], "300")
    assert some.number == selectors.Number(3, more=True)


def test_the_page_of_a_service_finds_it_at_once(
    court: Court, client_of: Callable[[str], object], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    """The loop runs after the commit, so that the next page already finds the record."""
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        evidence = court.evidence()
    assert found(court, "周既明", evidence.number, "evidence") == [str(evidence)]
