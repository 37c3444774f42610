"""成批的法院：one court of any size, put in by the thousand, for what is measured and counted rather than told.

Every state of the loop is there in fixed shares, so that the same size is always the same court.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TypeVar

from django.db.models import Model, QuerySet

from tianping.court.models import Case, CaseKind, Hearing, HowClosed, Post, Procedure
from tianping.evidence.documents.models import IssuedDocument, Remark, Review, Verdict
from tianping.evidence.documents.states import State as ReviewState
from tianping.evidence.register.models import Door, Evidence
from tianping.evidence.register.states import State as EvidenceState
from tianping.findings.models import Finding, FindingEvidence, FindingStep, Stance
from tianping.findings.states import State as FindingState
from tianping.foundation import files
from tianping.foundation.accounts.models import Appointment, Organisation, OrganisationKind, User
from tianping.foundation.accounts.roles import Role
from tianping.remedy.models import Duty, DutyFinding, DutyStep, Postponement
from tianping.remedy.states import State as DutyState

EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.docx"))
M = TypeVar("M", bound=Model)
SINCE = date(2020, 1, 2)
RULES = [
    ("PTY001", "姓名前后不一"),
    ("LAW002", "引用已失效的法律"),
    ("NUM001", "金额大小写不一"),
    ("DAT001", "日期不存在"),
    ("STR011", "缺尾部"),
    ("CHR002", "全半角混用"),
]
CAUSES_OF_ACTION = [
    "民间借贷纠纷",
    "买卖合同纠纷",
    "离婚纠纷",
    "劳动争议",
    "机动车交通事故责任纠纷",
    "房屋租赁合同纠纷",
]
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "安宁清和明远思齐文渊若水怀瑾长风知行望舒"
FINDING_STATES = (  # of a hundred, where they stand
    [FindingState.ANSWERING] * 4
    + [FindingState.ANSWERED] * 6
    + [FindingState.VERIFIED] * 4
    + [FindingState.REMEDYING] * 12
    + [FindingState.WATCHING] * 22
    + [FindingState.SETTLED] * 42
    + [FindingState.DISMISSED] * 7
    + [FindingState.VOIDED] * 3
)
OWED = {FindingState.VERIFIED, FindingState.REMEDYING, FindingState.WATCHING, FindingState.SETTLED}
REMARKS = 5  # a review


@dataclass(frozen=True, slots=True)
class Size:
    """规模：of evidence and findings there are as many; duties may be more, where findings recurred."""

    cases: int
    documents: int
    findings: int
    duties: int
    people: int = 150
    divisions: int = 12


@dataclass
class Bulk:
    """成批的法院：its people by their part, and where the counting of its records stands."""

    court: Organisation
    now: datetime
    divisions: list[Organisation] = field(default_factory=list)
    office: User = field(init=False)
    deputy: User = field(init=False)
    inspector: User = field(init=False)
    leader: User = field(init=False)
    heads: list[User] = field(default_factory=list)
    judges: list[User] = field(default_factory=list)

    @property
    def viewers(self) -> dict[str, User]:
        """四种查看人。"""
        return {"审管办": self.office, "院领导": self.leader, "庭长": self.heads[0], "法官": self.judges[0]}

    def division_of(self, judge: int) -> Organisation:
        return self.divisions[judge % len(self.divisions)]


def bulk(size: Size, now: datetime) -> Bulk:
    """设院并装满。"""
    made = _people(size, now)
    fill(made, size)
    return made


def _spread(number: int, of: Sequence[object]) -> int:
    """A place that neighbours do not share and that is the same every time."""
    return number * 7919 % 10007 % len(of)


def _people(size: Size, now: datetime) -> Bulk:
    made = Bulk(Organisation.objects.create(name="江州市临江区人民法院", code="B", kind=OrganisationKind.COURT), now)
    for n in range(size.divisions):
        made.divisions.append(
            Organisation.objects.create(
                name=f"民事审判第{n + 1}庭", code=f"B-{n + 1}", kind=OrganisationKind.DIVISION, parent=made.court
            )
        )
    User.objects.bulk_create(
        User(
            staff_no=f"B{n:04d}",
            name=SURNAMES[n % 16] + GIVEN[n * 3 % 20] + GIVEN[n * 7 // 16 % 20],
            pinyin=f"b{n:04d}",
            password="!",
        )
        for n in range(size.people)
    )
    people = list(User.objects.order_by("staff_no"))
    made.office, made.deputy, made.inspector, made.leader = people[:4]
    made.heads, made.judges = people[4 : 4 + size.divisions], people[4 + size.divisions :]
    held = [(made.office, Role.TRIAL_OFFICE), (made.deputy, Role.TRIAL_OFFICE), (made.inspector, Role.INSPECTOR)]
    posts: list[tuple[User, Role, Organisation, str]] = [
        *((person, role, made.court, "") for person, role in [*held, (made.leader, Role.LEADER)]),
        *((head, Role.HEAD, made.divisions[n], "庭长") for n, head in enumerate(made.heads)),
        *((judge, Role.STAFF, made.division_of(n), "审判员") for n, judge in enumerate(made.judges)),
    ]
    Appointment.objects.bulk_create(
        Appointment(user=person, role=role, organisation=where, since=SINCE) for person, role, where, _ in posts
    )
    Post.objects.bulk_create(
        Post(person=person, division=where, title=title, since=SINCE) for person, _, where, title in posts if title
    )
    return made


def fill(made: Bulk, size: Size) -> None:
    """装满：so many records more of every kind, numbered on from those already there."""
    cases = _cases(made, size.cases)
    reviews = _documents(made, cases, size.documents)
    evidence = _evidence(made, reviews, size.findings)
    findings = _findings(made, evidence)
    _duties(made, findings, size.duties)


def _take(model: type[M], rows: list[M]) -> list[M]:
    model._default_manager.bulk_create(rows, batch_size=500)
    return rows


def _numbers(model: type[Model]) -> count[int]:
    return count(_all(model).count() + 1)


def _all(model: type[Model]) -> QuerySet[Model]:
    return model._default_manager.all()


def _cases(made: Bulk, many: int) -> list[Case]:
    numbers, today = _numbers(Case), made.now.date()
    rows = []
    for n in range(many):
        judge = _spread(n, made.judges)
        filed = today - timedelta(days=(many - n) * 730 // many)
        closed = filed + timedelta(days=90)
        rows.append(
            Case(
                court=made.court,
                organisation=made.division_of(judge),
                case_no=f"（{filed.year}）江0199民初{next(numbers)}号",
                kind=CaseKind.CIVIL if n % 5 else CaseKind.CRIMINAL,
                cause=CAUSES_OF_ACTION[n % 6],
                procedure=Procedure.ORDINARY if n % 3 else Procedure.SIMPLIFIED,
                judge=made.judges[judge],
                filed_on=filed,
                closed_on=closed if closed <= today else None,
                how_closed=HowClosed.JUDGMENT if closed <= today else "",
            )
        )
    cases = _take(Case, rows)
    _take(
        Hearing,
        [Hearing(case=c, starts_at=made.now - timedelta(days=d), room="第三法庭") for c in cases for d in (3, 9)],
    )
    return cases


@cache
def _example(number: int) -> bytes:
    return EXAMPLES[number % len(EXAMPLES)].read_bytes()


def judgment(number: int) -> bytes:
    """一份文书：one of the fictional examples, told apart from its likes by a remark in the file's own margin."""
    packed = io.BytesIO(_example(number))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.comment = str(number).encode()
    return packed.getvalue()


