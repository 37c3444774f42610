"""台账收回：each filled row moved by the service of its page, by whoever brings the table; all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tianping.findings.services import FindingRefused
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
class _Refused(Exception):
    """一格被拒。"""

    key: str
    reason: str
    way_out: str = ""


def ledger_take(*, data: bytes, name: str, write: bool, by: Viewer, at: datetime) -> Taken:
    """收回台账：without ``write`` every row is moved and all of it taken back, so that a trial refuses the same."""
    read = read_table(data, name, LEDGER)
    if read.total > selectors.MOST:
        raise TableUnreadable(f"“{name}”有 {read.total} 行，超过 {selectors.MOST} 行的上限。请分成几张表办理。")
    changed: list[str] = []
    refused: list[Refusal] = []
    with transaction.atomic():
        held = selectors.duties_named(by, [str(row.values["public_id"]) for row in read.rows])
        for row in read.rows:
            try:
                with transaction.atomic():
                    if number := _take(row, held, by=by, at=at):
                        changed.append(number)
            except _Refused as fault:
                value = str(row.values.get(fault.key) or "")
                refused.append(Refusal(row.number, read.header(fault.key, LEDGER), value, fault.reason, fault.way_out))
        read = read.refusing(refused)
        written = write and not read.refused
        if written and changed:
            sha256 = hashlib.sha256(data).hexdigest()
            audit.write("remedy.ledger.take", on="remedy.ledger", by=by, at=at, sha256=sha256, changed=len(changed))
        if not written:
            transaction.set_rollback(True)
    return Taken(read, tuple(changed), len(read.rows) - len(changed) if not refused else 0, written)


def _take(row: Row, held: Mapping[str, tuple[Duty, dict[str, str], int]], *, by: Viewer, at: datetime) -> str | None:
    """One row: the number of the duty it moved, or None where nothing was filled in."""
    values = row.values
    known = held.get(str(values["public_id"]))
    if known is None:
        raise _Refused("public_id", "台账中没有您可以查看的这一事项", "请勿改动“标识”列；重新导出后再填。")
    duty, read, steps = known
    filled = [key for key in FILLED if values.get(key)]
    _same(values, read, code_of(duty, read, steps), filled)
    if not filled:
        return None
    what = _move(filled, values)
    try:
        what(duty, values, by, at)
    except (services.DutyRefused, FindingRefused, MoveRefused) as refusal:
        raise _Refused(filled[0], str(refusal).rstrip("。")) from None
    return duty.number


def _same(values: Mapping[str, Any], read: dict[str, str], code: str, filled: list[str]) -> None:
    """未变：the row as it was exported is the duty as it is. A row that only lies in the table may be out of date."""
    differing = [key for key in READ if key in values and (values[key] or "") != read[key]]
    if values["code"] == code:
        if differing:
            key = differing[0]
            raise _Refused(key, f"与系统中的“{read[key] or '空'}”不同，这一列不能在表中改", f"请改回原值。{AGAIN}")
        return
    if not filled:
        return
    if differing:
        key = differing[0]
        raise _Refused(key, f"导出后已变为“{read[key] or '空'}”", AGAIN)
    raise _Refused("code", "导出后本事项又有办理", AGAIN)


Do = Callable[[Duty, Mapping[str, Any], Viewer, datetime], object]


def _move(filled: list[str], values: Mapping[str, Any]) -> Do:
    """哪一步：what was filled in says which; two steps at once are none."""
    asked = [one for one, keys in STEPS.items() if set(keys) & set(filled)]
    if len(asked) > 1:
        raise _Refused(filled[1], f"与“{FILLED[filled[0]]}”是两步，一次只能办一步", "请删去其中一步的内容。")
    for key in STEPS[asked[0]]:
        if key not in filled:
            raise _Refused(key, f"填了“{FILLED[filled[0]]}”的也须填写", "请补填后再办。")
    return DOES[asked[0]]


def _submit(duty: Duty, values: Mapping[str, Any], by: Viewer, at: datetime) -> object:
    return services.duty_submit(duty_id=duty.pk, report=str(values["report"]), by=by, at=at)


def _verify(duty: Duty, values: Mapping[str, Any], by: Viewer, at: datetime) -> object:
    verb = services.duty_close if values["verdict"] == CLOSE else services.duty_return
    return verb(duty_id=duty.pk, reason=str(values["opinion"]), by=by, at=at)


def _hand_over(duty: Duty, values: Mapping[str, Any], by: Viewer, at: datetime) -> object:
    number = str(values["to"])
    to = next((person for person in duties.possible_owners(by, duty) if person.staff_no == number), None)
    if to is None:
        raise _Refused("to", "本院没有这个工号可以承办", "请核对工号；须是本院在业务岗位任职的人。")
    return services.duty_hand_over(duty_id=duty.pk, owner=to, reason=str(values["why"]), by=by, at=at)


STEPS: dict[str, tuple[str, ...]] = {
    "submit": ("report",),
    "verify": ("verdict", "opinion"),
    "hand_over": ("to", "why"),
}
DOES: dict[str, Do] = {"submit": _submit, "verify": _verify, "hand_over": _hand_over}
