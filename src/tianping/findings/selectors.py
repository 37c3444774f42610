"""关于问题的提问：the viewer first, always."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from tianping.evidence.register.models import Evidence
from tianping.evidence.register.selectors import evidence_list
from tianping.findings.models import Finding, FindingQuerySet, FindingStep
from tianping.findings.states import MOVES, PRIVATE_MOVES, ROLES, UNDECIDED, State
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.moves import Offer, moves_from

MANUAL = frozenset({"subject", "verifier", "office"})


@dataclass(frozen=True, slots=True)
class Known:
    """所知状态：what a viewer may know of where a finding stands. A later round is private until it is verified,
    also to those who saw the first one verified: to them the finding still stands where the round before left it."""

    state: State
    round: int
    is_side: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """一份证据：with the round in which it came; ``readable`` where the register shows it to this viewer."""

    evidence: Evidence
    round: int
    readable: bool


def finding_list(viewer: Viewer) -> FindingQuerySet:
    """问题清单：what this viewer may see, the newest first."""
    rounds = (
        FindingStep.objects.filter(finding=OuterRef("pk"), move="verify")
        .order_by()
        .values("finding")
        .annotate(rounds=Count("round", distinct=True))
        .values("rounds")
    )
    return (
        Finding.objects.visible_to(viewer)
        .select_related("subject", "organisation")
        .annotate(is_side=Exists(_beside(viewer)), rounds_verified=Coalesce(Subquery(rounds), 0))
        .order_by("-id")
    )


def _beside(viewer: Viewer) -> FindingQuerySet:
    return Finding.objects.filter(Finding.objects.sides(viewer), pk=OuterRef("pk"))


def finding_visible(viewer: Viewer, public_id: str) -> Finding:
    return get_object_or_404(finding_list(viewer), public_id=public_id)


def known(viewer: Viewer, finding: Finding) -> Known:
    """A finding from ``finding_list`` as this viewer may know it."""
    state = State(finding.state)
    if finding.is_side:  # type: ignore[attr-defined]
        return Known(state, finding.round, is_side=True)
    if finding.round > 1 and state in UNDECIDED:
        over = finding.watch_until is not None and finding.watch_until < viewer.on
        state = State.SETTLED if over else State.WATCHING
    return Known(state, finding.rounds_verified, is_side=False)  # type: ignore[attr-defined]


def known_in(viewer: Viewer, state: State) -> Q:
    """所知处于某状态：``known`` as a condition the database can answer."""
    kept_back = Q(round__gt=1, state__in=UNDECIDED) & ~Finding.objects.sides(viewer)
    found = Q(state=state) & ~kept_back
    if state == State.WATCHING:
        found |= kept_back & Q(watch_until__gte=viewer.on)
    if state == State.SETTLED:
        found |= kept_back & Q(watch_until__lt=viewer.on)
    return found


def known_relapsed(viewer: Viewer) -> Q:
    """所知复发：in a later round; to those outside it only once a later round was verified."""
    again = FindingStep.objects.filter(finding=OuterRef("pk"), move="verify", round__gt=1)
    return (Finding.objects.sides(viewer) & Q(round__gt=1)) | Q(Exists(again))


def in_state(viewer: Viewer, state: State) -> FindingQuerySet:
    """某状态的问题：counted and listed by the state this viewer may know of."""
    return finding_list(viewer).filter(known_in(viewer, state))


def relapsed(viewer: Viewer) -> FindingQuerySet:
    return finding_list(viewer).filter(known_relapsed(viewer))


def _verified_rounds(finding: Finding) -> list[int]:
    return list(finding.steps.filter(move="verify").values_list("round", flat=True).distinct().order_by("round"))


def steps(viewer: Viewer, finding: Finding) -> list[FindingStep]:
    """经过：the timeline; what is said in a later round is kept from all but its two sides until it is verified."""
    found = finding.steps.all()
    if not known(viewer, finding).is_side:
        found = found.exclude(~Q(round__in=_verified_rounds(finding)), move__in=PRIVATE_MOVES)
    return list(found)


def evidence_of(viewer: Viewer, finding: Finding) -> list[Piece]:
    """问题所依据的证据：the subject and the verifier read the grounds; others as far as the register lets them."""
    found = Evidence.objects.filter(finding_link__finding=finding).select_related("registered_by", "finding_link")
    if not known(viewer, finding).is_side:
        found = found.filter(finding_link__round__in=_verified_rounds(finding))
    readable = set(evidence_list(viewer).filter(finding_link__finding=finding).values_list("pk", flat=True))
    return [
        Piece(evidence, evidence.finding_link.round, evidence.pk in readable)
        for evidence in found.order_by("finding_link__round", "id")
    ]


def finding_of(viewer: Viewer, evidence: Evidence) -> Finding | None:
    """证据归入的问题：None also where there is one that this viewer may not know of."""
    found = finding_list(viewer).filter(links__evidence=evidence).first()
    if found is None or known(viewer, found).is_side:
        return found
    return found if evidence.finding_link.round in _verified_rounds(found) else None


def offers(viewer: Viewer, finding: Finding) -> list[Offer]:
    """可办事项：the lawful next moves people may take, and why this viewer may not take the others."""
    seen = known(viewer, finding)
    if seen.state != finding.state:
        return []  # nothing that would tell of a round this viewer does not know
    mine = finding.roles_of(viewer)
    found = []
    for move in moves_from(MOVES, seen.state):
        if move.role not in MANUAL:
            continue
        if (move.name == "dismiss") != (finding.round == 1) and move.name in ("dismiss", "clear_relapse"):
            continue
        if move.name == "void" and finding.round > 1:
            continue
        allowed = move.role in mine
        found.append(Offer(move, allowed, ROLES[move.role], "" if allowed else _why_not(viewer, finding, move.role)))
    return found


def _why_not(viewer: Viewer, finding: Finding, role: str) -> str:
    if role == "verifier":
        return finding.verifier_refusal(viewer) or ""
    if role == "subject":
        return "答复只能由责任人本人作出。"
    return finding.office_refusal(viewer) or ""


def waiting_for(viewer: Viewer) -> FindingQuerySet:
    """待我办：my own to answer, and others' to verify where nothing keeps me from it."""
    to_verify = Q(state=State.ANSWERED) & Finding.objects.sides(viewer) & ~Q(subject_id=viewer.user_id)
    return finding_list(viewer).filter(Q(subject_id=viewer.user_id, state=State.ANSWERING) | to_verify)


def overdue(viewer: Viewer, on: date) -> FindingQuerySet:
    return in_state(viewer, State.ANSWERING).filter(reply_due__lt=on)
