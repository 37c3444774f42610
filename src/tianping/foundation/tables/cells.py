"""单元格：from what stands in a cell to a value, or the reason why not and the way out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

Cell = str | int | float | bool | date | datetime | time | timedelta | None


class Kind(StrEnum):
    TEXT = "文字"
    DATE = "日期"
    CHOICE = "选项"
    INT = "整数"


class BrokenFormula(str):
    """出错的公式：#N/A and its like; read as empty, a failed look-up would reopen a closed case."""

    __slots__ = ()


class CellFault(ValueError):
    """单元格被拒：``reason`` completes 「……是 X，」; ``way_out`` is a sentence of its own."""

    def __init__(self, reason: str, way_out: str) -> None:
        self.reason, self.way_out = reason, way_out
        super().__init__(reason, way_out)


_BLANKS = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\x00-\x1f\x7f]+")
_DAY = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))"
    r"(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?"  # 有的系统导出日期时带着零点
)
_FORMS = "日期写作 2024-01-02、2024/1/2、2024.1.2、2024年1月2日或 20240102。"


def shown(cell: Cell) -> str:
    """单元格的字面：as a person sees it in the sheet, for messages and for the table that goes back."""
    match cell:
        case str():
            return _BLANKS.sub(" ", cell).strip(" \u3000\xa0")
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ", "seconds")
        case date():
            return cell.isoformat()
        case _:
            return _BLANKS.sub(" ", str(cell)).strip(" \u3000\xa0")


def as_text(cell: Cell, most: int) -> str:
    text = shown(cell)
    if most and len(text) > most:
        raise CellFault(f"共 {len(text)} 字，超过 {most} 字", "请缩短后再导入。")
    return text


def as_int(cell: Cell, least: int | None) -> int:
    text = shown(cell)
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        raise CellFault("不是整数", "请改为阿拉伯数字写的整数，如 1。")
    number = int(text)
    if least is not None and number < least:
        raise CellFault(f"小于 {least}", f"请改为不小于 {least} 的整数。")
    return number


def as_choice(cell: Cell, choices: Mapping[str, Any]) -> Any:
    text = _BLANKS.sub("", shown(cell))
    if text not in choices:
        raise CellFault("不在可填的范围内", f"可填：{'、'.join(_one_word_each(choices))}。")
    return choices[text]


def _one_word_each(choices: Mapping[str, Any]) -> list[str]:
    """The first way of writing each value: a person needs one, not all."""
    first: dict[Any, str] = {}
    for word, value in choices.items():
        first.setdefault(value, word)
    return list(first.values())


def as_date(cell: Cell) -> date:
    """日期：Excel's own dates, and the five ways people write one."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = shown(cell)
    found = _DAY.fullmatch(text)
    if found is None:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            raise CellFault("是数字，不是日期", "请在 Excel 中把这一列的格式设为日期，核对无误后再导入。")
        raise CellFault("认不出是哪一天", _FORMS)
    year, month, day = int(found[1]), int(found[3] or found[5] or found[7]), int(found[4] or found[6] or found[8])
    if not 1 <= month <= 12:
        reason = "月份超出 12" if month else "月份是 0"
    elif not 1 <= day <= calendar.monthrange(year or 4, month)[1]:
        reason = f"{year} 年 {month} 月没有 {day} 日"
    elif not 1900 <= year <= 2200:
        reason = "年份不像是办案的年份"
    else:
        return date(year, month, day)
    raise CellFault(reason, f"请改为存在的日期，如 {_nearest(year, month, day)}。")


def _nearest(year: int, month: int, day: int) -> date:
    year = min(max(year, 1900), 2200)
    month = min(max(month, 1), 12)
    return date(year, month, min(max(day, 1), calendar.monthrange(year, month)[1]))
