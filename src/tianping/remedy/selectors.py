"""关于整改的提问：the viewer first, always."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404

from tianping.findings.models import Finding, superiors_of
from tianping.foundation.accounts.models import Appointment, User
from tianping.foundation.accounts.roles import CONTENT_ROLES
from tianping.foundation.accounts.viewer import Viewer, viewers_of, within
from tianping.foundation.moves import Offer, moves_from
from tianping.remedy.models import (
    ASSIGNING,
    VERIFYING,
    Duty,
    DutyFinding,
    DutyQuerySet,
    DutyStep,
    Postponement,
    Proof,
)
from tianping.remedy.states import LIVE, MOVES, ROLES, State

MANUAL = frozenset({"assigner", "decider", "owner", "verifier"})


def duty_list(viewer: Viewer) -> DutyQuerySet:
    """整改台账：what this viewer may see, the newest first."""
    return (
        Duty.objects.visible_to(viewer).select_related("owner", "verifier", "organisation", "follows").order_by("-id")
    )


def duty_visible(viewer: Viewer, public_id: str) -> Duty:
    """整改事项：with what its page asks again and again, the findings and the postponements, read once."""
    found = duty_list(viewer).select_related("court")
    return get_object_or_404(
        found.prefetch_related(
            Prefetch("finding_links", DutyFinding.objects.with_evidence(), to_attr="links_read"),
            Prefetch("postponements", Postponement.objects.select_related("asked_by", "decided_by")),
        ),
        public_id=public_id,
    )


def findings_of(viewer: Viewer, duty: Duty) -> list[tuple[Finding, bool]]:
    """所涉问题：each with whether this viewer may open it; an owner who may not sees only what it is called."""
    visible = set(Finding.objects.visible_to(viewer).filter(duty_links__duty=duty).values_list("pk", flat=True))
    return [(finding, finding.pk in visible) for finding in duty.concerned()]


def duties_of(viewer: Viewer, finding: Finding) -> DutyQuerySet:
    """问题的整改事项：the oldest first; each later one follows the one before."""
    return duty_list(viewer).filter(finding_links__finding=finding).order_by("id")


def proof_visible(viewer: Viewer, public_id: str) -> Proof:
    return get_object_or_404(Proof.objects.filter(duty__in=Duty.objects.visible_to(viewer)), public_id=public_id)


def possible_owners(viewer: Viewer, duty: Duty) -> list[User]:
    """可选承办人：people of the court of the duty, the subjects of its findings first; not the three administrators."""
    appointed = Appointment.objects.in_force(viewer.on).filter(within([duty.court.path]), role__in=CONTENT_ROLES)
    subjects = {f.subject_id for f in duty.concerned()}
    people = User.objects.filter(pk__in=appointed.values("user_id"), is_active=True).order_by("staff_no")
    return sorted(people, key=lambda person: person.pk not in subjects)


def possible_verifiers(viewer: Viewer, duty: Duty) -> list[User]:
    """可选核验人：those in the offices whom nothing keeps from verifying this duty."""
    offices = Appointment.objects.in_force(viewer.on).filter(within([duty.court.path]), role__in=VERIFYING)
    people = list(User.objects.filter(pk__in=offices.values("user_id"), is_active=True).order_by("staff_no"))
    said = duty.verifier_refusals(viewers_of(people, on=viewer.on))
    return [person for person, why in zip(people, said, strict=True) if why is None]


def mergeable(viewer: Viewer, duty: Duty) -> list[Duty]:
    """可并入的事项：others of the same division waiting to be given out that this viewer may give out."""
    if not viewer.holds_over(duty.organisation.path, *ASSIGNING):
        return []
    own = DutyFinding.objects.filter(finding__subject_id=viewer.user_id).values("duty_id")
    others = duty_list(viewer).filter(state=State.PLANNING, organisation=duty.organisation)
    return list(others.exclude(pk=duty.pk).exclude(pk__in=own))


def offers(viewer: Viewer, duty: Duty) -> list[Offer]:
    """可办事项：the lawful next moves people may take, and why this viewer may not take the others."""
    mine = duty.roles_of(viewer)
    asked = duty.postponement_asked()
    found = []
    for move in moves_from(MOVES, State(duty.state)):
        if move.role not in MANUAL or move.name == "merge":
            continue
        deciding = move.name in ("grant_postponement", "refuse_postponement")
        if (deciding and not asked) or (move.name == "ask_postponement" and asked):
            continue
        own_request = deciding and asked is not None and asked.asked_by_id == viewer.user_id
        allowed = move.role in mine and not own_request
        who = ROLES[move.role]
        if move.role == "owner" and duty.owner:
            who = duty.owner.name
        if move.role == "verifier" and duty.verifier:
            who = duty.verifier.name
        why_not = "" if allowed else _why_not(viewer, duty, move.role, mine, own_request)
        found.append(Offer(move, allowed, who, why_not))
    return found


def _why_not(viewer: Viewer, duty: Duty, role: str, mine: Collection[str], own_request: bool) -> str:
    if own_request:
        return "延期由您申请，须由他人批复。"
    if role == "decider" and "assigner" in mine:
        return duty.superior_refusal(viewer) or ""
    if role == "verifier":
        return duty.verifier_refusal(viewer) or "核验人在交办时已经指定。"
    if role == "owner":
        return "本事项不由您承办。"
    if viewer.user_id == duty.owner_id:
        return "您是承办人，须由他人办理。"
    if any(finding.subject_id == viewer.user_id for finding in duty.concerned()):
        return "您是所涉问题的责任人，须由他人办理。"
    return "您不在上述岗位。"


def waiting_for(viewer: Viewer) -> DutyQuerySet:
    """待我办：mine to do, mine to verify, mine to give out or to decide a postponement of."""
    own = DutyFinding.objects.filter(finding__subject_id=viewer.user_id).values("duty_id")
    asked = Postponement.objects.filter(granted__isnull=True).exclude(asked_by_id=viewer.user_id).values("duty_id")
    i_give = within(viewer.paths(*ASSIGNING)) & ~Q(pk__in=own)
    above = superiors_of(viewer)
    of_above = DutyFinding.objects.filter(finding__subject_id__in=above).values("duty_id")
    kept_off = Q(owner_id=viewer.user_id) | Q(owner_id__in=above) | Q(pk__in=of_above)
    decide = Q(state=State.OPEN, pk__in=asked) & ~kept_off
    return duty_list(viewer).filter(
        Q(owner_id=viewer.user_id, state=State.OPEN)
        | Q(verifier_id=viewer.user_id, state=State.SUBMITTED)
        | (i_give & (Q(state=State.PLANNING) | decide))
    )


def overdue(viewer: Viewer, on: date) -> DutyQuerySet:
    return duty_list(viewer).overdue(on)


def live_counts(viewer: Viewer) -> dict[str, int]:
    """在办数：how many stand in each live state, and how many of the open are overdue, in one question."""
    late = Q(state=State.OPEN, due_on__lt=viewer.on)
    return duty_list(viewer).aggregate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in LIVE}, overdue=Count("pk", filter=late)
    )


def steps(duty: Duty) -> list[DutyStep]:
    """经过：the timeline of a duty the viewer has been shown."""
    return list(duty.steps.all())


def criterion_of(duty: Duty) -> tuple[str, int | None]:
    """销号标准与观察期：fixed when the duty was given out, kept on its findings."""
    finding = next(iter(duty.concerned()), None)
    return (finding.criterion, finding.watch_days) if finding else ("", None)


def neighbours(viewer: Viewer, duty: Duty) -> dict[str, list[Duty]]:
    """接续与并入：the duties beside this one that the viewer may see."""
    beside = Q(pk__in=(duty.follows_id, duty.merged_into_id)) | Q(follows=duty) | Q(merged_into=duty)
    seen = list(duty_list(viewer).filter(beside).order_by("id"))
    return {
        "follows": [other for other in seen if other.pk == duty.follows_id],
        "followers": [other for other in seen if other.follows_id == duty.pk],
        "merged": [other for other in seen if other.merged_into_id == duty.pk],
        "merged_into": [other for other in seen if other.pk == duty.merged_into_id],
    }
