"""退出码。"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """退出码：when some file could not be checked, 2 wins over 1."""

    CLEAN = 0
    REMARKS = 1
    FAILED = 2


class UsageError(Exception):
    """参数有误：one sentence for the person at the keyboard."""
