"""批注的锚：range marks set before and after the exact characters, runs split without losing their format.

A run is split only where a comment begins or ends inside it; each piece keeps a copy of the run's properties. Marks
stand only where the format lets them: beside runs. Words that no mark can stand among (a ruby, a formula, a drop-down
control, a text box, a footnote) get a comment on the whole of what holds them.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from tianping.text.document.wordml import text_nodes

from .names import XML_SPACE, local, new, space_of

_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_TYPED = frozenset({"text", "date", "dropDownList", "comboBox", "docPartList", "checkbox"})
"""只收纯文字的内容控件：no mark may stand inside them."""
_BLANK = " \t\r\n"


class Point(NamedTuple):
    """文件里的一点：``offset`` characters into the own text of a text node."""

    node: int
    offset: int


class _Cut(NamedTuple):
    """批注的一端：``offset`` characters into a text node as shown."""

    node: etree._Element
    offset: int
    opens: bool
    identity: str


@dataclass
class Anchors:
    """一个部件里的锚：collected first, set by ``apply`` — the numbers of text nodes hold until then."""

    root: etree._Element
    style: str = "CommentReference"
    _cuts: dict[etree._Element, list[_Cut]] = field(default_factory=dict)
    _around: dict[etree._Element, tuple[list[str], list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._space = f"{{{space_of(self.root)}}}"
        self._nodes = list(text_nodes(self.root))
        self._numbers = {node: number for number, (node, _, _) in enumerate(self._nodes)}

    def is_exact(self, number: int) -> bool:
        """Whether marks can stand inside this text node's run."""
        node = self._nodes[number][0]
        return self._host(node) is node.getparent()

    def holds(self, number: int, offset: int, text: str) -> bool:
        """Whether this text stands there: a document must be that of this very file."""
        if number >= len(self._nodes):
            return False
        _, shown, left = self._nodes[number]
        return shown[max(offset - left, 0) :].startswith(text) or "\ufffd" in text

    def words(self, first: Point, last: Point) -> str | None:
        """The text the marks will enclose; None where no mark can stand."""
        start, end = self._host(self._nodes[first.node][0]), self._host(self._nodes[last.node][0])
        if start is None or end is None:
            return None
        begins, at = first.node, first.offset - self._nodes[first.node][2]
        ends, until = last.node, last.offset - self._nodes[last.node][2]
        if not self.is_exact(begins):
            begins, at = min(self._numbers[node] for node in start.iter() if node in self._numbers), 0
        if not self.is_exact(ends):
            ends = max(self._numbers[node] for node in end.iter() if node in self._numbers)
            until = len(self._nodes[ends][1])
        texts = [text for _, text, _ in self._nodes[begins : ends + 1]]
        texts[-1] = texts[-1][:until]
        texts[0] = texts[0][at:]
        return "".join(texts)

    def anchor(self, identity: str, first: Point, last: Point) -> None:
        """Place a comment on the characters from ``first`` to before ``last``."""
        self._mark(identity, first, opens=True)
        self._mark(identity, last, opens=False)

    def note(self, kind: str, number: str) -> etree._Element | None:
        """脚注、尾注：what holds the mark in the body that leads to the note."""
        for reference in self.root.iter(f"{self._space}{kind}"):
            if reference.get(f"{self._space}id") == number:
                host = self._host(reference)
                if host is not None:
                    return host
        return None

    def anchor_whole(self, identity: str, host: etree._Element) -> None:
        """Place a comment on a whole run."""
        before, after = self._around.setdefault(host, ([], []))
        before.append(identity)
        after.append(identity)

    def _mark(self, identity: str, point: Point, *, opens: bool) -> None:
        node, _, left = self._nodes[point.node]
        host = self._host(node)
        if host is None:
            raise LookupError(point)
        if self.is_exact(point.node):
            self._cuts.setdefault(host, []).append(_Cut(node, point.offset - left, opens, identity))
            return
        before, after = self._around.setdefault(host, ([], []))
        (before if opens else after).append(identity)

    def _host(self, node: etree._Element) -> etree._Element | None:
        """What marks can stand beside: the node's run, or the outermost thing between it and the paragraph."""
        chain = list(node.iterancestors())
        paragraphs = [at for at, element in enumerate(chain) if element.tag == f"{self._space}p"]
        if not paragraphs:
            return None
        inside = chain[: paragraphs[-1]][::-1]  # outermost first
        for element in inside:
            name = local(element)
            if name in ("r", "fldSimple", "oMath", "oMathPara", "AlternateContent") or (
                name == "sdt" and self._is_typed(element)
            ):
                return element
        return inside[0] if inside else None

    def _is_typed(self, control: etree._Element) -> bool:
        properties = control.find(f"{self._space}sdtPr")
        return properties is not None and any(local(kind) in _TYPED for kind in properties)

    def apply(self) -> None:
        """Set every mark collected."""
        for host, (before, after) in self._around.items():
            for identity in before:
                host.addprevious(self._start(identity))
            for identity in reversed(after):
                for element in reversed(self._end(identity)):
                    _add_after(host, element)
        for run, cuts in self._cuts.items():
            self._split(run, cuts)

    def _split(self, run: etree._Element, cuts: list[_Cut]) -> None:
        """Cut a run into runs at every mark, the marks between them."""
        properties = [child for child in run if local(child) == "rPr"]
        tail, run.tail = run.tail, None
        made: list[etree._Element] = []
        open_: etree._Element | None = None
        last: etree._Element | None = None
        for item in self._line(run, cuts):
            if isinstance(item, _Cut):
                open_ = None
                made.extend([self._start(item.identity)] if item.opens else self._end(item.identity))
                continue
            if open_ is None:
                open_ = last = new(run.tag, _attributes(run), nsmap=run.nsmap)
                open_.extend(deepcopy(properties))
                made.append(open_)
            item.tail = None
            open_.append(item)
        parent = run.getparent()
        if parent is not None:
            at = parent.index(run)
            parent[at : at + 1] = made
        if last is not None:
            last.tail = tail

    def _line(self, run: etree._Element, cuts: list[_Cut]) -> list[etree._Element | _Cut]:
        """What a run holds, texts cut where marks stand, with the marks in their places."""
        line: list[etree._Element | _Cut] = []
        for child in [child for child in run if local(child) != "rPr"]:
            # where one comment ends and another begins, the end comes first: they do not cross
            marks = sorted((cut for cut in cuts if cut.node is child), key=lambda cut: (cut.offset, cut.opens))
            if local(child) == "t" and marks:
                text, at = _shown(child), 0
                for mark in marks:
                    if mark.offset > at:
                        line.append(_piece_of(child, text[at : mark.offset]))
                        at = mark.offset
                    line.append(mark)
                if at < len(text):
                    line.append(_piece_of(child, text[at:]))
            else:
                line += [mark for mark in marks if mark.offset <= 0]
                line.append(child)
                line += [mark for mark in marks if mark.offset > 0]
        return line

    def _start(self, identity: str) -> etree._Element:
        return new(f"{self._space}commentRangeStart", {f"{self._space}id": identity}, nsmap=self.root.nsmap)

    def _end(self, identity: str) -> list[etree._Element]:
        end = new(f"{self._space}commentRangeEnd", {f"{self._space}id": identity}, nsmap=self.root.nsmap)
        run = new(f"{self._space}r", nsmap=self.root.nsmap)
        properties = etree.SubElement(run, f"{self._space}rPr")
        etree.SubElement(properties, f"{self._space}rStyle", {f"{self._space}val": self.style})
        etree.SubElement(run, f"{self._space}commentReference", {f"{self._space}id": identity})
        return [end, run]


