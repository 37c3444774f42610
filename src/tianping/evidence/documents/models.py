"""已发文书、评查、批注。"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tianping.court.models import Case
from tianping.evidence.documents.states import LABELS, State
from tianping.evidence.register.models import Evidence
from tianping.evidence.register.states import State as EvidenceState
from tianping.foundation.accounts.models import Organisation, User, public_id
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    def visible_to(self, viewer: Viewer) -> IssuedDocumentQuerySet:
        """已发文书可见：offices over the branch, the judge who answers for it, and whoever reviews it."""
        return self.filter(
            within(viewer.paths(Role.TRIAL_OFFICE, Role.INSPECTOR, Role.LEADER, Role.HEAD))
            | Q(judge_id=viewer.user_id)
            | Q(pk__in=Review.objects.filter(reviewer_id=viewer.user_id).values("document_id"))
        )


class IssuedDocument(models.Model):
    """已发文书：a judgment as issued. The file is kept by its hash; the same file is taken once in a court."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    court = models.ForeignKey(Organisation, verbose_name="法院", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, verbose_name="承办部门", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="issued_documents")
    judge = models.ForeignKey(User, verbose_name="承办法官", on_delete=models.PROTECT, related_name="issued_documents")
    title = models.CharField("文书名称", max_length=60)
    file_name = models.CharField("文件名", max_length=150)
    sha256 = models.CharField("文件哈希", max_length=64)
    size = models.PositiveIntegerField("字节数")
    characters = models.PositiveIntegerField("字数")
    issued_on = models.DateField("发文日期")
    taken_by = models.ForeignKey(User, verbose_name="收录人", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField("收录时间")

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["court", "sha256"], name="issued_file_once_in_court")]

    def __str__(self) -> str:
        return f"{self.case.case_no} {self.title}"


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, viewer: Viewer) -> ReviewQuerySet:
        """评查可见：the reviewer and the trial office of the branch. The judge sees only what is registered."""
        return self.filter(
            (
                within(viewer.paths(Role.TRIAL_OFFICE), "document__organisation__path")
                & ~Q(document__judge_id=viewer.user_id)
            )
            | Q(reviewer_id=viewer.user_id)
        )


class Review(models.Model):
    """评查：one reviewer's reading of one issued document, with the linter's remarks of that day."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    document = models.ForeignKey(IssuedDocument, verbose_name="文书", on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(User, verbose_name="评查人", on_delete=models.PROTECT, related_name="reviews")
    assigned_by = models.ForeignKey(User, verbose_name="指派人", on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField("指派时间")
    engine = models.CharField("检查引擎", max_length=20)
    state = models.CharField("状态", max_length=12, choices=[(s.value, LABELS[s]) for s in State])
    finished_at = models.DateTimeField("办结时间", null=True, blank=True)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        User, verbose_name="作废人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "reviewer"], condition=~Q(state="voided"), name="review_once_by_a_reviewer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}·{self.reviewer}评查"

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        roles = set()
        if self.reviewer_id == viewer.user_id:
            roles.add("reviewer")
        if viewer.holds_over(self.document.organisation.path, Role.TRIAL_OFFICE):
            roles.add("office")
        if self.document.judge_id == viewer.user_id:
            roles.clear()  # nobody judges themselves
        return frozenset(roles)


class Verdict(models.TextChoices):
    PENDING = "pending", "待定"
    REGISTERED = "registered", "已登记"
    PASSED_OVER = "passed_over", "不予登记"


class Remark(models.Model):
    """批注：what the linter said about a place in the text, and what the reviewer made of it."""

    review = models.ForeignKey(Review, verbose_name="评查", on_delete=models.CASCADE, related_name="remarks")
    ordinal = models.PositiveIntegerField("序号")
    code = models.CharField("规则", max_length=20)
    name = models.CharField("规则名称", max_length=60)
    severity = models.CharField("级别", max_length=1)
    message = models.CharField("说明", max_length=500)
    suggestion = models.CharField("建议", max_length=300, blank=True)
    basis = models.CharField("依据", max_length=500, blank=True)
    paragraph = models.PositiveIntegerField("段")
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    text = models.CharField("原文", max_length=500)
    verdict = models.CharField("处理", max_length=12, choices=Verdict.choices, default=Verdict.PENDING)
    passed_over_reason = models.CharField("不予登记的理由", max_length=300, blank=True)
    evidence = models.OneToOneField(
        Evidence, verbose_name="证据", null=True, blank=True, on_delete=models.PROTECT, related_name="remark"
    )

    class Meta:
        ordering = ["paragraph", "start", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["review", "ordinal"], name="remark_ordinal_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="remark_span_forward"),
            models.CheckConstraint(
                condition=Q(verdict="registered", evidence__isnull=False)
                | (~Q(verdict="registered") & Q(evidence__isnull=True)),
                name="remark_registered_means_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def is_open(self) -> bool:
        """待处理：without a verdict, or registered in an entry that was voided since."""
        return self.verdict == Verdict.PENDING or (
            self.evidence is not None and self.evidence.state == EvidenceState.VOIDED
        )
