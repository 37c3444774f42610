"""导入的状态表：what it lists succeeds, for whom it lists it, and nothing else."""

from __future__ import annotations

from tests.state_tables import check_table
from tianping.foundation.imports import states


def test_the_table_lists_what_succeeds_and_everything_else_is_refused() -> None:
    check_table(states)
