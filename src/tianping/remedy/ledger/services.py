"""台账收回：each filled row moved by the service of its page, by whoever brings the table; all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tianping.findings.services import FindingRefused
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit
from tianping.foundation.moves import MoveRefused
from tianping.foundation.tables import Refusal, Row, TableRead, TableUnreadable, read_table
from tianping.remedy import selectors as duties
from tianping.remedy import services
from tianping.remedy.ledger import selectors
from tianping.remedy.ledger.sheet import CLOSE, FILLED, LEDGER, READ, code_of
from tianping.remedy.models import Duty

AGAIN = "请重新导出台账，在新表中填写。"


@dataclass(frozen=True, slots=True)
class Taken:
    """收回结果：``changed`` are the numbers of the duties moved, or that would be."""

    read: TableRead
    changed: tuple[str, ...]
    untouched: int
    written: bool

    @property
    def refused(self) -> tuple[Refusal, ...]:
        return self.read.refused

    @property
    def summary(self) -> str:
        if self.refused:
            rows = len(self.read.refused_rows)
            return f"{rows} 行被拒，整张表都没有办理；改正后另有 {len(self.changed)} 项可办。"
        done = "已办理" if self.written else "可以办理"
        return f"{done} {len(self.changed)} 项，其余 {self.untouched} 项没有填写，不变。"


@dataclass(frozen=True, slots=True)
class _Fault:
    """一格被拒。"""

    key: str
    reason: str
    way_out: str = ""


class _Refused(Exception):
    """一行被拒：with all that is wrong with it."""

    def __init__(self, *faults: _Fault) -> None:
        self.faults = faults
        super().__init__(*faults)


def ledger_take(*, data: bytes, name: str, write: bool, by: Viewer, at: datetime) -> Taken:
    """收回台账：without ``write`` every row is moved and all of it taken back, so that a trial refuses the same."""
    read = read_table(data, name, LEDGER)
    if read.total > selectors.MOST:
        raise TableUnreadable(f"“{name}”有 {read.total} 行，超过 {selectors.MOST} 行的上限。请分成几张表办理。")
    changed: list[str] = []
    refused: list[Refusal] = []
    with transaction.atomic():
        already = frozenset(read.refused_rows)
        held = selectors.duties_named(by, [str(row.values.get("public_id")) for row in read.every_row])
        for row in read.every_row:
            try:
                with transaction.atomic():
                    if number := _take(row, held, moving=row.number not in already, by=by, at=at):
                        changed.append(number)
            except _Refused as refusal:
                for one in refusal.faults:
                    value, header = str(row.values.get(one.key) or ""), read.header(one.key, LEDGER)
                    refused.append(Refusal(row.number, header, value, one.reason, one.way_out))
        read = read.refusing(refused)
        written = write and not read.refused
        if written and changed:
            sha256 = hashlib.sha256(data).hexdigest()
            audit.write("remedy.ledger.take", on="remedy.ledger", by=by, at=at, sha256=sha256, changed=len(changed))
        if not written:
            transaction.set_rollback(True)
    return Taken(read, tuple(changed), len(read.rows) - len(changed) if not refused else 0, written)


def _take(
    row: Row, held: Mapping[str, tuple[Duty, dict[str, str], int]], *, moving: bool, by: Viewer, at: datetime
) -> str | None:
    """One row: the number of the duty it moved, or None where nothing was filled in. Without ``moving``, of a row the
    table itself refused, it is only looked at what else is wrong with it."""
    values = row.values
    if "public_id" in row.unread:
        return None
    known = held.get(str(values["public_id"]))
    if known is None:
        raise _Refused(_Fault("public_id", "台账中没有您可以查看的这一事项", "请勿改动“标识”列；重新导出后再填。"))
    duty, read, steps = known
    filled = [key for key in FILLED if values.get(key)]
    faults = [*_changed(row, read, code_of(duty, read, steps), filled), *_unclear(row, filled)]
    if "to" in filled and _next_owner(duty, values, by) is None:
        faults.append(_Fault("to", "本院没有这个工号可以承办", "请核对工号；须是本院在业务岗位任职的人。"))
    if faults:
        raise _Refused(*faults)
    if not filled or not moving:
        return None
    try:
        DOES[_asked(filled)[0]](duty, values, by, at)
    except (services.DutyRefused, FindingRefused, MoveRefused) as refusal:
        raise _Refused(_Fault(filled[0], str(refusal).rstrip("。"))) from None
    return duty.number


def _changed(row: Row, read: dict[str, str], code: str, filled: list[str]) -> list[_Fault]:
    """已变：where the row as it was exported is not the duty as it is. A row that only lies in the table may be so."""
    values = row.values
    differing = [key for key in READ if key in values and (values[key] or "") != read[key]]
    if "code" in row.unread:
        return []
    if values["code"] == code:
        ours = {key: f"与系统中的“{read[key] or '空'}”不同，这一列不能在表中改" for key in differing}
        return [_Fault(key, reason, f"请改回原值。{AGAIN}") for key, reason in ours.items()]
    if not filled:
        return []
    now = [_Fault(key, f"导出后已变为“{read[key] or '空'}”", AGAIN) for key in differing]
    return now or [_Fault("code", "导出后本事项又有办理", AGAIN)]


Do = Callable[[Duty, Mapping[str, Any], Viewer, datetime], object]


def _asked(filled: list[str]) -> list[str]:
    """哪一步：what was filled in says which."""
    return [one for one, keys in STEPS.items() if set(keys) & set(filled)]


def _unclear(row: Row, filled: list[str]) -> list[_Fault]:
    """哪一步不明：two steps at once are none, and half a step is none either."""
    asked = _asked(filled)
    faults = []
    if len(asked) > 1:
        second = next(key for key in filled if key not in STEPS[asked[0]])
        reason = f"与“{FILLED[filled[0]]}”是两步，一次只能办一步"
        faults.append(_Fault(second, reason, "请删去其中一步的内容。"))
    for one in asked:
        given = next(key for key in filled if key in STEPS[one])
        lacking = [key for key in STEPS[one] if key not in filled and key not in row.unread]
        faults += [_Fault(key, f"填了“{FILLED[given]}”的也须填写", "请补填后再办。") for key in lacking]
    return faults


def _submit(duty: Duty, values: Mapping[str, Any], by: Viewer, at: datetime) -> object:
    return services.duty_submit(duty_id=duty.pk, report=str(values["report"]), by=by, at=at)


def _verify(duty: Duty, values: Mapping[str, Any], by: Viewer, at: datetime) -> object:
    verb = services.duty_close if values["verdict"] == CLOSE else services.duty_return
    return verb(duty_id=duty.pk, reason=str(values["opinion"]), by=by, at=at)


def _hand_over(duty: Duty, values: Mapping[str, Any], by: Viewer, at: datetime) -> object:
    to = _next_owner(duty, values, by)
    assert to is not None  # looked at before
    return services.duty_hand_over(duty_id=duty.pk, owner=to, reason=str(values["why"]), by=by, at=at)


def _next_owner(duty: Duty, values: Mapping[str, Any], by: Viewer) -> User | None:
    number = str(values["to"])
    return next((person for person in duties.possible_owners(by, duty) if person.staff_no == number), None)


STEPS: dict[str, tuple[str, ...]] = {
    "submit": ("report",),
    "verify": ("verdict", "opinion"),
    "hand_over": ("to", "why"),
}
DOES: dict[str, Do] = {"submit": _submit, "verify": _verify, "hand_over": _hand_over}
