"""每页问几次库：how often a page asks the database, beside the number noted in query_counts.json.

It is the same for three records as for sixty: what asks once more per record is fast in a demo and slow in a court.

Renew the note after a change that is meant:  TIANPING_NOTE_QUERIES=true .venv/bin/pytest tests/test_query_counts.py
"""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.bulk import (
    Bulk,
    Size,
    bulk,
    duty_for,
    evidence_about,
    fill,
    finding_on,
    finding_step,
    keep_file,
    postponement,
    remark,
)
from tests.conftest import NOW
from tianping.court.models import Case, Hearing
from tianping.evidence.documents.models import Review
from tianping.evidence.documents.states import State as ReviewState
from tianping.evidence.register.models import Evidence
from tianping.findings.models import FindingEvidence
from tianping.findings.states import State as FindingState
from tianping.foundation.figures.period import year
from tianping.remedy.models import Duty, DutyFinding, DutyStep, Proof
from tianping.remedy.states import State as DutyState

NOTED = Path(__file__).with_name("query_counts.json")
FEW, MANY = 3, 60
A_YEAR = NOW.year - 1
"""统计的年度：in which, of few documents, enough judges' were reviewed for a number to be shown."""
EMPTY_AT_FIRST = frozenset({"court:cases 评查人"})
"""起初空着的清单：of so few cases none is theirs yet, and a list without rows saves the question for them."""
LISTS = [
    "web:home",
    "web:loop",
    "register:list",
    "documents:issued",
    "documents:reviews",
    "findings:list",
    "remedy:list",
    "court:cases",
]
Counts = dict[str, int]


def grown(noted: Counts, few: Counts, many: Counts) -> list[str]:
    """What is wrong, a sentence a page."""
    said = [
        f"{page}：{FEW} 条记录时问库 {few[page]} 次，{MANY} 条时 {many[page]} 次；"
        "随记录条数增加的查询，请改为一次问清。"
        for page in few
        if few[page] + (page in EMPTY_AT_FIRST) < many[page]
    ]
    for page in sorted(noted.keys() | many.keys()):
        before, now = noted.get(page, 0), many.get(page, 0)  # a page that is new, or gone, asked or asks not at all
        if before != now:
            said.append(
                f"{page}：问库由 {before} 次变为 {now} 次；确需如此的，"
                "用 TIANPING_NOTE_QUERIES=true .venv/bin/pytest tests/test_query_counts.py 重记。"
            )
    return said


class Records:
    """一案、一文书、一评查、一问题、一事项，each with as much under it as it is given."""

    def __init__(self, made: Bulk) -> None:
        self.made, self.given = made, 0
        open_reviews = Review.objects.filter(state=ReviewState.OPEN, document__organisation=made.divisions[0])
        self.review = open_reviews.order_by("id")[0]
        self.case = Case.objects.get(pk=self.review.document.case_id)
        keep_file(self.review.document)
        self.evidence = self._piece()
        self.finding = finding_on(made, self.evidence, 9000, FindingState.ANSWERED)
        self.finding.save()
        FindingEvidence.objects.create(finding=self.finding, evidence=self.evidence, round=1)
        self.duties = {}
        for number, state in enumerate((DutyState.PLANNING, DutyState.OPEN, DutyState.SUBMITTED, DutyState.CLOSED)):
            self.duties[state] = duty_for(made, self.finding, 9000 + number, state)
            self.duties[state].save()
        fresh = postponement(made, self.duties[DutyState.OPEN])
        fresh.save()

    def _piece(self) -> Evidence:
        piece = evidence_about(self.made, self.review, 9000 + self.given)
        piece.save()
        remark(self.review, 9000 + self.given, piece).save()
        return piece

    def give(self, many: int) -> None:
        """So much more under each: remarks, evidence, steps, findings, proofs, postponements, hearings."""
        while self.given < many:
            self.given += 1
            self._under_case_and_finding()
            for duty in self.duties.values():
                self._under_duty(duty)

    def _under_case_and_finding(self) -> None:
        made = self.made
        Hearing.objects.create(case=self.case, starts_at=made.now - timedelta(days=30 + self.given), room="一")
        remark(self.review, 8000 + self.given).save()
        FindingEvidence.objects.create(finding=self.finding, evidence=self._piece(), round=1)
        finding_step(made, self.finding, "join", "并入证据").save()

    def _under_duty(self, duty: Duty) -> None:
        number = 9100 + self.given * 10 + list(self.duties.values()).index(duty)
        piece = evidence_about(self.made, self.review, number)
        piece.subject, piece.registered_by = self.made.judges[self.given], self.made.deputy
        piece.save()
        finding = finding_on(self.made, piece, number, FindingState.REMEDYING)
        finding.save()
        FindingEvidence.objects.create(finding=finding, evidence=piece, round=1)
        DutyFinding.objects.create(duty=duty, finding=finding, round=1)
        step = DutyStep.objects.create(
            duty=duty, at=self.made.now, actor=self.made.deputy, actor_name="审管办", move="return", label="退回"
        )
        Proof.objects.create(duty=duty, step=step, file_name="更正.docx", sha256="0" * 64, size=9)
        if duty.state == DutyState.OPEN:
            postponement(self.made, duty, granted=False).save()
        elif duty.state == DutyState.CLOSED:
            duty_for(self.made, finding, number, DutyState.PLANNING, follows=duty).save()

    def _counted(self, code: str) -> str:
        """A number of the document statistics."""
        return reverse("documents:counted", args=[code, self.review.document.court.code, year(A_YEAR).code])

    def addresses(self) -> dict[str, str]:
        found = {
            "court:case": reverse("court:case", args=[self.case.public_id]),
            "documents:document": reverse("documents:document", args=[self.review.document.public_id]),
            "documents:review": reverse("documents:review", args=[self.review.public_id]),
            "documents:statistics": f"{reverse('documents:statistics')}?year={A_YEAR}",
            "documents:counted": self._counted("documents.reviewed"),
            "documents:counted remarks": self._counted("documents.remarks"),
            "register:detail": reverse("register:detail", args=[self.evidence.public_id]),
            "findings:detail": reverse("findings:detail", args=[self.finding.public_id]),
        }
        for state, duty in self.duties.items():
            found[f"remedy:detail {state}"] = reverse("remedy:detail", args=[duty.public_id])
        return found


