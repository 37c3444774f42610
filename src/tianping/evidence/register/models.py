from __future__ import annotations

from django.db import models
from django.db.models import Q

from tianping.court.models import Case
from tianping.evidence.register.states import LABELS, State
from tianping.foundation.accounts.models import Organisation, User, public_id
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within


class Door(models.TextChoices):
    """入口：by which door a shortfall came in."""

    DOCUMENTS = "documents", "文书评查"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, viewer: Viewer) -> EvidenceQuerySet:
        """证据可见：whoever registered it, whom it is about, and the offices that supervise that branch."""
        return self.filter(
            within(viewer.paths(Role.TRIAL_OFFICE, Role.INSPECTOR))
            | Q(registered_by_id=viewer.user_id)
            | Q(subject_id=viewer.user_id)
        )


class Evidence(models.Model):
    """证据·线索：what came in, about whom, under which rule, with the grounds of the one who registered it."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    number = models.CharField("编号", max_length=20)
    court = models.ForeignKey(Organisation, verbose_name="法院", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, verbose_name="责任部门", on_delete=models.PROTECT, related_name="+")
    door = models.CharField("入口", max_length=16, choices=Door.choices)
    rule_code = models.CharField("规则", max_length=20)
    rule_name = models.CharField("规则名称", max_length=60)
    subject = models.ForeignKey(User, verbose_name="责任人", on_delete=models.PROTECT, related_name="evidence_about")
    case = models.ForeignKey(
        Case, verbose_name="案件", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    occurred_on = models.DateField("发生日期")
    summary = models.CharField("摘要", max_length=200)
    grounds = models.TextField("登记理由")
    registered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField("登记时间")
    state = models.CharField("状态", max_length=12, choices=[(s.value, LABELS[s]) for s in State])
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["court", "number"], name="evidence_number_unique_in_court"),
            models.CheckConstraint(
                condition=~Q(subject=models.F("registered_by")), name="evidence_not_registered_about_oneself"
            ),
            models.CheckConstraint(
                condition=~Q(state="voided") | ~Q(void_reason=""), name="evidence_voided_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["subject", "rule_code"], name="evidence_subject_rule")]

    def __str__(self) -> str:
        return f"{self.number} {self.summary}"

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        return frozenset({"registrar"} if self.registered_by_id == viewer.user_id else ())
