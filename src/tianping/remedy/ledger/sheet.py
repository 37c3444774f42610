"""台账的表：what stands in it, what may be filled in, and the code by which a changed row is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from io import BytesIO

from tianping.foundation.tables import Field, Kind, Schema
from tianping.foundation.tables.cells import shown
from tianping.remedy.models import Duty
from tianping.remedy.states import LABELS, State

CLOSE, RETURN = "close", "return"
READ = {
    "number": "编号",
    "title": "事项",
    "division": "责任部门",
    "owner": "承办人",
    "verifier": "核验人",
    "state": "状态",
    "due_on": "期限",
    "task": "整改要求",
    "reported": "已报完成情况",
}
FILLED = {
    "report": "完成情况",
    "verdict": "核验结论",
    "opinion": "核验意见",
    "to": "移交给（工号）",
    "why": "移交理由",
}
ID, CODE = "标识", "核对码"
LEDGER = Schema(
    "整改台账",
    (
        Field("public_id", ID, required=True),
        Field("code", CODE, required=True),
        *(Field(key, header) for key, header in READ.items()),
        Field("report", FILLED["report"], most=2000),
        Field("verdict", FILLED["verdict"], Kind.CHOICE, choices={"销号": CLOSE, "退回": RETURN}),
        Field("opinion", FILLED["opinion"], most=2000),
        Field("to", FILLED["to"], most=20),
        Field("why", FILLED["why"], most=300),
    ),
    key=("public_id",),
)


def read_of(duty: Duty, reported: str) -> dict[str, str]:
    """只读各列：as the table shows them, and as they are compared when it comes back."""
    words = {
        "number": duty.number,
        "title": duty.title,
        "division": duty.organisation.name,
        "owner": duty.owner.name if duty.owner else "",
        "verifier": duty.verifier.name if duty.verifier else "",
        "state": LABELS[State(duty.state)],
        "due_on": duty.due_on.isoformat() if duty.due_on else "",
        "task": duty.task,
        "reported": reported,
    }
    return {key: shown(word) for key, word in words.items()}


def code_of(duty: Duty, read: dict[str, str], steps: int) -> str:
    """核对码：of what the row says and of how many steps the duty has taken; another step, another code."""
    words = json.dumps([duty.public_id, *read.values(), steps], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def as_xlsx(rows: Iterable[tuple[Duty, dict[str, str], int]]) -> bytes:
    """出表：every cell is text, so that no programme makes a date of it; the columns to fill in are lit."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("整改台账")
    head = book.add_format({"bold": True, "text_wrap": True})
    lit = book.add_format({"bold": True, "bg_color": "#FFF2CC"})
    text = book.add_format({"num_format": "@"})
    headers = [ID, CODE, *READ.values(), *FILLED.values()]
    for column, header in enumerate(headers):
        sheet.write_string(0, column, header, lit if header in FILLED.values() else head)
    sheet.set_column(0, 1, 6, text)
    sheet.set_column(2, len(headers) - 1, 18, text)
    line = 0
    for line, (duty, read, steps) in enumerate(rows, start=1):
        for column, word in enumerate([duty.public_id, code_of(duty, read, steps), *read.values()]):
            sheet.write_string(line, column, word, text)
    if line:
        verdict = headers.index(FILLED["verdict"])
        sheet.data_validation(1, verdict, line, verdict, {"validate": "list", "source": ["销号", "退回"]})
    sheet.freeze_panes(1, 3)
    book.close()
    return buffer.getvalue()