def mark_ids(root: etree._Element) -> set[str]:
    """The ids of all comments that have a mark in a part."""
    space = f"{{{space_of(root)}}}"
    return {mark.get(f"{space}id", "") for mark in root.iter(*(space + name for name in _MARKS))}


def remove_anchors(root: etree._Element, identities: set[str]) -> bool:
    """去锚：take the marks of these comments out of a part; whether there were any."""
    space = f"{{{space_of(root)}}}"
    found = [mark for mark in root.iter(*(space + name for name in _MARKS)) if mark.get(f"{space}id") in identities]
    for mark in found:
        run = mark.getparent()
        _remove(mark)
        if (
            run is not None
            and local(mark) == "commentReference"
            and local(run) == "r"
            and all(local(child) == "rPr" for child in run)
        ):
            _remove(run)
    return bool(found)


def _shown(node: etree._Element) -> str:
    text = node.text or ""
    return text if node.get(XML_SPACE) == "preserve" else text.strip(_BLANK)


def _piece_of(node: etree._Element, text: str) -> etree._Element:
    piece = new(node.tag, _attributes(node), nsmap=node.nsmap)
    piece.text = text
    if text != text.strip(_BLANK):
        piece.set(XML_SPACE, "preserve")
    return piece


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _add_after(element: etree._Element, added: etree._Element) -> None:
    tail, element.tail = element.tail, None
    element.addnext(added)
    element.tail = tail


def _remove(element: etree._Element) -> None:
    """Take an element out and leave the white space that followed it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
