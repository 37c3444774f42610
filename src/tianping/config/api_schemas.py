"""接口给出的记录：what of each record a program may read. Who may read which is decided before, in the selectors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import ConfigDict, Field, WithJsonSchema

from tianping.court.models import Case
from tianping.evidence.documents.models import IssuedDocument
from tianping.evidence.register.models import Evidence
from tianping.evidence.register.states import LABELS as EVIDENCE_LABELS
from tianping.evidence.register.states import State as EvidenceState
from tianping.findings import selectors as findings
from tianping.findings.models import Finding, Stance
from tianping.findings.states import LABELS as FINDING_LABELS
from tianping.findings.states import State as FindingState
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.moves import Offer
from tianping.remedy.models import Duty
from tianping.remedy.states import LABELS as DUTY_LABELS
from tianping.remedy.states import State as DutyState

T = TypeVar("T")
VISIBLE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"  # no control characters but tab and new line


def _choices(states: type[StrEnum]) -> WithJsonSchema:
    """Described where it stands: by name, the three tables of states would be taken for one."""
    return WithJsonSchema({"type": "string", "enum": [state.value for state in states]})


EvidenceStates = Annotated[EvidenceState, _choices(EvidenceState)]
FindingStates = Annotated[FindingState, _choices(FindingState)]
DutyStates = Annotated[DutyState, _choices(DutyState)]


class Page(Schema, Generic[T]):
    """一页，新的在前。"""

    items: list[T]
    next: str | None = Field(description="还有更早的：以它为 after 再取；没有了则为 null")


class StepOut(Schema):
    """经过的一步。"""

    at: datetime
    who: str
    what: str
    text: str


class MoveOut(Schema):
    """可办的一步：who may take it, and why not this viewer."""

    name: str
    label: str
    allowed: bool = Field(description="您现在能否办")
    who: str
    why_not: str


class CaseOut(Schema):
    """案件。"""

    id: str
    case_no: str
    division: str
    kind: str
    cause: str
    procedure: str
    instance: int
    judge: str | None
    filed_on: date
    closed_on: date | None
    how_closed: str

    @classmethod
    def of(cls, case: Case) -> CaseOut:
        return cls(
            id=case.public_id,
            case_no=case.case_no,
            division=case.organisation.name,
            kind=case.get_kind_display(),
            cause=case.cause,
            procedure=case.get_procedure_display(),
            instance=case.instance,
            judge=case.judge.name if case.judge else None,
            filed_on=case.filed_on,
            closed_on=case.closed_on,
            how_closed=case.get_how_closed_display(),
        )


class EvidenceOut(Schema):
    """证据。Who registered it is not said: the person it is about must not learn it here."""

    id: str
    number: str
    door: str
    rule_code: str
    rule_name: str
    subject: str
    division: str
    case_no: str | None
    occurred_on: date
    summary: str
    grounds: str
    registered_at: datetime
    state: EvidenceStates
    state_word: str
    void_reason: str

    @classmethod
    def of(cls, evidence: Evidence) -> EvidenceOut:
        state = EvidenceState(evidence.state)
        return cls(
            id=evidence.public_id,
            number=evidence.number,
            door=evidence.get_door_display(),
            rule_code=evidence.rule_code,
            rule_name=evidence.rule_name,
            subject=evidence.subject.name,
            division=evidence.organisation.name,
            case_no=evidence.case.case_no if evidence.case else None,
            occurred_on=evidence.occurred_on,
            summary=evidence.summary,
            grounds=evidence.grounds,
            registered_at=evidence.registered_at,
            state=state,
            state_word=EVIDENCE_LABELS[state],
            void_reason=evidence.void_reason,
        )


class FindingOut(Schema):
    """问题：as far as this viewer may know of it."""

    id: str
    number: str
    rule_code: str
    rule_name: str
    subject: str
    division: str
    opened_at: datetime
    state: FindingStates
    state_word: str
    round: int
    reply_due: date | None = Field(description="待答复的，答复截止日")
    stance: str | None = Field(description="已有答复的，责任人的态度")
    criterion: str
    watch_from: date | None
    watch_until: date | None

    @classmethod
    def facts(cls, viewer: Viewer, finding: Finding) -> dict[str, Any]:
        known = findings.known(viewer, finding)
        may_hear = known.is_side or known.round == finding.round
        answered = finding.stance != Stance.PENDING and may_hear
        return {
            "id": finding.public_id,
            "number": finding.number,
            "rule_code": finding.rule_code,
            "rule_name": finding.rule_name,
            "subject": finding.subject.name,
            "division": finding.organisation.name,
            "opened_at": finding.opened_at,
            "state": known.state,
            "state_word": FINDING_LABELS[known.state],
            "round": known.round,
            "reply_due": finding.reply_due if known.state == FindingState.ANSWERING else None,
            "stance": finding.get_stance_display() if answered else None,
            "criterion": finding.criterion,
            "watch_from": finding.watch_from,
            "watch_until": finding.watch_until,
        }


class FindingDetail(FindingOut):
    """问题，连同经过和可办的步骤。"""

    steps: list[StepOut]
    moves: list[MoveOut]


class DutyOut(Schema):
    """整改事项。"""

    id: str
    number: str
    title: str
    division: str
    state: DutyStates
    state_word: str
    owner: str | None
    verifier: str | None
    due_on: date | None
    task: str
    opened_at: datetime
    closed_at: datetime | None

    @classmethod
    def facts(cls, duty: Duty) -> dict[str, Any]:
        state = DutyState(duty.state)
        return {
            "id": duty.public_id,
            "number": duty.number,
            "title": duty.title,
            "division": duty.organisation.name,
            "state": state,
            "state_word": DUTY_LABELS[state],
            "owner": duty.owner.name if duty.owner else None,
            "verifier": duty.verifier.name if duty.verifier else None,
            "due_on": duty.due_on,
            "task": duty.task,
            "opened_at": duty.opened_at,
            "closed_at": duty.closed_at,
        }


class DutyDetail(DutyOut):
    """整改事项，连同经过和可办的步骤。"""

    steps: list[StepOut]
    moves: list[MoveOut]


class DocumentOut(Schema):
    """已发文书：its facts, never its text."""

    id: str
    case_no: str
    title: str
    judge: str
    division: str
    issued_on: date
    taken_at: datetime
    characters: int

    @classmethod
    def of(cls, document: IssuedDocument) -> DocumentOut:
        return cls(
            id=document.public_id,
            case_no=document.case.case_no,
            title=document.title,
            judge=document.judge.name,
            division=document.organisation.name,
            issued_on=document.issued_on,
            taken_at=document.taken_at,
            characters=document.characters,
        )


class FoundOut(Schema):
    """查到的一条。"""

    id: str
    kind: str
    title: str
    note: str


class StageOut(Schema):
    """循环的一个环节。"""

    name: str
    question: str
    count: int | None
    missing: str = ""
    definition: str


class LoopOut(Schema):
    """循环总览：only of records this viewer may see."""

    stages: list[StageOut]


class AnswerIn(Schema):
    """答复。"""

    model_config = ConfigDict(extra="forbid")
    stance: Literal["admits", "contests"] = Field(description="admits 无异议；contests 有异议，须写明理由")
    text: str = Field("", max_length=2000, pattern=VISIBLE, description="有异议的，写明哪一处不实、依据什么")


class SubmitIn(Schema):
    """提请核验。Proofs are handed in on the page: a program has nothing to sign for."""

    model_config = ConfigDict(extra="forbid")
    report: str = Field(min_length=1, max_length=2000, pattern=VISIBLE, description="完成情况")


def steps_of(steps: Iterable[Any]) -> list[StepOut]:
    return [StepOut(at=step.at, who=step.actor_name, what=step.label, text=step.text) for step in steps]


def moves_of(offers: Iterable[Offer]) -> list[MoveOut]:
    return [
        MoveOut(name=o.move.name, label=o.move.label, allowed=o.allowed, who=o.who, why_not=o.why_not) for o in offers
    ]
