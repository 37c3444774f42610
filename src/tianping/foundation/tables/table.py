"""读表：each row by the schema, and every refused cell with its place, value, reason and way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tianping.foundation.tables.cells import (
    BrokenFormula,
    Cell,
    CellFault,
    Kind,
    as_choice,
    as_date,
    as_int,
    as_text,
    shown,
)
from tianping.foundation.tables.schema import Field, Schema, heading
from tianping.foundation.tables.sheet import TableUnreadable, open_sheet

FieldOf = Callable[[str], Field | None]
HEADER_WITHIN = 10
"""表头须在前十行内：above it stand at most a title and a note of the exporting system."""


@dataclass(frozen=True, slots=True)
class Row:
    """一行：``values`` holds only the columns the file has; an empty cell is None, one that could not be read is not in
    it but in ``unread``."""

    number: int
    values: Mapping[str, Any]
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Refusal:
    """被拒的一格：place, value, reason, way out."""

    row: int
    header: str
    value: str
    reason: str
    way_out: str

    @property
    def sentence(self) -> str:
        what = f"是 {self.value}，" if self.value else "是空的，"
        return f"第 {self.row} 行“{self.header}”{what}{self.reason}。{self.way_out}"


@dataclass(frozen=True, slots=True)
class TableRead:
    """读出的表：``rows`` are whole and valid; a row with one refused cell is not among them."""

    name: str
    sheet: str
    headers: tuple[str, ...]
    columns: Mapping[str, str]  # 字段 → 本表的表头
    rows: tuple[Row, ...]
    set_aside: tuple[Row, ...]  # 表本身已拒的行：looked at for their other faults, never written
    refused: tuple[Refusal, ...]
    unknown_headers: tuple[str, ...]
    other_sheets: tuple[str, ...]
    cells: Mapping[int, tuple[Cell, ...]]  # 各行原样

    @property
    def refused_rows(self) -> tuple[int, ...]:
        return tuple(sorted({refusal.row for refusal in self.refused}))

    @property
    def every_row(self) -> Sequence[Row]:
        """每一行，也含已拒的：whoever looks for further faults names all those of a row at once."""
        if not self.set_aside:
            return self.rows
        return sorted((*self.rows, *self.set_aside), key=lambda row: row.number)

    @property
    def total(self) -> int:
        return len(self.cells)

    def original(self, number: int) -> tuple[str, ...]:
        """一行原文：as a person sees it in the sheet."""
        return tuple(shown(cell) for cell in self.cells[number])

    def header(self, key: str, schema: Schema) -> str:
        return self.columns.get(key) or schema.field(key).header

    def refusing(self, more: Iterable[Refusal]) -> TableRead:
        """再拒：what only the database could tell (an unknown division …) joins what the file itself showed."""
        refused = tuple(sorted((*self.refused, *more), key=lambda refusal: refusal.row))
        out = {refusal.row for refusal in refused}
        return replace(self, refused=refused, rows=tuple(row for row in self.rows if row.number not in out))


@dataclass(frozen=True, slots=True)
class Headings:
    """表头：what the columns are called, which field each is taken for, and a few values of each."""

    sheet: str
    headers: tuple[str, ...]
    guesses: Mapping[str, str]  # 本表的表头 → 字段
    samples: tuple[tuple[str, ...], ...]


SAMPLES = 3


def read_headings(data: bytes, name: str, schema: Schema) -> Headings:
    """读表头：for a person to say which column is what; nothing is refused for a lacking column."""
    sheet = open_sheet(data, name, first=HEADER_WITHIN + SAMPLES)
    place = _header_place([cells for _, cells in sheet.rows[:HEADER_WITHIN]], schema.field_of)
    headers = tuple(shown(cell) for cell in sheet.rows[place][1])
    guesses: dict[str, str] = {}
    for header in filter(None, headers):
        field = schema.field_of(header)
        if field and field.key not in guesses.values():
            guesses[header] = field.key
    body = sheet.rows[place + 1 : place + 1 + SAMPLES]
    return Headings(sheet.name, headers, guesses, tuple(tuple(shown(cell)[:40] for cell in cells) for _, cells in body))


def read_table(data: bytes, name: str, schema: Schema, columns: Mapping[str, str] | None = None) -> TableRead:
    """读表：refuses the file as a whole (``TableUnreadable``) or cell by cell (``refused``).

    ``columns`` says which heading is which field, an empty one that a column is left out; headings it does not name
    are taken for what they say.
    """
    told = {heading(header): key for header, key in (columns or {}).items()}

    def field_of(header: str) -> Field | None:
        key = told.get(heading(header))
        return schema.field_of(header) if key is None else schema.field(key) if key else None

    sheet = open_sheet(data, name)
    place = _header_place([cells for _, cells in sheet.rows[:HEADER_WITHIN]], field_of)
    headers = tuple(shown(cell) for cell in sheet.rows[place][1])
    fields = _fields(headers, name, schema, field_of)
    body = sheet.rows[place + 1 :]
    if not body:
        raise TableUnreadable(f"“{name}”只有表头，没有数据行。请确认导出时选了数据，再导入。")
    rows: list[Row] = []
    set_aside: list[Row] = []
    refused: list[Refusal] = []
    seen: dict[tuple[Any, ...], int] = {}
    for number, cells in body:
        row, faults = _row(number, cells, fields, headers)
        if row.unread.isdisjoint(schema.key):
            faults += _repeated(row, fields, headers, schema, seen)
        refused.extend(faults)
        (set_aside if faults else rows).append(row)
    return TableRead(
        name=name,
        sheet=sheet.name,
        headers=headers,
        columns={field.key: headers[column] for column, field in fields.items()},
        rows=tuple(rows),
        set_aside=tuple(set_aside),
        refused=tuple(refused),
        unknown_headers=tuple(h for column, h in enumerate(headers) if h and column not in fields),
        other_sheets=sheet.others,
        cells=dict(body),
    )


def _header_place(rows: list[tuple[Cell, ...]], field_of: FieldOf) -> int:
    """表头行：the one that names most of the schema's fields; the first of them where several do."""
    known = [sum(field_of(shown(cell)) is not None for cell in cells) for cells in rows]
    return known.index(max(known))


