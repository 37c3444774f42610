"""读 .docx：the text nodes of a Word file as paragraphs, each character knowing its node.

Body and tables come in the order they stand (a nested table inside its cell, a text box after the paragraph it hangs
on); then footnotes, endnotes, headers and footers, so that the numbering of the body does not depend on them. Tracked
insertions are read as accepted, deletions and moved-away text are passed over, comments are ignored, and of a drawing
written twice (mc:AlternateContent) the first choice is read.

``Run.node`` is the index of the node among all text nodes of its part in document order, read or not — the nodes that
``text_nodes`` lists — so a comment can be anchored by walking the same list again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from .errors import ReadError
from .model import Paragraph, Part
from .package import Package
from .paragraphs import Piece, paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANK = str.maketrans("\t\n\r", "   ")
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TEXT = frozenset({_W + "t", _STRICT + "t", _M + "t"})
_NODES: dict[str, str] = {space + name: char for space in (_W, _STRICT) for name, char in _MARKS.items()}
_SYM = frozenset({_W + "sym", _STRICT + "sym"})


def _names(*names: str) -> frozenset[str]:
    return frozenset(space + name for space in (_W, _STRICT) for name in names)


_RUN = _names("r")
_PARAGRAPH = _names("p")
_TABLE = _names("tbl")
_BOX = _names("txbxContent")
_FOREIGN = _names("altChunk", "subDoc")
_PASSED = _names(
    "del", "moveFrom", "rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "rt", "instrText", "delText"
)
_RUN_PROPERTIES = _names("rPr")
_VANISH = _names("vanish", "webHidden")
_DELETED = _names("del", "moveFrom")
_NUMBERED = _names("numPr")
_PARAGRAPH_PROPERTIES = _names("pPr")
_CHOICE = frozenset({_MC + "AlternateContent"})
_BODY_KINDS = (
    ("footnotes", Part.FOOTNOTE),
    ("endnotes", Part.FOOTNOTE),
    ("header", Part.HEADER),
    ("footer", Part.FOOTER),
)


def text_nodes(root: etree._Element) -> Iterator[tuple[etree._Element, str, int]]:
    """文本节点：every (node, its text, characters trimmed before it) of a part, in document order."""
    for element in root.iter(*_TEXT, *_NODES, *_SYM):
        tag = element.tag
        if tag in _TEXT:
            text = element.text or ""
            left = 0
            if element.get(_SPACE) != "preserve":
                kept = text.lstrip(" \t\r\n")
                left = len(text) - len(kept)
                text = kept.rstrip(" \t\r\n")
            yield element, text.translate(_BLANK), left
        elif tag in _SYM:
            yield element, _symbol(element), 0
        else:
            parent = element.getparent()
            if parent is not None and parent.tag in _RUN:  # a w:tab of w:tabs is a stop, not a character
                yield element, _NODES[str(tag)], 0


def _symbol(element: etree._Element) -> str:
    for space in (_W, _STRICT):
        code = element.get(space + "char")
        if code:
            try:
                return chr(int(code, 16))
            except (ValueError, OverflowError):
                return "\ufffd"
    return "\ufffd"


@dataclass
class _Reader:
    """一个部件的走读。"""

    name: str
    index: dict[etree._Element, tuple[int, str, int]]
    add: Callable[[list[Piece], Part], None]
    numbered: int = 0
    hidden: int = 0
    foreign: int = 0
    boxes: list[etree._Element] = field(default_factory=list)
    held: list[Piece] = field(default_factory=list)  # of a paragraph whose mark is deleted: it joins the next

    def blocks(self, element: etree._Element, part: Part) -> None:
        """块：paragraphs and tables among the children, through content controls and tracked insertions."""
        for child in element:
            tag = child.tag
            if tag in _PARAGRAPH:
                self.paragraph(child, part)
            elif tag in _TABLE:
                self.blocks(child, Part.TABLE if part is Part.BODY else part)
            elif tag in _CHOICE:
                for chosen in _chosen(child):
                    self.blocks(chosen, part)
            elif tag in _FOREIGN:
                self.foreign += 1
            elif tag not in _PASSED and isinstance(tag, str):
                self.blocks(child, part)

    def paragraph(self, element: etree._Element, part: Part) -> None:
        outer, self.boxes = self.boxes, []
        pieces, self.held = self.held, []
        joined = False
        for child in element:
            if child.tag in _PARAGRAPH_PROPERTIES:
                self.numbered += any(grandchild.tag in _NUMBERED for grandchild in child)
                joined = _mark_deleted(child)
            else:
                self.inline(child, pieces)
        if joined:
            self.held = pieces
        else:
            self.add(pieces, part)
        boxes, self.boxes = self.boxes, outer
        for box in boxes:
            self.blocks(box, Part.TEXTBOX)

    def inline(self, element: etree._Element, pieces: list[Piece]) -> None:
        tag = element.tag
        known = self.index.get(element)
        if known is not None:
            node, text, left = known
            if text:
                pieces.append(Piece(text, self.name, node, left))
            return
        if tag in _BOX:
            self.boxes.append(element)
        elif tag in _CHOICE:
            for chosen in _chosen(element):
                self.inline(chosen, pieces)
        elif tag in _RUN and self._unseen(element):
            self.hidden += 1
        elif tag not in _PASSED:
            for child in element:
                self.inline(child, pieces)

    def _unseen(self, run: etree._Element) -> bool:
        for properties in run:
            if properties.tag in _RUN_PROPERTIES:
                for mark in properties:
                    if mark.tag in _VANISH:
                        value = mark.get(str(mark.tag).rsplit("}", 1)[0] + "}val", "true")
                        return value not in ("0", "false", "off")
                return False
        return False


def _mark_deleted(properties: etree._Element) -> bool:
    return any(mark.tag in _DELETED for run in properties if run.tag in _RUN_PROPERTIES for mark in run)


def _chosen(alternatives: etree._Element) -> list[etree._Element]:
    """取其一：the first choice of an mc:AlternateContent, if it has any (Word writes the same text box twice)."""
    return list(alternatives)[:1]


def read_docx(data: bytes, name: str) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """读 .docx：the paragraphs, and what was left out, in Chinese."""
    package = Package(data, name)
    main = next((part for kind, part in package.related("") if kind == "officeDocument"), "word/document.xml")
    if main not in package:
        raise ReadError(
            name, "里没有文书正文（缺少 word/document.xml），不是 Word 文档", "请用 Word 或 WPS 另存为 .docx 后再试"
        )
    paragraphs: list[Paragraph] = []

    def add(pieces: list[Piece], part: Part) -> None:
        made = paragraph(pieces, index=len(paragraphs), part=part)
        if made is not None:
            paragraphs.append(made)

    numbered = hidden = foreign = 0
    related = package.related(main)
    wanted = [(main, Part.BODY)]
    for kind, part in _BODY_KINDS:
        wanted.extend(sorted({(path, part) for found, path in related if found == kind and path in package}))
    for path, part in wanted:
        root = package.xml(path)
        index = {node: (number, text, left) for number, (node, text, left) in enumerate(text_nodes(root))}
        reader = _Reader(path, index, add)
        reader.blocks(root, part)
        add(reader.held, part)
        numbered += reader.numbered
        hidden += reader.hidden
        foreign += reader.foreign
    issues = []
    if numbered:
        issues.append(f"有 {numbered} 段使用自动编号，编号不是正文文字，序号未检查")
    if hidden:
        issues.append(f"有 {hidden} 处隐藏文字，未读取")
    if foreign:
        issues.append(f"有 {foreign} 处嵌入的其他文档，未读取")
    return tuple(paragraphs), tuple(issues)
