"""批注部件的改写：our comments put in, our old ones taken out; other people's comments and their replies stay.

A remark made again keeps its old comment's id, so that a reply to it and its mark "resolved" hold. An old comment whose
remark is gone goes too — unless somebody replied to it: then the thread stays, marked resolved, for it is theirs.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Sequence

from lxml import etree

from .anchors import mark_ids, remove_anchors
from .comments import AUTHOR, Comment, read_comments
from .names import IGNORABLE, MC, PARA_ID, W14, W15, XML_SPACE, new, relationship, space_of
from .parts import Parts
from .record import read_record

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_W16CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
_W16CEX = "http://schemas.microsoft.com/office/word/2018/wordml/cex"


class Thread:
    """一份文件的批注，改写中。"""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._comments = read_comments(parts)
        self._record = read_record(parts)
        self._space = space_of(parts.root(parts.main))
        self._ids = {comment.id for comment in self._comments} | mark_ids(parts.root(parts.main))
        self._next = max((int(known) for known in self._ids if known.isdecimal() and len(known) < 9), default=-1) + 1
        self._paras = {comment.para_id for comment in self._comments if comment.para_id}
        self._old: dict[tuple[str, str], deque[Comment]] = defaultdict(deque)
        for comment in self.ours:
            self._old[comment.text, comment.words].append(comment)
        self._new: dict[str, tuple[str, Sequence[str]]] = {}

    @property
    def ours(self) -> tuple[Comment, ...]:
        """Ours and as we wrote them: to one a person wrote something into, that person has a better claim."""
        known = None if self._record is None else {written.text for written in self._record}
        return tuple(
            comment
            for comment in self._comments
            if comment.code is not None and (known is None or comment.text in known)
        )

    def add(self, lines: Sequence[str], words: str) -> str:
        """The id of the comment saying this on these words."""
        text = "\n".join(lines).strip()
        same = self._old[text, words]
        old = same.popleft() if same else None
        identity = old.id if old else self._free_id()
        self._new[identity] = ((old and old.para_id) or self._free_para(text, words), lines)
        return identity

    def settle(self) -> bool:
        """After the last ``add``, before any mark is set: take our old marks out. Whether anything is to be written."""
        ours = {comment.id for comment in self.ours}
        answered = {comment.parent for comment in self._comments if comment.parent and comment.id not in ours}
        left = ours - self._new.keys()
        self._stale = left & answered
        self._gone = left - answered
        moved = (self._new.keys() & self._ids) | self._gone
        if moved:
            for part in (
                self._parts.main,
                *(note for kind in ("footnotes", "endnotes") for note in self._parts.all_related(kind)),
            ):
                if remove_anchors(self._parts.root(part), moved):
                    self._parts.change(part)
        return bool(self._new or left)

    def write(self, reference: str, style: str) -> None:
        """Write the comments part, and what other parts say of the comments that changed."""
        root = self._root()
        w = f"{{{space_of(root)}}}"
        rewritten = self._new.keys() | self._gone
        for element in [element for element in root if element.get(f"{w}id") in rewritten]:
            root.remove(element)
        for identity, (para, lines) in self._new.items():
            root.append(_element(w, identity, para, lines, reference, style))
        gone = {comment.para_id for comment in self._comments if comment.id in self._gone and comment.para_id}
        stale = {comment.para_id for comment in self._comments if comment.id in self._stale and comment.para_id}
        self._extend(gone, stale)
        self._forget(gone)

    def _root(self) -> etree._Element:
        part = self._parts.related("comments")
        if part is None:
            part = self._parts.free_name("word/comments{}.xml")
            root = etree.Element(
                f"{{{self._space}}}comments", nsmap={"w": self._space, "w14": W14, "mc": MC}, attrib={IGNORABLE: "w14"}
            )
            kind = relationship(self._space, "comments")
            self._parts.add(part, root, _CONTENT_TYPE, of=self._parts.main, kind=kind)
            return root
        old = self._parts.change(part)
        ignored = old.get(IGNORABLE, "").split()
        if "w14" in ignored and old.nsmap.get("w14") == W14:
            return old
        # A paragraph id is of a newer vocabulary, which the root must declare and let older programs pass over.
        attributes = {str(name): str(value) for name, value in old.attrib.items()}
        root = new(old.tag, attributes, nsmap={**old.nsmap, "w14": W14, "mc": MC})
        root.set(IGNORABLE, " ".join([*ignored, "w14"]))
        root.extend(list(old))
        self._parts.put(part, root)
        return root

    def _extend(self, gone: set[str], stale: set[str]) -> None:
        """扩展批注部件：entries for new comments, none for those gone, threads nobody needs any more resolved."""
        part = self._parts.related("commentsExtended")
        if part is None:
            return
        root = self._parts.root(part)
        named = {}
        changed = False
        for entry in list(root.iter(f"{{{W15}}}commentEx")):
            para = entry.get(f"{{{W15}}}paraId", "")
            named[para] = entry
            if para in gone:
                root.remove(entry)
                changed = True
            elif para in stale and entry.get(f"{{{W15}}}done") != "1":
                entry.set(f"{{{W15}}}done", "1")
                changed = True
        for para, _ in self._new.values():
            if para not in named:
                etree.SubElement(root, f"{{{W15}}}commentEx", {f"{{{W15}}}paraId": para, f"{{{W15}}}done": "0"})
                changed = True
        if changed:
            self._parts.change(part)

    def _forget(self, gone: set[str]) -> None:
        """Durable ids of comments that are no more."""
        durable = set()
        part = self._parts.related("commentsIds")
        if part is not None and gone:
            root = self._parts.change(part)
            for entry in list(root.iter(f"{{{_W16CID}}}commentId")):
                if entry.get(f"{{{_W16CID}}}paraId") in gone:
                    durable.add(entry.get(f"{{{_W16CID}}}durableId"))
                    root.remove(entry)
        part = self._parts.related("commentsExtensible")
        if part is not None and durable:
            root = self._parts.change(part)
            for entry in list(root.iter(f"{{{_W16CEX}}}commentExtensible")):
                if entry.get(f"{{{_W16CEX}}}durableId") in durable:
                    root.remove(entry)

    def _free_id(self) -> str:
        """The next number; marks left without their comment count too, and numbers beyond what Word holds do not."""
        while str(self._next) in self._ids:
            self._next += 1
        self._ids.add(str(self._next))
        return str(self._next)

    def _free_para(self, text: str, words: str) -> str:
        """段落标识：from the words said, so that the same remarks give the same bytes; below 0x80000000, never 0."""
        for salt in range(1 << 16):
            digest = hashlib.sha256(f"{salt}\n{text}\n{words}".encode()).digest()
            para = f"{int.from_bytes(digest[:4], 'big') % 0x7FFFFFFF + 1:08X}"
            if para not in self._paras:
                self._paras.add(para)
                return para
        raise AssertionError("65536 comments of one wording")


def _element(w: str, identity: str, para: str, lines: Sequence[str], reference: str, style: str) -> etree._Element:
    comment = etree.Element(f"{w}comment", {f"{w}id": identity, f"{w}author": AUTHOR, f"{w}initials": AUTHOR})
    for number, line in enumerate(lines):
        paragraph = etree.SubElement(comment, f"{w}p")
        properties = etree.SubElement(paragraph, f"{w}pPr")
        etree.SubElement(properties, f"{w}pStyle", {f"{w}val": style})
        if number == 0:
            mark = etree.SubElement(paragraph, f"{w}r")
            etree.SubElement(etree.SubElement(mark, f"{w}rPr"), f"{w}rStyle", {f"{w}val": reference})
            etree.SubElement(mark, f"{w}annotationRef")
        text = etree.SubElement(etree.SubElement(paragraph, f"{w}r"), f"{w}t")
        text.text = line
        if line != line.strip():
            text.set(XML_SPACE, "preserve")
        if number == len(lines) - 1:
            paragraph.set(PARA_ID, para)
    return comment
