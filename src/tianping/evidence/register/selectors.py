from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from tianping.evidence.register.models import Evidence, EvidenceQuerySet
from tianping.evidence.register.states import MOVES, ROLES, State
from tianping.foundation import files
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.moves import Offer, moves_from
from tianping.text.document import ReadError, Span, read_bytes


def evidence_list(viewer: Viewer) -> EvidenceQuerySet:
    """证据清单：what this viewer may see, the newest first."""
    return (
        Evidence.objects.visible_to(viewer)
        .select_related("subject", "organisation", "case", "registered_by")
        .order_by("-id")
    )


def evidence_visible(viewer: Viewer, public_id: str) -> Evidence:
    return get_object_or_404(evidence_list(viewer), public_id=public_id)


def untaken(found: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """待立项：of those found, the registered ones that no stage after this one has made its own yet."""
    return found.filter(state=State.REGISTERED, finding_link__isnull=True)


def with_words(found: QuerySet[Evidence], words: str) -> QuerySet[Evidence]:
    """查找：of those found, by number, rule, summary, case number or the person it is about."""
    return found.filter(
        Q(number__icontains=words)
        | Q(rule_code__icontains=words)
        | Q(rule_name__icontains=words)
        | Q(summary__icontains=words)
        | Q(case__case_no__icontains=words)
        | Q(subject__name__icontains=words)
        | Q(subject__pinyin__istartswith=words)
    )


@dataclass(frozen=True, slots=True)
class Place:
    """文书中的位置：the paragraph with the words the evidence rests on; ``fault`` says why it cannot be shown."""

    document: str
    paragraph: int
    message: str
    suggestion: str
    basis: str
    before: str = ""
    words: str = ""
    after: str = ""
    fault: str = ""


def place_of(viewer: Viewer, evidence: Evidence) -> Place | None:
    """证据的出处：read again from the kept file, for whoever may see the evidence; None where no document is behind it.

    The way down is the accessor the door left on the evidence; the register knows no door.
    """
    evidence = evidence_visible(viewer, evidence.public_id)
    remark = getattr(evidence, "remark", None)
    if remark is None:
        return None
    issued = remark.review.document
    about = {
        "document": str(issued),
        "paragraph": remark.paragraph + 1,  # people count from one
        "message": remark.message,
        "suggestion": remark.suggestion,
        "basis": remark.basis,
    }
    try:
        document = read_bytes(files.fetch(issued.sha256), issued.file_name)
    except (OSError, ReadError):
        return Place(**about, words=remark.text, fault="库存原件读不出来，只能显示登记时摘下的文字。请报系统管理员。")
    text = document.paragraphs[remark.paragraph].text
    return Place(
        **about,
        before=text[: remark.start],
        words=document.text_at(Span(remark.paragraph, remark.start, remark.end)),
        after=text[remark.end :],
    )


def offers(viewer: Viewer, evidence: Evidence) -> list[Offer]:
    """可办事项：the lawful next moves, and why this viewer may not take the others."""
    mine = evidence.roles_of(viewer)
    return [
        Offer(move, move.role in mine, ROLES[move.role], "" if move.role in mine else "登记有误的，由登记人自己作废。")
        for move in moves_from(MOVES, State(evidence.state))
    ]
