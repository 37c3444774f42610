"""工作表：from the bytes of an xlsx, xls, et or csv file to rows of cells, opened with distrust.

A sheet is held whole in memory as a rectangle, so one value in the far corner would ask for gigabytes: the corners of
the cells are looked at before the sheet is opened. No size written in the file is believed.
"""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from tianping.foundation.tables.cells import BrokenFormula, Cell

MOST_MB = 50
"""文件大小上限：120,000 cases of fifteen columns come to about 10 MB."""
MOST_UNPACKED_MB = 512
"""解压后的上限：the same cases unpacked come to about 120 MB."""
MOST_ROWS = 1_048_576
"""行数上限：Excel's own; what stands below it no spreadsheet wrote."""
MOST_CELLS = 20_000_000
"""单元格上限：the rectangle from the first to the last cell with a value."""

_MB = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL_WITH_VALUE = re.compile(rb'<(?:\w+:)?c (?:[^>]*? )?r="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_ERROR_CELL = re.compile(rb'<c [^>]*\bt="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]{1,20})</v>')
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_LONGEST_CELL = 64 * 1024
_RESAVE = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"


class TableUnreadable(ValueError):
    """表格读不了：the whole file is refused, in one sentence with its name and the way out."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """工作表：``rows`` are (row number as Excel shows it, cells); blank rows are left out."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    others: tuple[str, ...] = ()  # 未读的其他工作表


def open_sheet(data: bytes, name: str, first: int | None = None) -> Sheet:
    """打开：by content, whatever the name says. Of a workbook, the first visible sheet with something in it.

    ``first`` reads no further than that row: enough for the headings.
    """
    if not data:
        raise TableUnreadable(f"“{name}”是空文件（0 字节）。请重新从原系统导出后再导入。")
    if len(data) > MOST_MB * _MB:
        raise TableUnreadable(
            f"“{name}”有 {len(data) / _MB:.0f} MB，超过 {MOST_MB} MB 的上限。请按年度或部门分成几个文件导入。"
        )
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise TableUnreadable(_locked(name))
    if data.startswith(b"PK"):
        return _workbook(data, name, _inspect(data, name), first)
    return _workbook(data, name, {}, first) if data.startswith(_OLE) else _text(data, name, first)


def _locked(name: str) -> str:
    return f"“{name}”设有打开密码，读不出内容。请在 Excel 或 WPS 中取消密码、另存后再导入。"


def _broken(name: str) -> TableUnreadable:
    return TableUnreadable(f"“{name}”已损坏或不完整，打不开。{_RESAVE}")


Broken = dict[str, dict[tuple[int, int], BrokenFormula]]


def _inspect(data: bytes, name: str) -> Broken:
    """查包：every part is unpacked once and counted; a lying size or a far-off cell is found here.

    Returns the cells with a broken formula, by the part they stand in: the reader itself takes them for empty.
    """
    unpacked = 0
    broken: Broken = {}
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
                raise TableUnreadable(f"“{name}”是压缩包，但不是 .xlsx 表格。{_RESAVE}")
            for part in parts:
                if part.filename.lower().endswith("vbaproject.bin"):
                    raise TableUnreadable(f"“{name}”含有宏，为安全起见不读取。请另存为不含宏的 .xlsx 后再导入。")
                last_row = last_column = 0
                tail = b""
                with package.open(part) as stream:
                    while piece := stream.read(_MB):
                        unpacked += len(piece)
                        if unpacked > MOST_UNPACKED_MB * _MB:
                            raise TableUnreadable(
                                f"“{name}”解压后超过 {MOST_UNPACKED_MB} MB，疑似压缩炸弹，未读取。请分成几个文件导入。"
                            )
                        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                            raise TableUnreadable(
                                f"“{name}”的 {part.filename} 带有文档类型声明，为安全起见不读取。{_RESAVE}"
                            )
                        if part.filename.startswith("xl/worksheets/"):
                            piece = tail + piece
                            for column, row in set(_corners(piece)):
                                last_row, last_column = max(last_row, row), max(last_column, column)
                            for (row, column), formula in _broken_formulas(piece):
                                broken.setdefault(part.filename, {})[row, column] = formula
                            tail = piece[max(piece.rfind(b"<c "), 0) :][-_LONGEST_CELL:]  # it may end in the next piece
                        if last_row > MOST_ROWS or last_row * last_column > MOST_CELLS:
                            raise TableUnreadable(
                                f"“{name}”的内容一直排到第 {last_row} 行、第 {last_column} 列，多半是误在远处留了字。"
                                "请删去表外的行和列，另存后再导入。"
                            )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        if isinstance(error, TableUnreadable):
            raise
        raise (TableUnreadable(_locked(name)) if "password" in str(error) else _broken(name)) from None
    return broken


def _corners(piece: bytes) -> Iterator[tuple[int, int]]:
    """The last column and last row of a stretch of a sheet's XML. A column's letters decide, so each is valued once."""
    found = _CELL_WITH_VALUE.findall(piece)
    if found:
        row = max(int(row) for _, row in found)
        for letters in {letters for letters, _ in found}:
            yield _column(letters), row


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column


def _broken_formulas(piece: bytes) -> Iterator[tuple[tuple[int, int], BrokenFormula]]:
    if b't="e"' in piece:
        for cell in _ERROR_CELL.finditer(piece):
            if place := _PLACE.search(cell[0]):
                yield (int(place[2]), _column(place[1])), BrokenFormula(cell[1].decode("ascii", "replace"))


def _part_of(data: bytes, place: int) -> str:
    """部件名：of the sheet at a place in the workbook; empty where the workbook does not say."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        try:
            listed = re.findall(rb"<(?:\w+:)?sheet [^>]*>", package.read("xl/workbook.xml"))
            relations = package.read("xl/_rels/workbook.xml.rels")
        except KeyError:
            return ""
    wanted = re.search(rb':id="([^"]+)"', listed[place]) if place < len(listed) else None
    for relation in re.findall(rb"<(?:\w+:)?Relationship [^>]*>", relations):
        target = re.search(rb'\bTarget="/?(?:xl/)?([^"]+)"', relation)
        if wanted and target and b'Id="' + wanted[1] + b'"' in relation:
            return f"xl/{target[1].decode()}"
    return ""


def _workbook(data: bytes, name: str, broken: Broken, most: int | None) -> Sheet:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        filled: list[tuple[str, list[list[Cell]]]] = []
        first = 0
        for place, about in enumerate(book.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_index(place)
            if sheet.start is not None:
                if not filled:
                    first = place
                filled.append((about.name, _cells(sheet, most) if not filled else []))
    except PasswordError:
        raise TableUnreadable(_locked(name)) from None
    except (CalamineError, OSError, ValueError):
        raise _broken(name) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader is Rust; where it gives up, the file is at fault
            raise
        raise _broken(name) from None
    if not filled:
        raise TableUnreadable(f"“{name}”里没有内容：各工作表都是空的。请确认导出时选了数据，再导入。")
    rows = filled[0][1]
    for (row, column), formula in broken.get(_part_of(data, first), {}).items() if broken else ():
        if row <= len(rows):
            rows[row - 1] += [None] * (column - len(rows[row - 1]))
            rows[row - 1][column - 1] = formula
    return Sheet(filled[0][0], _numbered(rows), tuple(title for title, _ in filled[1:]))


def _cells(sheet: CalamineSheet, most: int | None) -> list[list[Cell]]:
    return [list(row) for row in sheet.to_python(skip_empty_area=False, nrows=most)]


def _numbered(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    return tuple(
        (number, tuple(row))
        for number, row in enumerate(rows, start=1)
        if any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in row)
    )


def _text(data: bytes, name: str, most: int | None) -> Sheet:
    """文本表：UTF-8 (with or without mark), UTF-16 with mark, or GB18030 as Excel in China writes it.

    Blank lines are let go as they are read: two million of them cost no memory.
    """
    words = _decoded(data, name)
    first = words.lstrip().partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    try:
        lines = csv.reader(StringIO(words, ""), delimiter=delimiter, strict=True)
        numbered = _numbered(lines if most is None else islice(lines, most))
    except csv.Error:
        raise TableUnreadable(f"“{name}”的引号不成对或某格过长，分不清列。{_RESAVE}") from None
    if not numbered:
        raise TableUnreadable(f"“{name}”里没有内容。请确认导出时选了数据，再导入。")
    return Sheet("", numbered)


def _decoded(data: bytes, name: str) -> str:
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            words = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in words:
            return words
    raise TableUnreadable(f"“{name}”不是 Excel 或 CSV 表格，认不出内容。{_RESAVE}")
