"""两百万空行：an export with a format painted down to the end of the sheet; read or refused, in bounded memory."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

BLANK = 2_000_000
MOST_MB = 350  # of the whole process, Python and Django apart from Rust's reader included
CELLS = "<row r='{row}'><c r='A{row}' t='inlineStr'><is><t>{text}</t></is></c></row>"
CONTENT = (
    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
    "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
    "<Override PartName='/xl/workbook.xml' "
    "ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/>"
    "<Override PartName='/xl/worksheets/sheet1.xml' "
    "ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml'/></Types>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": CONTENT,
    "_rels/.rels": (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f"<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='{OFFICE}'>"
        '<sheets><sheet name="人员" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def rows_alone(first: int, last: int) -> str:
    return "".join(f'<row r="{row}"/>' for row in range(first, last))


def painted(first: int, last: int) -> str:
    return "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(first, last))


def sheet(blank: Callable[[int, int], str], *, at_the_end: bool) -> Iterator[str]:
    """The parts of a sheet one after another: never whole in memory."""
    yield "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    yield CELLS.format(row=1, text="姓名").replace("'", '"') + CELLS.format(row=2, text="林知远").replace("'", '"')
    for first in range(3, BLANK, 50_000):
        yield blank(first, min(first + 50_000, BLANK))
    if at_the_end:
        yield CELLS.format(row=BLANK, text="沈若川").replace("'", '"')
    yield "</sheetData></worksheet>"


def workbook(blank: Callable[[int, int], str], *, at_the_end: bool) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, words in PARTS.items():
            package.writestr(name, words)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for piece in sheet(blank, at_the_end=at_the_end):
                part.write(piece.encode())
    return buffer.getvalue()


READ = """
import re, sys
from pathlib import Path
from tianping.foundation.tables import TableUnreadable
from tianping.foundation.tables.sheet import open_sheet
try:
    said = str([cells[0] for _, cells in open_sheet(Path(sys.argv[1]).read_bytes(), "人员.xlsx").rows])
except TableUnreadable as refusal:
    said = str(refusal)
# ru_maxrss would still hold what the parent took before this program began
print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024, said)
"""


@pytest.mark.parametrize(
    ("blank", "at_the_end"), [(painted, False), (rows_alone, True)], ids=["nothing below", "one value at the end"]
)
def test_two_million_blank_rows_cost_no_memory(
    blank: Callable[[int, int], str], at_the_end: bool, tmp_path: Path
) -> None:
    place = tmp_path / "空行.xlsx"
    place.write_bytes(workbook(blank, at_the_end=at_the_end))
    read = subprocess.run(
        [sys.executable, "-c", READ, str(place)], capture_output=True, text=True, check=True, timeout=120
    )
    megabytes, _, said = read.stdout.strip().partition(" ")
    if at_the_end:
        assert "内容一直排到第 2000000 行" in said, said
    else:
        assert said == "['姓名', '林知远']"
    assert int(megabytes) < MOST_MB
