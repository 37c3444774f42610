"""关于参数的提问：which number holds for a court on a day, and which calendar it counts by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.shortcuts import get_object_or_404

from tianping import law
from tianping.foundation.accounts.models import Organisation, OrganisationKind
from tianping.foundation.accounts.roles import CONTENT_ROLES, Role
from tianping.foundation.accounts.viewer import Viewer, within
from tianping.foundation.parameters.models import HolidayDay, HolidayNotice, LocalValue
from tianping.foundation.parameters.states import State
from tianping.law import NotYetInForce, Parameter, Value
from tianping.law.parameters import codes
from tianping.law.workdays import Calendar, national


@dataclass(frozen=True, slots=True)
class Line:
    """一项参数：the national values, what holds on the day, and what the court has decided about it."""

    parameter: Parameter
    now: Value | None
    is_local: bool
    coming: LocalValue | None
    proposal: LocalValue | None

    @property
    def is_ours_to_set(self) -> bool:
        """A number the law sets is not the court's to change."""
        return not self.parameter.values[-1].confirmed


def parameter_on(code: str, day: date, court: Organisation) -> Value:
    """某日的值：the court's own where it has set or confirmed one by then, else the national one with its badge."""
    held = LocalValue.objects.approved().filter(court=court, code=code, since__lte=day).order_by("-since").first()
    return _overlaid(law.parameter(code), day, held)


def _overlaid(parameter: Parameter, day: date, held: LocalValue | None) -> Value:
    """A row without a number gives the word back to the national value, and so does a newer national one."""
    if held is None or held.number is None:
        return parameter.on(day)
    try:
        scope = parameter.on(day).scope
    except NotYetInForce:
        scope = ""
    return Value(held.number, parameter.unit, held.basis, held.since, confirmed=True, scope=scope)


def calendar_of(court_id: int) -> Calendar:
    """法院的放假安排：the shipped notices, with those the court imported in place of theirs."""
    latest = HolidayNotice.objects.filter(court_id=court_id).values("year").annotate(last=Max("id")).order_by()
    years = {row["last"]: row["year"] for row in latest}
    if not years:
        return national()
    days: dict[int, dict[date, tuple[str, str]]] = {year: {} for year in years.values()}
    for one in HolidayDay.objects.filter(notice_id__in=years):
        days[one.day.year][one.day] = (one.kind, one.name)
    calendar = national()
    for year, announced in days.items():
        calendar = calendar.with_year(year, announced)
    return calendar


class Values:
    """各院的某一参数：a court's own values read once, for a list over many records and days."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._held: dict[int, list[LocalValue]] = {}

    def on(self, day: date, court_id: int) -> Value:
        if court_id not in self._held:
            own = LocalValue.objects.approved().filter(court_id=court_id, code=self._code)
            self._held[court_id] = list(own.order_by("-since"))
        held = next((value for value in self._held[court_id] if value.since <= day), None)
        return _overlaid(law.parameter(self._code), day, held)


class Calendars:
    """各院的放假安排：each read once, for a list over many records."""

    def __init__(self) -> None:
        self._read: dict[int, Calendar] = {}

    def of(self, court_id: int) -> Calendar:
        if court_id not in self._read:
            self._read[court_id] = calendar_of(court_id)
        return self._read[court_id]


def courts_of(viewer: Viewer) -> list[Organisation]:
    """所在法院：the courts above, at or below where the viewer serves."""
    here = Q(pk__in=[])
    for path in viewer.paths(*CONTENT_ROLES):
        here |= Q(path__startswith=path) | Q(pk__in=[int(step) for step in path.strip("/").split("/")])
    return list(Organisation.objects.filter(here, kind=OrganisationKind.COURT).order_by("path"))


def courts_kept(viewer: Viewer) -> list[Organisation]:
    """经管的法院：whose numbers and calendar this viewer's office proposes."""
    return list(
        Organisation.objects.filter(
            within(viewer.paths(Role.TRIAL_OFFICE), "path"), kind=OrganisationKind.COURT
        ).order_by("path")
    )


def lines(viewer: Viewer, court: Organisation) -> list[Line]:
    """参数清单：every shipped number as it stands for a court of this viewer, in one reading."""
    rows: dict[str, list[LocalValue]] = {}
    for row in values(viewer, court):
        rows.setdefault(row.code, []).append(row)
    found = []
    for code in codes():
        parameter, ours = law.parameter(code), rows.get(code, [])
        approved = sorted((r for r in ours if r.state == State.APPROVED), key=lambda r: r.since)
        held = next((r for r in reversed(approved) if r.since <= viewer.on), None)
        try:
            now = _overlaid(parameter, viewer.on, held)
        except NotYetInForce:
            now = None
        found.append(
            Line(
                parameter=parameter,
                now=now,
                is_local=held is not None and held.number is not None,
                coming=next((r for r in approved if r.since > viewer.on), None),
                proposal=next((r for r in ours if r.state == State.PROPOSED), None),
            )
        )
    return found


def values(viewer: Viewer, court: Organisation) -> list[LocalValue]:
    """本院提出过的值：all of them, the newest first; nothing drops out of this list."""
    seen = LocalValue.objects.visible_to(viewer).filter(court=court)
    return list(seen.select_related("court", "proposed_by", "decided_by").order_by("-id"))


def value_visible(viewer: Viewer, public_id: str) -> LocalValue:
    return get_object_or_404(LocalValue.objects.visible_to(viewer).select_related("court"), public_id=public_id)


def notices(viewer: Viewer, court: Organisation) -> list[HolidayNotice]:
    """导入过的放假安排：of a court of this viewer, the newest first."""
    if court not in courts_of(viewer):
        return []
    return list(HolidayNotice.objects.filter(court=court).order_by("-id"))
