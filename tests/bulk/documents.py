"""文书：with its reviews, their remarks and the evidence registered from them."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path

from tests.bulk.court import Bulk, numbers_of, take
from tianping.court.models import Case
from tianping.evidence.documents.models import IssuedDocument, Remark, Review, Verdict
from tianping.evidence.documents.states import State as ReviewState
from tianping.evidence.register.models import Door, Evidence
from tianping.evidence.register.states import State as EvidenceState
from tianping.foundation import files

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.docx"))
RULES = [
    ("PTY001", "姓名前后不一"),
    ("LAW002", "引用已失效的法律"),
    ("NUM001", "金额大小写不一"),
    ("DAT001", "日期不存在"),
    ("STR011", "缺尾部"),
    ("CHR002", "全半角混用"),
]
REMARKS = 5  # a review


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


def put_documents(made: Bulk, cases: list[Case], many: int) -> list[Review]:
    numbers, documents = numbers_of(IssuedDocument), []
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
    for n, document in enumerate(take(IssuedDocument, documents)):
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
    return take(Review, reviews)


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


def put_evidence(made: Bulk, reviews: list[Review], many: int) -> list[Evidence]:
    numbers = numbers_of(Evidence)
    about = [reviews[n * len(reviews) // many] for n in range(many)]
    evidence = take(Evidence, [evidence_about(made, review, next(numbers)) for review in about])
    remarks, ordinals = [], {review.pk: count(1) for review in reviews}
    for review, piece in zip(about, evidence, strict=True):
        remarks.append(remark(review, next(ordinals[review.pk]), piece))
    for review in reviews:
        if review.state == ReviewState.OPEN:
            remarks += [remark(review, next(ordinals[review.pk])) for _ in range(REMARKS)]
    take(Remark, remarks)
    return evidence