def keep_file(document: IssuedDocument) -> None:
    """存原件：only of those documents somebody will open; the rest are as good without."""
    files.keep(judgment(int(document.file_name.removesuffix(".docx"))))


def _documents(made: Bulk, cases: list[Case], many: int) -> list[Review]:
    numbers, documents = _numbers(IssuedDocument), []
    for n in range(many):
        case, number = cases[n * len(cases) // many], next(numbers)
        data = judgment(number)
        documents.append(
            IssuedDocument(
                court=made.court,
                organisation=case.organisation,
                case=case,
                judge=case.judge,
                title="民事判决书",
                file_name=f"{number}.docx",
                sha256=sha256(data).hexdigest(),
                size=len(data),
                characters=6000,
                issued_on=case.filed_on,
                taken_by=made.deputy,
                taken_at=made.now,
            )
        )
    states = [ReviewState.OPEN] * 2 + [ReviewState.DONE] * 7 + [ReviewState.VOIDED]
    reviews = []
    for n, document in enumerate(_take(IssuedDocument, documents)):
        reviewer = next(
            judge
            for k, judge in enumerate(made.judges[n % len(made.judges) :] + made.judges, start=n % len(made.judges))
            if made.division_of(k % len(made.judges)) != document.organisation
        )
        reviews.append(
            Review(
                document=document,
                reviewer=reviewer,
                assigned_by=made.deputy,
                assigned_at=made.now,
                engine="0.1.0",
                state=states[n % len(states)],
                finished_at=made.now if states[n % len(states)] == ReviewState.DONE else None,
            )
        )
    return _take(Review, reviews)


def remark(review: Review, ordinal: int, evidence: Evidence | None = None) -> Remark:
    code, name = RULES[ordinal % len(RULES)]
    return Remark(
        review=review,
        ordinal=ordinal,
        code=code,
        name=name,
        severity="EWI"[ordinal % 3],
        message="前后不一致，请核对。",
        paragraph=ordinal % 10,
        start=0,
        end=2,
        text="原告",
        verdict=Verdict.REGISTERED if evidence else Verdict.PENDING,
        evidence=evidence,
    )


def evidence_about(made: Bulk, review: Review, number: int) -> Evidence:
    code, name = RULES[number % len(RULES)]
    document = review.document
    return Evidence(
        court=made.court,
        organisation=document.organisation,
        number=f"2026-证-{number:05d}",
        door=Door.DOCUMENTS,
        rule_code=code,
        rule_name=name,
        subject=document.judge,
        case=document.case,
        occurred_on=document.issued_on,
        summary="判决书第三段当事人姓名与首部不一致",
        grounds="首部为“贺兰山”，第三段写作“贺兰珊”，并非曾用名。",
        registered_by=review.reviewer,
        registered_at=made.now,
        state=EvidenceState.REGISTERED,
    )


def _evidence(made: Bulk, reviews: list[Review], many: int) -> list[Evidence]:
    numbers = _numbers(Evidence)
    about = [reviews[n * len(reviews) // many] for n in range(many)]
    evidence = _take(Evidence, [evidence_about(made, review, next(numbers)) for review in about])
    remarks, ordinals = [], {review.pk: count(1) for review in reviews}
    for review, piece in zip(about, evidence, strict=True):
        remarks.append(remark(review, next(ordinals[review.pk]), piece))
    for review in reviews:
        if review.state == ReviewState.OPEN:
            remarks += [remark(review, next(ordinals[review.pk])) for _ in range(REMARKS)]
    _take(Remark, remarks)
    return evidence


def finding_on(made: Bulk, evidence: Evidence, number: int, state: FindingState, again: bool = False) -> Finding:
    today = made.now.date()
    watched = state in (FindingState.WATCHING, FindingState.SETTLED) or again
    over = -10 if state == FindingState.SETTLED else 80
    return Finding(
        court=made.court,
        organisation=evidence.organisation,
        number=f"2026-问-{number:05d}",
        rule_code=evidence.rule_code,
        rule_name=evidence.rule_name,
        subject=evidence.subject,
        opened_at=evidence.registered_at,
        state=state,
        round=2 if again else 1,
        stance=Stance.PENDING if state == FindingState.ANSWERING else Stance.CONTESTS,
        reply_from=today - timedelta(days=3),
        reply_due=today + timedelta(days=4 - number % 9),
        first_verified_at=made.now if state in OWED or again else None,
        criterion="观察期内，同一责任人不再出现同一规则的问题" if state in OWED else "",
        watch_days=90 if state in OWED else None,
        watch_from=today + timedelta(days=over - 90) if watched else None,
        watch_until=today + timedelta(days=over) if watched else None,
    )


def _findings(made: Bulk, evidence: list[Evidence]) -> list[Finding]:
    numbers, rows = _numbers(Finding), []
    for n, piece in enumerate(evidence):
        state = FINDING_STATES[n * 37 % 100]
        again = n % 4 == 0 and state not in (FindingState.DISMISSED, FindingState.VOIDED)
        rows.append(finding_on(made, piece, next(numbers), state, again))
    findings = _take(Finding, rows)
    links = [FindingEvidence(finding=f, evidence=e, round=1) for f, e in zip(findings, evidence, strict=True)]
    _take(FindingEvidence, links)
    steps = []
    for finding in findings:
        steps.append(finding_step(made, finding, "open", "立项"))
        if finding.state != FindingState.ANSWERING:
            steps.append(finding_step(made, finding, "answer", "答复"))
        if finding.first_verified_at:
            steps.append(finding_step(made, finding, "verify", "核实成立"))
        if finding.round > 1 and finding.state in OWED:
            steps.append(finding_step(made, finding, "verify", "核实成立", 2))
    _take(FindingStep, steps)
    return findings


def finding_step(made: Bulk, finding: Finding, move: str, label: str, number: int = 1) -> FindingStep:
    return FindingStep(
        finding=finding, round=number, at=made.now, actor=made.deputy, actor_name="审管办", move=move, label=label
    )


DUTY_STATES = {
    FindingState.VERIFIED: [DutyState.PLANNING],
    FindingState.REMEDYING: [DutyState.OPEN, DutyState.OPEN, DutyState.SUBMITTED],
    FindingState.WATCHING: [DutyState.CLOSED],
    FindingState.SETTLED: [DutyState.CLOSED],
}


def duty_for(made: Bulk, finding: Finding, number: int, state: DutyState, follows: Duty | None = None) -> Duty:
    given = state != DutyState.PLANNING
    return Duty(
        court=made.court,
        organisation=finding.organisation,
        number=f"2026-改-{number:05d}",
        title=f"整改：{finding.rule_name}",
        state=state,
        opened_at=made.now,
        owner=finding.subject if given else None,
        verifier=made.office if given else None,
        due_on=made.now.date() + timedelta(days=30 - number % 40) if given else None,
        causes=["care"] if given else [],
        measures=["correction"] if given else [],
        task="更正原件，逐份核对姓名。" if given else "",
        closed_at=made.now if state == DutyState.CLOSED else None,
        follows=follows,
    )


def _duties(made: Bulk, findings: list[Finding], many: int) -> None:
    """The first duty of a finding that recurred was closed without effect; the one it has now follows it."""
    owed = [f for f in findings if f.state in OWED]
    numbers, first = _numbers(Duty), {}
    recurred = [f for f in owed if f.round > 1][: max(0, many - len(owed))]
    for finding in recurred:
        first[finding.pk] = duty_for(made, finding, next(numbers), DutyState.CLOSED)
        first[finding.pk].ineffective_at = made.now
    _take(Duty, list(first.values()))
    last = []
    for n, finding in enumerate(owed[: many - len(recurred)]):
        states = DUTY_STATES[FindingState(finding.state)]
        state = states[n % len(states)]
        last.append((finding, duty_for(made, finding, next(numbers), state, first.get(finding.pk))))
    _take(Duty, [duty for _, duty in last])
    links = [DutyFinding(duty=first[f.pk], finding=f, round=1) for f in recurred]
    links += [DutyFinding(duty=duty, finding=finding, round=finding.round) for finding, duty in last]
    _take(DutyFinding, links)
    steps = [
        DutyStep(duty=link.duty, at=made.now, actor=made.deputy, actor_name="审管办", move=move, label=label)
        for link in links
        for move, label in (("open", "立项"), ("assign", "交办"))
    ]
    _take(DutyStep, steps)
    open_now = [duty for _, duty in last if duty.state == DutyState.OPEN]
    _take(Postponement, [postponement(made, duty) for duty in open_now[::10]])


def postponement(made: Bulk, duty: Duty, granted: bool | None = None) -> Postponement:
    return Postponement(
        duty=duty,
        asked_by=duty.owner,
        asked_at=made.now,
        asked_until=made.now.date() + timedelta(days=60),
        reason="原件在二审法院",
        granted=granted,
        decided_by=made.deputy if granted is not None else None,
        decided_at=made.now if granted is not None else None,
    )
