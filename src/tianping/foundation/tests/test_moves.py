"""流转：the table is the only way a state changes."""

from __future__ import annotations

from enum import StrEnum

import pytest

from tianping.foundation.moves import Move, MoveRefused, moves_from, next_state


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"


TABLE = (
    Move("shut", Door.OPEN, Door.SHUT, "anybody", "关"),
    Move("open", Door.SHUT, Door.OPEN, "anybody", "开"),
    Move("lock", Door.SHUT, Door.LOCKED, "keeper", "锁"),
    Move("lock", Door.SHUT, Door.SHUT, "guest", "试锁"),
)


class TestNextState:
    def test_goes_where_the_table_says(self) -> None:
        assert next_state(TABLE, Door.OPEN, "shut", {"anybody"}) == Door.SHUT

    def test_the_same_move_leads_elsewhere_for_another_role(self) -> None:
        assert next_state(TABLE, Door.SHUT, "lock", {"keeper"}) == Door.LOCKED
        assert next_state(TABLE, Door.SHUT, "lock", {"guest"}) == Door.SHUT

    def test_of_two_roles_the_one_listed_first_decides(self) -> None:
        assert next_state(TABLE, Door.SHUT, "lock", {"guest", "keeper"}) == Door.LOCKED

    def test_refuses_a_move_the_state_does_not_list_and_says_that_somebody_may_have_been_faster(self) -> None:
        with pytest.raises(MoveRefused, match="可能已由他人办理") as refusal:
            next_state(TABLE, Door.OPEN, "lock", {"keeper"})
        assert (refusal.value.move, refusal.value.state) == ("lock", Door.OPEN)

    def test_refuses_who_may_not_take_it(self) -> None:
        with pytest.raises(MoveRefused, match="不是可以办这一步的人"):
            next_state(TABLE, Door.SHUT, "lock", {"anybody"})

    def test_refuses_whoever_has_no_role_at_all(self) -> None:
        with pytest.raises(MoveRefused):
            next_state(TABLE, Door.OPEN, "shut", frozenset())

    def test_refuses_a_move_nobody_ever_heard_of(self) -> None:
        with pytest.raises(MoveRefused):
            next_state(TABLE, Door.OPEN, "burn", {"anybody", "keeper", "guest"})


def test_moves_from_lists_the_moves_of_a_state_in_the_order_of_the_table() -> None:
    assert [move.label for move in moves_from(TABLE, Door.SHUT)] == ["开", "锁", "试锁"]
    assert moves_from(TABLE, Door.LOCKED) == []
