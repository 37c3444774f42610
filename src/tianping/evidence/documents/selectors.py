from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from tianping.court.models import Post
from tianping.evidence.documents.figures import OFFICES
from tianping.evidence.documents.models import (
    IssuedDocument,
    IssuedDocumentQuerySet,
    Remark,
    Review,
    ReviewQuerySet,
    Verdict,
)
from tianping.evidence.documents.states import MOVES, ROLES, State
from tianping.foundation import files
from tianping.foundation.accounts.models import Appointment, Organisation, User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within
from tianping.foundation.figures.period import period_of, year
from tianping.foundation.figures.registry import Boundary
from tianping.foundation.moves import Offer, moves_from
from tianping.text.document import read_bytes
from tianping.text.document.model import Document

READERS = (Role.TRIAL_OFFICE, Role.LEADER, Role.HEAD, Role.INSPECTOR, Role.STAFF)
"""能看已发文书的角色；评查人也从其中指派。"""


def issued_list(viewer: Viewer) -> IssuedDocumentQuerySet:
    """已发文书清单：the newest first."""
    return (
        IssuedDocument.objects.visible_to(viewer)
        .select_related("case", "court", "judge", "organisation", "taken_by")
        .order_by("-id")
    )


def issued_visible(viewer: Viewer, public_id: str) -> IssuedDocument:
    return get_object_or_404(issued_list(viewer), public_id=public_id)


def issued_file(viewer: Viewer, document: IssuedDocument) -> bytes:
    """原件：the kept bytes; refused for somebody who may not see the document."""
    return files.fetch(issued_visible(viewer, document.public_id).sha256)


def issued_text(viewer: Viewer, document: IssuedDocument) -> Document:
    """文书正文：read again from the kept file; refused for somebody who may not see the document."""
    return read_bytes(issued_file(viewer, document), document.file_name)


def _remarks(**narrow: str) -> Coalesce:
    """批注数, as a question asked for the rows of one page only; a join would group the whole table first."""
    found = Remark.objects.filter(review=OuterRef("pk"), **narrow).order_by().values("review")
    return Coalesce(Subquery(found.annotate(number=Count("pk")).values("number")), 0)


def reviews(viewer: Viewer) -> ReviewQuerySet:
    return (
        Review.objects.visible_to(viewer)
        .select_related(
            "document__case", "document__judge", "document__organisation", "document__court", "reviewer", "assigned_by"
        )
        .annotate(pending=_remarks(verdict=Verdict.PENDING), total=_remarks())
        .order_by("-id")
    )


def review_visible(viewer: Viewer, public_id: str) -> Review:
    return get_object_or_404(reviews(viewer), public_id=public_id)


def reviews_waiting_for(viewer: Viewer) -> ReviewQuerySet:
    """待我评查。"""
    return reviews(viewer).filter(reviewer_id=viewer.user_id, state=State.OPEN)


def issued_with(found: QuerySet[IssuedDocument], words: str) -> QuerySet[IssuedDocument]:
    """查找：of those found, by case number, title, division or judge."""
    return found.filter(
        Q(case__case_no__icontains=words)
        | Q(title__icontains=words)
        | Q(organisation__name__icontains=words)
        | Q(judge__name__icontains=words)
        | Q(judge__pinyin__istartswith=words)
    )


def under_review(viewer: Viewer, found: QuerySet[IssuedDocument], *states: State) -> QuerySet[IssuedDocument]:
    """评查进度：with a review in one of the states, as far as this viewer may know of it; without states, with none."""
    known = Review.objects.visible_to(viewer).filter(document=OuterRef("pk"))
    if states:
        return found.filter(Exists(known.filter(state__in=states)))
    return found.filter(~Exists(known.exclude(state=State.VOIDED)))


def reviews_of(viewer: Viewer, document: IssuedDocument) -> list[Review]:
    """本文书的评查，限于观看者可见的。"""
    return list(reviews(viewer).filter(document=document))


def reviews_with(found: QuerySet[Review], words: str) -> QuerySet[Review]:
    return found.filter(
        Q(document__case__case_no__icontains=words)
        | Q(document__title__icontains=words)
        | Q(reviewer__name__icontains=words)
        | Q(reviewer__pinyin__istartswith=words)
    )


