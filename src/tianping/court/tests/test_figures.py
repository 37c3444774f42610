"""案件数据口径：each figure recounted by hand over a seeded court, and the page's own way of counting held to it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.cast import Court
from tianping.court import figures as court_figures
from tianping.court.caseload import Counts, branches, caseload, court_over, own_caseload
from tianping.court.models import Case, CaseKind, Procedure, YearlyStock
from tianping.court.rules import table_begins
from tianping.foundation.figures.period import Period, year
from tianping.foundation.figures.registry import Boundary, Figure, figure_of, figures

pytestmark = pytest.mark.django_db
BEGIN, END = date(2022, 1, 1), date(2026, 11, 20)
KINDS = [kind.value for kind in CaseKind]
JUDGES = {"LJ-M1": ("林知远", "沈若川", None), "LJ-M2": ("韩江临", "孟怀瑾"), "WS-M1": ("顾长风",)}
PERIODS = (
    Period(date(2026, 1, 1), date(2026, 10, 31)),
    year(2025),
    Period(date(2024, 2, 1), date(2024, 2, 29)),
    Period(date(2026, 11, 1), date(2026, 11, 23)),
)


def fill(court: Court, count: int = 400, seed: int = 7) -> list[Case]:
    """一批随机的案件：days on the edges of months more often than chance would have them."""
    chance = random.Random(seed)
    span = (END - BEGIN).days
    edges = [date(y, m, 1) - timedelta(days=d) for y in range(2022, 2027) for m in range(1, 12) for d in (0, 1)][2:]
    rows = []
    for number in range(count):
        division = chance.choice(list(JUDGES))
        filed = chance.choice(edges) if chance.random() < 0.3 else BEGIN + timedelta(days=chance.randrange(span))
        closed = filed + timedelta(days=int(chance.expovariate(1 / 120)))
        if chance.random() < 0.1:
            closed = max(filed, chance.choice(edges))
        judge = chance.choice(JUDGES[division])
        rows.append(
            Case(
                court=court.organisations[division[:2]],
                organisation=court.organisations[division],
                case_no=f"（2026）江0199民初{number}号",
                kind=chance.choice(KINDS),
                cause="民间借贷纠纷",
                procedure=Procedure.ORDINARY,
                judge=court.people[judge] if judge else None,
                filed_on=filed,
                closed_on=closed if closed <= END else None,
            )
        )
    rows.append(first_of(court, "LJ-M1", 9001))
    rows.append(first_of(court, "LJ-M2", 9002))
    Case.objects.bulk_create(rows)
    return list(Case.objects.select_related("organisation"))


def first_of(court: Court, division: str, number: int) -> Case:
    """On the first working day something was taken in and closed: the table is whole from January 2022."""
    return Case(
        court=court.organisations[division[:2]],
        organisation=court.organisations[division],
        case_no=f"（2022）江0199民初{number}号",
        kind=CaseKind.CIVIL,
        cause="民间借贷纠纷",
        procedure=Procedure.ORDINARY,
        filed_on=date(2022, 1, 4),
        closed_on=date(2022, 1, 4),
    )


def by_hand(code: str, case: Case, period: Period) -> bool:
    """口径，另写一遍：day by day, as a clerk with a ledger would decide."""
    first, last = period.since, period.until
    came_before = case.filed_on < first
    came_within = not came_before and case.filed_on <= last
    open_at_start = case.closed_on is None or case.closed_on >= first
    open_at_end = case.closed_on is None or case.closed_on > last
    left_within = not open_at_end and open_at_start
    return {
        "caseload.new": came_within,
        "caseload.carried": came_before and open_at_start,
        "caseload.accepted": came_within or (came_before and open_at_start),
        "caseload.closed": left_within,
        "caseload.pending": (came_before or came_within) and open_at_end,
        "caseload.new_per_judge": came_within,
        "caseload.closed_per_judge": left_within,
    }[code]


def boundaries(court: Court) -> Iterator[Boundary]:
    for period in PERIODS:
        for scope in ("LJ", "LJ-M1"):
            for kind in ("", "civil"):
                yield Boundary(court.organisations[scope], period, kind)


class TestEachFigure:
    def test_counts_what_a_clerk_would_count(self, court: Court) -> None:
        cases = fill(court)
        leader = court.viewer("裴院长")
        for boundary in boundaries(court):
            inside = [
                c
                for c in cases
                if c.organisation.path.startswith(boundary.organisation.path) and boundary.kind in ("", c.kind)
            ]
            for figure in (one for one in figures() if one.code.startswith("caseload.")):
                expected = {c.pk for c in inside if by_hand(figure.code, c, boundary.period)}
                counted = figure.records(leader, boundary)
                assert set(counted.values_list("pk", flat=True)) == expected, (figure.code, boundary)
                value = figure.value(leader, boundary)
                assert value.numerator == len(expected)
                if figure.denominator:
                    at_hand = [c for c in inside if by_hand("caseload.accepted", c, boundary.period)]
                    assert value.denominator == len({c.judge_id for c in at_hand} - {None})

    @pytest.mark.parametrize("who", ["裴院长", "周既明", "程砚之", "秦望舒", "孟怀瑾", "林知远", "白政工", "陶思源"])
    def test_counts_nothing_the_viewer_may_not_see(self, court: Court, who: str) -> None:
        """The shortcut of of_branch takes nothing more than visible_to would give."""
        fill(court)
        viewer = court.viewer(who)
        seen = set(Case.objects.visible_to(viewer).values_list("pk", flat=True))
        for code in ("LJ", "LJ-M1", "LJ-M2", "WS", "WS-M1"):
            path = court.organisations[code].path
            branch = set(Case.objects.filter(organisation__path__startswith=path).values_list("pk", flat=True))
            of_branch = set(Case.objects.of_branch(viewer, path).values_list("pk", flat=True))
            assert of_branch == branch & seen, (who, code)

    def test_new_and_accepted_share_no_label(self) -> None:
        names = [figure.name for figure in figures()]
        assert len(set(names)) == len(names)
        assert (court_figures.new.name, court_figures.accepted.name) == ("新收", "受理")
        assert figure_of("caseload.accepted") is court_figures.accepted

    def test_anothers_own_cases_are_nobodys_to_count(self, court: Court) -> None:
        fill(court)
        boundary = Boundary(court.organisations["LJ"], year(2025), person_id=court.people["沈若川"].pk)
        for who in ("林知远", "裴院长", "秦望舒"):
            assert not court_figures.accepted.records(court.viewer(who), boundary).exists()
        assert court_figures.accepted.records(court.viewer("沈若川"), boundary).exists()


READ: dict[Figure, Callable[[Counts], int]] = {
    court_figures.new: lambda c: c.new,
    court_figures.carried: lambda c: c.carried,
    court_figures.accepted: lambda c: c.accepted,
    court_figures.closed: lambda c: c.closed,
    court_figures.pending: lambda c: c.pending,
}


class TestThePageCountsTheSame:
    @pytest.mark.parametrize("who", ["裴院长", "秦望舒"])
    def test_in_every_cell_of_every_table(self, court: Court, who: str) -> None:
        fill(court)
        viewer, compared = court.viewer(who), 0
        organisations = branches(viewer)

        def same(counts: Counts | None, boundary: Boundary) -> None:
            nonlocal compared
            assert counts is not None
            for figure, number in READ.items():
                assert number(counts) == figure.value(viewer, boundary).numerator, (figure.code, boundary)
                compared += 1

        for boundary in boundaries(court):
            if boundary.organisation not in organisations:
                continue
            scope, period, kind = boundary.organisation, boundary.period, boundary.kind
            read = caseload(viewer, boundary, organisations)
            same(read.now, boundary)
            if read.before:
                same(read.before, Boundary(scope, period.year_before(), kind))
            for one, (now, _) in read.by_kind.items():
                same(now, Boundary(scope, period, one))
            for pk, (now, _) in read.by_unit.items():
                same(now, Boundary(next(o for o in organisations if o.pk == pk), period, kind))
            for month, now, before in read.months:
                same(now, Boundary(scope, month, kind))
                if before:
                    same(before, Boundary(scope, month.year_before(), kind))
            assert read.judges == court_figures.judges(viewer, boundary)
        assert compared > 400

    def test_in_few_questions(self, court: Court, django_assert_max_num_queries: Callable[[int], object]) -> None:
        fill(court, 50)
        viewer = court.viewer("裴院长")
        organisations = branches(viewer)
        with django_assert_max_num_queries(6):  # type: ignore[attr-defined]
            caseload(viewer, Boundary(court.organisations["LJ"], PERIODS[0]), organisations)


class TestYearsAndWhereTheyComeFrom:
    def test_from_the_case_table_where_it_is_whole(self, court: Court) -> None:
        cases = fill(court)
        viewer = court.viewer("裴院长")
        read = caseload(viewer, Boundary(court.organisations["LJ"], PERIODS[0]), branches(viewer))
        mine = [c for c in cases if c.court_id == court.organisations["LJ"].pk]
        assert [(t.year, t.count, t.from_table) for t in read.years] == [
            (y, sum(c.filed_on.year == y for c in mine), True) for y in (2022, 2023, 2024, 2025)
        ]

    def test_from_yearly_stock_before_it_and_missing_where_there_is_neither(self, court: Court) -> None:
        fill(court)
        lj = court.organisations["LJ"]
        Case.objects.filter(closed_on__lt=date(2025, 1, 1)).delete()  # what a table begun in 2025 holds
        YearlyStock.objects.create(
            court=lj, year=2023, kind="all", newly_accepted=900, closed=880, pending=70, source="2023年司法统计年报"
        )
        for kind, number in (("civil", 600), ("criminal", 100), ("administrative", 50), ("enforcement", 250)):
            YearlyStock.objects.create(
                court=lj, year=2024, kind=kind, newly_accepted=number, closed=1, pending=1, source="2024年司法统计年报"
            )
        viewer = court.viewer("裴院长")
        read = caseload(viewer, Boundary(lj, PERIODS[0]), branches(viewer))
        assert [(t.year, t.count, t.source) for t in read.years][:3] == [
            (2022, None, ""),
            (2023, 900, "2023年司法统计年报"),
            (2024, 1000, "2024年司法统计年报"),
        ]
        assert read.years[3].from_table
        assert read.before is not None, "2025 年 1 月起案件表完整，可以比上年同期"
        of_kind = caseload(viewer, Boundary(lj, PERIODS[0], "civil"), branches(viewer))
        assert [t.count for t in of_kind.years][:3] == [None, None, 600]

    def test_a_division_has_no_yearly_stock(self, court: Court) -> None:
        fill(court)
        Case.objects.filter(closed_on__lt=date(2025, 1, 1)).delete()
        YearlyStock.objects.create(
            court=court.organisations["LJ"], year=2024, kind="all", newly_accepted=9, closed=1, pending=1, source="年报"
        )
        viewer = court.viewer("秦望舒")
        read = caseload(viewer, Boundary(court.organisations["LJ-M1"], PERIODS[0]), branches(viewer))
        assert [t.count for t in read.years][:3] == [None, None, None]

    def test_no_comparison_with_a_year_the_table_does_not_hold(self, court: Court) -> None:
        fill(court)
        Case.objects.filter(closed_on__lt=date(2026, 1, 1)).delete()
        viewer = court.viewer("裴院长")
        read = caseload(viewer, Boundary(court.organisations["LJ"], PERIODS[0]), branches(viewer))
        assert read.before is None
        assert all(before is None for _, before in read.by_kind.values())

    @pytest.mark.parametrize(
        ("filed", "closed", "begins"),
        [
            (None, None, None),
            (date(2024, 1, 5), date(2024, 3, 1), date(2024, 1, 1)),
            (date(2023, 4, 9), date(2024, 1, 8), date(2024, 1, 1)),  # 旧存带入
            (date(2024, 7, 2), date(2024, 9, 1), date(2024, 7, 1)),
            (date(2026, 1, 5), None, date(2026, 1, 1)),
        ],
    )
    def test_where_a_table_begins(self, filed: date | None, closed: date | None, begins: date | None) -> None:
        assert table_begins(filed, closed) == begins


class TestOnesOwn:
    def test_own_numbers_and_no_band_below_five_judges(self, court: Court) -> None:
        cases = fill(court)
        me = court.people["林知远"]
        own = own_caseload(court.viewer("林知远"), court.organisations["LJ"], PERIODS[1])
        mine = [c for c in cases if c.judge_id == me.pk]
        assert own.counts.new == sum(by_hand("caseload.new", c, PERIODS[1]) for c in mine) > 0
        assert own.counts.closed == sum(by_hand("caseload.closed", c, PERIODS[1]) for c in mine)
        assert own.counts.pending == sum(by_hand("caseload.pending", c, PERIODS[1]) for c in mine)
        assert (own.judges, own.band) == (4, None)

    def test_the_band_is_the_courts_quartiles(self, court: Court) -> None:
        names = ("林知远", "沈若川", "韩江临", "孟怀瑾", "秦望舒")
        for count, name in enumerate(names, start=1):
            for number in range(count):
                case = court.case(100 * count + number, judge=name)
                case.closed_on = date(2026, 3, 2)
                case.save()
        own = own_caseload(court.viewer("宋晚晴"), court.organisations["LJ"], PERIODS[0])
        assert (own.judges, own.band, own.counts.accepted) == (5, (Fraction(2), Fraction(3), Fraction(4)), 0)

    def test_the_court_is_the_one_where_one_serves(self, court: Court) -> None:
        assert court_over(court.viewer("顾长风")) == court.organisations["WS"]
        assert court_over(court.viewer("裴院长")) is None


def test_branches_are_ordered_by_code_and_only_ones_own(court: Court) -> None:
    assert [o.code for o in branches(court.viewer("裴院长"))] == ["LJ", "LJ-DC", "LJ-M1", "LJ-M2", "LJ-SG"]
    assert [o.code for o in branches(court.viewer("孟怀瑾"))] == ["LJ-M2"]
    for who in ("林知远", "白政工", "江信访", "系统甲"):
        assert branches(court.viewer(who)) == []
