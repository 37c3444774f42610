"""导入用的表：an xlsx or csv of rows, written as a case system would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

HEADERS = (
    "案号",
    "承办部门",
    "案件类别",
    "案由",
    "适用程序",
    "审级",
    "承办人工号",
    "承办人",
    "立案日期",
    "结案日期",
    "结案方式",
)


def case_row(number: int = 1, **changes: Any) -> list[Any]:
    row = {
        "案号": f"(2026)江0199民初{number}号",
        "承办部门": "民事审判第一庭",
        "案件类别": "民事",
        "案由": "民间借贷纠纷",
        "适用程序": "普通程序",
        "审级": "一审",
        "承办人工号": "",
        "承办人": "林知远",
        "立案日期": date(2026, 1, 5),
        "结案日期": "",
        "结案方式": "",
    } | changes
    return [row[header] for header in HEADERS]


def xlsx(*rows: Sequence[Any], headers: Sequence[str] = HEADERS) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("案件")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, header in enumerate(headers):
        sheet.write_string(0, column, header)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)
            elif isinstance(value, int):
                sheet.write_number(line, column, value)
            elif value:
                sheet.write_string(line, column, value)
    book.close()
    return buffer.getvalue()


def csv(*rows: Sequence[Any], headers: Sequence[str] = HEADERS, encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in (headers, *rows)).encode(encoding)
