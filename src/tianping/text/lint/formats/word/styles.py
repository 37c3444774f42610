"""批注样式：the two styles Word gives comments, added where a file has none; Word knows them by name, not by id."""

from __future__ import annotations

from lxml import etree

from .names import relationship, space_of
from .parts import Parts

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
REFERENCE = "annotation reference"
TEXT = "annotation text"


def comment_styles(parts: Parts) -> tuple[str, str]:
    """(批注引用, 批注文字)：the ids of both styles in this file."""
    space = space_of(parts.root(parts.main))
    part = parts.related("styles")
    if part is None:
        part = parts.free_name("word/styles{}.xml")
        root = etree.Element(f"{{{space}}}styles", nsmap={"w": space})
        parts.add(part, root, _CONTENT_TYPE, of=parts.main, kind=relationship(space, "styles"))
    reference = _style(parts, part, REFERENCE, "character", "CommentReference", "16")
    text = _style(parts, part, TEXT, "paragraph", "CommentText", "20")
    return reference, text


def _style(parts: Parts, part: str, name: str, kind: str, identity: str, size: str) -> str:
    root = parts.root(part)
    w = f"{{{space_of(root)}}}"
    taken = set()
    for style in root.iter(f"{w}style"):
        taken.add(style.get(f"{w}styleId", ""))
        named = style.find(f"{w}name")
        if named is not None and named.get(f"{w}val", "").lower() == name and style.get(f"{w}type") == kind:
            return style.get(f"{w}styleId", "")
    while identity in taken:
        identity += "1"
    root = parts.change(part)
    base = next(
        (
            style.get(f"{w}styleId")
            for style in root.iter(f"{w}style")
            if style.get(f"{w}type") == kind and style.get(f"{w}default") in ("1", "true", "on")
        ),
        None,
    )
    style = etree.SubElement(root, f"{w}style", {f"{w}type": kind, f"{w}styleId": identity})
    etree.SubElement(style, f"{w}name", {f"{w}val": name})
    if base is not None:
        etree.SubElement(style, f"{w}basedOn", {f"{w}val": base})
    etree.SubElement(style, f"{w}uiPriority", {f"{w}val": "99"})
    etree.SubElement(style, f"{w}semiHidden")
    etree.SubElement(style, f"{w}unhideWhenUsed")
    properties = etree.SubElement(style, f"{w}rPr")
    for mark in ("sz", "szCs"):
        etree.SubElement(properties, f"{w}{mark}", {f"{w}val": size})
    return identity
