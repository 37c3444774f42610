"""离院前的交接：what of the loop, up to here, still waits for one person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tianping.evidence.documents.models import Review
from tianping.evidence.documents.states import State as ReviewState
from tianping.findings.models import Finding
from tianping.findings.states import State as FindingState
from tianping.foundation.leaving import Owed
from tianping.remedy.models import Duty
from tianping.remedy.states import State


def owed_by(person_id: int, on: date) -> Iterator[Owed]:
    """尚欠：duties to be handed over, duties to be verified, answers owed, reviews open."""
    owned = Duty.objects.filter(owner_id=person_id, state=State.OPEN).count()
    yield Owed("承办的整改事项", owned, "审管办、督察或庭长", "移交他人")
    handed_in = Duty.objects.filter(owner_id=person_id, state=State.SUBMITTED).count()
    yield Owed("已报结待核验的整改事项", handed_in, "核验人", "核验销号，或退回后移交")
    verified = Duty.objects.filter(verifier_id=person_id, state__in=[State.OPEN, State.SUBMITTED]).count()
    yield Owed("由其核验的整改事项", verified, "审管办、督察或庭长", "改派核验人")
    answers = Finding.objects.filter(subject_id=person_id, state=FindingState.ANSWERING).count()
    yield Owed("待答复的问题", answers, "本人", "离院前答复，或等答复期满")
    reviews = Review.objects.filter(reviewer_id=person_id, state=ReviewState.OPEN).count()
    yield Owed("未办结的评查", reviews, "审管办", "作废后另行指派")
