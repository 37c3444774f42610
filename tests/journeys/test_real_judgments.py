"""真实文书走完全程：fifty judgments, five wrappings each, the same remarks; then one remark travels the whole way."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cast import Court
from tests.text.wrappers import five_ways
from tianping import law
from tianping.court import services as court_services
from tianping.court.models import CaseKind, Procedure
from tianping.evidence.documents import services as documents
from tianping.evidence.documents.models import Verdict
from tianping.findings import services as findings
from tianping.findings.models import Finding, Stance
from tianping.findings.states import State as FindingState
from tianping.foundation import loop
from tianping.foundation.audit import services as audit
from tianping.remedy import services as remedy
from tianping.remedy.models import Duty
from tianping.remedy.rules import DEFAULT_CRITERION, Cause, Measure
from tianping.remedy.states import State as DutyState
from tianping.text import lint
from tianping.text.document import Document, read_bytes

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def judgments() -> list[Path]:
    home = os.environ.get("TIANPING_DATA")
    if not home:
        pytest.skip("未设 TIANPING_DATA，没有真实文书可用")
    return sorted((Path(home) / "judgments").glob("*.txt"))


def _remarks(document: Document) -> list[tuple[str, int, str, str]]:
    return [(r.code, r.span.paragraph, r.text, r.message) for r in lint.check(document, law=law.shipped())]


def test_five_wrappings_of_fifty_judgments_get_the_same_remarks(
    judgments: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    differing, total = [], 0
    for seed, path in enumerate(judgments[:50]):
        wrapped = five_ways(path.read_text(encoding="utf-8"), seed)
        found = {way: _remarks(read_bytes(data, name)) for way, (name, data) in wrapped.items()}
        first = next(iter(found.values()))
        total += len(first)
        differing += [(path.name, way) for way, remarks in found.items() if remarks != first]
    with capsys.disabled():
        print(f"\n50 × 5: {len(differing)} differing remarks")
    assert differing == []
    assert total > 0, "五十份文书一条批注也没有，这样的比较说明不了什么"


def _first_with_a_remark(judgments: list[Path]) -> tuple[Path, Document]:
    for path in judgments:
        document = read_bytes(path.read_bytes(), path.name)
        if document.case_no and document.decided_on and lint.check(document, law=law.shipped()):
            return path, document
    raise AssertionError("真实文书里没有一份有批注")


@pytest.mark.django_db
@pytest.mark.usefixtures("files_home")
def test_a_remark_on_a_real_judgment_is_put_right_and_comes_back(judgments: list[Path], court: Court) -> None:
    path, document = _first_with_a_remark(judgments)
    assert document.decided_on
    case, _ = court_services.case_take(
        fields={
            "court": court.organisations["LJ"],
            "organisation": court.organisations["LJ-M1"],
            "case_no": document.case_no,
            "kind": CaseKind.CRIMINAL,
            "cause": "刑事案件",
            "procedure": Procedure.ORDINARY,
            "judge": court.people["林知远"],
            "filed_on": document.decided_on - timedelta(days=60),
        },
        hearings=[],
        by=court.viewer("周既明"),
        at=court.now,
    )
    office, now = court.viewer("周既明"), court.now
    issued = documents.document_take(data=path.read_bytes(), name=path.name, by=office, at=now)
    assert issued.case == case
    review = documents.review_assign(document=issued, reviewer=court.people["韩江临"], by=office, at=now)
    reviewer = court.viewer("韩江临")
    chosen, *rest = review.remarks.all()
    documents.remark_register(
        remark_id=chosen.pk, subject=court.people["林知远"], grounds="与原件核对属实。", by=reviewer, at=now
    )
    for remark in rest:
        documents.remark_pass_over(remark_id=remark.pk, reason="本次只登记一处。", by=reviewer, at=now)
    documents.review_finish(review_id=review.pk, by=reviewer, at=now)
    chosen.refresh_from_db()
    assert chosen.verdict == Verdict.REGISTERED

    loop.run(now)
    finding = Finding.objects.get()
    assert finding.links.get().evidence == chosen.evidence
    findings.finding_answer(
        finding_id=finding.pk, stance=Stance.CONTESTS, text="原件为打印稿。", by=court.viewer("林知远"), at=now
    )
    findings.finding_verify(finding_id=finding.pk, reason="正本亦然。", by=court.viewer("程砚之"), at=now)
    loop.run(now)
    duty = Duty.objects.get()
    remedy.duty_assign(
        duty_id=duty.pk,
        owner=court.people["林知远"],
        verifier=court.people["许清嘉"],
        due_on=date(2026, 12, 10),
        causes=[Cause.CARE],
        measures=[Measure.CORRECTION],
        training_alone_reason="",
        task="作出补正裁定。",
        criterion=DEFAULT_CRITERION,
        watch_days=90,
        by=office,
        at=now,
    )
    proof = ("补正裁定.txt", "补正裁定".encode())
    remedy.duty_submit(duty_id=duty.pk, report="已补正。", proofs=[proof], by=court.viewer("林知远"), at=now)
    remedy.duty_close(duty_id=duty.pk, reason="属实。", by=court.viewer("许清嘉"), at=now)
    duty.refresh_from_db()
    assert duty.state == DutyState.CLOSED

    later = now + timedelta(days=30)
    court.evidence(rule=chosen.code, occurred_on=later.date(), at=later)
    loop.run(later)
    finding.refresh_from_db()
    assert (finding.state, finding.round) == (FindingState.ANSWERING, 2)
    assert audit.verify().faults == ()
