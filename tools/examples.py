"""示例文书：builds the demo court's judgments (.docx) and the list of what was planted in them.

A source in ``examples/sources`` is a header of ``key: value`` lines, a blank line, and one paragraph a line. In the
paragraphs ``⟦CODE:words⟧`` plants an error that the rule CODE must find, ``⟪words⟫`` a lure that no rule may flag;
the header's ``lure: first words | why`` lines give the reasons, in the order of the lures. Lines that begin with
``|`` are rows of a table. Blanks before a paragraph are written to the file but not counted in the places.

    tools/examples.py            write examples/*.docx and examples/truths.json
    tools/examples.py --check    rebuild in memory and compare; exit 1 where something differs

The same sources give the same bytes on every machine: fixed times, fixed properties, no compression.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

HERE = Path(__file__).resolve().parent.parent / "examples"
SOURCES = HERE / "sources"
TRUTHS = HERE / "truths.json"

TITLE_FONT, BODY_FONT = "方正小标宋简体", "仿宋_GB2312"
TITLE_SIZE, BODY_SIZE = Pt(22), Pt(16)  # 二号、三号
LINE = Pt(29)  # 每页 22 行
ZIP_TIME = (2026, 1, 1, 0, 0, 0)

REQUIRED = ("title", "kind", "court", "case_no", "cause", "division", "procedure", "presiding", "clerk")
"""文首必填项；filed_on、decided_on 另按日期读。"""

MARK = re.compile(r"⟦(?P<code>[A-Z]{3}\d{3}):(?P<error>[^⟦⟧⟪⟫]+)⟧|⟪(?P<lure>[^⟦⟧⟪⟫]+)⟫")
SIGNATURE = re.compile(r"^(审判长|审判员|人民陪审员|法官助理|书记员|二.{1,4}年.{1,3}月.{1,3}日$)")
SPACE = re.compile(r"\s+")


class SourceFault(ValueError):
    """示例原文有误：the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Mark:
    """标记：a planted truth (``code``) or a lure (``why``) at its place."""

    paragraph: int
    start: int
    end: int
    text: str
    code: str = ""
    why: str = ""

    def as_truth(self) -> dict[str, object]:
        return {"code": self.code, **self._place()}

    def as_lure(self) -> dict[str, object]:
        return {**self._place(), "why": self.why}

    def _place(self) -> dict[str, object]:
        return {"paragraph": self.paragraph, "start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Table:
    """表格：rows of cells; not counted among the paragraphs."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Judgment:
    """示例文书：its metadata, its blocks in order, its truths and lures."""

    slug: str
    head: dict[str, str]
    filed_on: date
    decided_on: date
    blocks: tuple[str | Table, ...]
    truths: tuple[Mark, ...] = ()
    lures: tuple[Mark, ...] = ()
    layout: frozenset[str] = field(default_factory=frozenset)

    def names(self, key: str) -> list[str]:
        return self.head.get(key, "").split()


def unmarked(line: str, paragraph: int) -> tuple[str, list[Mark]]:
    """The line without its marks, and the marks at their places in it."""
    clean, marks, last = "", [], 0
    for match in MARK.finditer(line):
        clean += line[last : match.start()]
        words = match["error"] or match["lure"]
        marks.append(Mark(paragraph, len(clean), len(clean) + len(words), words, code=match["code"] or ""))
        clean, last = clean + words, match.end()
    clean += line[last:]
    if re.search("[⟦⟧⟪⟫]", clean):
        raise SourceFault(f"第 {paragraph} 段标记不成对：{clean[:30]}")
    return clean, marks


def explain(lures: Sequence[Mark], reasons: Sequence[str], name: str) -> Iterable[Mark]:
    """Each lure with its reason; the reason repeats the lure's first words, so that the two cannot drift apart."""
    if len(lures) != len(reasons):
        raise SourceFault(f"{name}：近似项 {len(lures)} 处，理由 {len(reasons)} 条")
    for mark, reason in zip(lures, reasons, strict=True):
        words, _, why = (part.strip() for part in reason.partition("|"))
        if not why or not mark.text.startswith(words):
            raise SourceFault(f"{name}：理由“{reason}”对不上“{mark.text}”")
        yield replace(mark, why=why)


def read_source(path: Path) -> Judgment:
    """Reads one source; refuses a header that lacks a key and a lure without a reason."""
    header, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    head: dict[str, str] = {}
    reasons: list[str] = []
    for line in header.splitlines():
        key, colon, value = line.partition(":")
        if not colon or (key != "lure" and key in head):
            raise SourceFault(f"{path.name}：文首“{line}”不是“项: 值”，或者重复")
        if key == "lure":
            reasons.append(value.strip())
        else:
            head[key] = value.strip()
    if missing := [key for key in (*REQUIRED, "filed_on", "decided_on") if key not in head]:
        raise SourceFault(f"{path.name}：文首缺 {'、'.join(missing)}")

    blocks: list[str | Table] = []
    marks: list[Mark] = []
    paragraph = 0
    for line in body.splitlines():
        if line.startswith("|"):
            row = tuple(cell.strip() for cell in line.strip("|").split("|"))
            if blocks and isinstance(blocks[-1], Table):
                blocks[-1] = Table((*blocks[-1].rows, row))
            else:
                blocks.append(Table((row,)))
        elif line.strip():
            clean, found = unmarked(line.lstrip(), paragraph)
            blocks.append(line[: len(line) - len(line.lstrip())] + clean)
            marks += found
            paragraph += 1
    lures = [mark for mark in marks if not mark.code]
    return Judgment(
        slug=path.stem,
        head=head,
        filed_on=date.fromisoformat(head["filed_on"]),
        decided_on=date.fromisoformat(head["decided_on"]),
        blocks=tuple(blocks),
        truths=tuple(mark for mark in marks if mark.code),
        lures=tuple(explain(lures, reasons, path.name)),
        layout=frozenset(head.get("layout", "").split()),
    )


def set_font(run: Run, name: str, size: Length) -> None:
    run.font.name, run.font.size = name, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def pieces(text: str, split: bool) -> Iterable[str]:
    """The runs of a paragraph. Word breaks a paragraph anywhere, also inside a word: so does ``split-runs``."""
    if not split:
        return [text]
    widths, at = (5, 11, 3, 8), 0
    out: list[str] = []
    while at < len(text):
        width = widths[len(out) % len(widths)]
        out.append(text[at : at + width])
        at += width
    return out


def write(paragraph: Paragraph, text: str, font: str, size: Length, split: bool = False) -> None:
    for piece in pieces(text, split):
        set_font(paragraph.add_run(piece), font, size)
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE


def add_text(document: Docx, text: str, place: int, judgment: Judgment) -> None:
    """版式：法院名称和文书名称居中，案号、落款右空两字，其余首行空两字；已经用空格空出的照旧。"""
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    if place < 2:
        write(paragraph, text, TITLE_FONT, TITLE_SIZE)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return
    write(paragraph, text, BODY_FONT, BODY_SIZE, split="split-runs" in judgment.layout)
    if text.startswith("　"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    elif place == 2 or SIGNATURE.match(SPACE.sub("", text)):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        form.right_indent = 2 * BODY_SIZE
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        form.first_line_indent = 2 * BODY_SIZE


def add_table(document: Docx, table: Table) -> None:
    grid = document.add_table(rows=len(table.rows), cols=len(table.rows[0]))
    grid.style = "Table Grid"
    for row, cells in zip(table.rows, grid.rows, strict=True):
        for text, cell in zip(row, cells.cells, strict=True):
            write(cell.paragraphs[0], text, BODY_FONT, Pt(12))


def strip_template(document: Docx) -> None:
    """The library's template brings styles that a court's file does not have; only those in use stay."""
    styles = document.styles
    for style in list(styles):
        if style.name not in {"Normal", "Default Paragraph Font", "Normal Table", "Table Grid", "No List"}:
            style.delete()
    for latent in styles.element.findall(qn("w:latentStyles")):
        styles.element.remove(latent)
    package = document.part.package
    for rel_id, rel in list(package.rels.items()):
        if rel.reltype.rsplit("/", 1)[1] in {"thumbnail", "extended-properties"}:
            del package.rels[rel_id]
    for rel_id, rel in list(document.part.rels.items()):
        if rel.reltype.rsplit("/", 1)[1] in {"customXml", "numbering", "stylesWithEffects", "webSettings"}:
            del document.part.rels[rel_id]


def docx_bytes(judgment: Judgment) -> bytes:
    """The file of one judgment, byte for byte the same from the same source."""
    document = docx.Document()
    strip_template(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(36)
    section.left_margin = section.right_margin = Mm(27)
    place = 0
    for block in judgment.blocks:
        if isinstance(block, Table):
            add_table(document, block)
        else:
            add_text(document, block, place, judgment)
            place += 1
    core = document.core_properties
    core.title = judgment.head["title"]
    core.author = core.last_modified_by = judgment.head["court"]
    core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = datetime.combine(judgment.decided_on, datetime.min.time())
    core.revision = 1
    raw = io.BytesIO()
    document.save(raw)
    return repacked(raw.getvalue())


def repacked(raw: bytes) -> bytes:
    """The same package without the moment and machine it was made on. Stored: compressors differ in their output."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.create_system, info.external_attr = 3, 0o644 << 16
            target.writestr(info, source.read(name))
    return out.getvalue()


def entry(judgment: Judgment, content: bytes) -> dict[str, object]:
    """One document's entry in truths.json."""
    head = judgment.head
    return {
        "file": f"{judgment.slug}.docx",
        "sha256": hashlib.sha256(content).hexdigest(),
        **{key: head[key] for key in REQUIRED if key not in {"presiding", "clerk"}},
        "presiding": head["presiding"],
        "judges": [head["presiding"], *judgment.names("judges")],
        "assessors": judgment.names("assessors"),
        "clerk": head["clerk"],
        "filed_on": judgment.filed_on.isoformat(),
        "decided_on": judgment.decided_on.isoformat(),
        "truths": [mark.as_truth() for mark in judgment.truths],
        "lures": [mark.as_lure() for mark in judgment.lures],
    }


def build() -> dict[Path, bytes]:
    """Every file that the sources make."""
    files: dict[Path, bytes] = {}
    entries = []
    for path in sorted(SOURCES.glob("*.txt")):
        judgment = read_source(path)
        content = docx_bytes(judgment)
        files[HERE / f"{judgment.slug}.docx"] = content
        entries.append(entry(judgment, content))
    listing = json.dumps({"documents": entries}, ensure_ascii=False, indent=1) + "\n"
    files[TRUTHS] = listing.encode()
    return files


def differences(files: dict[Path, bytes]) -> list[str]:
    """What on disk is not what the sources make."""
    stale = [path.name for path, content in files.items() if not path.is_file() or path.read_bytes() != content]
    extra = [path.name for path in HERE.glob("*.docx") if path not in files]
    return sorted([*(f"{name}：与原文不符" for name in stale), *(f"{name}：没有原文" for name in extra)])


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="由 examples/sources 生成示例文书")
    parser.add_argument("--check", action="store_true", help="只比较，不写文件")
    options = parser.parse_args(argv)
    files = build()
    if options.check:
        faults = differences(files)
        print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
        return 1 if faults else 0
    for path, content in files.items():
        path.write_bytes(content)
    print(f"{len(files) - 1} 份文书")
    return 0


if __name__ == "__main__":
    sys.exit(main())
