"""台账填报：out, edited elsewhere, back — only what a move may bring, each row by its own service, or none at all."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Court
from tianping.foundation.audit.models import Entry
from tianping.remedy.ledger import selectors, services
from tianping.remedy.ledger.services import Taken
from tianping.remedy.ledger.sheet import as_xlsx
from tianping.remedy.models import Duty
from tianping.remedy.states import State
from tianping.remedy.tests import factories

pytestmark = pytest.mark.django_db
Table = list[list[str]]


def exported(court: Court, who: str) -> bytes:
    return as_xlsx(selectors.ledger(court.viewer(who)))


def opened(data: bytes) -> Table:
    sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]


def saved(table: Table) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for line, row in enumerate(table):
        for column, word in enumerate(row):
            sheet.write_string(line, column, word)
    book.close()
    return buffer.getvalue()


def fill(table: Table, duty: Duty, **cells: str) -> None:
    """在某一事项的行里填几格，按列名。"""
    row = next(row for row in table if row[0] == duty.public_id)
    row.extend([""] * (len(table[0]) - len(row)))
    for header, word in cells.items():
        row[next(place for place, one in enumerate(table[0]) if one.startswith(header))] = word


def take(court: Court, who: str, data: bytes, *, write: bool = True) -> Taken:
    return services.ledger_take(data=data, name="整改台账.xlsx", write=write, by=court.viewer(who), at=court.now)


def states() -> dict[str, tuple[str, int]]:
    """各事项的状态和步数：whatever changed shows here."""
    return {duty.public_id: (duty.state, duty.steps.count()) for duty in Duty.objects.all()}


def changed(before: dict[str, tuple[str, int]], meant: list[Duty]) -> str:
    """「3 changed, 0 others」: counted in the database, not believed from the page."""
    ids = {duty.public_id for duty in meant}
    moved = {one for one, state in states().items() if before[one] != state}
    return f"{len(moved & ids)} changed, {len(moved - ids)} others"


@pytest.fixture
def five(court: Court) -> list[Duty]:
    """林知远承办的五项。"""
    return [factories.duty_at(court, State.OPEN, rule=f"R{number}") for number in range(5)]


class TestTakingBack:
    def test_an_untouched_ledger_changes_nothing(self, court: Court, five: list[Duty]) -> None:
        before = states()
        taken = take(court, "林知远", exported(court, "林知远"))
        assert taken.summary == "已办理 0 项，其余 5 项没有填写，不变。"
        assert changed(before, []) == "0 changed, 0 others"

    def test_owner_verifier_and_office_each_fill_their_own(self, court: Court, five: list[Duty]) -> None:
        table = opened(exported(court, "林知远"))
        fill(table, five[0], 完成情况="已送达补正裁定")
        fill(table, five[1], 完成情况="已送达补正裁定")
        assert take(court, "林知远", saved(table)).changed == (five[1].number, five[0].number)
        table = opened(exported(court, "许清嘉"))
        fill(table, five[0], 核验结论="销号", 核验意见="送达回证齐全。")
        fill(table, five[1], 核验结论="退回", 核验意见="缺送达回证。")
        assert take(court, "许清嘉", saved(table)).written
        table = opened(exported(court, "周既明"))
        fill(table, five[2], 移交给=court.people["沈若川"].staff_no, 移交理由="调离。")
        assert take(court, "周既明", saved(table)).written
        for duty in five:
            duty.refresh_from_db()
        assert [duty.state for duty in five] == ["closed", "open", "open", "open", "open"]
        assert five[2].owner == court.people["沈若川"]
        assert Entry.objects.filter(verb="remedy.ledger.take").count() == 3

    def test_a_trial_moves_nothing(self, court: Court, five: list[Duty]) -> None:
        before, entries = states(), Entry.objects.count()
        table = opened(exported(court, "林知远"))
        fill(table, five[0], 完成情况="已送达")
        assert take(court, "林知远", saved(table), write=False).summary == "可以办理 1 项，其余 4 项没有填写，不变。"
        assert (states(), Entry.objects.count()) == (before, entries)


class TestRefusing:
    def refused(self, court: Court, who: str, table: Table) -> list[str]:
        before = states()
        taken = take(court, who, saved(table))
        assert not taken.written
        assert states() == before
        return [one.sentence for one in taken.refused]

    def test_a_row_that_changed_since_by_field_value_and_reason(self, court: Court, five: list[Duty]) -> None:
        table = opened(exported(court, "林知远"))
        factories.submit(court, five[0])
        fill(table, five[0], 完成情况="再报一次")
        fill(table, five[1], 完成情况="已送达")
        assert self.refused(court, "林知远", table) == [
            "第 6 行“状态”是 整改中，导出后已变为“待核验”。请重新导出台账，在新表中填写。",
            "第 6 行“已报完成情况”是空的，导出后已变为“补正裁定已经送达双方当事人”。请重新导出台账，在新表中填写。",
        ]

    def test_a_step_that_shows_in_no_column(self, court: Court, five: list[Duty]) -> None:
        table = opened(exported(court, "林知远"))
        factories.ask(court, five[0])
        fill(table, five[0], 完成情况="已送达")
        (sentence,) = self.refused(court, "林知远", table)
        assert "导出后本事项又有办理" in sentence

    def test_a_column_that_is_only_to_be_read(self, court: Court, five: list[Duty]) -> None:
        table = opened(exported(court, "林知远"))
        fill(table, five[4], 期限="2027-12-31")
        (sentence,) = self.refused(court, "林知远", table)
        assert sentence.startswith("第 2 行“期限”是 2027-12-31，与系统中的“2026-12-13”不同，这一列不能在表中改。")

    def test_what_the_service_refuses(self, court: Court, five: list[Duty]) -> None:
        table = opened(exported(court, "周既明"))
        fill(table, five[0], 完成情况="我替他报")
        (sentence,) = self.refused(court, "周既明", table)
        assert sentence.startswith("第 6 行“完成情况”是 我替他报，")

    def test_a_duty_that_the_uploader_may_not_see(self, court: Court, five: list[Duty]) -> None:
        table = opened(exported(court, "林知远"))
        sentences = self.refused(court, "顾长风", table)
        assert len(sentences) == 5
        assert "没有您可以查看的这一事项" in sentences[0]

    @pytest.mark.parametrize(
        ("cells", "words"),
        [
            ({"完成情况": "已办", "移交给": "T002", "移交理由": "调离"}, "是两步，一次只能办一步"),
            ({"核验意见": "齐全"}, "“核验结论”是空的，填了“核验意见”的也须填写"),
            ({"核验结论": "同意", "核验意见": "齐全"}, "不在可填的范围内。可填：销号、退回。"),
            ({"移交给": "X9", "移交理由": "调离"}, "本院没有这个工号可以承办"),
        ],
    )
    def test_half_a_step_or_two(self, court: Court, five: list[Duty], cells: dict[str, str], words: str) -> None:
        table = opened(exported(court, "周既明"))
        fill(table, five[0], **cells)
        (sentence,) = self.refused(court, "周既明", table)
        assert words in sentence

    def test_a_row_with_all_that_is_wrong_with_it(self, court: Court, five: list[Duty]) -> None:
        table = opened(exported(court, "周既明"))
        fill(table, five[0], 期限="2027-12-31", 事项="别的事", 核验结论="同意", 完成情况="已办", 移交给="X9")
        assert [sentence.partition("，")[0] for sentence in self.refused(court, "周既明", table)] == [
            "第 6 行“核验结论”是 同意",
            "第 6 行“事项”是 别的事",
            "第 6 行“期限”是 2027-12-31",
            "第 6 行“移交给（工号）”是 X9",
            "第 6 行“移交理由”是空的",
            "第 6 行“移交给（工号）”是 X9",
        ]

    def test_a_row_the_table_itself_refuses_moves_nothing(self, court: Court, five: list[Duty]) -> None:
        table = opened(exported(court, "林知远"))
        fill(table, five[0], 完成情况="已送达补正裁定", 核验结论="同意")
        (sentence,) = self.refused(court, "林知远", table)
        assert "不在可填的范围内" in sentence


class TestThePage:
    def test_takes_a_table_and_says_what_it_did(
        self, court: Court, client_of: Callable[[str], Client], five: list[Duty]
    ) -> None:
        browser = client_of("林知远")
        assert 'href="/remedy/ledger/"' in browser.get("/remedy/").content.decode()
        table = opened(browser.get("/remedy/ledger/export/").content)
        fill(table, five[0], 完成情况="已送达")
        for step, words in (("try", "可以办理 1 项"), ("write", "已办理 1 项，其余 4 项没有填写，不变。")):
            sent = {"step": step, "file": SimpleUploadedFile("整改台账.xlsx", saved(table))}
            assert words in browser.post("/remedy/ledger/", sent, follow=True).content.decode()

    @pytest.mark.parametrize("who", ["系统甲", "安全乙", "审计丙"])
    def test_is_not_for_the_three_administrators(self, client_of: Callable[[str], Client], who: str) -> None:
        assert client_of(who).get("/remedy/ledger/").status_code == 404
        assert client_of(who).get("/remedy/ledger/export/").status_code == 404


BASIC = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edit" script:language="StarBasic">{code}
</script:module>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Edit"/></library:library>"""