def _fields(headers: tuple[str, ...], name: str, schema: Schema, field_of: FieldOf) -> dict[int, Field]:
    fields: dict[int, Field] = {}
    for column, header in enumerate(headers):
        field = field_of(header) if header else None
        if field is None:
            continue
        if field in fields.values():
            raise TableUnreadable(f"“{name}”有两列“{field.header}”，无法确定以哪列为准。请删去一列后再导入。")
        fields[column] = field
    missing = [field for field in schema.fields if field.required and field not in fields.values()]
    if missing:
        lacking = "、".join(f"“{field.header}”" for field in missing)
        there = "、".join(header for header in headers if header)[:200]
        raise TableUnreadable(f"“{name}”缺少{lacking}列（现有：{there}）。请补上这些列，或改正表头后再导入。")
    return fields


def _row(
    number: int, cells: tuple[Cell, ...], fields: dict[int, Field], headers: tuple[str, ...]
) -> tuple[Row, list[Refusal]]:
    values: dict[str, Any] = {}
    unread: list[str] = []
    faults: list[Refusal] = []
    for column, field in fields.items():
        cell = cells[column] if column < len(cells) else None
        try:
            values[field.key] = _value(cell, field)
        except CellFault as fault:
            unread.append(field.key)
            faults.append(Refusal(number, headers[column], shown(cell)[:60], fault.reason, fault.way_out))
    return Row(number, values, frozenset(unread)), faults


def _value(cell: Cell, field: Field) -> Any:
    if isinstance(cell, BrokenFormula):
        raise CellFault("是出错的公式", "请在 Excel 中改正公式，或改为应填的内容后再导入。")
    if shown(cell) == "":
        if field.required:
            raise CellFault("这一列必须填写", "请补填后再导入。")
        return None
    match field.kind:
        case Kind.DATE:
            return as_date(cell)
        case Kind.INT:
            return as_int(cell, field.least)
        case Kind.CHOICE:
            return as_choice(cell, field.choices)
        case Kind.TEXT:
            text = as_text(cell, field.most)
            return field.clean(text) if field.clean else text


def _repeated(
    row: Row, fields: dict[int, Field], headers: tuple[str, ...], schema: Schema, seen: dict[tuple[Any, ...], int]
) -> list[Refusal]:
    """本表重复：the later row of two with the same key is refused, naming both."""
    key = tuple(row.values.get(part) for part in schema.key)
    first = seen.setdefault(key, row.number)
    if first == row.number:
        return []
    named = "、".join(headers[column] for column, field in fields.items() if field.key in schema.key)
    value = "、".join(str(part) for part in key if part is not None)
    return [Refusal(row.number, named, value, f"与第 {first} 行重复", "请核对两行，只留正确的一行。")]
