from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tianping.court.models import Case
from tianping.court.services import court_of
from tianping.evidence.register.models import Door, Evidence
from tianping.evidence.register.states import MOVES, START, State
from tianping.foundation import loop
from tianping.foundation.accounts.models import Organisation, User
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit
from tianping.foundation.moves import next_state
from tianping.foundation.numbering.services import next_number


class RegistrationRefused(ValueError):
    """登记被拒。"""


@transaction.atomic
def evidence_register(
    *,
    door: Door,
    rule_code: str,
    rule_name: str,
    subject: User,
    organisation: Organisation,
    case: Case | None,
    occurred_on: date,
    summary: str,
    grounds: str,
    by: Viewer,
    at: datetime,
) -> Evidence:
    """登记证据：a shortfall enters, once. Nobody registers one about themselves."""
    if by.user_id is None:
        raise RegistrationRefused("证据须由具体的人登记，系统不登记证据。")
    if subject.pk == by.user_id:
        raise RegistrationRefused("责任人是您本人，不能由本人登记。请交审管办另行指定评查人。")
    if not grounds.strip():
        raise RegistrationRefused("登记理由为空。请写明依据哪一处、为何构成问题。")
    court = court_of(organisation)
    evidence = Evidence(
        number=next_number(court=court, register="证", year=timezone.localdate(at).year),
        court=court,
        organisation=organisation,
        door=door,
        rule_code=rule_code,
        rule_name=rule_name,
        subject=subject,
        case=case,
        occurred_on=occurred_on,
        summary=summary,
        grounds=grounds.strip(),
        registered_by_id=by.user_id,
        registered_at=at,
        state=START,
    )
    evidence.full_clean()
    evidence.save()
    audit.write(
        "register.evidence.register", on=evidence, by=by, at=at, number=evidence.number, rule=rule_code, door=str(door)
    )
    loop.after_commit()
    return evidence


@transaction.atomic
def evidence_void(*, evidence_id: int, reason: str, by: Viewer, at: datetime) -> Evidence:
    """作废：the entry itself was wrong; it stays readable with the reason and opens nothing any more."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence_id)
    evidence.state = next_state(MOVES, State(evidence.state), "void", evidence.roles_of(by))
    evidence.void_reason, evidence.voided_at = reason.strip(), at
    if not evidence.void_reason:
        raise RegistrationRefused("作废理由为空。请写明登记错在哪里。")
    evidence.save(update_fields=["state", "void_reason", "voided_at"])
    audit.write("register.evidence.void", on=evidence, by=by, at=at)
    loop.after_commit()
    return evidence