def edited_in_libreoffice(folder: Path, data: bytes, cells: dict[tuple[int, int], str]) -> bytes:
    """在 LibreOffice Calc 中打开、填几格、另存为 xlsx：by a Basic macro, in a profile of its own."""
    before, after = folder / "before.xlsx", folder / "after.xlsx"
    before.write_bytes(data)
    lines = [f'sheet.getCellByPosition({column}, {row}).setString("{word}")' for (row, column), word in cells.items()]
    code = f"""
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName" : kind(0).Value = "Calc MS Excel 2007 XML"
  book = StarDesktop.loadComponentFromURL("{before.as_uri()}", "_blank", 0, hidden())
  sheet = book.Sheets.getByIndex(0)
  {chr(10).join(lines)}
  book.storeToURL("{after.as_uri()}", kind())
  book.close(True)
  StarDesktop.terminate()
End Sub"""
    soffice = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    for words in (["--terminate_after_init"], ["macro:///Standard.Edit.Main"]):  # the first run makes the profile
        subprocess.run([*soffice, *words], check=True, timeout=180, capture_output=True)
        library = folder / "profile" / "user" / "basic" / "Standard"
        library.mkdir(parents=True, exist_ok=True)
        (library / "script.xlb").write_text(LIBRARY, encoding="utf-8")
        (library / "Edit.xba").write_text(BASIC.format(code=escape(code)), encoding="utf-8")
    return after.read_bytes()


@pytest.mark.libreoffice
def test_three_cells_edited_in_libreoffice_are_three_duties_and_no_other(
    court: Court, five: list[Duty], tmp_path: Path
) -> None:
    data = exported(court, "林知远")
    table = opened(data)
    column = table[0].index("完成情况")
    meant = [five[0], five[2], five[4]]
    places = {
        (line, column): f"第{line}项：补正裁定已送达，=当事人签收"
        for line, row in enumerate(table)
        if row[0] in {duty.public_id for duty in meant}
    }
    assert len(places) == 3
    before = states()
    taken = take(court, "林知远", edited_in_libreoffice(tmp_path, data, places))
    assert taken.refused == ()
    assert changed(before, meant) == "3 changed, 0 others"
    assert taken.summary == "已办理 3 项，其余 2 项没有填写，不变。"
