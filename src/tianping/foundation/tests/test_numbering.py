"""编号：each court's register counts by year, without gaps."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.cast import Court
from tianping.foundation.numbering.services import next_number

pytestmark = pytest.mark.django_db


def test_a_register_counts_from_one(court: Court) -> None:
    here = court.organisations["LJ"]
    numbers = [next_number(court=here, register="问", year=2026) for _ in range(3)]
    assert numbers == ["2026-问-0001", "2026-问-0002", "2026-问-0003"]


def test_each_court_register_and_year_has_its_own_series(court: Court) -> None:
    here, there = court.organisations["LJ"], court.organisations["WS"]
    assert next_number(court=here, register="问", year=2026) == "2026-问-0001"
    assert next_number(court=there, register="问", year=2026) == "2026-问-0001"
    assert next_number(court=here, register="改", year=2026) == "2026-改-0001"
    assert next_number(court=here, register="问", year=2027) == "2027-问-0001"
    assert next_number(court=here, register="问", year=2026) == "2026-问-0002"


def test_a_rolled_back_record_leaves_no_gap(court: Court) -> None:
    here = court.organisations["LJ"]
    assert next_number(court=here, register="问", year=2026) == "2026-问-0001"
    with pytest.raises(RuntimeError), transaction.atomic():
        assert next_number(court=here, register="问", year=2026) == "2026-问-0002"
        raise RuntimeError("the record could not be written")
    assert next_number(court=here, register="问", year=2026) == "2026-问-0002"


def test_a_number_past_four_digits_is_written_in_full(court: Court) -> None:
    from tianping.foundation.numbering.models import Series

    here = court.organisations["LJ"]
    Series.objects.create(court=here, register="问", year=2026, last=9999)
    assert next_number(court=here, register="问", year=2026) == "2026-问-10000"
