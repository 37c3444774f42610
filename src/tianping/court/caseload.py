"""受案态势的数：all the numbers of a period in five questions to the database, however many cases.

Stock follows from flow: what is pending on a day is what was filed up to it less what was closed up to it. So filings
and closings before each edge of a period and of its months give every figure of every division, kind and month. They
are counted in two passes, each in the order of an index and grouped by it, so that nothing is sorted. That these
numbers are those of court/figures.py, record by record, is what the tests of both compare.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Q

from tianping.court.figures import cases, closed_in, judges_at_hand
from tianping.court.models import OVERSEERS, Case, CaseQuerySet, YearlyStock
from tianping.court.rules import table_begins
from tianping.foundation.accounts.models import Organisation, OrganisationKind
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within
from tianping.foundation.figures.period import Period, year
from tianping.foundation.figures.registry import FEW, Boundary
from tianping.methods.statistics import quartiles

YEARS = 4  # 三年复合增长要四个年末的数


@dataclass(frozen=True, slots=True)
class Counts:
    """一期的数：of the whole, or of a division, a kind or a month."""

    new: int
    closed: int
    carried: int

    @property
    def accepted(self) -> int:
        return self.carried + self.new

    @property
    def pending(self) -> int:
        return self.accepted - self.closed


@dataclass(frozen=True, slots=True)
class Cell:
    """一格：the filings and closings of a division and kind before each edge."""

    organisation_id: int
    kind: str
    filed: Mapping[date, int]
    closed: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class YearTotal:
    """一年的新收：``count`` None where nobody knows it; ``source`` empty where the case table itself was counted."""

    year: int
    count: int | None
    source: str = ""

    @property
    def from_table(self) -> bool:
        return self.count is not None and not self.source


@dataclass(frozen=True, slots=True)
class Caseload:
    """受案态势：what the page shows, by period. ``before`` is None where the table does not reach a year back."""

    boundary: Boundary
    now: Counts
    before: Counts | None
    by_kind: Mapping[str, tuple[Counts, Counts | None]]
    by_unit: Mapping[int, tuple[Counts, Counts | None]]  # by division; of a province, by court
    months: Sequence[tuple[Period, Counts, Counts | None]]
    judges: int
    years: Sequence[YearTotal]


def branches(viewer: Viewer) -> list[Organisation]:
    """可选范围：the courts and divisions this viewer holds an office over, in the order of the tree and their codes."""
    found = Organisation.objects.filter(within(viewer.paths(*OVERSEERS), "path"))
    return sorted(found, key=lambda o: (o.path.count("/"), o.code))


def caseload(viewer: Viewer, boundary: Boundary, organisations: Iterable[Organisation]) -> Caseload:
    """受案态势。``organisations`` are those of ``branches``: of the boundary's branch is used what stands on it."""
    period, before = boundary.period, boundary.period.year_before()
    last = period.until.year if period.until == date(period.until.year, 12, 31) else period.until.year - 1
    spans = [year(number) for number in range(last - YEARS + 1, last + 1)]
    found = cases(viewer, boundary).order_by()
    cells, begins = _cells(found, period, spans)
    inside = [o for o in organisations if o.path.startswith(boundary.organisation.path)]
    reached = _reaches(begins, boundary, inside)
    back = reached is not None and reached <= before.since

    def both(wanted: Callable[[Cell], bool]) -> tuple[Counts, Counts | None]:
        chosen = [cell for cell in cells if wanted(cell)]
        return _counts(chosen, period), _counts(chosen, before) if back else None

    now, then = both(lambda cell: True)
    unit = {o.pk: (_court_of(o, inside) or o).pk for o in inside} if _is_province(boundary) else {}
    return Caseload(
        boundary,
        now,
        then,
        {kind: both(lambda cell, kind=kind: cell.kind == kind) for kind in dict.fromkeys(c.kind for c in cells)},  # type: ignore[misc]
        {
            pk: both(lambda cell, pk=pk: unit.get(cell.organisation_id, cell.organisation_id) == pk)  # type: ignore[misc]
            for pk in dict.fromkeys(unit.get(c.organisation_id, c.organisation_id) for c in cells)
        },
        _months(cells, period, back=back),
        judges_at_hand(found, boundary).count(),
        _years(boundary, spans, cells, begins, inside),
    )


def _is_province(boundary: Boundary) -> bool:
    return boundary.organisation.kind == OrganisationKind.PROVINCE


Firsts = tuple[date | None, date | None]


