"""成批的法院：one court of any size, put in by the thousand, for what is measured and counted rather than told.

Every state of the loop is there in fixed shares, so that the same size is always the same court.
"""

from __future__ import annotations

from datetime import datetime

from tests.bulk.court import Bulk, Size, put_cases, put_people
from tests.bulk.documents import evidence_about, keep_file, put_documents, put_evidence, remark
from tests.bulk.loop import duty_for, finding_on, finding_step, postponement, put_duties, put_findings

__all__ = [
    "Bulk",
    "Size",
    "bulk",
    "duty_for",
    "evidence_about",
    "fill",
    "finding_on",
    "finding_step",
    "keep_file",
    "postponement",
    "remark",
]


def bulk(size: Size, now: datetime) -> Bulk:
    """设院并装满。"""
    made = put_people(size, now)
    fill(made, size)
    return made


def fill(made: Bulk, size: Size) -> None:
    """装满：so many records more of every kind, numbered on from those already there."""
    cases = put_cases(made, size.cases)
    reviews = put_documents(made, cases, size.documents)
    evidence = put_evidence(made, reviews, size.findings)
    findings = put_findings(made, evidence)
    put_duties(made, findings, size.duties)
