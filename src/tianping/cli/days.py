"""日期参数：a day written on the command line."""

from __future__ import annotations

import re
from datetime import date

from tianping.cli.exits import UsageError


def day_of(given: str, option: str) -> date:
    """2026-03-08 or 2026年3月8日, or one sentence saying what is wrong with it."""
    chinese = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", given)
    try:
        return date(*map(int, chinese.groups())) if chinese else date.fromisoformat(given)
    except ValueError:
        raise UsageError(f"{option} 的日期“{given}”不存在。请写存在的日期，如 2024-03-01。") from None


def written(day: date) -> str:
    """2026年3月8日, as a court writes it."""
    return f"{day.year}年{day.month}月{day.day}日"
