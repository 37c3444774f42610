"""定时工作：a restart neither skips nor doubles."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.cast import Court
from tianping.foundation.audit import services as audit
from tianping.foundation.audit import triggers
from tianping.foundation.audit.chain import FIELDS, Head, digest
from tianping.foundation.audit.models import Entry
from tianping.foundation.jobs import schedule
from tianping.foundation.jobs.models import ScheduledWork
from tianping.foundation.jobs.schedule import LEASE, PAUSE, Periodic, day, minute, run_due

NOON = datetime(2026, 11, 23, 4, 0, 5, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Killed(BaseException):
    """What no ``except Exception`` holds up: as near to a SIGKILL as one process comes."""


@pytest.fixture
def calls() -> list[datetime]:
    return []


@pytest.fixture
def work(calls: list[datetime]) -> tuple[Periodic, ...]:
    def do(at: datetime) -> str:
        calls.append(at)
        return f"第 {len(calls)} 次"

    return (Periodic("each_minute", "每分钟", minute, do),)


@pytest.mark.django_db
class TestTheMinute:
    def test_it_is_done_once_in_a_minute_by_whichever_worker(self, work: Any, calls: list[datetime]) -> None:
        for second, worker in [(0, "w-1"), (5, "w-1"), (6, "w-2"), (50, "w-2"), (60, "w-2"), (61, "w-1")]:
            run_due(NOON + timedelta(seconds=second), worker=worker, work=work)
        assert calls == [NOON, NOON + MINUTE]
        assert ScheduledWork.objects.get().note == "第 2 次"

    def test_a_restart_in_the_same_minute_does_not_double_and_a_long_stop_is_one_turn(
        self, work: Any, calls: list[datetime]
    ) -> None:
        for at in (NOON, NOON, NOON + timedelta(hours=3), NOON + timedelta(hours=3)):
            run_due(at, worker="w-1", work=work)
        assert calls == [NOON, NOON + timedelta(hours=3)]

    def test_a_clock_set_back_does_nothing_twice(self, work: Any, calls: list[datetime]) -> None:
        run_due(NOON, worker="w-1", work=work)
        run_due(NOON - 5 * MINUTE, worker="w-1", work=work)
        assert calls == [NOON]

    @pytest.mark.parametrize(
        ("worker", "at", "taken_up"),
        [("w-1", NOON, True), ("w-2", NOON + LEASE, False), ("w-2", NOON + LEASE + MINUTE, True)],
    )
    def test_what_a_kill_cut_short_is_taken_up_by_its_own_worker_at_once_by_another_after_the_lease(
        self, work: Any, calls: list[datetime], worker: str, at: datetime, taken_up: bool
    ) -> None:
        def killed(at: datetime) -> str:
            raise Killed

        with pytest.raises(Killed):
            run_due(NOON, worker="w-1", work=(Periodic("each_minute", "每分钟", minute, killed),))
        run_due(at, worker=worker, work=work)
        assert bool(calls) == taken_up

    def test_what_fails_is_tried_again_and_does_not_hold_up_the_rest(self, work: Any, calls: list[datetime]) -> None:
        def broken(at: datetime) -> str:
            raise OSError("disk full")

        both = (Periodic("broken", "坏的", day, broken), *work)
        assert run_due(NOON, worker="w-1", work=both) == ["each_minute"]
        row = ScheduledWork.objects.get(name="broken")
        assert (row.slot, row.failed_at, row.claimed_by) == ("", NOON, "")
        repaired = (Periodic("broken", "修好", day, lambda at: "好"), *work)
        assert run_due(NOON + MINUTE, worker="w-2", work=repaired) == ["each_minute"], "每日的不是每分钟再试"
        assert run_due(NOON + PAUSE, worker="w-2", work=repaired) == ["broken", "each_minute"]
        assert ScheduledWork.objects.get(name="broken").failed_at is None


class TestTheHeadOfTheChain:
    @pytest.fixture(autouse=True)
    def home(self, settings: Any, tmp_path: Path) -> Path:
        settings.HOME = tmp_path
        return tmp_path / "audit-heads"

    def test_it_is_exported_once_a_day_and_stands_against_the_chain(self, court: Court, home: Path) -> None:
        court.case()
        assert "audit_head" in run_due(NOON, worker="w-1")
        (path,) = home.iterdir()
        words = json.loads(path.read_text("utf-8"))
        assert path.name == "2026-11-23.json"
        assert (words["faults"], words["rows"]) == ([], words["seq"])
        court.case(4096)
        assert "audit_head" not in run_due(NOON + timedelta(hours=1), worker="w-1")
        assert json.loads(path.read_text("utf-8")) == words
        assert not audit.verify(Head(words["seq"], words["hash"])).faults

    def test_the_next_day_goes_on_from_the_head_of_the_day_before(self, court: Court, home: Path) -> None:
        schedule.audit_head_export(NOON)
        first = json.loads((home / "2026-11-23.json").read_text("utf-8"))
        court.case()
        note = schedule.audit_head_export(NOON + DAY)
        words = json.loads((home / "2026-11-24.json").read_text("utf-8"))
        assert (first["since"], words["since"]) == (0, first["seq"])
        assert words["rows"] == words["seq"] - first["seq"] + 1, "the head itself is read again, and what came after it"
        assert note == f"链头第 {words['seq']} 号，自第 {first['seq']} 号起完好"

    @pytest.mark.parametrize("seq", [3, None], ids=["rewritten from an early row", "the last row changed"])
    def test_what_was_rewritten_before_the_head_shows_the_next_day_and_every_day_after(
        self, court: Court, home: Path, seq: int | None
    ) -> None:
        schedule.audit_head_export(NOON)
        triggers.remove(connection)
        rows = Entry.objects.order_by("seq")
        last = Entry.objects.latest("seq").seq
        previous = ""
        for entry in rows.filter(seq__gte=seq or last):
            Entry.objects.filter(pk=entry.pk).update(actor_name="他人", previous=previous or entry.previous)
            row = Entry.objects.values_list(*FIELDS).get(pk=entry.pk)
            previous = digest(row)
            Entry.objects.filter(pk=entry.pk).update(hash=previous)
        for days in (1, 2):
            assert "断点" in schedule.audit_head_export(NOON + days * DAY)
            words = json.loads((home / f"2026-11-{23 + days}.json").read_text("utf-8"))
            assert [one["seq"] for one in words["faults"]] == [last]
            assert "整体重写" in words["faults"][0]["what"]

    def test_a_tail_cut_off_below_the_head_shows(self, court: Court, home: Path) -> None:
        schedule.audit_head_export(NOON)
        triggers.remove(connection)
        Entry.objects.filter(seq__gte=Entry.objects.latest("seq").seq - 1).delete()
        assert "断点" in schedule.audit_head_export(NOON + DAY)

    def test_a_break_after_the_head_is_named(self, court: Court, home: Path) -> None:
        schedule.audit_head_export(NOON)
        for number in (1000, 1001, 1002):
            court.case(number)
        triggers.remove(connection)
        Entry.objects.filter(pk=Entry.objects.latest("seq").seq - 1).delete()
        schedule.audit_head_export(NOON + DAY)
        words = json.loads((home / "2026-11-24.json").read_text("utf-8"))
        assert any("缺失" in one["what"] for one in words["faults"])

    def test_the_day_turns_in_shanghai(self, court: Court, home: Path) -> None:
        run_due(datetime(2026, 11, 23, 15, 59, tzinfo=UTC), worker="w-1")
        run_due(datetime(2026, 11, 23, 16, 0, tzinfo=UTC), worker="w-1")
        assert sorted(p.name for p in home.iterdir()) == ["2026-11-23.json", "2026-11-24.json"]

    def test_a_kill_after_the_file_and_before_the_row_leaves_the_file_as_it_was(self, court: Court, home: Path) -> None:
        schedule.audit_head_export(NOON)
        (path,) = home.iterdir()
        before = path.read_bytes()
        court.case()
        assert "audit_head" in run_due(NOON, worker="w-1")
        assert path.read_bytes() == before

    def test_every_declared_work_is_done_and_walks_the_loop(self, court: Court, home: Path) -> None:
        court.evidence()
        assert run_due(NOON, worker="w-1") == [work.name for work in schedule.WORK]
        assert ScheduledWork.objects.get(name="loop").note != "循环接办 0 件"
