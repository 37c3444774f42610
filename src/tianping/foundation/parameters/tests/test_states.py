"""状态表：every move by every role."""

from __future__ import annotations

from tests.state_tables import check_table
from tianping.foundation.parameters import states


def test_every_move() -> None:
    check_table(states)