def asked(client: Client, address: str) -> int | None:
    """Queries of a page; None where it is not for this viewer."""
    client.get(address)  # what is read once a process is read now
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code in (200, 404), f"{address} {answer.status_code}"
    return len(queries) if answer.status_code == 200 else None


def count(made: Bulk, records: Records) -> Counts:
    counts = {}
    pages = {name: reverse(name) for name in LISTS} | records.addresses()
    for part, user in {**made.viewers, "评查人": records.review.reviewer}.items():
        client = Client()
        client.force_login(user, backend="tianping.foundation.accounts.backend.StaffBackend")
        for page, address in pages.items():
            if (number := asked(client, address)) is not None:
                counts[f"{page} {part}"] = number
    return counts


@pytest.mark.usefixtures("db", "files_home")
def test_no_page_asks_more_often_than_noted_nor_per_record(monkeypatch: pytest.MonkeyPatch) -> None:
    # On a slow machine the clock would move a session's last step, one write more on whichever page it falls.
    monkeypatch.setattr(timezone, "now", lambda: NOW)

    def of(many: int) -> Size:
        return Size(cases=many, documents=many, findings=many * 4, duties=many * 4, people=80, divisions=3)

    made = bulk(of(FEW * 4), NOW)
    records = Records(made)
    records.give(FEW)
    few = count(made, records)
    fill(made, of(MANY - FEW))
    records.give(MANY)
    many = count(made, records)
    if os.environ.get("TIANPING_NOTE_QUERIES") == "true":
        NOTED.write_text(json.dumps(many, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    noted: Counts = json.loads(NOTED.read_text(encoding="utf-8"))
    said = grown(noted, few, many)
    assert not said, "\n".join(said)


def test_a_page_that_grew_is_named_with_both_numbers_and_the_way_out() -> None:
    (per_record,) = grown(
        {"甲页": 63, "court:cases 评查人": 8},
        {"甲页": 6, "court:cases 评查人": 7},
        {"甲页": 63, "court:cases 评查人": 8},
    )
    assert "甲页：3 条记录时问库 6 次，60 条时 63 次" in per_record
    (changed,) = grown({"乙页": 8}, {"乙页": 9}, {"乙页": 9})
    assert "乙页：问库由 8 次变为 9 次" in changed
    assert "TIANPING_NOTE_QUERIES=true" in changed
    (new,) = grown({}, {"丙页": 5}, {"丙页": 5})
    assert "由 0 次变为 5 次" in new