def _cells(found: CaseQuerySet, period: Period, spans: Sequence[Period]) -> tuple[list[Cell], dict[int, Firsts]]:
    """Two passes over the branch: filings and closings before each edge; and the first of either by division."""
    months = [of for month in period.months() for of in (month, month.year_before())]
    edges = sorted({edge for p in (period, period.year_before(), *months, *spans) for edge in (p.since, p.after)})
    filed, first_filed = _flow(found, "filed_on", edges)
    closed, first_closed = _flow(found.filter(closed_on__isnull=False), "closed_on", edges)
    none = [0] * len(edges)

    def before(counts: list[int]) -> dict[date, int]:
        return dict(zip(edges, accumulate(counts), strict=True))

    cells = [
        Cell(pk, kind, before(counts), before(closed.get((pk, kind), none))) for (pk, kind), counts in filed.items()
    ]
    return cells, {pk: (day, first_closed.get(pk)) for pk, day in first_filed.items()}


def _flow(
    found: CaseQuerySet, field: str, edges: Sequence[date]
) -> tuple[dict[tuple[int, str], list[int]], dict[int, date]]:
    """By division and kind: how many there are before each edge and after the one before; the first by division."""
    counts: dict[tuple[int, str], list[int]] = {}
    firsts: dict[int, str] = {}
    for pk, kind, place, number, first in _by_day(found, field, edges):
        line = counts.setdefault((pk, kind), [0] * len(edges))
        if place < len(edges):
            line[place] += number
        firsts[pk] = min(first, firsts.get(pk, first))
    return counts, {pk: date.fromisoformat(first) for pk, first in firsts.items()}


def _by_day(found: CaseQuerySet, field: str, edges: Sequence[date]) -> Iterator[tuple[int, str, int, int, str]]:
    """By division, kind and place among the edges: how many, and the first day in ISO words.

    Rows are counted, not keys, so that an index has all that is asked; and first by the day itself, which the index has
    in order, so that nothing is sorted. PostgreSQL puts the days of a million cases together before it hands them over.
    """
    daily = found.order_by().values(unit=F("organisation_id"), sort=F("kind"), day=F(field)).annotate(number=Count("*"))
    try:
        sql, params = daily.query.sql_with_params()
    except EmptyResultSet:
        return
    words = [edge.isoformat() for edge in edges]
    if connection.vendor == "postgresql":
        place = "width_bucket(day, %s::date[]) AS place"
        sql = f"SELECT unit, sort, {place}, SUM(number), MIN(day) FROM ({sql}) daily GROUP BY unit, sort, place"  # noqa: S608
        params = (words, *params)
    else:  # the day as it is kept, in ISO words, and not made a date thirty thousand times
        sql = f"SELECT unit, sort, day || '', number, '' FROM ({sql}) daily"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for pk, kind, at, number, first in cursor:
            if connection.vendor == "postgresql":
                yield pk, kind, at, int(number), first.isoformat()
            else:
                yield pk, kind, bisect_right(words, at), number, at


def _earlier(one: Firsts, other: Firsts) -> Firsts:
    filed = min((d for d in (one[0], other[0]) if d), default=None)
    closed = min((d for d in (one[1], other[1]) if d), default=None)
    return filed, closed


def _counts(cells: Iterable[Cell], period: Period) -> Counts:
    new = closed = carried = 0
    for cell in cells:
        new += cell.filed[period.after] - cell.filed[period.since]
        closed += cell.closed[period.after] - cell.closed[period.since]
        carried += cell.filed[period.since] - cell.closed[period.since]
    return Counts(new, closed, carried)


def _months(cells: Sequence[Cell], period: Period, *, back: bool) -> list[tuple[Period, Counts, Counts | None]]:
    """By month, each beside the same days of the year before."""
    return [
        (month, _counts(cells, month), _counts(cells, before) if back else None)
        for month, before in ((month, month.year_before()) for month in period.months())
    ]


def _court_of(organisation: Organisation, inside: Sequence[Organisation]) -> Organisation | None:
    """The court on the path, where the scope holds whole courts; a division of one counts by itself."""
    return next((o for o in inside if o.kind == OrganisationKind.COURT and organisation.path.startswith(o.path)), None)


def _groups(
    boundary: Boundary, begins: Mapping[int, Firsts], inside: Sequence[Organisation]
) -> dict[int, tuple[Organisation, set[int], Firsts]]:
    """案件表按法院：each court of the scope (or the division itself), its divisions, the first days of its table."""
    groups: dict[int, tuple[Organisation, set[int], Firsts]] = {}
    for organisation in inside:
        court = _court_of(organisation, inside) or boundary.organisation
        if court.kind == OrganisationKind.PROVINCE:
            continue
        of, ids, firsts = groups.get(court.pk, (court, set(), (None, None)))
        firsts = _earlier(firsts, begins.get(organisation.pk, (None, None)))
        groups[court.pk] = (of, ids | {organisation.pk}, firsts)
    return groups


