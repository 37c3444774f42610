"""法院的动作：post somebody to a division, bring in cases as the case system holds them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from tianping.court.models import Case, Hearing, Post
from tianping.court.taking import CHANGED, NEW, SAME, TO_OTHERS
from tianping.foundation.accounts import services as accounts
from tianping.foundation.accounts.models import Appointment, Organisation, OrganisationKind, User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit


@transaction.atomic
def organisation_open(
    *, name: str, code: str, kind: str, parent: Organisation | None, by: Viewer, at: datetime
) -> Organisation:
    """设立组织：a province, a court or a division of the tree."""
    organisation = Organisation(name=name, code=code, kind=kind, parent=parent)
    organisation.full_clean()
    organisation.save()
    audit.write("court.organisation.open", on=organisation, by=by, at=at, code=code, kind=kind)
    return organisation


@transaction.atomic
def person_post(*, person: User, division: Organisation, title: str, since: date, by: Viewer, at: datetime) -> Post:
    """任用：a post in a division, with the membership (干警) that gives sight of one's own work there."""
    post = Post(person=person, division=division, title=title, since=since)
    post.full_clean()
    post.save()
    if not Appointment.objects.in_force(since).filter(user=person, role=Role.STAFF, organisation=division).exists():
        accounts.appoint(user=person, role=Role.STAFF, organisation=division, since=since, until=None, by=by, at=at)
    audit.write("court.person.post", on=person, by=by, at=at, division=division.code, title=title, since=since)
    return post


def court_of(organisation: Organisation) -> Organisation:
    """所属法院：the court on the path of a division; a court is its own."""
    if organisation.kind == OrganisationKind.COURT:
        return organisation
    ids = [int(part) for part in organisation.path.strip("/").split("/")]
    return Organisation.objects.get(pk__in=ids, kind=OrganisationKind.COURT)


@transaction.atomic
def case_take(
    *, fields: dict[str, Any], hearings: list[tuple[datetime, str]], by: Viewer, at: datetime
) -> tuple[Case, str]:
    """收案：a case as the case system holds it; the same row again changes nothing. Returns it and 新增/更新/未变."""
    case = Case.objects.filter(court=fields["court"], case_no=fields["case_no"]).first() or Case()
    outcome = _take(case, fields, by=by, at=at)
    for starts_at, room in hearings:
        Hearing.objects.update_or_create(case=case, starts_at=starts_at, defaults={"room": room})
    return case, outcome


def _changed(case: Case, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that differ. People and organisations are compared by id, so that none is fetched to be compared."""
    if case.pk is None:
        return fields
    ids = {name: getattr(value, "pk", None) if name in TO_OTHERS else value for name, value in fields.items()}
    return {
        name: fields[name]
        for name, value in ids.items()
        if getattr(case, f"{name}_id" if name in TO_OTHERS else name) != value
    }


def _take(case: Case, fields: dict[str, Any], *, by: Viewer, at: datetime) -> str:
    changed = _changed(case, fields)
    outcome = NEW if case.pk is None else CHANGED if changed else SAME
    for name, value in changed.items():
        setattr(case, name, value)
    if changed:
        case.full_clean()
        case.save()
        audit.write("court.case.take", on=case, by=by, at=at, outcome=outcome, fields=sorted(changed))
    return outcome
