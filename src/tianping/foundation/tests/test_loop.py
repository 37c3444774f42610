"""循环：one record that cannot be taken holds up no other, and nothing runs before its commit."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from tianping.foundation import loop
from tianping.foundation.accounts.models import Organisation, OrganisationKind
from tianping.foundation.numbering.models import Series

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class Recorder:
    """An intake that notes what it took; it fails on the keys it is told to."""

    def __init__(self, name: str, keys: Iterable[int] = (), failing: Iterable[int] = ()) -> None:
        self.name, self.keys, self.failing = name, list(keys), set(failing)
        self.taken: list[int] = []

    def waiting(self, at: datetime) -> Iterable[int]:
        return iter(self.keys)

    def take(self, key: int, at: datetime) -> bool:
        if key in self.failing:
            raise ValueError(f"第 {key} 号不肯走")
        self.taken.append(key)
        self.keys.remove(key)
        return True


INTAKES: tuple[Any, ...] = ()


@pytest.fixture
def intakes(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    def put(*found: Any) -> None:
        monkeypatch.setattr(f"{__name__}.INTAKES", found)

    settings.LOOP = f"{__name__}.INTAKES"
    return put


@pytest.mark.django_db
class TestRunning:
    def test_walks_the_intakes_in_order_and_counts_by_name(self, intakes: Any) -> None:
        first, second = Recorder("先", [1, 2]), Recorder("后", [3])
        intakes(first, second)
        assert loop.run(AT) == {"先": 2, "后": 1}
        assert list(loop.run(AT).values()) == [0, 0]

    def test_what_the_first_leaves_the_second_finds_in_the_same_run(self, intakes: Any) -> None:
        second = Recorder("后")

        class Handing(Recorder):
            def take(self, key: int, at: datetime) -> bool:
                second.keys.append(key + 10)
                return super().take(key, at)

        intakes(Handing("先", [1]), second)
        loop.run(AT)
        assert second.taken == [11]

    def test_one_that_fails_holds_up_no_other_and_is_tried_again(
        self, intakes: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        first, second = Recorder("先", [1, 2, 3], failing=[2]), Recorder("后", [4])
        intakes(first, second)
        with caplog.at_level(logging.ERROR):
            assert loop.run(AT) == {"先": 2, "后": 1}
        assert "“先”第 2 号" in caplog.text
        first.failing.clear()
        assert loop.run(AT)["先"] == 1

    def test_a_failing_record_takes_back_what_it_had_written_and_only_that(self, intakes: Any, court: Any) -> None:
        class Writing(Recorder):
            def take(self, key: int, at: datetime) -> bool:
                Series.objects.create(court=court.organisations["LJ"], register=f"第{key}", year=2026, last=1)
                return super().take(key, at)

        intakes(Writing("先", [1, 2], failing=[2]))
        loop.run(AT)
        assert [s.register for s in Series.objects.filter(register__startswith="第")] == ["第1"]

    def test_taking_that_changes_nothing_is_not_counted(self, intakes: Any) -> None:
        class Idle(Recorder):
            def take(self, key: int, at: datetime) -> bool:
                return False

        intakes(Idle("先", [1]))
        assert loop.run(AT) == {"先": 0}


class TestAfterCommit:
    @pytest.mark.django_db(transaction=True)
    def test_it_runs_once_the_change_is_committed_and_not_before(self, intakes: Any) -> None:
        recorder = Recorder("先", [1])
        intakes(recorder)
        with transaction.atomic():
            loop.after_commit()
            assert recorder.taken == []
        assert recorder.taken == [1]

    @pytest.mark.django_db(transaction=True)
    def test_it_does_not_run_for_a_change_taken_back(self, intakes: Any) -> None:
        recorder = Recorder("先", [1])
        intakes(recorder)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            loop.after_commit()
            _ = 1 / 0
        assert recorder.taken == []

    @pytest.mark.django_db(transaction=True)
    def test_a_loop_that_breaks_does_not_undo_what_was_saved(self, intakes: Any) -> None:
        class Broken(Recorder):
            def waiting(self, at: datetime) -> Iterable[int]:
                raise OSError("磁盘没了")

        intakes(Broken("先"))
        with transaction.atomic():
            Organisation.objects.create(name="临江法院", code="LJ", kind=OrganisationKind.COURT)
            loop.after_commit()
        assert Organisation.objects.filter(code="LJ").exists()
