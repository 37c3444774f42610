"""走查用的法院：records of every kind and stage in three places, brought about through the services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tests.cast import SINCE, Court
from tianping.court import figures as court_figures
from tianping.court import services as court_services
from tianping.court.schemas import CASES
from tianping.court.wizard.pages import SCHEMA
from tianping.court.yearly_stock.services import stock_enter
from tianping.evidence.documents import services as documents
from tianping.evidence.register.models import Door, Evidence
from tianping.evidence.register.services import evidence_register
from tianping.findings import services as findings
from tianping.findings.models import Finding, Stance
from tianping.foundation import loop
from tianping.foundation.accounts import services as accounts
from tianping.foundation.accounts.models import PasswordReset
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import system
from tianping.foundation.figures import services as figures
from tianping.foundation.figures.period import year
from tianping.foundation.figures.registry import Boundary
from tianping.foundation.imports import services as imports
from tianping.foundation.imports.models import Import
from tianping.foundation.jobs import services as jobs
from tianping.foundation.jobs.registry import job
from tianping.foundation.parameters import services as parameters
from tianping.foundation.tables import read_headings
from tianping.foundation.tokens.services import token_create
from tianping.remedy import services as remedy
from tianping.remedy.models import Duty
from tianping.remedy.rules import DEFAULT_CRITERION, Cause, Measure

COLUMNS = {  # the people of the table; what each is to the records of the own division (LJ-M1)
    "leader": "裴院长",
    "trial_office": "周既明",  # collects, assigns, verifies findings, gives duties out
    "verifier": "许清嘉",  # trial office; named to verify the duties
    "political": "白政工",
    "inspector": "程砚之",
    "complaints": "江信访",
    "head": "秦望舒",  # of the own division
    "staff": "宋晚晴",  # of the own division, with no part in anything
    "subject": "林知远",  # the judge of the document, whom evidence and findings are about
    "reviewer": "韩江临",  # of another division; reviewed the document and registered the evidence
    "owner": "沈若川",  # owes the duties
    "teacher": "任师资",
    "system_admin": "系统甲",
    "security_admin": "安全乙",
    "auditor": "审计丙",
    "anonymous": "",
}
SERVING = {  # people who act in the two other places and look at nothing
    "叶青河": ("LJ-M2", "审判员"),
    "贺知秋": ("LJ-M1", "审判员"),
    "何晏清": ("WS-SG", "干部"),
    "简文舟": ("WS-SG", "干部"),
}
PLACES = {  # place: division, subject, reviewer, office, verifier of duties, owner of duties
    "own": ("LJ-M1", "林知远", "韩江临", "周既明", "许清嘉", "沈若川"),
    "division": ("LJ-M2", "叶青河", "贺知秋", "周既明", "许清嘉", "叶青河"),
    "court": ("WS-M1", "顾长风", "何晏清", "陶思源", "简文舟", "顾长风"),
}
FINDINGS = ("answering", "answered", "by_office", "dismissed", "verified", "relapsed")
DUTIES = ("planning", "open", "asked", "submitted", "closed")
IMPORTS = ("received", "tried", "written")
CASE_TABLE = """\
案号,承办部门,案件类别,案由,适用程序,承办人,立案日期
(2026)江0199民初9901号,民事审判第一庭,民事,民间借贷纠纷,普通程序,林知远,2026-01-05
(2026)江0199民初9902号,民三庭,民事,民间借贷纠纷,普通程序,林知远,2026-01-05
"""
JUDGMENT = """\
江州市{court}人民法院
民事判决书
（2026）江0199民初{number}号
原告：罗青山，男，汉族，住江州市临江区。
被告：方若水，男，汉族，住江州市临江区。
原告罗青山与被告方若水民间借贷纠纷一案，本院立案后依法公开开庭进行了审理。本案现已审理终结。
经审理查明：2026年3月10日，方若水将所借款项存入其帐户，约定2026年6月30日归还。
本院认为，合法的借贷关系受法律保护。
依照《中华人民共和国民法典》第六百七十五条之规定，判决如下：
被告方若水于本判决生效之日起十日内返还借款8300元。
审判员　{judge}
二〇二六年九月二十日
书记员　柳一禾
"""


@dataclass
class Place:
    """一处的记录：``records`` by kind and stage; ``tokens`` are words that stand in a list only with that record."""

    name: str
    subject: Any
    reviewer: Any
    other_reviewer: Any
    owner: Any
    other_owner: Any
    verifier: Any
    other_verifier: Any
    records: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def id(self, kind: str) -> str:
        return str(self.records[kind].public_id)


@job("walk", title="走查")
def _nothing(progress: object) -> None:
    """A job to be looked at; nobody runs it."""


def build(court: Court) -> dict[str, Place]:
    setup = system("测试准备", on=court.today)
    for number, (name, (division, title)) in enumerate(SERVING.items(), start=1):
        person = accounts.user_register(staff_no=f"W{number:03d}", name=name, by=setup, at=court.now)
        court.people[name] = person
        court_services.person_post(
            person=person, division=court.organisations[division], title=title, since=SINCE, by=setup, at=court.now
        )
    accounts.appoint(
        user=court.people["简文舟"],
        role=Role.TRIAL_OFFICE,
        organisation=court.organisations["WS"],
        since=SINCE,
        until=None,
        by=setup,
        at=court.now,
    )
    for code, office in (("LJ", "周既明"), ("WS", "陶思源")):
        stock_enter(
            court=court.organisations[code],
            year=2021,
            kind="all",
            newly_accepted=100,
            closed=90,
            pending=30,
            source="统计年报",
            by=court.viewer(office),
            at=court.now,
        )
    return {name: _place(court, name, number) for number, name in enumerate(PLACES, start=1)}


def _place(court: Court, name: str, number: int) -> Place:
    division, subject, reviewer, office, verifier, owner = PLACES[name]
    others = {"own": ("程砚之", "周既明"), "division": ("沈若川", "程砚之"), "court": ("简文舟", "陶思源")}[name]
    people = court.people
    place = Place(
        name=name,
        subject=people[subject],
        reviewer=people[reviewer],
        other_reviewer=people[others[0]],
        owner=people[owner],
        other_owner=people[reviewer],
        verifier=people[verifier],
        other_verifier=people[others[1]],
    )
    by = {"office": court.viewer(office), "reviewer": court.viewer(reviewer), "subject": court.viewer(subject)}
    by |= {"owner": court.viewer(owner), "verifier": court.viewer(verifier)}
    by["inspecting"] = court.viewer("程砚之" if name != "court" else "简文舟")
    place.records["case"] = case = court.case(9000 + number, judge=subject, division=division)
    place.tokens["case"] = case.case_no
    text = JUDGMENT.format(court=court.organisations[division[:2]].name[3:6], number=9000 + number, judge=subject)
    issued = documents.document_take(data=text.encode(), name=f"{number}.txt", by=by["office"], at=court.now)
    review = documents.review_assign(document=issued, reviewer=people[reviewer], by=by["office"], at=court.now)
    assert review.remarks.exists(), "走查用的文书应至少有一条批注"
    place.records |= {"issued": issued, "review": review}
    second = text.replace("罗青山", "罗青峰").encode()
    settled = documents.review_assign(
        document=documents.document_take(data=second, name=f"{number}又.txt", by=by["office"], at=court.now),
        reviewer=people[reviewer],
        by=by["office"],
        at=court.now,
    )
    for remark in settled.remarks.all():
        documents.remark_pass_over(remark_id=remark.pk, reason="误报。", by=by["reviewer"], at=court.now)
    place.records["review settled"] = settled
    place.records["job"] = jobs.job_enqueue(kind="walk", title="走查", arguments={}, by=by["owner"], at=court.now)
    place.tokens |= {"issued": case.case_no, "review": case.case_no}

    place.records["reset"] = PasswordReset.objects.create(
        user=place.subject,
        state="requested",
        reason="当面申请",
        requested_by=people["系统甲"],
        requested_at=court.now,
        expires_at=timezone.now() + timedelta(days=1),
    )

    def register(
        stage: str, at: datetime, rule: str = "", occurred_on: date = date(2026, 9, 1), registrar: str = "reviewer"
    ) -> Evidence:
        token = f"记号{number}{stage}"
        place.tokens[f"evidence {stage}"] = place.tokens[f"finding {rule or stage}"] = token
        evidence = evidence_register(
            door=Door.DOCUMENTS,
            rule_code=f"{name}-{rule or stage}",
            rule_name=token,
            subject=place.subject,
            organisation=court.organisations[division],
            case=case,
            occurred_on=occurred_on,
            summary=f"摘要{token}",
            grounds="首部与第三段不一致。",
            by=by[registrar],
            at=at,
        )
        place.records[f"evidence {stage}"] = evidence
        return evidence

    def found(stage: str, at: datetime, registrar: str = "reviewer") -> Finding:
        evidence = register(stage, at, registrar=registrar)
        loop.run(at)
        finding = Finding.objects.get(links__evidence=evidence)
        place.records[f"finding {stage}"] = finding
        return finding

    def answered(stage: str, at: datetime, registrar: str = "reviewer") -> Finding:
        finding = found(stage, at, registrar)
        findings.finding_answer(finding_id=finding.pk, stance=Stance.ADMITS, text="", by=by["subject"], at=at)
        return finding

    def duty(stage: str, at: datetime) -> Duty:
        finding = answered(stage, at)
        findings.finding_verify(finding_id=finding.pk, reason="属实。", by=by["office"], at=at)
        loop.run(at)
        duty = Duty.objects.get(finding_links__finding=finding)
        place.records[f"duty {stage}"] = duty
        place.tokens[f"duty {stage}"] = place.tokens[f"finding {stage}"]
        return duty

    def given_out(stage: str, at: datetime) -> Duty:
        return remedy.duty_assign(
            duty_id=duty(stage, at).pk,
            owner=place.owner,
            verifier=place.verifier,
            due_on=at.date() + timedelta(days=20),
            causes=[Cause.CARE],
            measures=[Measure.CORRECTION],
            training_alone_reason="",
            task="更正。",
            criterion=DEFAULT_CRITERION,
            watch_days=365,
            by=by["office"],
            at=at,
        )

    def submitted(stage: str, at: datetime) -> Duty:
        duty = given_out(stage, at)
        return remedy.duty_submit(
            duty_id=duty.pk, report="已更正。", proofs=[("回证.txt", f"{name}{stage}".encode())], by=by["owner"], at=at
        )

    before, now = court.now - timedelta(days=60), court.now
    closed = submitted("closed", before)
    remedy.duty_close(duty_id=closed.pk, reason="核对无误。", by=by["verifier"], at=before)
    relapsing = submitted("relapsed", before)
    remedy.duty_close(duty_id=relapsing.pk, reason="核对无误。", by=by["verifier"], at=before)
    again = register("relapse", now, rule="relapsed", occurred_on=before.date() + timedelta(days=30))
    place.tokens["finding relapsed"] = place.tokens["evidence relapsed"]  # the finding keeps its first name
    loop.run(now)
    second_round = Finding.objects.get(links__evidence=again)
    assert second_round.round == 2
    findings.finding_answer(
        finding_id=second_round.pk, stance=Stance.CONTESTS, text="不是一回事。", by=by["subject"], at=now
    )
    found("answering", now)
    answered("answered", now)
    answered("by_office", now, registrar="inspecting")  # registered by one who could otherwise verify
    dismissed = answered("dismissed", now)
    findings.finding_dismiss(finding_id=dismissed.pk, reason="系曾用名。", by=by["office"], at=now)
    place.records["finding verified"] = duty("planning", now).findings().get()
    place.tokens["finding verified"] = place.tokens["finding planning"]
    given_out("open", now)
    asked = given_out("asked", now)
    until = asked.due_on + timedelta(days=5)  # type: ignore[operator]
    remedy.postponement_ask(duty_id=asked.pk, until=until, reason="等待送达回证。", by=by["owner"], at=now)
    handed_in = submitted("submitted", now)
    place.records["proof"] = handed_in.proofs.get()
    place.records["value"] = parameters.value_propose(
        court=court.organisations[division.split("-")[0]],
        code="findings.reply_days" if name == "division" else "review.objection_days",
        value=Decimal(7),
        basis="院务会决定",
        since=date(2099, 1, 1),
        by=by["office"],
        at=now,
    )
    place.records["snapshot"] = figures.snapshot_take(
        figure=court_figures.accepted,
        boundary=Boundary(court.organisations[division], year(2026)),
        by=by["office"],
        at=now,
    )
    place.records["token"], _ = token_create(
        name="走查", expires_on=now.date() + timedelta(days=365), by=by["subject"], at=now
    )
    for stage in IMPORTS:
        place.records[f"import {stage}"] = _import(court, division, stage, by["office"])
    return place


def _import(court: Court, division: str, stage: str, office: Any) -> Import:
    """一次导入，of the court of the place: an import belongs to no division. One row of its trial was refused."""
    now, data = timezone.now(), CASE_TABLE.encode()  # a writing can be undone for a day by the clock on the wall
    found = imports.import_receive(
        court=court.organisations[division.split("-")[0]],
        schema=SCHEMA,
        source="案件系统",
        name=f"{stage}.csv",
        data=data,
        headings=read_headings(data, f"{stage}.csv", CASES),
        by=office,
        at=now,
    )
    if stage == "received":
        return found
    found = imports.import_tried(
        import_id=found.pk,
        counts={"新增": 1},
        summary="1 行可以写入。",
        notes=[],
        refusals=[("3", "承办部门", "民三庭", "本院没有这个部门", "请改为部门的全称。")],
        refused_rows=1,
        refused_file=data,
        by=office,
        at=now,
    )
    if stage == "written":
        found = imports.import_written(
            import_id=found.pk, counts={"新增": 1}, summary="已写入 1 行。", left_out=1, by=office, at=now
        )
    return found