def _reaches(begins: Mapping[int, Firsts], boundary: Boundary, inside: Sequence[Organisation]) -> date | None:
    """From which day on the table of every court of the scope is whole; None where one has no cases."""
    since = [table_begins(*firsts) for _, _, firsts in _groups(boundary, begins, inside).values()]
    known = [day for day in since if day is not None]
    return max(known) if known and len(known) == len(since) else None


def _years(
    boundary: Boundary,
    spans: Sequence[Period],
    cells: Collection[Cell],
    begins: Mapping[int, Firsts],
    inside: Sequence[Organisation],
) -> list[YearTotal]:
    """年度新收：from the case table where it holds the whole year, else from the yearly stock, else unknown."""
    groups = _groups(boundary, begins, inside)
    held = _stocks(groups, [span.since.year for span in spans], boundary.kind)
    totals = []
    for span in spans:
        count: int | None = 0
        sources: list[str] = []
        for court, ids, firsts in groups.values():
            since = table_begins(*firsts)
            if since is not None and since <= span.since:
                mine = [cell for cell in cells if cell.organisation_id in ids]
                part: int | None = sum(cell.filed[span.after] - cell.filed[span.since] for cell in mine)
            else:
                part, source = held.get((court.pk, span.since.year), (None, ""))
                sources.append(source)
            count = None if part is None or count is None else count + part
        known = groups and count is not None
        totals.append(
            YearTotal(span.since.year, count if known else None, "、".join(dict.fromkeys(filter(None, sources))))
        )
    return totals


FOUR = frozenset({"civil", "criminal", "administrative", "enforcement"})


def _stocks(
    groups: Mapping[int, tuple[Organisation, set[int], Firsts]], years: Sequence[int], kind: str
) -> dict[tuple[int, int], tuple[int, str]]:
    """年度存量：(court, year) → newly accepted and its source; without a 合计, the sum where the four kinds stand."""
    courts = [court for court, _, _ in groups.values() if court.kind == OrganisationKind.COURT]
    rows: dict[tuple[int, int], dict[str, YearlyStock]] = {}
    for row in YearlyStock.objects.filter(court__in=courts, year__in=years):
        rows.setdefault((row.court_id, row.year), {})[row.kind] = row
    found = {}
    for key, kinds in rows.items():
        if one := kinds.get(kind or YearlyStock.ALL):
            found[key] = (one.newly_accepted, one.source)
        elif not kind and set(kinds) >= FOUR:
            found[key] = (sum(row.newly_accepted for row in kinds.values()), next(iter(kinds.values())).source)
    return found


@dataclass(frozen=True, slots=True)
class Own:
    """本人的数：one's own counts, and where the middle half of the court's judges lies; None where they are too few."""

    counts: Counts
    judges: int
    band: tuple[Any, Any, Any] | None


def court_over(viewer: Viewer) -> Organisation | None:
    """本人所在的法院：the court on the path of the division where the viewer serves."""
    for path in viewer.paths(Role.STAFF):
        ids = [int(part) for part in path.strip("/").split("/")]
        if court := Organisation.objects.filter(pk__in=ids, kind=OrganisationKind.COURT).first():
            return court
    return None


def own_caseload(viewer: Viewer, court: Organisation, period: Period) -> Own:
    """本人办案数：one's own cases, and the quartiles of closings over all judges of the court.

    The band is the one number that counts cases its reader may not see. It names nobody, it is given only for the whole
    court and all kinds, and not at all below five judges, so that nobody can be subtracted out of it.
    """
    mine = Boundary(court, period, person_id=viewer.user_id)
    found = cases(viewer, mine)
    counts = found.order_by().aggregate(
        new=Count("pk", filter=Q(filed_on__range=(period.since, period.until))),
        closed=Count("pk", filter=Q(closed_on__range=(period.since, period.until))),
        carried=Count("pk", filter=Q(filed_on__lt=period.since) & (Q(closed_on=None) | Q(closed_on__gte=period.since))),
    )
    divisions = list(Organisation.objects.filter(path__startswith=court.path).values_list("pk", flat=True))
    whole = Case.objects.filter(organisation__in=divisions)
    closings = dict(whole.filter(closed_in(mine)).order_by().values_list("judge").annotate(Count("pk")))
    values = [closings.get(judge, 0) for judge in judges_at_hand(whole, mine).values_list("pk", flat=True)]
    return Own(Counts(**counts), len(values), quartiles(values) if len(values) >= FEW else None)
