"""几个进程：what is given out together, what first, and what becomes of the rest where a process dies."""

from __future__ import annotations

import os
import signal

from tianping.cli import pool
from tianping.cli.pool import BYTES, LARGE, TOGETHER, ordered, together


def doubled(number: int) -> int:
    return number * 2


def deadly(number: int) -> int:
    if number == 11:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def lost(number: int) -> int:
    return -number


def of_many(number: int) -> int:
    return LARGE * 2 if number >= 38 else 1


class TestWhatIsGivenOutTogether:
    def test_short_ones_a_few_at_a_time_in_their_order(self) -> None:
        parts = together(range(TOGETHER * 2 + 1), lambda _: 1)
        assert [len(part) for part in parts] == [TOGETHER, TOGETHER, 1]
        assert [number for part in parts for number in part] == list(range(TOGETHER * 2 + 1))

    def test_long_ones_alone(self) -> None:
        assert together([1, BYTES, BYTES * 9, 1, 2], lambda size: size) == [[1], [BYTES], [BYTES * 9], [1, 2]]

    def test_nothing_at_all(self) -> None:
        assert together([], lambda _: 1) == []
        assert list(ordered(doubled, [], jobs=2, broken=lost)) == []


class TestTheOrderOfResults:
    def test_is_that_of_the_items_though_the_largest_are_taken_first(self) -> None:
        assert list(ordered(doubled, range(40), jobs=2, broken=lost, size=of_many)) == [2 * n for n in range(40)]

    def test_the_largest_are_taken_first(self, monkeypatch: object) -> None:
        taken: list[int] = []

        def noting(number: int) -> int:
            taken.append(number)
            return number

        class Here:
            """一个进程也不起：what is given out is done at once, in the order in which it is given out."""

            def submit(self, work: object, *given: object) -> object:
                from concurrent.futures import Future

                done: Future[object] = Future()
                done.set_result(work(*given))  # type: ignore[operator]
                return done

            def shutdown(self, **more: bool) -> None: ...

        monkeypatch.setattr(pool, "_pool", lambda jobs: Here())  # type: ignore[attr-defined]
        sizes = {3: LARGE + 1, 20: LARGE * 9}
        assert list(ordered(noting, range(30), jobs=2, broken=lost, size=lambda n: sizes.get(n, 1))) == list(range(30))
        assert taken[:2] == [20, 3]
        assert taken[2:] == [number for number in range(30) if number not in sizes]


class TestAProcessThatDies:
    def test_only_the_item_at_fault_is_lost(self) -> None:
        expected = [-11 if n == 11 else 2 * n for n in range(100)]
        assert list(ordered(deadly, range(100), jobs=2, broken=lost)) == expected

    def test_also_where_it_was_given_out_by_itself(self) -> None:
        assert list(ordered(deadly, [11], jobs=2, broken=lost)) == [-11]
