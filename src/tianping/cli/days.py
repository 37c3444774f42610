"""日期参数：a day written on the command line."""

from __future__ import annotations

from datetime import date

from tianping.cli.exits import UsageError


def day_of(given: str, option: str) -> date:
    """2026-03-08, or one sentence saying what is wrong with it."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise UsageError(f"{option} 的日期“{given}”不存在。请写存在的日期，如 2024-03-01。") from None
