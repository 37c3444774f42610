"""批注部件：the comments of a Word file, ours and other people's, with the words each stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from tianping.text.document.model import Paragraph, Span
from tianping.text.document.wordml import text_nodes
from tianping.text.regex import regex

from .names import PARA_ID, W15, local, space_of
from .parts import Parts

AUTHOR = "天平"
"""批注人：our comments are those of this author whose text begins with a code of a rule."""
_OURS = regex(r"([A-Z]{3}\d{3})\s")
_NOTES = ("footnotes", "endnotes")


@dataclass(frozen=True, slots=True)
class Place:
    """批注的位置：the text nodes of one part a comment covers; ``beside`` those of its paragraph."""

    part: str
    nodes: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """一条 Word 批注。``parent`` is the id of the comment it replies to."""

    id: str
    author: str
    text: str
    para_id: str | None = None
    parent: str | None = None
    done: bool = False
    place: Place | None = None
    words: str = ""

    @property
    def code(self) -> str | None:
        """规则编码 where the comment is ours."""
        found = _OURS.match(self.text) if self.author == AUTHOR else None
        return found[1] if found else None


def read_comments(parts: Parts) -> tuple[Comment, ...]:
    """全部批注, in the order of the comments part."""
    part = parts.related("comments")
    if part is None:
        return ()
    found = [_comment(element) for element in parts.root(part) if local(element) == "comment"]
    by_para = {comment.para_id: comment.id for comment in found if comment.para_id}
    states = _states(parts)
    places = _places(parts)
    told = []
    for comment in found:
        above, done = states.get(comment.para_id or "", (None, False))
        place, words = places.get(comment.id, (None, ""))
        told.append(replace(comment, parent=by_para.get(above or ""), done=done, place=place, words=words))
    return tuple(told)


Whereabouts = dict[tuple[str, int], list[tuple[int, int, int]]]
"""去处：text node of a part to the stretches of paragraphs read from it, as (paragraph, start, end)."""


def whereabouts(paragraphs: Iterable[Paragraph]) -> Whereabouts:
    found: Whereabouts = {}
    for paragraph in paragraphs:
        for run in paragraph.runs:
            found.setdefault((run.part, run.node), []).append((paragraph.index, run.start, run.end))
    return found


def spans(comment: Comment, where: Whereabouts) -> tuple[Span, ...]:
    """批注所在的位置, one a paragraph; a comment on no words gives an empty span at its paragraph."""
    place = comment.place
    if place is None:
        return ()
    found: dict[int, tuple[int, int]] = {}
    for node in place.nodes:
        for paragraph, start, end in where.get((place.part, node), ()):
            low, high = found.get(paragraph, (start, end))
            found[paragraph] = (min(low, start), max(high, end))
    if found:
        return tuple(Span(paragraph, start, end) for paragraph, (start, end) in sorted(found.items()))
    beside = (paragraph for node in place.beside for paragraph, _, _ in where.get((place.part, node), ()))
    return tuple(Span(paragraph, 0, 0) for paragraph in list(beside)[:1])


def _comment(element: etree._Element) -> Comment:
    space = f"{{{space_of(element)}}}"
    lines = []
    para_id = None
    for paragraph in element.iter(f"{space}p"):
        lines.append("".join(text for _, text, _ in text_nodes(paragraph)))
        para_id = paragraph.get(PARA_ID)
    return Comment(
        id=element.get(f"{space}id", ""),
        author=element.get(f"{space}author", "").strip(),
        text="\n".join(lines).strip(),
        para_id=para_id,
    )


def _states(parts: Parts) -> Mapping[str, tuple[str | None, bool]]:
    """(paragraph id of the comment replied to, resolved) by a comment's own paragraph id."""
    part = parts.related("commentsExtended")
    if part is None:
        return {}
    return {
        entry.get(f"{{{W15}}}paraId", ""): (
            entry.get(f"{{{W15}}}paraIdParent"),
            entry.get(f"{{{W15}}}done", "0") in ("1", "true"),
        )
        for entry in parts.root(part).iter(f"{{{W15}}}commentEx")
    }


def _places(parts: Parts) -> dict[str, tuple[Place, str]]:
    found: dict[str, tuple[Place, str]] = {}
    for part in (parts.main, *(note for kind in _NOTES for note in parts.all_related(kind))):
        for identity, (nodes, beside, words) in _ranges(parts.root(part)).items():
            found[identity] = (Place(part, tuple(nodes), tuple(beside)), words)
    return found


def _ranges(root: etree._Element) -> dict[str, tuple[list[int], list[int], str]]:
    """One walk: which text nodes stand between the marks of each comment, and which beside its reference."""
    space = f"{{{space_of(root)}}}"
    marks = {f"{space}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference")}
    if root.find(f".//{space}commentReference") is None:
        return {}
    index = {node: (number, text) for number, (node, text, _) in enumerate(text_nodes(root))}
    open_: dict[str, tuple[list[int], list[str]]] = {}
    closed: dict[str, tuple[list[int], list[str]]] = {}
    found: dict[str, tuple[list[int], list[int], str]] = {}
    for element in root.iter():
        known = index.get(element)
        if known is not None:
            for nodes, words in open_.values():
                nodes.append(known[0])
                words.append(known[1])
        elif element.tag in marks:
            identity = element.get(f"{space}id", "")
            name = local(element)
            if name == "commentRangeStart":
                open_[identity] = ([], [])
            elif name == "commentRangeEnd":
                closed[identity] = open_.pop(identity, ([], []))
            else:
                nodes, words = closed.get(identity) or open_.get(identity) or ([], [])
                around = next(element.iterancestors(f"{space}p"), None)
                beside = [] if around is None else [index[node][0] for node in around.iter() if node in index]
                found[identity] = (nodes, beside, "".join(words))
    return found
