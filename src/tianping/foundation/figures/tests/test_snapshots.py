"""快照：what was counted stays as it was, and what was done to it shows."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import Http404

from tests.cast import Court
from tianping.court import figures as court_figures
from tianping.court.models import Case
from tianping.foundation.accounts.viewer import system
from tianping.foundation.audit.models import Entry
from tianping.foundation.figures import frozen, selectors, services
from tianping.foundation.figures.models import Snapshot
from tianping.foundation.figures.period import Period, year
from tianping.foundation.figures.registry import Boundary

pytestmark = pytest.mark.django_db


def boundary(court: Court, scope: str = "LJ", person_id: int | None = None) -> Boundary:
    return Boundary(court.organisations[scope], year(2026), person_id=person_id)


@pytest.fixture
def taken(court: Court) -> Snapshot:
    for number, judge in enumerate(("林知远", "沈若川", "林知远"), start=1):
        court.case(number, judge=judge)
    return services.snapshot_take(
        figure=court_figures.closed_per_judge, boundary=boundary(court), by=court.viewer("裴院长"), at=court.now
    )


@pytest.fixture
def new(court: Court, taken: Snapshot) -> Snapshot:
    return services.snapshot_take(
        figure=court_figures.new, boundary=boundary(court), by=court.viewer("周既明"), at=court.now
    )


def reading(court: Court, snapshot: Snapshot, who: str = "裴院长") -> selectors.Reading:
    found = selectors.snapshot_visible(court.viewer(who), snapshot.public_id)
    return selectors.read(court.viewer(who), found, start=0, size=50)


class TestTaking:
    def test_keeps_value_denominator_and_records(self, court: Court, taken: Snapshot, new: Snapshot) -> None:
        assert (taken.numerator, taken.denominator) == (0, 2)
        assert (new.numerator, new.denominator) == (3, None)
        read = reading(court, new)
        assert read.whole
        assert {kept.then[0] for kept in read.kept} == set(Case.objects.values_list("case_no", flat=True))
        assert not any(kept.changed for kept in read.kept)

    def test_is_in_the_audit_chain_with_its_hash(self, new: Snapshot) -> None:
        entry = Entry.objects.get(verb="figures.snapshot.take", object=f"figures.snapshot:{new.public_id}")
        assert new.hash in entry.changes
        assert "caseload.new" in entry.changes

    def test_not_of_one_persons_numbers_and_not_by_the_system(self, court: Court) -> None:
        own = boundary(court, person_id=court.people["林知远"].pk)
        with pytest.raises(services.SnapshotRefused, match="只给本人看"):
            services.snapshot_take(figure=court_figures.new, boundary=own, by=court.viewer("林知远"), at=court.now)
        with pytest.raises(services.SnapshotRefused, match="本人取"):
            services.snapshot_take(
                figure=court_figures.new, boundary=boundary(court), by=system("循环", on=court.today), at=court.now
            )
        assert not Snapshot.objects.exists()


class TestAfterTheCasesChange:
    def test_value_and_records_stay_and_what_changed_is_marked(self, court: Court, new: Snapshot) -> None:
        closed, moved, gone = Case.objects.order_by("id")
        closed.closed_on = date(2026, 5, 6)
        closed.save()
        moved.filed_on = date(2025, 12, 31)
        moved.save()
        gone_no = gone.case_no
        gone.delete()
        court.case(77)
        read = reading(court, new)
        assert read.whole
        assert (new.numerator, read.total, len(read.kept)) == (3, 3, 3)
        assert read.now is not None and (read.now.numerator, read.left, read.joined) == (2, 2, 1)
        by_number = {kept.then[0]: kept for kept in read.kept}
        assert by_number[closed.case_no].then[5] is None
        assert by_number[closed.case_no].now is not None and by_number[closed.case_no].now[5] == "2026-05-06"
        assert by_number[moved.case_no].changed
        assert by_number[gone_no].now is None

    def test_a_record_moved_out_of_sight_tells_nothing_new(self, court: Court) -> None:
        case = court.case(5)
        snapshot = services.snapshot_take(
            figure=court_figures.new, boundary=boundary(court, "LJ-M1"), by=court.viewer("秦望舒"), at=court.now
        )
        case.organisation, case.judge = court.organisations["LJ-M2"], court.people["韩江临"]
        case.save()
        (kept,) = reading(court, snapshot, "秦望舒").kept
        assert kept.now is None
        (seen,) = reading(court, snapshot, "裴院长").kept
        assert seen.now is not None and "韩江临" in seen.now

    @pytest.mark.parametrize(
        "change", [{"numerator": 2}, {"since": date(2025, 1, 1)}, {"name": "受理"}, {"kind": "civil"}]
    )
    def test_a_snapshot_changed_past_the_system_is_found_out(
        self, court: Court, new: Snapshot, change: dict[str, object]
    ) -> None:
        Snapshot.objects.filter(pk=new.pk).update(**change)
        assert not reading(court, new).whole

    def test_and_so_are_changed_records(self, court: Court, new: Snapshot) -> None:
        rows, _ = frozen.unpacked(bytes(new.records))
        rows[0][1] = "（2026）江0199民初999号"
        Snapshot.objects.filter(pk=new.pk).update(records=frozen.packed(rows)[0])
        assert not reading(court, new).whole

    def test_of_a_figure_since_redefined_there_is_no_number_today(self, court: Court, new: Snapshot) -> None:
        Snapshot.objects.filter(pk=new.pk).update(version=99)
        assert reading(court, new).now is None


class TestWhoMaySeeIt:
    @pytest.mark.parametrize(
        ("who", "may"),
        [
            ("裴院长", True),
            ("程砚之", True),
            ("秦望舒", False),  # 庭长，全院的快照不归其看
            ("林知远", False),
            ("白政工", False),
            ("陶思源", False),
            ("审计丙", False),
        ],
    )
    def test_of_the_whole_court(self, court: Court, new: Snapshot, who: str, may: bool) -> None:
        assert selectors.snapshots(court.viewer(who)).filter(pk=new.pk).exists() == may
        if not may:
            with pytest.raises(Http404):
                selectors.snapshot_visible(court.viewer(who), new.public_id)

    def test_listed_with_the_figure_of_the_same_boundary_only(self, court: Court, new: Snapshot) -> None:
        leader = court.viewer("裴院长")
        assert selectors.snapshots_of(leader, "caseload.new", boundary(court)) == [new]
        january = Boundary(court.organisations["LJ"], Period(date(2026, 1, 1), date(2026, 1, 31)))
        assert selectors.snapshots_of(leader, "caseload.new", january) == []