def remarks_of(viewer: Viewer, review: Review) -> list[Remark]:
    """评查的批注，按出现先后。"""
    return list(review_visible(viewer, review.public_id).remarks.select_related("evidence"))


def remark_visible(viewer: Viewer, review_public_id: str, ordinal: int) -> Remark:
    review = review_visible(viewer, review_public_id)
    return get_object_or_404(review.remarks.select_related("evidence"), ordinal=ordinal)


WHY_NOT = {"reviewer": "您不是本次评查的评查人。", "office": "您不在审管办。"}


def offers(viewer: Viewer, review: Review) -> list[Offer]:
    """可办事项：for the review as a whole; verdicts on single remarks stand beside the remarks."""
    mine = review.roles_of(viewer)
    judge = "您是本文书的承办法官。" if review.document.judge_id == viewer.user_id else ""
    return [
        Offer(move, move.role in mine, ROLES[move.role], "" if move.role in mine else judge or WHY_NOT[move.role])
        for move in moves_from(MOVES, State(review.state))
        if move.name not in ("register", "pass_over")
    ]


def people_responsible(document: IssuedDocument) -> list[User]:
    """可选责任人：the judge first, then those who serve, or served, in the division that issued the document."""
    people = User.objects.filter(
        Q(pk__in=Post.objects.filter(division_id=document.organisation_id).values("person_id"))
        | Q(pk=document.judge_id)
    ).order_by("staff_no")
    return sorted(people, key=lambda person: person.pk != document.judge_id)


def person_responsible(document: IssuedDocument, public_id: str) -> User:
    return next(person for person in people_responsible(document) if person.public_id == public_id)


def titles_in(document: IssuedDocument) -> dict[int, str]:
    """在承办部门的职务, by person: the latest, where there were several."""
    posts = Post.objects.filter(division_id=document.organisation_id).order_by("since", "id")
    return dict(posts.values_list("person_id", "title"))


def possible_reviewers(document: IssuedDocument, on: date) -> QuerySet[User]:
    """可担任评查人：who serves in this court on the day in a role that may read judgments; recusal is asked apart."""
    serving = Appointment.objects.in_force(on).filter(
        role__in=READERS, organisation__path__startswith=document.court.path
    )
    return User.objects.filter(is_active=True, pk__in=serving.values("user_id")).order_by("staff_no")


def recusals(document: IssuedDocument, on: date) -> dict[int, str]:
    """评查回避：who may not review this document and why, by person (by analogy with 回避规定)."""
    branch = document.organisation
    above = [int(part) for part in branch.path.strip("/").split("/")]
    superiors = Appointment.objects.in_force(on).filter(role__in=[Role.HEAD, Role.LEADER], organisation_id__in=above)
    colleagues = Post.objects.held(on).filter(division=branch)
    found = {
        a.user_id: f"{a.user.name}是承办法官的上级，应当回避。请另行指派。" for a in superiors.select_related("user")
    }
    found |= {
        p.person_id: f"{p.person.name}与承办法官同在{branch.name}，应当回避。请指派其他部门的人。"
        for p in colleagues.select_related("person")
    }
    found[document.judge_id] = f"{document.judge.name}是本文书的承办法官，不能评查自己的文书。请另行指派。"
    return found


def scopes(viewer: Viewer) -> list[Organisation]:
    """可选范围：the courts and divisions this viewer may see statistics of, in the order of the tree."""
    found = Organisation.objects.filter(within(viewer.paths(*OFFICES), "path"))
    return sorted(found, key=lambda o: (o.path.count("/"), o.code))


def boundary_visible(viewer: Viewer, scope: str, period: str) -> Boundary:
    """边界，按网址：a scope this viewer may see no statistics of does not exist, nor does anything but a whole year."""
    organisation = next((one for one in scopes(viewer) if one.code == scope), None)
    try:
        days = period_of(period)
    except ValueError:
        raise Http404 from None
    if organisation is None or days != year(days.since.year):
        raise Http404
    return Boundary(organisation, days)


def divisions_of(people: QuerySet[User], on: date) -> dict[int, str]:
    """所在部门, by person, on a day."""
    posts = Post.objects.held(on).filter(person__in=people).order_by("since", "id")
    return dict(posts.values_list("person_id", "division__name"))
