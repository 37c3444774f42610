"""写回 Word：the remarks as comments on the very words, in the judge's own file.

``annotate`` never changes a word, a format, a tracked change or another person's comment. Where the source is no Word
file (.txt .pdf .odt) there is no file to write into: then the paragraphs are set in a plain new .docx and the comments
stand in that; an old .doc is converted and commented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from tianping.text.document.model import Document, Run, Span
from tianping.text.document.ole import is_ole
from tianping.text.document.wordml import read_docx, text_nodes
from tianping.text.lint.formats.word.anchors import Anchors, Point
from tianping.text.lint.formats.word.comments import read_comments, spans, whereabouts
from tianping.text.lint.formats.word.names import local, space_of
from tianping.text.lint.formats.word.parts import Parts
from tianping.text.lint.formats.word.record import AROUND, Written, write_record
from tianping.text.lint.formats.word.rendering import render
from tianping.text.lint.formats.word.styles import comment_styles
from tianping.text.lint.formats.word.thread import Thread
from tianping.text.lint.formats.word.wording import lines_of, xml_safe
from tianping.text.lint.noqa import Silence
from tianping.text.lint.remark import Remark

Noqa = Silence
"""免报：what a comment ``#noqa`` says, with its place."""

NAME = "文书.docx"
"""How errors call a file whose name nobody gave."""
_NOQA = re.compile(r"[#＃]\s?noqa(?![A-Za-z])[\s:：]{0,4}", re.IGNORECASE)
_CODE = re.compile(r"[\s,，、;；]{0,4}([A-Za-z]{3}(?:\d{3})?)(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Annotated:
    """批注后的文件：``unplaced`` are remarks the format has no place for (a page header takes no comment)."""

    data: bytes
    placed: tuple[Remark, ...]
    unplaced: tuple[Remark, ...]


def annotate(source: bytes, document: Document, remarks: Sequence[Remark]) -> Annotated:
    """写批注 into ``source``, from which ``document`` was read; the same input gives the same bytes."""
    source, document = _word_file(source, document)
    parts = Parts(source, NAME)
    thread = Thread(parts)
    anchors = Anchors(parts.root(parts.main))
    spots = _Spots(parts, document, anchors)
    placed: list[tuple[Remark, _Spot, str]] = []
    written: list[Written] = []
    unplaced: list[Remark] = []
    for remark in remarks:
        spot = spots.of(remark.span)
        if spot is None:
            unplaced.append(remark)
            continue
        lines = lines_of(remark, exact=spot.exact, part=document.paragraphs[remark.span.paragraph].part)
        placed.append((remark, spot, thread.add(lines, spot.words)))
        written.append(_written(document, remark, "\n".join(lines).strip(), spot.words))
    if not thread.settle():
        return Annotated(source, (), tuple(unplaced))
    anchors.style, style = comment_styles(parts)
    for _, spot, identity in placed:
        if spot.whole is not None:
            anchors.anchor_whole(identity, spot.whole)
        else:
            anchors.anchor(identity, spot.first, spot.last)
    if placed:
        anchors.apply()
        parts.change(parts.main)
    thread.write(anchors.style, style)
    write_record(parts, written)
    return Annotated(parts.bytes(), tuple(remark for remark, _, _ in placed), tuple(unplaced))


def is_word(source: bytes) -> bool:
    """是否 .docx，by what it holds and not by its name."""
    return source.startswith(b"PK") and b"[Content_Types].xml" in source


def _word_file(source: bytes, document: Document) -> tuple[bytes, Document]:
    """A Word file to comment in, and the document with its places there."""
    if is_word(source):
        return source, document
    if is_ole(source):
        from tianping.text.document.legacy import to_docx

        made = to_docx(source, "文书.doc")
    else:
        made = render(document)
    paragraphs, _ = read_docx(made, NAME)
    if [xml_safe(paragraph.text) for paragraph in document.paragraphs] != [paragraph.text for paragraph in paragraphs]:
        raise ValueError("the document was not read from this source")
    return made, replace(document, paragraphs=paragraphs)


def noqa_of(source: bytes, document: Document) -> tuple[Noqa, ...]:
    """免报批注：``#noqa PTY001 系另一人`` as a comment; a reply to one of ours, or a word in it, needs no code."""
    if not is_word(source):
        return ()
    comments = read_comments(Parts(source, NAME))
    by_id = {comment.id: comment for comment in comments}
    places = whereabouts(document.paragraphs)
    found: list[Noqa] = []
    for comment in comments:
        asked = _NOQA.search(comment.text)
        if asked is None:
            continue
        codes, reason = _codes(comment.text[asked.end() :])
        above = comment if comment.code is not None else by_id.get(comment.parent or "")  # or written into ours
        if not codes and above is not None and above.code is not None:
            codes = (above.code,)
        where = spans(comment, places) or (spans(above, places) if above is not None else ())
        found.extend(Noqa(codes=codes, reason=reason, span=span) for span in where)
    return tuple(found)


def _codes(text: str) -> tuple[tuple[str, ...], str]:
    codes: list[str] = []
    at = 0
    while found := _CODE.match(text, at):
        codes.append(found[1].upper())
        at = found.end()
    return tuple(codes), " ".join(text[at:].split()).lstrip(",，、;；:：").strip()


def _written(document: Document, remark: Remark, said: str, enclosed: str) -> Written:
    text = document.paragraphs[remark.span.paragraph].text
    start, end = remark.span.start, remark.span.end
    return Written(
        code=remark.code,
        severity=str(remark.severity),
        text=said,
        message=xml_safe(remark.message),
        words=xml_safe(text[start:end]),
        before=xml_safe(text[max(start - AROUND, 0) : start]),
        after=xml_safe(text[end : end + AROUND]),
        enclosed=enclosed,
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    """批注要放的地方：from ``first`` to before ``last``, or on the ``whole`` of a run that leads to the words."""

    first: Point
    last: Point
    exact: bool
    words: str
    whole: etree._Element | None = None


class _Spots:
    """找地方：from a place of the document to one of the file."""

    def __init__(self, parts: Parts, document: Document, anchors: Anchors) -> None:
        self._parts = parts
        self._document = document
        self._anchors = anchors
        self._notes: dict[str, list[etree._Element]] = {}

    def of(self, span: Span) -> _Spot | None:
        """None where the file has no place for a comment."""
        paragraph = self._document.paragraphs[span.paragraph]
        start = min(span.start, len(paragraph.text) - 1)
        end = max(span.end, start + 1)  # a remark on no words stands on the character after it
        first = next((run for run in paragraph.runs if run.end > start), None)
        last = next((run for run in paragraph.runs if run.end >= end), None)
        if first is None or last is None:
            return None
        if first.part != self._parts.main:
            return self._beside(first)
        if not all(
            self._anchors.holds(run.node, run.offset, paragraph.text[run.start : run.end]) for run in (first, last)
        ):
            raise ValueError("the document was not read from this source")
        from_ = Point(first.node, first.offset + start - first.start)
        to = Point(last.node, last.offset + end - last.start)
        words = self._anchors.words(from_, to)
        if words is None:
            return None
        exact = self._anchors.is_exact(from_.node) and self._anchors.is_exact(to.node)
        return _Spot(from_, to, exact, words)

    def _beside(self, run: Run) -> _Spot | None:
        """A note's remark stands at its mark in the body; headers and footers take no comments."""
        if run.part not in self._notes:
            self._notes[run.part] = [node for node, _, _ in text_nodes(self._parts.root(run.part))]
        for holder in self._notes[run.part][run.node].iterancestors():
            kind = local(holder)
            if kind in ("footnote", "endnote"):
                number = holder.get(f"{{{space_of(holder)}}}id", "")
                whole = self._anchors.note(f"{kind}Reference", number)
                if whole is not None:
                    return _Spot(Point(0, 0), Point(0, 0), exact=False, words="", whole=whole)
        return None
