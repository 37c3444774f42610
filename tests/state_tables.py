"""状态表的通用检验：for any app's ``states`` — what the table lists succeeds, everything else is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from enum import StrEnum
from typing import Any

import pytest
from django.db import transaction

from tianping.foundation.moves import Move, MoveRefused, next_state


def check_table(states: Any) -> None:
    """每一（状态、步骤、身份）：``states`` is the module, with State, LABELS, FINAL, START, MOVES and ROLES."""
    moves: Collection[Move] = states.MOVES
    names = sorted({move.name for move in moves})
    listed = {(move.source, move.name, move.role): move.target for move in moves}
    assert len(listed) == len(moves), "the same step is listed twice"
    for state in states.State:
        for name in names:
            for role in [*states.ROLES, "stranger"]:
                if target := listed.get((state, name, role)):
                    assert next_state(moves, state, name, {role}) == target
                else:
                    with pytest.raises(MoveRefused):
                        next_state(moves, state, name, {role})
            with pytest.raises(MoveRefused):
                next_state(moves, state, name, frozenset())
    _check_shape(states)


def _check_shape(states: Any) -> None:
    reached = {states.START}
    while more := {m.target for m in states.MOVES if m.source in reached} - reached:
        reached |= more
    assert reached == set(states.State), "every state can be reached from the start"
    left = {m.source for m in states.MOVES if m.target != m.source}
    assert left == set(states.State) - states.FINAL, "every state but the final ones can be left, and they cannot"
    assert set(states.LABELS) == set(states.State)
    assert {m.role for m in states.MOVES} <= set(states.ROLES)


def tried(attempt: Callable[[], object], refusals: tuple[type[Exception], ...]) -> bool:
    """Whether an attempt is let through; what it changed is taken back, so that the next one meets the same record."""

    class TakenBack(Exception):
        pass

    try:
        with transaction.atomic():
            attempt()
            raise TakenBack
    except TakenBack:
        return True
    except refusals:
        return False


def every(states: Any, people: dict[str, str]) -> Iterator[tuple[StrEnum, str, str, bool]]:
    """(state, move, person, listed) for each step of the table a person can take, and each of the people by role."""
    by_person: dict[str, set[str]] = {}
    for role, person in people.items():
        by_person.setdefault(person, set()).update(role.split("+"))
    for state in states.State:
        for name in sorted({m.name for m in states.MOVES if m.role not in ("system", "remedy")}):
            for person, roles in by_person.items():
                listed = any(m.name == name and m.source == state and m.role in roles for m in states.MOVES)
                yield state, name, person, listed
