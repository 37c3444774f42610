"""建演示法院：organisations and people, the case table, the year's story — in one transaction, so all or nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

import tianping
from tianping.court import services as court
from tianping.court.models import CaseKind, HowClosed, Procedure
from tianping.demo.people import ADMINISTRATORS, CAST, COURTS, DIVISIONS, PASSWORD, PEOPLE
from tianping.demo.story import Story
from tianping.foundation.accounts import services as accounts
from tianping.foundation.accounts.models import Organisation, OrganisationKind, User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import system, viewer_of

SEED = 20261123
ANCHOR = date(2026, 11, 23)
SINCE = date(2024, 1, 2)
KINDS = {"刑": CaseKind.CRIMINAL, "行": CaseKind.ADMINISTRATIVE, "执": CaseKind.ENFORCEMENT, "民": CaseKind.CIVIL}
PROCEDURES = {
    "普通": Procedure.ORDINARY,
    "简易": Procedure.SIMPLIFIED,
    "小额": Procedure.SMALL_CLAIM,
    "速裁": Procedure.EXPEDITED,
    "第二审": Procedure.SECOND,
    "执行": Procedure.ENFORCEMENT,
}


def examples() -> Path:
    """范例文书：inside the installed package, or beside the source tree."""
    package = Path(tianping.__file__).parent
    inside = package / "demo" / "examples"
    return inside if inside.is_dir() else package.parent.parent / "examples"


def truths() -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = json.loads((examples() / "truths.json").read_text(encoding="utf-8"))["documents"]
    return documents


@dataclass
class Demo:
    people: dict[str, User]
    organisations: dict[str, Organisation]
    anchor: date


@transaction.atomic
def build(*, anchor: date, seed: int = SEED) -> Demo:
    """The whole court up to the morning of ``anchor``."""
    founded = datetime.combine(SINCE, time(9, 0), ZoneInfo("Asia/Shanghai"))
    demo = Demo({}, {}, anchor)
    _open_courts(demo, founded)
    _appoint_people(demo, founded)
    story = Story(demo.people, anchor, seed, examples())
    for facts in truths():
        division = PEOPLE[facts["presiding"]][0]
        _take_case(demo, facts, division, founded)
        story.judgment(facts, division)
    story.tell()
    return demo


def _open_courts(demo: Demo, at: datetime) -> None:
    by = system("演示", on=at.date())
    for code, name in COURTS.items():
        demo.organisations[code] = court.organisation_open(
            name=name, code=code, kind=OrganisationKind.COURT, parent=None, by=by, at=at
        )
    for code, name in DIVISIONS.items():
        parent = demo.organisations[code[:2]]
        demo.organisations[code] = court.organisation_open(
            name=name, code=code, kind=OrganisationKind.DIVISION, parent=parent, by=by, at=at
        )


def _appoint_people(demo: Demo, at: datetime) -> None:
    by = system("演示", on=at.date())
    for number, name in enumerate([*PEOPLE, *ADMINISTRATORS], start=1):
        demo.people[name] = accounts.user_register(staff_no=f"LJ{number:04d}", name=name, by=by, at=at)
    for name, (code, title, role) in PEOPLE.items():
        person, division = demo.people[name], demo.organisations[code]
        court.person_post(person=person, division=division, title=title, since=SINCE, by=by, at=at)
        if role is not None:
            # a head commands the division; every other role is held over the whole court
            branch = division if role == Role.HEAD else demo.organisations[code[:2]]
            accounts.appoint(user=person, role=role, organisation=branch, since=SINCE, until=None, by=by, at=at)
    for name, role in ADMINISTRATORS.items():
        branch = demo.organisations["LJ"]
        accounts.appoint(user=demo.people[name], role=role, organisation=branch, since=SINCE, until=None, by=by, at=at)
    for name in CAST:
        person = demo.people[name]  # each sets their own, so that nobody has to change it before looking around
        accounts.user_set_password(user=person, password=PASSWORD, by=viewer_of(person, on=at.date()), at=at)


def _take_case(demo: Demo, facts: dict[str, Any], division: str, at: datetime) -> None:
    case_no, closed = facts["case_no"], date.fromisoformat(facts["decided_on"])
    filed = date.fromisoformat(facts["filed_on"])
    hearing = datetime.combine(filed + (closed - filed) / 2, time(9, 30), ZoneInfo("Asia/Shanghai"))
    court.case_take(
        fields={
            "court": demo.organisations[division[:2]],
            "organisation": demo.organisations[division],
            "case_no": case_no,
            "kind": next((kind for sign, kind in KINDS.items() if sign in case_no), CaseKind.OTHER),
            "cause": facts["cause"],
            "procedure": next((p for sign, p in PROCEDURES.items() if sign in facts["procedure"]), Procedure.OTHER),
            "instance": 2 if "终" in case_no else 1,
            "judge": demo.people[facts["presiding"]],
            "clerk": demo.people.get(facts["clerk"]),
            "filed_on": filed,
            "closed_on": closed,
            "how_closed": HowClosed.JUDGMENT if "判决" in facts["kind"] else HowClosed.RULING,
        },
        hearings=[(hearing, "第一法庭")] if closed - filed > timedelta(days=5) else [],
        by=system("演示", on=at.date()),
        at=at,
    )
