"""评查的动作。A judge's own check is not here: see ``own_check``."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from tianping import law
from tianping.court.models import Case
from tianping.court.rules import case_number
from tianping.court.services import court_of
from tianping.evidence.documents import selectors
from tianping.evidence.documents.models import IssuedDocument, Remark, Review, Verdict
from tianping.evidence.documents.states import MOVES, START, State
from tianping.evidence.register.models import Door, Evidence
from tianping.evidence.register.services import RegistrationRefused, evidence_register
from tianping.foundation import files
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit
from tianping.foundation.moves import next_state
from tianping.text import lint
from tianping.text.document import read_bytes
from tianping.text.lint.page import page_of


class DocumentRefused(ValueError):
    """文书被拒。"""


class ReviewRefused(ValueError):
    """评查被拒。"""


def _case_named(case_no: str, viewer: Viewer, name: str) -> Case:
    if not case_no:
        raise DocumentRefused(f"“{name}”里没有读到案号，无法对应案件。请核对是否为完整的裁判文书。")
    try:
        written = case_number(case_no)
    except ValueError:
        raise DocumentRefused(f"“{name}”的案号写作“{case_no}”，不合案号格式。请核对文书首部。") from None
    case = Case.objects.visible_to(viewer).select_related("organisation", "judge").filter(case_no=written).first()
    if case is None:
        raise DocumentRefused(f"“{name}”的案号{case_no}不在本院案件表中。请先从案件系统导入该案，再收录文书。")
    return case


def document_take(*, data: bytes, name: str, by: Viewer, at: datetime) -> IssuedDocument:
    """收录已发文书：the case, the judge and the day come from the case table and the text; nobody types them."""
    document = read_bytes(data, name)
    case = _case_named(document.case_no, by, name)
    if case.judge is None:
        raise DocumentRefused(f"案件{case.case_no}在案件表中没有承办人。请补齐后重新导入案件，再收录文书。")
    if document.decided_on is None:
        raise DocumentRefused(f"“{name}”没有读到落款日期。请核对文书是否完整、日期是否真实存在。")
    if by.user_id is None or not by.holds_over(case.organisation.path, Role.TRIAL_OFFICE):
        raise DocumentRefused(f"“{name}”的案号{case.case_no}：收录已发文书由该案所在法院的审管办办理。")
    court = court_of(case.organisation)
    sha256 = hashlib.sha256(data).hexdigest()
    if IssuedDocument.objects.filter(court=court, sha256=sha256).exists():
        raise _taken_before(name, case)
    issued = IssuedDocument(
        court=court,
        organisation=case.organisation,
        case=case,
        judge=case.judge,
        title=(document.title or "裁判文书")[:60],
        file_name=name[-150:],
        sha256=sha256,
        size=len(data),
        characters=sum(len(p.text) for p in document.paragraphs),
        issued_on=document.decided_on,
        taken_by_id=by.user_id,
        taken_at=at,
    )
    issued.full_clean()
    files.keep(data)  # before the row: a row never points at a file that is not there
    try:
        with transaction.atomic():
            issued.save()
            audit.write("documents.document.take", on=issued, by=by, at=at, sha256=sha256, case=case.case_no)
    except IntegrityError:  # somebody else took the same file in the meantime
        raise _taken_before(name, case) from None
    return issued


def _taken_before(name: str, case: Case) -> DocumentRefused:
    return DocumentRefused(f"“{name}”已经收录（案号{case.case_no}），不重复收录。")


def reviewer_refusal(document: IssuedDocument, reviewer: User, at: datetime) -> str | None:
    """评查回避：why somebody may not review a document, or None."""
    day = timezone.localdate(at)
    if why := selectors.recusals(document, day).get(reviewer.pk):
        return why
    if not selectors.possible_reviewers(document, day).filter(pk=reviewer.pk).exists():
        return f"{reviewer.name}不是{document.court.name}现任的、能看到文书的人员。请另行指派。"
    return None


def assign_refusal(document: IssuedDocument, by: Viewer) -> str | None:
    """指派权限：why somebody may not assign a review of a document, or None."""
    if document.judge_id == by.user_id:
        return "您是本文书的承办法官，不得指派对本人文书的评查。"
    if not by.holds_over(document.organisation.path, Role.TRIAL_OFFICE):
        return "指派评查由审管办办理。"
    return None


@transaction.atomic
def review_assign(*, document: IssuedDocument, reviewer: User, by: Viewer, at: datetime) -> Review:
    """指派评查：the linter reads the issued file with all its rules; its remarks wait for the reviewer's verdict."""
    if why := assign_refusal(document, by):
        raise ReviewRefused(why)
    assert by.user_id is not None  # who holds an office is a person
    if why := reviewer_refusal(document, reviewer, at):
        raise ReviewRefused(why)
    review = Review(
        document=document,
        reviewer=reviewer,
        assigned_by_id=by.user_id,
        assigned_at=at,
        engine=lint.VERSION,
        state=START,
    )
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError:
        raise ReviewRefused(f"{reviewer.name}已在评查这份文书，不重复指派。") from None
    text = read_bytes(files.fetch(document.sha256), document.file_name)
    Remark.objects.bulk_create(
        Remark(
            review=review,
            ordinal=ordinal,
            code=remark.code,
            name=page_of(lint.rule_by_code(remark.code)).title[:60],
            severity=remark.severity,
            message=remark.message[:500],
            suggestion=(remark.suggestion or "")[:300],
            basis=(remark.basis or "")[:500],
            paragraph=remark.span.paragraph,
            start=remark.span.start,
            end=remark.span.end,
            text=remark.text[:500],
        )
        for ordinal, remark in enumerate(lint.check(text, law=law.library()), start=1)
    )
    audit.write("documents.review.assign", on=review, by=by, at=at, reviewer=reviewer.pk, engine=lint.VERSION)
    return review


