"""同一文书的五种载体：one judgment wrapped the five ways it reaches a court, for tests that compare readings.

``text`` is a paragraph a line. ``.docx`` bytes are written as raw XML, so that the test decides every run itself.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEADING = re.compile(r".{2,30}法院$|.{0,12}(?:判决|裁定|调解|决定)书$")
_SIGNED = re.compile(r"(审判长|代理审判员|审判员|人民陪审员|法官助理|代书记员|书记员)(?=[^\s，。：、]{1,4}$)")
_DATED = re.compile(r"[一二][〇零○OΟO0一二三四五六七八九]{3}年.{2,8}日$")


def package(body: str, parts: Mapping[str, str] | None = None, extra: Mapping[str, bytes] | None = None) -> bytes:
    """A .docx whose document body is the given XML; ``parts`` maps header1.xml and the like to whole part XML."""
    parts = parts or {}
    kinds = {name: re.sub(r"\d*\.xml$", "", name) for name in parts}
    relationships = "".join(
        f'<Relationship Id="rId{number}" Target="{name}" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kinds[name]}"/>'
        for number, name in enumerate(parts, 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    files: dict[str, bytes] = {
        "[Content_Types].xml": (
            head + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/word/document.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'{head}<Relationships xmlns="{rels}"><Relationship Id="rId1" Target="word/document.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
            "</Relationships>"
        ).encode(),
        "word/document.xml": f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode(),
        "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{rels}">{relationships}</Relationships>'.encode(),
    }
    files |= {f"word/{name}": f"{head}{xml}".encode() for name, xml in parts.items()}
    files |= dict(extra or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    """One w:r; tabs and line breaks become w:tab and w:br."""
    pieces = re.split(r"([\t\n])", text)
    inside = "".join(
        "<w:tab/>"
        if piece == "\t"
        else "<w:br/>"
        if piece == "\n"
        else f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in pieces
        if piece
    )
    return f"<w:r>{properties}{inside}</w:r>"


def para(*runs: str, properties: str = "") -> str:
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def one_run(text: str) -> bytes:
    """一段一个文本串：as a program writes it."""
    return package("".join(para(run(line)) for line in text.split("\n")))


def split_runs(text: str, seed: int) -> bytes:
    """Word 式拆分：runs cut anywhere by editing, spelling marks, bookmarks and page-break hints between them."""
    chance = random.Random(seed)
    return package("".join(para(*_split(line, chance)) for line in text.split("\n")))


def _split(line: str, chance: random.Random) -> Iterable[str]:
    at = 0
    while at < len(line):
        end = min(len(line), at + chance.choice((1, 1, 2, 3, 5, 8, 20)))
        yield run(
            line[at:end], chance.choice(("", "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'))
        )
        yield chance.choice(
            (
                "",
                "",
                '<w:proofErr w:type="spellStart"/>',
                '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>',
                "<w:r><w:lastRenderedPageBreak/></w:r>",
                "<w:r><w:t></w:t></w:r>",
            )
        )
        at = end


def wps_like(text: str, seed: int) -> bytes:
    """WPS 式排版：indents of full-width spaces, headings and signatures pulled apart, tabs, blank paragraphs."""
    chance = random.Random(seed)
    body = []
    for line in text.split("\n"):
        if _HEADING.fullmatch(line) and len(line) < 32:
            gap = chance.choice(("　", " ", "  "))
            line = chance.choice(("", "　　")) + gap.join(line) + chance.choice(("", "　"))
        elif _SIGNED.match(line):
            title, name = _SIGNED.match(line)[1], line[_SIGNED.match(line).end() :]  # type: ignore[index, union-attr]
            gap = chance.choice(("　", " ", ""))
            line = (
                "\t\t"
                + gap.join(title)
                + chance.choice(("　　", "\t", "  "))
                + (gap.join(name) if len(name) < 3 else name)
            )
        elif _DATED.fullmatch(line):
            line = chance.choice(("\t\t\t", "　" * 12)) + line + "　　"
        else:
            line = chance.choice(("　　", "    ", "\t", "")) + line + chance.choice(("", " ", "　"))
        body.append(para(run(line, '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋" w:eastAsia="仿宋"/></w:rPr>')))
        if chance.random() < 0.15:
            body.append(chance.choice((para(), para(run("　　")), para(run("\t")))))
    return package("".join(body))


def in_table(text: str) -> bytes:
    """表格之内：the whole judgment in one cell, its second half in a table nested there."""
    lines = [para(run(line)) for line in text.split("\n")]
    half = len(lines) // 2
    nested = _table("".join(lines[half:]) or para())
    return package(_table("".join(lines[:half]) + nested + para()))


def _table(cell: str) -> str:
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
        f"<w:tr><w:tc><w:tcPr/>{cell}</w:tc></w:tr></w:tbl>"
    )


def gb18030(text: str) -> bytes:
    """记事本文本：GB18030 with Windows line ends."""
    return text.replace("\n", "\r\n").encode("gb18030")


def five_ways(text: str, seed: int) -> dict[str, tuple[str, bytes]]:
    """五种载体：the way's name to (file name, bytes)."""
    ways: dict[str, tuple[str, Callable[[], bytes]]] = {
        "one run": ("一.docx", lambda: one_run(text)),
        "split runs": ("二.docx", lambda: split_runs(text, seed)),
        "WPS-like": ("三.docx", lambda: wps_like(text, seed)),
        "in a table": ("四.docx", lambda: in_table(text)),
        "GB18030": ("五.txt", lambda: gb18030(text)),
    }
    return {way: (name, make()) for way, (name, make) in ways.items()}
