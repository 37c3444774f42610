"""段落分片：a paragraph cut at the ends of its remarks, so that each piece can be marked with every remark covering it.

Remarks may overlap (a wrong date inside a wrong citation); HTML elements may not, hence the cutting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """文字片：a stretch of text under the same remarks; ``opens`` are the remarks whose first piece this is."""

    text: str
    remarks: tuple[Any, ...] = ()
    opens: tuple[Any, ...] = ()


def part(thing: Any, name: str, default: Any = None) -> Any:
    """A field of a dict or of an object: components take either, as templates do."""
    if isinstance(thing, dict):
        return thing.get(name, default)
    return getattr(thing, name, default)


def pieces_of(text: str, remarks: Iterable[Any]) -> list[Piece]:
    """The pieces of one paragraph. A remark about no words (start equals end) marks nothing and stays beside it."""
    spans = [(part(remark, "start"), part(remark, "end"), remark) for remark in remarks]
    for start, end, remark in spans:
        if not 0 <= start <= end <= len(text):
            raise ValueError(
                f"批注 {part(remark, 'id')} 的位置 {start}–{end} 超出本段（{len(text)} 字）；请按本段文字重新检查。"
            )
    spans = [span for span in spans if span[0] < span[1]]
    cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    pieces = []
    for left, right in pairwise(cuts):
        covering = tuple(remark for start, end, remark in spans if start <= left and right <= end)
        opens = tuple(remark for start, _, remark in spans if start == left)
        pieces.append(Piece(text[left:right], covering, opens))
    return pieces
