"""台账走查：what an exported ledger holds, and whose filled-in row moves a duty; the walk cannot look into a table."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.authz.test_walk import Visitors, outcome, shows, table
from tests.authz.world import COLUMNS, DUTIES, PLACES, Place, build
from tests.cast import Court
from tianping.remedy.ledger.selectors import duties_named
from tianping.remedy.ledger.sheet import FILLED, as_xlsx
from tianping.remedy.states import State

pytestmark = pytest.mark.django_db
UNDER_WAY = (State.OPEN, State.SUBMITTED)


def _rows(data: bytes) -> list[list[str]]:
    sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]


def _reported(court: Court, place: Place) -> bytes:
    """某一事项的台账，已填完成情况：as the office that gave it out would have exported it, whoever now brings it."""
    held = duties_named(court.viewer(PLACES[place.name][3]), [place.id("duty open")])
    header, row = _rows(as_xlsx(held.values()))
    row = [*row, *[""] * (len(header) - len(row))]
    row[header.index(FILLED["report"])] = "已更正。"
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, words in enumerate((header, row)):
            for column, word in enumerate(words):
                sheet.write_string(line, column, word)
    return buffer.getvalue()


def test_the_ledger_holds_what_one_may_open_and_nothing_else(court: Court, files_home: Path) -> None:
    world, visitors, wrong, seen = build(court), Visitors(court), [], 0
    for column in COLUMNS:
        answer = visitors.ask(column, "GET", reverse("remedy:ledger_export"))
        if answer.status_code != 200:
            continue
        held = {row[0] for row in _rows(answer.content)[1:]}
        for where, place in world.items():
            for stage in DUTIES:
                duty = place.records[f"duty {stage}"]
                duty.refresh_from_db()
                may = duty.state in UNDER_WAY and shows(column, f"duty {stage}", where)
                seen += may
                if (duty.public_id in held) != may:
                    wrong.append(f"{column} 的台账{'缺' if may else '多'} {where} {stage}")
    assert not wrong, "\n".join(wrong)
    assert seen >= len(PLACES), "没有人的台账里有事项，这项检查等于没查"


def test_a_filled_in_row_does_what_the_page_would_and_no_more(court: Court, files_home: Path) -> None:
    world, visitors, wrong, rows = build(court), Visitors(court), [], table()
    for where, place in world.items():
        data = _reported(court, place)
        for column in COLUMNS:
            file = BytesIO(data)
            file.name = "整改台账.xlsx"
            answer = visitors.ask(column, "POST", reverse("remedy:ledger"), {"step": "write", "file": file})
            came = outcome(answer)
            by_page = rows["remedy:move", "submit", "POST", where][column]
            if (came == "done") != (by_page == "done"):
                wrong.append(f"{column} {where}：页面上为 {by_page}，台账为 {came}")
            if came == "422" and not shows(column, "duty open", where) and _names(answer.content.decode(), place):
                wrong.append(f"{column} 从被拒的台账得知 {where} 的事项")
    assert not wrong, "\n".join(wrong)


def _names(page: str, place: Place) -> bool:
    """Whether a page says more of the duty than the id that the visitor sent."""
    duty = place.records["duty open"]
    return any(word in page for word in (place.tokens["duty open"], duty.number, place.owner.name))
