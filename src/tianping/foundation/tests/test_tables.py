"""读表：what a table may be, and how each thing wrong with it is said."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tianping.foundation.tables import (
    Field,
    Kind,
    Schema,
    TableRead,
    TableUnreadable,
    read_table,
    refused_as_xlsx,
)
from tianping.foundation.tables import sheet as sheets

SCHEMA = Schema(
    "案件",
    (
        Field("no", "案号", required=True, most=20),
        Field("filed", "立案日期", Kind.DATE, also=("立案时间",), required=True),
        Field("kind", "类别", Kind.CHOICE, choices={"民事": "civil", "民事案件": "civil", "刑事": "criminal"}),
        Field("count", "被告人数", Kind.INT, least=1),
    ),
    key=("no",),
)
HEADERS = ("案号", "立案日期", "类别", "被告人数")


def book(*rows: tuple[Any, ...], hidden: bool = False, more: str = "") -> bytes:
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    if hidden:
        workbook.add_worksheet("旧").hide()
        workbook.get_worksheet_by_name("旧").write_string(0, 0, "别读")
    sheet = workbook.add_worksheet("清单")
    sheet.activate()
    sheet.set_first_sheet()
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            match value:
                case date():
                    sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)
                case int() | float():
                    sheet.write_number(line, column, value)
                case None:
                    pass
                case _:
                    sheet.write_string(line, column, value)
    if more:
        workbook.add_worksheet(more).write_string(0, 0, "另表")
    workbook.close()
    return buffer.getvalue()


def read(*rows: tuple[Any, ...], headers: tuple[str, ...] = HEADERS) -> TableRead:
    return read_table(book(headers, *rows), "表.xlsx", SCHEMA)


def refused(*row: Any) -> list[str]:
    return [refusal.sentence for refusal in read(row).refused]


class TestDates:
    @pytest.mark.parametrize(
        "written",
        [
            date(2024, 1, 2),
            "2024-01-02",
            "2024/1/2",
            "2024.1.2",
            "2024年1月2日",
            "20240102",
            20240102,
            "２０２４-１-２",
            "2024-01-02 00:00:00",
            " 2024-01-02 ",
        ],
    )
    def test_are_read_however_people_write_them(self, written: object) -> None:
        assert read(("甲", written)).rows[0].values["filed"] == date(2024, 1, 2)

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("2024-13-02", "是 2024-13-02，月份超出 12。请改为存在的日期，如 2024-12-02。"),
            ("2024-02-30", "是 2024-02-30，2024 年 2 月没有 30 日。请改为存在的日期，如 2024-02-29。"),
            ("2023年2月29日", "是 2023年2月29日，2023 年 2 月没有 29 日。请改为存在的日期，如 2023-02-28。"),
            ("2024-00-10", "是 2024-00-10，月份是 0。请改为存在的日期，如 2024-01-10。"),
            ("0024-01-02", "是 0024-01-02，年份不像是办案的年份。请改为存在的日期，如 1900-01-02。"),
            ("0000-01-02", "是 0000-01-02，年份不像是办案的年份。请改为存在的日期，如 1900-01-02。"),
            (45292, "是 45292，是数字，不是日期。请在 Excel 中把这一列的格式设为日期，核对无误后再导入。"),
            ("昨天", "是 昨天，认不出是哪一天。日期写作 2024-01-02、2024/1/2、2024.1.2、2024年1月2日或 20240102。"),
            (
                "2024-1/2",
                "是 2024-1/2，认不出是哪一天。日期写作 2024-01-02、2024/1/2、2024.1.2、2024年1月2日或 20240102。",
            ),
            (None, "是空的，这一列必须填写。请补填后再导入。"),
        ],
    )
    def test_that_are_none_are_refused_with_a_way_out(self, written: object, said: str) -> None:
        assert refused("甲", written) == [f"第 2 行“立案日期”{said}"]


class TestOtherCells:
    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (("甲" * 21, "2024-01-02"), f"第 2 行“案号”是 {'甲' * 21}，共 21 字，超过 20 字。请缩短后再导入。"),
            (("甲", "2024-01-02", "商事"), "第 2 行“类别”是 商事，不在可填的范围内。可填：民事、刑事。"),
            (("甲", "2024-01-02", "", "两"), "第 2 行“被告人数”是 两，不是整数。请改为阿拉伯数字写的整数，如 1。"),
            (("甲", "2024-01-02", "", 1.5), "第 2 行“被告人数”是 1.5，不是整数。请改为阿拉伯数字写的整数，如 1。"),
            (("甲", "2024-01-02", "", 0), "第 2 行“被告人数”是 0，小于 1。请改为不小于 1 的整数。"),
        ],
    )
    def test_are_refused_by_row_field_value_and_reason(self, row: tuple[object, ...], said: str) -> None:
        assert refused(*row) == [said]

    def test_every_fault_of_a_row_is_named(self) -> None:
        assert len(refused(None, "2024-13-02", "商事", "两")) == 4

    def test_a_number_is_the_text_a_person_sees(self) -> None:
        assert read((1001, "2024-01-02")).rows[0].values["no"] == "1001"

    def test_a_formula_from_outside_stays_text(self) -> None:
        assert read(("=cmd|' /C calc'!A0", "2024-01-02")).rows[0].values["no"] == "=cmd|' /C calc'!A0"

    def test_a_formula_that_failed_is_not_an_empty_cell(self) -> None:
        buffer = BytesIO()
        workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
        workbook.add_worksheet("旧").hide()
        sheet = workbook.add_worksheet("清单")
        sheet.activate()
        sheet.set_first_sheet()
        for line in range(30_000):  # 大到分几段读
            sheet.write_string(line, 0, f"甲{line}" if line else "案号")
            sheet.write_string(line, 1, "2024-01-02" if line else "立案日期")
            if line % 3 == 1:
                sheet.write_formula(line, 2, "=VLOOKUP(A2,B:C,2,0)", None, "#N/A")
        sheet.write_string(0, 2, "类别")
        workbook.close()
        found = read_table(buffer.getvalue(), "表.xlsx", SCHEMA)
        assert len(found.refused) == 10_000
        assert (
            found.refused[0].sentence
            == "第 2 行“类别”是 #N/A，是出错的公式。请在 Excel 中改正公式，或改为应填的内容后再导入。"
        )

    def test_an_empty_cell_is_none_and_a_lacking_column_is_nothing(self) -> None:
        assert read(("甲", "2024-01-02", None, 2)).rows[0].values == {
            "no": "甲",
            "filed": date(2024, 1, 2),
            "kind": None,
            "count": 2,
        }
        assert read(("甲", "2024-01-02"), headers=("案号", "立案时间")).rows[0].values.keys() == {"no", "filed"}


class TestRows:
    def test_are_numbered_as_excel_shows_them(self) -> None:
        found = read_table(
            book(("案件清单",), (None,), HEADERS, ("甲", "2024-01-02"), (None,), ("乙", "2024-13-02")),
            "表.xlsx",
            SCHEMA,
        )
        assert [row.number for row in found.rows] == [4]
        assert found.refused_rows == (6,)

    def test_repeating_a_key_names_both_rows(self) -> None:
        found = read(("甲", "2024-01-02"), ("乙", "2024-01-02"), ("甲", "2024-01-03"))
        assert [r.sentence for r in found.refused] == [
            "第 4 行“案号”是 甲，与第 2 行重复。请核对两行，只留正确的一行。"
        ]
        assert [row.number for row in found.rows] == [2, 3]

    def test_repeating_a_key_is_named_beside_what_else_is_wrong_with_the_row(self) -> None:
        found = read(("甲", "2024-01-02"), ("甲", "2024-13-02"), ("乙", "昨天"), ("乙", "2024-01-02"))
        assert [(r.row, r.header) for r in found.refused] == [
            (3, "立案日期"),
            (3, "案号"),
            (4, "立案日期"),
            (5, "案号"),
        ]

    def test_two_keys_nobody_could_read_are_not_the_same(self) -> None:
        assert [r.header for r in read((None, "2024-01-02"), (None, "2024-01-02")).refused] == ["案号", "案号"]

    def test_what_could_be_read_of_a_refused_row_is_there_to_be_looked_at(self) -> None:
        found = read(("甲", "2024-13-02", "民事"), ("乙", "2024-01-02"), ("乙", "2024-01-03"))
        assert [row.number for row in found.rows] == [3]
        assert [row.number for row in found.every_row] == [2, 3, 4]
        (half, repeated) = found.set_aside
        assert (half.values, half.unread) == ({"no": "甲", "kind": "civil", "count": None}, {"filed"})
        assert (repeated.values["filed"], repeated.unread) == (date(2024, 1, 3), frozenset())

    def test_columns_nobody_asked_for_are_named(self) -> None:
        found = read(("甲", "2024-01-02", "x", "y"), headers=("*案 号：", "立案日期", "备注", "标的额"))
        assert found.unknown_headers == ("备注", "标的额")
        assert found.rows[0].values["no"] == "甲"

    def test_of_the_first_visible_sheet_are_read_and_the_others_named(self) -> None:
        data = book(HEADERS, ("甲", "2024-01-02"), hidden=True, more="汇总")
        found = read_table(data, "表.xlsx", SCHEMA)
        assert (found.sheet, found.other_sheets, len(found.rows)) == ("清单", ("汇总",), 1)


class TestTextTables:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    @pytest.mark.parametrize("mark", [",", "\t", ";"])
    def test_are_read_in_the_encodings_and_marks_in_use(self, encoding: str, mark: str) -> None:
        words = "\r\n".join((mark.join(HEADERS), mark.join(("甲", "2024-01-02", "民事", "2")), ""))
        (row,) = read_table(words.encode(encoding), "表.csv", SCHEMA).rows
        assert row.values == {"no": "甲", "filed": date(2024, 1, 2), "kind": "civil", "count": 2}

    def test_an_unclosed_quote_is_refused_rather_than_swallowing_the_rest(self) -> None:
        with pytest.raises(TableUnreadable, match="引号不成对"):
            read_table('案号,立案日期\n"甲,2024-01-02\n乙,2024-01-02\n'.encode(), "表.csv", SCHEMA)


class TestFilesThatCannotBeRead:
    def says(self, data: bytes, *words: str) -> None:
        with pytest.raises(TableUnreadable) as refusal:
            read_table(data, "表.xlsx", SCHEMA)
        said = str(refusal.value)
        assert said.startswith("“表.xlsx”")
        assert said.endswith("。")
        for word in words:
            assert word in said

    @pytest.mark.parametrize("cut", [4, 100, 3000, -30])
    def test_truncated(self, cut: int) -> None:
        self.says(book(HEADERS, ("甲", "2024-01-02"))[:cut], "已损坏或不完整", "另存为 .xlsx")

    def test_flipped_in_the_middle(self) -> None:
        data = bytearray(book(HEADERS, *((f"甲{n}", "2024-01-02") for n in range(500))))
        place = data.index(b"xl/worksheets/sheet1.xml") + 200
        data[place : place + 8] = b"\xff" * 8
        self.says(bytes(data), "已损坏或不完整")

    def test_empty(self) -> None:
        self.says(b"", "是空文件（0 字节）")
        self.says(book(), "没有内容")
        self.says(book(HEADERS), "只有表头，没有数据行")
        self.says(b"\r\n\r\n", "没有内容")

    def test_encrypted(self) -> None:
        container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
        self.says(container, "设有打开密码", "取消密码")

    def test_a_hundred_megabytes(self) -> None:
        self.says(b"\0" * (100 * 1024 * 1024), "有 100 MB，超过 50 MB 的上限")

    def test_not_a_table(self) -> None:
        self.says(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "不是 Excel 或 CSV 表格")
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            package.writestr("word/document.xml", "<w/>")
        self.says(buffer.getvalue(), "是压缩包，但不是 .xlsx 表格")

    @pytest.mark.parametrize(
        ("part", "content", "why"),
        [
            ("xl/vbaProject.bin", b"macro", "含有宏"),
            (
                "xl/sharedStrings2.xml",
                b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>',
                "文档类型声明",
            ),
        ],
    )
    def test_macros_and_entities_are_not_read(self, part: str, content: bytes, why: str) -> None:
        buffer = BytesIO(book(HEADERS, ("甲", "2024-01-02", "民事", 1)))
        assert read_table(buffer.getvalue(), "表.xlsx", SCHEMA).rows
        with zipfile.ZipFile(buffer, "a") as package:
            package.writestr(part, content)
        with pytest.raises(TableUnreadable, match=why):
            read_table(buffer.getvalue(), "表.xlsx", SCHEMA)

    def test_a_bomb_is_stopped_while_it_is_unpacked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sheets, "MOST_UNPACKED_MB", 4)
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("xl/workbook.xml", "<workbook/>")
            package.writestr("xl/worksheets/sheet1.xml", b"0" * (6 * 1024 * 1024))
        assert len(buffer.getvalue()) < 100_000
        self.says(buffer.getvalue(), "解压后超过 4 MB", "疑似压缩炸弹")

    def test_a_word_in_the_far_corner_is_refused_before_it_fills_the_memory(self) -> None:
        rows = BytesIO()
        workbook = xlsxwriter.Workbook(rows, {"in_memory": True})
        far = workbook.add_worksheet()
        far.write_string(0, 0, "案号")
        far.write_string(1_048_575, 16_383, "误")
        workbook.close()
        self.says(rows.getvalue(), "一直排到第 1048576 行、第 16384 列")

    def test_blank_rows_with_a_style_are_no_content(self) -> None:
        buffer = BytesIO()
        workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
        sheet = workbook.add_worksheet()
        for column, value in enumerate(("案号", "立案日期")):
            sheet.write_string(0, column, value)
        for column, value in enumerate(("甲", "2024-01-02")):
            sheet.write_string(1, column, value)
        for column in range(400):
            sheet.write_blank(1_048_575, column, None, workbook.add_format({"bold": True}))
        workbook.close()
        assert len(read_table(buffer.getvalue(), "表.xlsx", SCHEMA).rows) == 1

    def test_a_required_column_is_missing_or_there_twice(self) -> None:
        self.says(book(("案号", "备注"), ("甲", "x")), "缺少“立案日期”列（现有：案号、备注）", "请补上这些列")
        self.says(book(("案号", "立案日期", "立案时间"), ("甲", "2024-01-02")), "有两列“立案日期”")


class TestTheTableThatGoesBack:
    def test_holds_the_refused_rows_with_the_reason_and_is_read_again_once_put_right(self) -> None:
        found = read(("甲", "2024-01-02"), ("=1+1", "2024-13-02", "商事"), ("丙", "2024-01-02"))
        back = refused_as_xlsx(found)
        rows = CalamineWorkbook.from_filelike(BytesIO(back)).get_sheet_by_index(0).to_python()
        assert rows[0] == [*HEADERS, "原行号", "拒收原因"]
        assert rows[1][:3] == ["=1+1", "2024-13-02", "商事"]
        assert rows[1][4] == 3
        assert "月份超出 12" in str(rows[1][5])
        assert "可填：民事、刑事。" in str(rows[1][5])
        assert len(rows) == 2
        again = read_table(back, "被拒的行.xlsx", SCHEMA)
        assert again.unknown_headers == ("原行号", "拒收原因")
        assert len(again.refused) == 2

    def test_rows_refused_later_join_those_refused_at_reading(self) -> None:
        found = read(("甲", "2024-01-02"), ("乙", "2024-13-02"), ("丙", "2024-01-02"))
        later = found.refusing([found.refused[0].__class__(4, "案号", "丙", "本院没有此案", "请核对。")])
        assert later.refused_rows == (3, 4)
        assert [row.number for row in later.rows] == [2]


@pytest.mark.libreoffice
class TestOtherOffices:
    @pytest.mark.parametrize("ending", ["xls", "xlsx"])
    def test_what_libreoffice_saves_is_read_the_same(self, tmp_path: Path, ending: str) -> None:
        if shutil.which("soffice") is None:
            pytest.skip("缺 soffice")
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "表.xlsx").write_bytes(book(HEADERS, ("甲", date(2024, 1, 2), "民事", 2)))
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
                *("--convert-to", ending, "--outdir", str(tmp_path), str(tmp_path / "in" / "表.xlsx")),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        (row,) = read_table((tmp_path / f"表.{ending}").read_bytes(), f"表.{ending}", SCHEMA).rows
        assert row.values == {"no": "甲", "filed": date(2024, 1, 2), "kind": "civil", "count": 2}
