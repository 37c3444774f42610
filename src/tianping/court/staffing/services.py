"""调动、离院：one verb each, so that a post and the sight that comes with it never part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from tianping.court import services as court
from tianping.court.models import Post
from tianping.foundation import leaving
from tianping.foundation.accounts import services as accounts
from tianping.foundation.accounts.models import Appointment, Organisation, OrganisationKind, User
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit


class StaffingRefused(ValueError):
    """调动、离院被拒：what stands in the way, and who can take it out of it."""


@transaction.atomic
def transfer(*, person: User, division: Organisation, title: str, since: date, by: Viewer, at: datetime) -> Post:
    """调动：from ``since`` on in another division; posts and offices in the old ones end the day before.

    Offices over the whole court (审管办、督察 …) are not of the division and stay as they are.
    """
    User.objects.select_for_update().get(pk=person.pk)
    _another(person, by)
    if division.kind != OrganisationKind.DIVISION:
        raise StaffingRefused(f"{division.name}不是部门，不能调入。请选部门。")
    if not title.strip():
        raise StaffingRefused("职务为空。请写明调入后的职务。")
    here = court.court_of(division)
    held = _open(Post.objects.filter(person=person, division__path__startswith=here.path), since)
    if not held:
        raise StaffingRefused(f"{person.name}在{here.name}现无职务，无从调动。新到人员请导入人员表。")
    if any(post.division_id == division.pk for post in held):
        raise StaffingRefused(f"{person.name}本就在{division.name}。同一部门内改职务，请导入人员表。")
    last_day = since - timedelta(days=1)
    _none_begins_after(held, person, last_day)
    left = {post.division_id for post in held}
    offices = _open(Appointment.objects.filter(user=person, organisation_id__in=left), since)
    _none_begins_after(offices, person, last_day)
    _end_posts(held, last_day)
    for office in offices:
        accounts.appointment_end(appointment=office, until=last_day, by=by, at=at)
    post = court.person_post(person=person, division=division, title=title.strip(), since=since, by=by, at=at)
    audit.write(
        "court.person.transfer",
        on=person,
        by=by,
        at=at,
        source=sorted(held_post.division.code for held_post in held),
        target=division.code,
        since=since,
    )
    return post


@transaction.atomic
def leave(*, person: User, last_day: date, by: Viewer, at: datetime) -> None:
    """离院：refused while something is owed; every post and office ends on ``last_day``, sign-in the day after."""
    User.objects.select_for_update().get(pk=person.pk)
    _another(person, by)
    if owed := leaving.owed_by(person.pk, last_day):
        said = "；".join(one.sentence for one in owed)
        raise StaffingRefused(f"{person.name}还有未了事项，不能办离院：{said}。交接后再办。")
    posts = _open(Post.objects.filter(person=person), last_day + timedelta(days=1))
    _none_begins_after(posts, person, last_day)
    accounts.account_leave(user=person, last_day=last_day, by=by, at=at)
    _end_posts(posts, last_day)
    audit.write("court.person.leave", on=person, by=by, at=at, last_day=last_day, posts=len(posts))


def _another(person: User, by: Viewer) -> None:
    if by.user_id == person.pk:
        raise StaffingRefused("不能办理自己的调动和离院。请由另一位安全管理员办理。")


Held = TypeVar("Held", Post, Appointment)


def _open(held: QuerySet[Held], on: date) -> list[Held]:
    """还在任的：not over by the day before ``on``."""
    return list(held.filter(Q(until__isnull=True) | Q(until__gte=on)))


def _none_begins_after(held: Sequence[Post] | Sequence[Appointment], person: User, last_day: date) -> None:
    late = next((one for one in held if one.since > last_day), None)
    if late is not None:
        raise StaffingRefused(
            f"{person.name}有一项自 {late.since} 起的任职，晚于 {last_day}，不能在开始之前结束。请核对日期。"
        )


def _end_posts(posts: list[Post], last_day: date) -> None:
    for post in posts:
        post.until = last_day
        post.full_clean()
        post.save(update_fields=["until"])
