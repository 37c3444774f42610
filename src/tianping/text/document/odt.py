"""读 .odt：the text of an OpenDocument file as paragraphs, as ``wordml`` reads Word's.

Body and tables as they stand; then notes, text boxes, headers and footers. Tracked deletions and comments are passed
over. ``Run.node`` numbers the stretches of text of a part in document order (an element's own text, then its tail).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from tianping.text.regex import regex

from .errors import ReadError
from .model import Paragraph, Part
from .package import Package
from .paragraphs import Piece, paragraph

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_PASSED = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_OFFICE}annotation",
        f"{_OFFICE}annotation-end",
        f"{_TEXT}ruby-text",
        f"{_TEXT}note-citation",
        f"{_OFFICE}forms",
        f"{_TEXT}sequence-decls",
        f"{_TEXT}variable-decls",
        f"{_TEXT}user-field-decls",
    }
)
_PARAGRAPH = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_MARKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_SPACES = regex("[ \t\r\n]+")
_RESAVE = "请在 LibreOffice 或 WPS 中另存为 .docx 后再试"
MAX_SPACES = 1000
"""一处空格最多算几个：the count is a number somebody wrote."""


@dataclass
class _Reader:
    """一个部件的走读。"""

    part_name: str
    add: Callable[[list[Piece], Part], None]
    node: int = 0
    listed: int = 0
    boxes: list[tuple[etree._Element, Part]] = field(default_factory=list)

    def blocks(self, element: etree._Element, part: Part, *, in_list: bool = False) -> None:
        for child in element:
            tag = child.tag
            if tag in _PARAGRAPH:
                self.listed += in_list
                self.paragraph(child, part)
            elif tag == f"{_TABLE}table":
                self.blocks(child, Part.TABLE if part is Part.BODY else part)
            elif tag not in _PASSED and isinstance(tag, str):
                self.blocks(child, part, in_list=in_list or tag == f"{_TEXT}list-item")

    def paragraph(self, element: etree._Element, part: Part) -> None:
        outer, self.boxes = self.boxes, []
        pieces: list[Piece] = []
        self.inline(element, pieces)
        self.add(pieces, part)
        boxes, self.boxes = self.boxes, outer
        for box, inside in boxes:
            if inside is Part.FOOTNOTE:
                self.boxes.append((box, inside))  # notes come after the whole body
            else:
                self.blocks(box, inside)

    def inline(self, element: etree._Element, pieces: list[Piece]) -> None:
        self._text(element.text, pieces)
        for child in element:
            tag = child.tag
            if tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                self._piece(" " * min(int(count) if count.isdecimal() else 1, MAX_SPACES), pieces)
            elif tag in _MARKS:
                self._piece(_MARKS[str(tag)], pieces)
            elif tag == f"{_TEXT}note":
                body = child.find(f"{_TEXT}note-body")
                if body is not None:
                    self.boxes.append((body, Part.FOOTNOTE))
            elif tag == f"{_DRAW}text-box":
                self.boxes.append((child, Part.TEXTBOX))
            elif tag not in _PASSED and isinstance(tag, str):
                self.inline(child, pieces)
            self._text(child.tail, pieces)

    def _text(self, text: str | None, pieces: list[Piece]) -> None:
        """White space of the file's own layout counts as one space, and as none after another."""
        if not text:
            self.node += 1
            return
        at = 0
        for gap in _SPACES.finditer(text):
            if gap.start() > at:
                pieces.append(Piece(text[at : gap.start()], self.part_name, self.node, at))
            if pieces and not pieces[-1].text.endswith((" ", "\n")):
                pieces.append(Piece(" ", self.part_name, self.node, gap.start()))
            at = gap.end()
        if at < len(text):
            pieces.append(Piece(text[at:], self.part_name, self.node, at))
        self.node += 1

    def _piece(self, text: str, pieces: list[Piece]) -> None:
        pieces.append(Piece(text, self.part_name, self.node))
        self.node += 1


def read_odt(data: bytes, name: str) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """读 .odt：the paragraphs, and what was left out, in Chinese."""
    package = Package(data, name, kind=".odt")
    if "content.xml" not in package:
        raise ReadError(name, "里没有文书正文（缺少 content.xml），不是 .odt 文档", _RESAVE)
    manifest = package.bytes_of("META-INF/manifest.xml") if "META-INF/manifest.xml" in package else b""
    if b"encryption-data" in manifest:
        raise ReadError(name, "设有打开密码（加密文档）", "请取消密码、另存为 .docx 后再试")
    paragraphs: list[Paragraph] = []

    def add(pieces: list[Piece], part: Part) -> None:
        made = paragraph(pieces, index=len(paragraphs), part=part)
        if made is not None:
            paragraphs.append(made)

    root = package.xml("content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise ReadError(name, "不是文字文档（可能是表格或演示）", "请指定文书的正文文件")
    reader = _Reader("content.xml", add)
    reader.blocks(body, Part.BODY)
    for note, part in reader.boxes:
        reader.blocks(note, part)
    if "styles.xml" in package:
        margins = _Reader("styles.xml", add)
        styles = package.xml("styles.xml")
        for kind, part in (("header", Part.HEADER), ("footer", Part.FOOTER)):
            for block in styles.iter(f"{_STYLE}{kind}"):
                margins.blocks(block, part)
    issues: tuple[str, ...] = ()
    if reader.listed:
        issues = (f"有 {reader.listed} 段使用自动编号，编号不是正文文字，序号未检查",)
    return tuple(paragraphs), issues