def _remark_for_verdict(remark_id: int, move: str, by: Viewer) -> Remark:
    remark = (
        Remark.objects.select_for_update(of=("self",))
        .select_related("review__document__organisation", "review__document__judge", "evidence")
        .get(pk=remark_id)
    )
    next_state(MOVES, State(remark.review.state), move, remark.review.roles_of(by))
    if not remark.is_open:
        raise ReviewRefused(f"本条批注{Verdict(remark.verdict).label}，不能再次处理。登记有误的，请到证据页作废。")
    return remark


@transaction.atomic
def remark_register(*, remark_id: int, subject: User, grounds: str, by: Viewer, at: datetime) -> Evidence:
    """登记批注：the reviewer makes a remark evidence, with grounds, about the person responsible for that part."""
    remark = _remark_for_verdict(remark_id, "register", by)
    document = remark.review.document
    if subject.pk != document.judge_id and subject.name not in grounds:
        raise ReviewRefused(
            f"责任人选的是{subject.name}，不是承办法官{document.judge.name}。"
            f"请在登记理由中写明{subject.name}为何对这一处负责。"
        )
    if subject not in selectors.people_responsible(document):
        raise ReviewRefused(
            f"{subject.name}不在{document.organisation.name}任职，不能作为本文书的责任人。请在该部门人员中选择。"
        )
    evidence = evidence_register(
        door=Door.DOCUMENTS,
        rule_code=remark.code,
        rule_name=remark.name,
        subject=subject,
        organisation=document.organisation,
        case=document.case,
        occurred_on=document.issued_on,
        summary=f"{document.case.case_no}{document.title}：{remark.message}"[:200],
        grounds=grounds,
        by=by,
        at=at,
    )
    remark.verdict, remark.evidence = Verdict.REGISTERED, evidence
    remark.save(update_fields=["verdict", "evidence"])
    return evidence


@transaction.atomic
def remark_pass_over(*, remark_id: int, reason: str, by: Viewer, at: datetime) -> Remark:
    """不予登记：with the reason, so that a weak rule shows."""
    remark = _remark_for_verdict(remark_id, "pass_over", by)
    if not reason.strip():
        raise ReviewRefused("不予登记的理由为空。请写明是误报，还是无须登记及其原因。")
    remark.verdict, remark.passed_over_reason, remark.evidence = Verdict.PASSED_OVER, reason.strip(), None
    remark.save(update_fields=["verdict", "passed_over_reason", "evidence"])
    audit.write("documents.remark.pass_over", on=remark.review, by=by, at=at, ordinal=remark.ordinal, rule=remark.code)
    return remark


@transaction.atomic
def review_finish(*, review_id: int, by: Viewer, at: datetime) -> Review:
    """办结评查：every remark has its verdict."""
    review = Review.objects.select_for_update(of=("self",)).select_related("document__organisation").get(pk=review_id)
    review.state = next_state(MOVES, State(review.state), "finish", review.roles_of(by))
    if pending := review.remarks.filter(verdict=Verdict.PENDING).count():
        raise ReviewRefused(f"还有 {pending} 条批注没有处理。请逐条登记或说明不予登记的理由，再办结。")
    review.finished_at = at
    review.save(update_fields=["state", "finished_at"])
    audit.write("documents.review.finish", on=review, by=by, at=at)
    return review


@transaction.atomic
def review_void(*, review_id: int, reason: str, by: Viewer, at: datetime) -> Review:
    """作废评查：assigned by mistake; what was registered from it stands and is voided by its registrar."""
    review = Review.objects.select_for_update(of=("self",)).select_related("document__organisation").get(pk=review_id)
    review.state = next_state(MOVES, State(review.state), "void", review.roles_of(by))
    review.void_reason, review.voided_at, review.voided_by_id = reason.strip(), at, by.user_id
    if not review.void_reason:
        raise ReviewRefused("作废理由为空。请写明为何作废。")
    review.save(update_fields=["state", "void_reason", "voided_at", "voided_by"])
    audit.write("documents.review.void", on=review, by=by, at=at)
    return review


__all__ = [
    "DocumentRefused",
    "RegistrationRefused",
    "ReviewRefused",
    "assign_refusal",
    "document_take",
    "remark_pass_over",
    "remark_register",
    "review_assign",
    "review_finish",
    "review_void",
    "reviewer_refusal",
]
