"""放假安排的导入：a year's notice from a table; what it would do to open clocks is said before it is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from tianping.foundation.accounts.models import Organisation
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit
from tianping.foundation.parameters import selectors
from tianping.foundation.parameters.clocks import CLOCKS, Clock, Moved
from tianping.foundation.parameters.models import HolidayDay, HolidayNotice
from tianping.foundation.parameters.services import ParameterRefused
from tianping.foundation.tables import Field, Kind, Refusal, Row, Schema, TableRead, read_table
from tianping.law.workdays import fixed_holiday

OFF, ON = "放假", "上班"
SCHEMA = Schema(
    "放假安排",
    (
        Field("day", "日期", Kind.DATE, also=("day",), required=True),
        Field(
            "kind", "安排", Kind.CHOICE, also=("kind", "类别"), required=True,
            choices={OFF: OFF, ON: ON, "休息": OFF, "调休": OFF, "调休上班": ON, "补班": ON},
        ),
        Field("name", "节日", also=("name", "名称", "节日名称"), required=True, most=20),
    ),
    key=("day",),
)  # fmt: skip
MOST_DAYS_OFF = 60


@dataclass(frozen=True, slots=True)
class Affected:
    """受影响的期限，附其种类。"""

    clock: Clock
    moved: Moved


@dataclass(frozen=True, slots=True)
class Outcome:
    """导入结果：``fingerprint`` names exactly what was shown, so that nobody confirms something else."""

    read: TableRead
    year: int
    affected: tuple[Affected, ...]
    fingerprint: str
    written: bool

    @property
    def refused(self) -> tuple[Refusal, ...]:
        return self.read.refused

    @property
    def notes(self) -> list[str]:
        """逐个期限：those that may be named to whoever imports."""
        return [
            f"{one.moved.number}：{one.moved.was} → {one.moved.becomes}，{'顺延' if one.moved.later else '不提前'}"
            for one in self.affected
            if one.moved.number
        ]

    @property
    def summary(self) -> str:
        if rows := len(self.read.refused_rows):
            return f"共 {self.read.total} 行，{rows} 行被拒，未写入。"
        off = sum(row.values["kind"] == OFF for row in self.read.rows)
        counts = f"{self.year}年放假 {off} 天，调休上班 {len(self.read.rows) - off} 天"
        later = sum(one.moved.later for one in self.affected)
        kept = len(self.affected) - later
        moved = (
            f"{later} 个未到期的期限顺延，{kept} 个按新安排本应提前的不提前" if self.affected else "没有受影响的期限"
        )
        return f"{counts}，{'已写入' if self.written else '现未写入'}；{moved}。"


def holidays_import(
    *, court: Organisation, year: int, data: bytes, name: str, by: Viewer, at: datetime, confirmed: str | None
) -> Outcome:
    """导入一年的放假安排：``confirmed`` is the fingerprint of what was shown (or ``"*"`` from the terminal); without it
    nothing is written. A due day already set is postponed where the new calendar ends it later, with a step on its
    record; it is never brought forward, because somebody was told it.
    """
    if by.user_id is not None and not by.holds_over(court.path, Role.TRIAL_OFFICE):
        raise ParameterRefused(f"{court.name}的放假安排由该院审管办导入。")
    if not by.on.year - 5 <= year <= by.on.year + 2:
        raise ParameterRefused(
            f"年度 {year} 不在可导入的范围内。请填 {by.on.year - 5} 至 {by.on.year + 2} 之间的年度。"
        )
    read = read_table(data, name, SCHEMA)
    read = read.refusing(_faults(read, year))
    if read.refused:
        return Outcome(read, year, (), "", written=False)
    _whole(read, year)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=court.pk)
        days = {row.values["day"]: (row.values["kind"], row.values["name"]) for row in read.rows}
        calendar = selectors.calendar_of(court.pk).with_year(year, days)
        affected = tuple(Affected(clock, moved) for clock in CLOCKS for moved in clock.affected(by, court, calendar))
        fingerprint = _fingerprint(data, court, year, affected)
        if confirmed not in (fingerprint, "*"):
            return Outcome(read, year, affected, fingerprint, written=False)
        notice = HolidayNotice.objects.create(
            court=court, year=year, file_name=name[:200], sha256=hashlib.sha256(data).hexdigest(),
            imported_by_id=by.user_id, imported_by_name=by.name, imported_at=at,
        )  # fmt: skip
        HolidayDay.objects.bulk_create(
            HolidayDay(notice=notice, day=day, kind=kind, name=what) for day, (kind, what) in days.items()
        )
        later = [one for one in affected if one.moved.later]
        for one in later:
            one.clock.postpone(one.moved.key, one.moved.becomes, by=by, at=at)
        audit.write(
            "parameters.holidays.import", on=notice, by=by, at=at, year=year, days=len(days), sha256=notice.sha256,
            postponed=len(later), kept=len(affected) - len(later),
        )  # fmt: skip
        return Outcome(read, year, affected, fingerprint, written=True)


def _faults(read: TableRead, year: int) -> list[Refusal]:
    faults = []
    for row in read.every_row:
        if "day" in row.unread:
            continue
        day: date = row.values["day"]
        if day.year != year:
            faults.append(_fault(read, row, "day", f"不在 {year} 年内", "请删去此行，或核对年度。"))
        elif row.values.get("kind") == ON and day.weekday() < 5:
            faults.append(_fault(read, row, "day", "本来就是周一至周五，不会另列为上班", "请核对日期，或改为放假。"))
        elif row.values.get("kind") == ON and (name := fixed_holiday(day)):
            faults.append(_fault(read, row, "day", f"是{name}，法定放假", "请核对日期。"))
    return faults


def _fault(read: TableRead, row: Row, key: str, reason: str, way_out: str) -> Refusal:
    return Refusal(row.number, read.header(key, SCHEMA), str(row.values[key]), reason, way_out)


def _whole(read: TableRead, year: int) -> None:
    """齐不齐：half a notice would turn the other half's holidays into working days."""
    off = {row.values["day"] for row in read.rows if row.values["kind"] == OFF}
    every = (date(year, 1, 1) + timedelta(days=n) for n in range((date(year, 12, 31) - date(year, 1, 1)).days + 1))
    if lacking := [
        f"{day.month}月{day.day}日{name}" for day in every if (name := fixed_holiday(day)) and day not in off
    ]:
        raise ParameterRefused(f"表中没有把{'、'.join(lacking)}列为放假，不是全年的安排。请补全后再导入。")
    if len(off) > MOST_DAYS_OFF:
        raise ParameterRefused(f"表中放假 {len(off)} 天，多于 {MOST_DAYS_OFF} 天。只列通知里的放假日，平常周末不列。")


def _fingerprint(data: bytes, court: Organisation, year: int, affected: tuple[Affected, ...]) -> str:
    told = [f"{type(one.clock).__name__} {one.moved.key} {one.moved.was} {one.moved.becomes}" for one in affected]
    return hashlib.sha256(data + "\n".join([str(court.pk), str(year), *told]).encode()).hexdigest()
