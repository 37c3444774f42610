"""问题及其证据、经过。"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tianping.evidence.register.models import Evidence
from tianping.findings.rules import Watch
from tianping.findings.states import LABELS, PRIVATE, State
from tianping.foundation.accounts.models import Appointment, Organisation, User, public_id
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, viewer_of, within
from tianping.foundation.steps import Step

VERIFYING = (Role.TRIAL_OFFICE, Role.INSPECTOR)
COMMANDING = (Role.HEAD, Role.LEADER)


class Stance(models.TextChoices):
    """答复态度：what the subject says to it; silence is recorded as such and is no admission."""

    PENDING = "pending", "尚未答复"
    ADMITS = "admits", "无异议"
    CONTESTS = "contests", "有异议"
    NONE = "none", "未答复"


def in_line(viewer: Viewer, person: Viewer) -> bool:
    """上下级：whether one of the two commands a branch on which the other stands."""
    over = any(viewer.holds_over(s.path, *COMMANDING) for s in person.standings)
    under = any(person.holds_over(s.path, *COMMANDING) for s in viewer.standings)
    return over or under


def people_in_line(viewer: Viewer) -> models.QuerySet[Appointment, int]:
    """上下级（成批）：the same question as ``in_line``, as a condition the database can answer."""
    under = within(viewer.paths(*COMMANDING))
    return Appointment.objects.in_force(viewer.on).filter(under | _over(viewer)).values_list("user_id", flat=True)


def superiors_of(viewer: Viewer) -> models.QuerySet[Appointment, int]:
    """上级（成批）：whoever commands a branch on which this viewer stands; a head is among them as their own."""
    return Appointment.objects.in_force(viewer.on).filter(_over(viewer)).values_list("user_id", flat=True)


def _over(viewer: Viewer) -> Q:
    above = {int(step) for s in viewer.standings for step in s.path.strip("/").split("/")}
    return Q(role__in=COMMANDING, organisation_id__in=above)


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, viewer: Viewer) -> FindingQuerySet:
        """最少知悉：until first verified only the subject and those who may verify; then the line and the offices."""
        verified = Q(first_verified_at__isnull=False)
        line = within(viewer.paths(Role.LEADER, Role.HEAD, *VERIFYING)) & verified
        return self.filter(self.sides(viewer) | line)

    def sides(self, viewer: Viewer) -> Q:
        """双方：the subject, and whoever nothing keeps from verifying it; between them an undecided round stays."""
        kept_off = Q(pk__in=self.registered_by(viewer)) | Q(subject_id__in=people_in_line(viewer))
        return Q(subject_id=viewer.user_id) | (within(viewer.paths(*VERIFYING)) & ~kept_off)

    def registered_by(self, viewer: Viewer) -> models.QuerySet[FindingEvidence, int]:
        """本人登记的：findings resting on evidence this viewer registered; such a person does not verify them."""
        return FindingEvidence.objects.filter(evidence__registered_by_id=viewer.user_id).values_list(
            "finding_id", flat=True
        )


class Finding(models.Model):
    """问题：one kind of shortfall of one person, with the evidence it rests on and what became of it."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    number = models.CharField("编号", max_length=20)
    court = models.ForeignKey(Organisation, verbose_name="法院", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, verbose_name="责任部门", on_delete=models.PROTECT, related_name="findings"
    )
    rule_code = models.CharField("规则", max_length=20)
    rule_name = models.CharField("规则名称", max_length=60)
    subject = models.ForeignKey(User, verbose_name="责任人", on_delete=models.PROTECT, related_name="findings")
    opened_at = models.DateTimeField("立项时间")
    state = models.CharField("状态", max_length=12, choices=[(s.value, LABELS[s]) for s in State])
    round = models.PositiveSmallIntegerField("轮次", default=1)
    stance = models.CharField("答复", max_length=10, choices=Stance.choices, default=Stance.PENDING)
    reply_from = models.DateField("答复起算日")
    reply_due = models.DateField("答复截止日")
    first_verified_at = models.DateTimeField("首次核实时间", null=True, blank=True)
    criterion = models.CharField("销号标准", max_length=300, blank=True)
    watch_days = models.PositiveSmallIntegerField("观察期天数", null=True, blank=True)
    watch_from = models.DateField("观察期起", null=True, blank=True)
    watch_until = models.DateField("观察期止", null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["court", "number"], name="finding_number_unique_in_court"),
            models.CheckConstraint(
                condition=~Q(state__in=["watching", "settled"])
                | Q(watch_from__isnull=False, watch_until__isnull=False),
                name="finding_watched_has_a_window",
            ),
            models.CheckConstraint(
                condition=Q(watch_until__isnull=True) | Q(watch_until__gte=F("watch_from")),
                name="finding_window_forward",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "rule_code", "state"], name="finding_subject_rule_state"),
            models.Index(fields=["state", "reply_due"], name="finding_state_due"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.rule_name}"

    @property
    def is_private(self) -> bool:
        """尚未核实：this round is still between the subject and those who may verify."""
        return self.state in PRIVATE

    @property
    def watch(self) -> Watch | None:
        return Watch(self.watch_from, self.watch_until) if self.watch_from and self.watch_until else None

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """与问题的关系：the roles of the state table this viewer has here."""
        if viewer.is_system:
            return frozenset({"system"})
        if viewer.user_id == self.subject_id:
            return frozenset({"subject"})
        if self.office_refusal(viewer):
            return frozenset()
        return frozenset({"office"}) if self._registered(viewer) else frozenset({"office", "verifier"})

    def office_refusal(self, viewer: Viewer) -> str | None:
        """作废回避：why somebody may not take this off the record, or None. Nobody does it for their own superior."""
        if viewer.user_id == self.subject_id:
            return "您是责任人，须由他人办理。"
        if not viewer.holds_over(self.organisation.path, *VERIFYING):
            return "您不在上述岗位。"
        if in_line(viewer, viewer_of(self.subject, on=viewer.on)):
            return "您与责任人有上下级关系，应由他人办理。"
        return None

    def _registered(self, viewer: Viewer) -> bool:
        return self.links.filter(evidence__registered_by_id=viewer.user_id).exists()

    def verifier_refusal(self, viewer: Viewer) -> str | None:
        """核实回避：why somebody may not verify this, or None. Who registered it does not decide on it."""
        if viewer.user_id == self.subject_id:
            return "您是本问题的责任人，不能核实自己的问题。"
        if self._registered(viewer):
            return "本问题的证据由您登记，应由他人核实。"
        if in_line(viewer, viewer_of(self.subject, on=viewer.on)):
            return "您与责任人有上下级关系，应由他人核实。"
        if not viewer.holds_over(self.organisation.path, *VERIFYING):
            return "核实由审管办或督察办理。"
        return None


class FindingEvidence(models.Model):
    """问题的证据：each piece of evidence stands under one finding, in the round in which it came."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="links")
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="finding_link")
    round = models.PositiveSmallIntegerField("轮次")

    class Meta:
        ordering = ["round", "id"]

    def __str__(self) -> str:
        return f"{self.finding_id}←{self.evidence_id}"


class FindingStep(Step):
    """问题经过。"""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="steps")
    round = models.PositiveSmallIntegerField("轮次")
