"""评查的页面：the list, and the document with its remarks beside the words and the verdict on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.urls import reverse

from tianping.evidence.documents import selectors
from tianping.evidence.documents.forms import PassOverForm, RegisterForm, VoidReviewForm
from tianping.evidence.documents.models import Remark, Review, Verdict
from tianping.evidence.documents.pages.text import crumbs, paragraphs, read, review_url, state, url
from tianping.evidence.documents.states import LABELS, MOVES, ROLES, State
from tianping.evidence.register.states import State as EvidenceState
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.pages import Column, Filter, NotMine, Register, Shown
from tianping.foundation.records import process
from tianping.text.document import Document
from tianping.text.lint import Severity

PENDING = "pending"
COLUMNS: tuple[Column[Review], ...] = (
    Column(
        "案号", lambda r: {"text": r.document.case.case_no, "url": review_url(r)}, lambda r: r.document.case.case_no
    ),
    Column("文书", lambda r: r.document.title, lambda r: r.document.title),
    Column(
        "承办法官",
        lambda r: {"text": r.document.judge.name, "note": r.document.organisation.name},
        lambda r: r.document.judge.name,
    ),
    Column("评查人", lambda r: r.reviewer.name, lambda r: r.reviewer.name),
    Column("指派时间", lambda r: r.assigned_at, lambda r: r.assigned_at),
    Column("批注", lambda r: getattr(r, "total"), lambda r: getattr(r, "total"), numeric=True),  # noqa: B009
    Column("待处理", lambda r: getattr(r, "pending"), lambda r: getattr(r, "pending"), numeric=True),  # noqa: B009
    Column("状态", lambda r: {"state": state(r)}, lambda r: LABELS[State(r.state)]),
)


def register(viewer: Viewer) -> Register[Review]:
    """评查清单。"""
    return Register(
        title="文书评查",
        purpose="指派给您的评查，以及审管办所辖的全部评查。",
        queryset=selectors.reviews(viewer),
        columns=COLUMNS,
        unit="件",
        definition="由您评查的，以及您所辖部门文书的评查；承办法官看不到对本人文书的评查",
        filters=(
            Filter("mine", "由我评查", lambda found: found.filter(reviewer_id=viewer.user_id)),
            Filter("open", "评查中", lambda found: found.filter(state=State.OPEN)),
            Filter("done", "已评查", lambda found: found.filter(state=State.DONE)),
            Filter("voided", "已作废", lambda found: found.filter(state=State.VOIDED)),
        ),
        find=selectors.reviews_with,
        find_label="案号、文书名称或评查人",
        empty={"what": "没有您能看到的评查。", "how": "审管办在已发文书页指派评查，指派给您的列在这里。"},
        more={"other": {"label": "看已发文书", "url": reverse("documents:issued")}}
        if viewer.holds(*selectors.READERS)
        else {},
    )


def _verdict(remark: Remark) -> tuple[str, str]:
    """处理结果, and the evidence it led to."""
    if remark.evidence is not None:
        voided = "（已作废）" if remark.evidence.state == EvidenceState.VOIDED else ""
        address = reverse("register:detail", args=[remark.evidence.public_id])
        return f"已登记为证据 {remark.evidence.number}{voided}", address
    if remark.verdict == Verdict.PASSED_OVER:
        return f"不予登记：{remark.passed_over_reason}", ""
    return "待处理", ""


def is_decidable(viewer: Viewer, review: Review, remark: Remark) -> bool:
    """可处理：this viewer has yet to give a verdict on this remark, so the forms stand beside it."""
    return remark.is_open and review.state == State.OPEN and "reviewer" in review.roles_of(viewer)


People = list[tuple[str, str]]


def people_offered(viewer: Viewer, review: Review) -> People:
    """可选责任人：the judge first; never the one who registers."""
    document = review.document
    titles = selectors.titles_in(document)
    return [
        (p.public_id, f"{p.name}（{'承办法官' if p.pk == document.judge_id else titles.get(p.pk, '')}）")
        for p in selectors.people_responsible(document)
        if p.pk != viewer.user_id
    ]


def register_form(remark: Remark, people: People, posted: Any = None) -> RegisterForm:
    return RegisterForm(posted, people=people, auto_id=f"register-{remark.ordinal}-%s")


def pass_over_form(remark: Remark, posted: Any = None) -> PassOverForm:
    return PassOverForm(posted, auto_id=f"pass_over-{remark.ordinal}-%s")


def _verdict_forms(
    review: Review, remark: Remark, people: People, show: str, faulty: Mapping[str, Form]
) -> list[Shown]:
    """登记或不予登记：the two forms beside a remark; one sent in and refused comes back as it was filled in."""
    query = f"?{urlencode({'show': show})}" if show else ""
    address = reverse("documents:remark", args=[review.public_id, remark.ordinal])
    return [
        Shown(
            code=f"register-{remark.ordinal}",
            label="登记为证据",
            url=f"{address}{query}#r-{remark.ordinal}",
            form=faulty.get("register") or register_form(remark, people),
            consequence="登记后即立项，送责任人答复。",
            undo="登记有误的，可在证据页作废。",
        ),
        Shown(
            code=f"pass_over-{remark.ordinal}",
            label="不予登记",
            url=f"{address}{query}#r-{remark.ordinal}",
            form=faulty.get("pass_over") or pass_over_form(remark),
            undo="",
        ),
    ]


def _chips(review: Review, remarks: list[Remark], show: str) -> list[dict[str, Any]]:
    count = Counter(r.severity for r in remarks)
    chips = [("", "全部", len(remarks))]
    chips += [(s.value, s.label, count[s.value]) for s in Severity if count[s.value]]
    chips.append((PENDING, "待处理", sum(r.verdict == Verdict.PENDING for r in remarks)))
    base = review_url(review)
    return [
        {"label": label, "url": f"{base}?show={code}" if code else base, "active": code == show, "count": number}
        for code, label, number in chips
    ]


def _reviewed_document(
    viewer: Viewer, review: Review, text: Document | None, show: str, faulty: Mapping[int, Mapping[str, Form]]
) -> dict[str, Any]:
    """文书与批注：by severity, or those still pending; a remark just refused is shown whatever the filter."""
    remarks = selectors.remarks_of(viewer, review)
    people = people_offered(viewer, review)
    shown = []
    for remark in remarks:
        chosen = not show or show == remark.severity or (show == PENDING and remark.verdict == Verdict.PENDING)
        if not chosen and remark.ordinal not in faulty:
            continue
        note, note_url = _verdict(remark)
        open_here = is_decidable(viewer, review, remark)
        shown.append(
            {
                "id": remark.ordinal,
                "paragraph": remark.paragraph,
                "start": remark.start,
                "end": remark.end,
                "severity": remark.severity,
                "code": remark.code,
                "name": remark.name,
                "message": remark.message,
                "suggestion": remark.suggestion,
                "basis": remark.basis,
                "note": "" if remark.verdict == Verdict.PENDING and open_here else note,
                "note_url": note_url,
                "moves": _verdict_forms(review, remark, people, show, faulty.get(remark.ordinal, {}))
                if open_here
                else [],
            }
        )
    return {
        "title": str(review.document),
        "paragraphs": paragraphs(text),
        "remarks": shown,
        "filters": _chips(review, remarks, show) if remarks else [],
        "complete": f"检查引擎 {review.engine} 的全部规则都没有意见。" if not remarks else "本筛选下没有批注。",
    }


def record(
    viewer: Viewer,
    review: Review,
    show: str = "",
    faulty: Mapping[int, Mapping[str, Form]] | None = None,
    void_form: VoidReviewForm | None = None,
) -> dict[str, Any]:
    """评查页：the document with its remarks, and the verdict on each."""
    document = review.document
    text, fault = read(viewer, document)
    pending = sum(r.verdict == Verdict.PENDING for r in selectors.remarks_of(viewer, review))
    return {
        "title": str(document),
        "purpose": "对照原文逐条看批注：构成问题的登记为证据，其余说明不予登记的理由，处理完再办结。",
        "breadcrumb": crumbs(("文书评查", reverse("documents:reviews")), (document.case.case_no, "")),
        "action": {"label": "看文书", "url": url(document), "icon": "file-text"}
        if viewer.holds(*selectors.READERS)
        else None,
        "state": state(review),
        "facts": _review_facts(review, pending),
        "timeline": _review_timeline(viewer, review),
        "moves": _review_moves(viewer, review, pending, void_form),
        "diagram": process(MOVES, LABELS, ROLES, State(review.state)),
        "document": _reviewed_document(viewer, review, text, show, faulty or {}),
        "fault": fault,
    }


def _review_facts(review: Review, pending: int) -> list[dict[str, Any]]:
    document = review.document
    facts: list[dict[str, Any]] = [
        {"term": "承办法官", "value": {"text": document.judge.name, "note": document.organisation.name}},
        {"term": "评查人", "value": review.reviewer.name},
        {"term": "落款日期", "value": document.issued_on},
        {"term": "检查引擎", "value": review.engine},
        {"term": "批注", "value": f"{getattr(review, 'total')} 条，待处理 {pending} 条"},  # noqa: B009
    ]
    return facts


def _review_timeline(viewer: Viewer, review: Review) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = [
        {"at": review.assigned_at, "who": review.assigned_by.name, "what": f"指派{review.reviewer.name}评查"}
    ]
    steps += [
        {
            "at": remark.evidence.registered_at,
            "who": review.reviewer.name,
            "what": f"登记批注 {remark.ordinal} 为 {remark.evidence.number}",
            "url": reverse("register:detail", args=[remark.evidence.public_id]),
        }
        for remark in selectors.remarks_of(viewer, review)
        if remark.evidence is not None
    ]
    if review.finished_at:
        steps.append({"at": review.finished_at, "who": review.reviewer.name, "what": "办结评查"})
    if review.voided_at and review.voided_by:
        who = review.voided_by.name
        steps.append({"at": review.voided_at, "who": who, "what": "作废", "note": review.void_reason})
    return sorted(steps, key=lambda step: step["at"])


def _review_moves(
    viewer: Viewer, review: Review, pending: int, void_form: VoidReviewForm | None
) -> list[Shown | NotMine]:
    shown: list[Shown | NotMine] = []
    for offer in selectors.offers(viewer, review):
        name, label = offer.move.name, offer.move.label
        if not offer.allowed:
            shown.append(NotMine(label, offer.who, offer.why_not))
        elif name == "finish" and pending:
            shown.append(NotMine(label, "您", f"还有 {pending} 条批注没有处理，逐条登记或说明不予登记的理由后再办结。"))
        elif name == "finish":
            shown.append(
                Shown(
                    code=name,
                    label=label,
                    url=reverse("documents:finish", args=[review.public_id]),
                    form=None,
                    consequence="办结后不能再登记或改动批注的处理；已登记的证据照常办理。",
                    undo="办结不能撤回。",
                )
            )
        else:
            shown.append(
                Shown(
                    code=name,
                    label=label,
                    url=reverse("documents:void", args=[review.public_id]),
                    form=void_form or VoidReviewForm(auto_id="void-%s"),
                    consequence="作废后评查人不再处理本评查；已登记的证据不随之作废，由登记人另行处理。",
                    undo="作废不能撤回。",
                    kind="danger",
                )
            )
    return shown
