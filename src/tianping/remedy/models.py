"""整改事项及其问题、延期、证明材料、经过。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import models
from django.db.models import F, Q

from tianping.findings.models import Finding, FindingEvidence, in_line, superiors_of
from tianping.foundation.accounts.models import Organisation, User, public_id
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, viewers_of, within
from tianping.foundation.steps import Step
from tianping.remedy.states import LABELS, LIVE, State

ASSIGNING = (Role.TRIAL_OFFICE, Role.INSPECTOR, Role.HEAD, Role.LEADER)
VERIFYING = (Role.TRIAL_OFFICE, Role.INSPECTOR)


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, viewer: Viewer) -> DutyQuerySet:
        """整改可见：whoever owes it, verifies it or is its subject; the offices and the line over the division."""
        return self.filter(
            within(viewer.paths(*ASSIGNING))
            | Q(owner_id=viewer.user_id, owner__isnull=False)
            | Q(verifier_id=viewer.user_id, verifier__isnull=False)
            | Q(pk__in=DutyFinding.objects.filter(finding__subject_id=viewer.user_id).values("duty_id"))
        )

    def live(self) -> DutyQuerySet:
        return self.filter(state__in=LIVE)

    def overdue(self, on: date) -> DutyQuerySet:
        """逾期：not yet handed in for verification after its due day."""
        return self.filter(state=State.OPEN, due_on__lt=on)


class Duty(models.Model):
    """整改事项：what is owed for one or several findings, by whom, by when, and who verifies it."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    number = models.CharField("编号", max_length=20)
    court = models.ForeignKey(Organisation, verbose_name="法院", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, verbose_name="责任部门", on_delete=models.PROTECT, related_name="duties"
    )
    title = models.CharField("事项", max_length=120)
    state = models.CharField("状态", max_length=12, choices=[(s.value, LABELS[s]) for s in State])
    opened_at = models.DateTimeField("立项时间")
    owner = models.ForeignKey(
        User, verbose_name="承办人", null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    verifier = models.ForeignKey(
        User, verbose_name="核验人", null=True, blank=True, on_delete=models.PROTECT, related_name="duties_to_verify"
    )
    due_on = models.DateField("期限", null=True, blank=True)
    causes = models.JSONField("根因", default=list, blank=True)
    measures = models.JSONField("措施", default=list, blank=True)
    training_alone_reason = models.CharField("只培训的理由", max_length=300, blank=True)
    task = models.TextField("整改要求", blank=True)
    closed_at = models.DateTimeField("销号时间", null=True, blank=True)
    follows = models.ForeignKey(  # not one-to-one: of several findings under one duty more than one may recur
        "self", verbose_name="接续事项", null=True, blank=True, on_delete=models.PROTECT, related_name="followers"
    )
    ineffective_at = models.DateTimeField("认定整改无效时间", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name="并入", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["court", "number"], name="duty_number_unique_in_court"),
            models.CheckConstraint(condition=~Q(owner=F("verifier")), name="duty_owner_does_not_verify"),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "submitted", "closed"])
                | Q(owner__isnull=False, verifier__isnull=False, due_on__isnull=False),
                name="duty_assigned_has_owner_verifier_due",
            ),
            models.CheckConstraint(
                condition=Q(ineffective_at__isnull=True) | Q(state="closed"), name="duty_ineffective_was_closed"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="duty_state_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def findings(self) -> models.QuerySet[Finding]:
        return Finding.objects.filter(duty_links__duty=self).select_related("subject", "organisation").order_by("id")

    def concerned(self) -> list[Finding]:
        """所涉问题及其证据：as a page has read them (selectors.duty_visible); of a locked duty, as they are now."""
        links = getattr(self, "links_read", None)
        return [link.finding for link in (self.finding_links.with_evidence() if links is None else links)]

    def postponement_asked(self) -> Postponement | None:
        """待批的延期。"""
        return next((asked for asked in self.postponements.all() if asked.granted is None), None)

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """与事项的关系：who owes it has no other part in it, and a subject neither assigns nor verifies."""
        if viewer.is_system:
            return frozenset({"system"})
        if viewer.user_id == self.owner_id:
            return frozenset({"owner"})
        roles = set()
        if self._assigns(viewer):
            roles.add("assigner")
            if self.state == State.OPEN and self.superior_refusal(viewer) is None:
                roles.add("decider")
        if viewer.user_id == self.verifier_id and self.verifier_refusal(viewer) is None:
            roles.add("verifier")
        return frozenset(roles)

    def _assigns(self, viewer: Viewer) -> bool:
        if not viewer.holds_over(self.organisation.path, *ASSIGNING):
            return False
        return all(finding.subject_id != viewer.user_id for finding in self.concerned())

    def superior_refusal(self, viewer: Viewer) -> str | None:
        """批复、作废回避：why somebody may not let this be late or fall, or None. Nobody lets their superior off."""
        people = [self.owner, *(finding.subject for finding in self.concerned())]
        answerable = {person.pk: person for person in people if person and person.pk != viewer.user_id}
        above = superiors_of(viewer).filter(user_id__in=answerable).first()
        if above is None:
            return None
        return f"{answerable[above].name}是您的上级，应由不受其领导的人办理；本院没有的，由上级法院办理。"

    def verifier_refusal(self, candidate: Viewer, owner: User | None = None) -> str | None:
        """核验回避：why somebody may not verify this duty, or None. Nobody closes what they owe."""
        return self.verifier_refusals([candidate], owner)[0]

    def verifier_refusals(self, candidates: Sequence[Viewer], owner: User | None = None) -> list[str | None]:
        """核验回避（成批）：of each candidate, all of the same day; as many questions for ten as for one."""
        owner = owner or self.owner
        said = [self._holds_no_office(candidate, owner) for candidate in candidates]
        if all(said):
            return said
        findings = self.concerned()
        subjects = {f.subject_id for f in findings}
        registrars = {link.evidence.registered_by_id for f in findings for link in f.links.all()}
        answerable = {f.subject_id: f.subject for f in findings}
        if owner is not None:
            answerable[owner.pk] = owner
        others = viewers_of(answerable.values(), on=candidates[0].on)

        def refusal(candidate: Viewer) -> str | None:
            if candidate.user_id in subjects:
                return f"{candidate.name}是所涉问题的责任人，不能核验。"
            if candidate.user_id in registrars:
                return f"所涉问题的证据由{candidate.name}登记，应由他人核验。"
            for person in others:
                if in_line(candidate, person):
                    return f"{candidate.name}与{person.name}有上下级关系，应由他人核验。"
            return None

        return [why or refusal(candidate) for why, candidate in zip(said, candidates, strict=True)]

    def _holds_no_office(self, candidate: Viewer, owner: User | None) -> str | None:
        if owner is not None and candidate.user_id == owner.pk:
            return f"本事项由{owner.name}承办，销号须由他人核验。"
        if not candidate.holds_over(self.organisation.path, *VERIFYING):
            return f"{candidate.name}不在审管办或督察任职，不能核验。"
        return None


class DutyFindingQuerySet(models.QuerySet["DutyFinding"]):
    def with_evidence(self) -> DutyFindingQuerySet:
        """连同问题、责任人和证据的登记人：what decides who may have which part in a duty."""
        evidence = FindingEvidence.objects.select_related("evidence").only("finding", "evidence__registered_by")
        found = self.select_related("finding__subject", "finding__organisation").order_by("finding_id")
        return found.prefetch_related(models.Prefetch("finding__links", evidence))


class DutyFinding(models.Model):
    """事项所涉问题：a finding may have had several duties, one after another; only one of them is alive."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="finding_links")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="duty_links")
    round = models.PositiveSmallIntegerField("轮次")

    objects = DutyFindingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["duty", "finding"], name="finding_once_in_a_duty")]

    def __str__(self) -> str:
        return f"{self.duty_id}←{self.finding_id}"


class DutyStep(Step):
    """整改经过。"""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="steps")


class Proof(models.Model):
    """证明材料：a file handed in with a submission; kept by its hash."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="proofs")
    step = models.ForeignKey(DutyStep, on_delete=models.PROTECT, related_name="proofs")
    file_name = models.CharField("文件名", max_length=150)
    sha256 = models.CharField("文件哈希", max_length=64)
    size = models.PositiveIntegerField("字节数")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.file_name


class Postponement(models.Model):
    """延期：asked by the owner with a reason, decided by somebody else with a reason."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="postponements")
    asked_by = models.ForeignKey(User, verbose_name="申请人", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("申请时间")
    asked_until = models.DateField("申请延至")
    reason = models.CharField("理由", max_length=300)
    granted = models.BooleanField("批准", null=True)
    decided_by = models.ForeignKey(User, verbose_name="批准人", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("决定时间", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty"], condition=Q(granted__isnull=True), name="postponement_one_open_request"
            ),
            models.CheckConstraint(condition=~Q(asked_by=F("decided_by")), name="postponement_decided_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}→{self.asked_until}"
