"""演示法院的一年：each judgment's review and what follows, told step by step in the order of days."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tianping.demo.people import OFFICES, REVIEWERS
from tianping.demo.plan import PLANS, Plan, Turn, Until, planted_at
from tianping.demo.words import ANSWERS, CONTESTS, GROUNDS, TASKS
from tianping.evidence.documents import services as documents
from tianping.evidence.documents.models import Remark, Review
from tianping.evidence.register import services as register
from tianping.evidence.register.models import Evidence
from tianping.findings import services as findings
from tianping.findings.models import Finding, Stance
from tianping.findings.states import State as FindingState
from tianping.foundation import loop
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.viewer import Viewer, viewer_of
from tianping.law.workdays import day_off
from tianping.remedy import services as remedy
from tianping.remedy.models import Duty
from tianping.remedy.rules import DEFAULT_CRITERION, Cause, Measure
from tianping.remedy.states import LIVE

SHANGHAI = ZoneInfo("Asia/Shanghai")
ORDER = list(Until)


@dataclass
class Story:
    """剧情：events by moment; each may call for later ones; those after the anchor day never happen."""

    people: dict[str, User]
    anchor: date
    seed: int
    examples: Path
    events: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    held: dict[tuple[int, str], Duty] = field(default_factory=dict)
    told: int = 0

    def __post_init__(self) -> None:
        self.streams: dict[str, random.Random] = {}

    def stream(self, stage: str) -> random.Random:
        """One random stream a stage, so that a change in one leaves the others as they were."""
        return self.streams.setdefault(stage, random.Random(f"{self.seed}:{stage}"))  # noqa: S311

    def moment(self, day: date, stage: str) -> datetime:
        """A working hour on the day or the next working day."""
        while day_off(day):
            day += timedelta(days=1)
        minutes = self.stream(stage).randrange(9 * 60, 17 * 60)
        return datetime.combine(day, time(minutes // 60, minutes % 60), SHANGHAI)

    def then(self, day: date, stage: str, event: Callable[[datetime], None]) -> None:
        self.told += 1
        heapq.heappush(self.events, (self.moment(day, stage), self.told, event))

    def tell(self) -> None:
        """Everything up to the anchor day; the loop runs after each event and every evening between them."""
        end = datetime.combine(self.anchor, time(9, 0), SHANGHAI)
        last: datetime | None = None
        while self.events and self.events[0][0] <= end:
            at, _, event = heapq.heappop(self.events)
            if last is not None and at.date() > last.date():
                loop.run(datetime.combine(at.date(), time(6, 0), SHANGHAI))
            event(at)
            loop.run(at)
            last = at
        loop.run(end)

    def viewer(self, name: str, at: datetime) -> Viewer:
        return viewer_of(self.people[name], on=at.date(), origin="演示")

    # —— one judgment ——

    def judgment(self, facts: dict[str, Any], division: str) -> None:
        """一份文书：taken, assigned, each remark decided; ``facts`` is its entry in truths.json."""
        plan = PLANS.get(facts["file"][:2], Plan())
        issued = date.fromisoformat(facts["decided_on"])
        begins = self.anchor - timedelta(days=plan.begins) if plan.begins is not None else issued + timedelta(days=9)
        self.then(begins, "documents", lambda at: self._take(facts, division, plan, at))

    def _take(self, facts: dict[str, Any], division: str, plan: Plan, at: datetime) -> None:
        office = self.viewer(OFFICES[division[:2]][0], at)
        data = (self.examples / facts["file"]).read_bytes()
        document = documents.document_take(data=data, name=facts["file"], by=office, at=at)
        reviewer = REVIEWERS[division]
        review = documents.review_assign(document=document, reviewer=self.people[reviewer], by=office, at=at)
        if plan.until != Until.ASSIGNED:
            day = at.date() + timedelta(days=2)
            self.then(day, "documents", lambda then: self._decide(review, reviewer, facts, plan, then))

    def _decide(self, review: Review, reviewer: str, facts: dict[str, Any], plan: Plan, at: datetime) -> None:
        by = self.viewer(reviewer, at)
        for remark in review.remarks.all():
            if planted_at(facts, remark.code, remark.text) is None:
                documents.remark_pass_over(remark_id=remark.pk, reason="核对原件，此处无误。", by=by, at=at)
                continue
            name = facts["clerk"] if remark.code in plan.clerk_answers_for else review.document.judge.name
            grounds = GROUNDS[remark.code].format(text=remark.text)
            if remark.code in plan.clerk_answers_for:
                grounds += f"这一处由书记员{name}录入、校对。"
            evidence = documents.remark_register(
                remark_id=remark.pk, subject=self.people[name], grounds=grounds, by=by, at=at
            )
            self._follow(evidence, remark, reviewer, plan, at)
        documents.review_finish(review_id=review.pk, by=by, at=at)

    # —— one remark that became evidence ——

    def _follow(self, evidence: Evidence, remark: Remark, reviewer: str, plan: Plan, at: datetime) -> None:
        turn = plan.turns.get(remark.code)
        if turn == Turn.VOID:

            def void(then: datetime) -> None:
                register.evidence_void(
                    evidence_id=evidence.pk,
                    reason="复核原件，系收录了未定稿的版本，正本用语正确。",
                    by=self.viewer(reviewer, then),
                    at=then,
                )

            self.then(at.date() + timedelta(days=1), "register", void)
        elif turn == Turn.LAPSE:
            self.then(at.date() + timedelta(days=12), "findings", lambda then: self._verify(evidence, plan, turn, then))
        elif plan.until != Until.REGISTERED:
            self.then(at.date() + timedelta(days=2), "findings", lambda then: self._answer(evidence, plan, turn, then))

    def _finding(self, evidence: Evidence) -> Finding:
        return Finding.objects.get(links__evidence=evidence)

    def _answer(self, evidence: Evidence, plan: Plan, turn: Turn | None, at: datetime) -> None:
        finding = self._finding(evidence)
        if finding.state == FindingState.ANSWERING:  # a finding two pieces of evidence joined is answered once
            contested = turn == Turn.DISMISS
            findings.finding_answer(
                finding_id=finding.pk,
                stance=Stance.CONTESTS if contested else Stance.ADMITS,
                text=self.stream("findings").choice(CONTESTS if contested else ANSWERS),
                by=self.viewer(finding.subject.name, at),
                at=at,
            )
        if plan.until != Until.ANSWERED:
            self.then(at.date() + timedelta(days=3), "findings", lambda then: self._verify(evidence, plan, turn, then))

    def _verify(self, evidence: Evidence, plan: Plan, turn: Turn | None, at: datetime) -> None:
        finding = self._finding(evidence)
        by = self.viewer(OFFICES[finding.court.code][1], at)
        if turn == Turn.DISMISS:
            findings.finding_dismiss(
                finding_id=finding.pk,
                reason="责任人所述属实：该项经合议庭口头更正并记入笔录，正本随后更换。",
                by=by,
                at=at,
            )
            return
        if finding.state == FindingState.ANSWERED:
            findings.finding_verify(finding_id=finding.pk, reason="与卷内正本核对属实。", by=by, at=at)
        loop.run(at)
        duty = Duty.objects.get(finding_links__finding=finding, state__in=LIVE)
        if turn == Turn.HOLD:
            self.held[finding.subject_id, finding.rule_code] = duty
        elif ORDER.index(plan.until) > ORDER.index(Until.VERIFIED):
            self.then(at.date() + timedelta(days=3), "remedy", lambda then: self._give(duty, plan, turn, then))

    # —— one duty ——

    def _give(self, duty: Duty, plan: Plan, turn: Turn | None, at: datetime) -> None:
        finding = duty.findings()[0]
        office, _, verifier = OFFICES[duty.court.code]
        together = self.held.pop((finding.subject_id, finding.rule_code), None) if turn == Turn.TOGETHER else None
        days = 20
        if plan.until == Until.GIVEN:
            days = -4 if turn == Turn.OVERDUE else 12
            days += (self.anchor - at.date()).days
        remedy.duty_assign(
            duty_id=duty.pk,
            owner=finding.subject,
            verifier=self.people[verifier],
            due_on=at.date() + timedelta(days=days),
            causes=[Cause.KNOWLEDGE] if finding.rule_code.startswith("LAW") else [Cause.CARE, Cause.TOOL],
            measures=[
                Measure.CORRECTION,
                Measure.TRAINING if finding.rule_code.startswith("LAW") else Measure.GUIDANCE,
            ],
            training_alone_reason="",
            task=TASKS[finding.rule_code],
            criterion=DEFAULT_CRITERION,
            watch_days=plan.watch_days,
            together_with=[together.pk] if together else [],
            by=self.viewer(office, at),
            at=at,
        )
        if turn == Turn.HAND_OVER:
            self.then(at.date() + timedelta(days=4), "remedy", lambda then: self._hand_over(duty, then))
        if turn in (Turn.POSTPONE, Turn.ASK_POSTPONEMENT):
            self.then(at.date() + timedelta(days=6), "remedy", lambda then: self._postpone(duty, turn, then))
        if ORDER.index(plan.until) > ORDER.index(Until.GIVEN):
            self.then(at.date() + timedelta(days=14), "remedy", lambda then: self._submit(duty, plan, turn, then))

    def _hand_over(self, duty: Duty, at: datetime) -> None:
        remedy.duty_hand_over(
            duty_id=duty.pk,
            owner=self.people["叶疏桐"],
            reason="承办人借调外出，由同庭接办补正。",
            by=self.viewer(OFFICES[duty.court.code][0], at),
            at=at,
        )

    def _postpone(self, duty: Duty, turn: Turn, at: datetime) -> None:
        duty.refresh_from_db()
        assert duty.owner and duty.due_on
        until = duty.due_on + timedelta(days=10)
        remedy.postponement_ask(
            duty_id=duty.pk,
            until=until,
            reason="当事人下落不明，补正裁定须公告送达。",
            by=self.viewer(duty.owner.name, at),
            at=at,
        )
        if turn == Turn.POSTPONE:
            by = self.viewer(OFFICES[duty.court.code][0], at)
            remedy.postponement_decide(duty_id=duty.pk, grant=True, reason="公告期限属实，同意。", by=by, at=at)

    def _submit(self, duty: Duty, plan: Plan, turn: Turn | None, at: datetime) -> None:
        duty.refresh_from_db()
        assert duty.owner
        proof = ("补正裁定及送达回证.txt", f"{duty.number} 补正裁定已作出并送达。".encode())
        remedy.duty_submit(
            duty_id=duty.pk,
            report="已作出补正裁定并送达各方当事人；文书模板相应之处已改。",
            proofs=[proof],
            by=self.viewer(duty.owner.name, at),
            at=at,
        )
        if plan.until == Until.CLOSED:
            self.then(at.date() + timedelta(days=4), "remedy", lambda then: self._check(duty, plan, turn, then))

    def _check(self, duty: Duty, plan: Plan, turn: Turn | None, at: datetime) -> None:
        duty.refresh_from_db()
        assert duty.verifier
        by = self.viewer(duty.verifier.name, at)
        if turn == Turn.RETURN and not duty.steps.filter(move="return").exists():
            remedy.duty_return(duty_id=duty.pk, reason="缺被告一方的送达回证，请补齐。", by=by, at=at)
            self.then(at.date() + timedelta(days=3), "remedy", lambda then: self._submit(duty, plan, turn, then))
            return
        remedy.duty_close(duty_id=duty.pk, reason="补正裁定与送达回证齐全，模板已改。", by=by, at=at)
