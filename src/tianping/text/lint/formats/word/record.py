"""批注记录：what was written into this file, kept in the file itself as a custom XML part.

Word and WPS carry such a part along. Without it nobody could tell a comment the judge deleted from one that was never
made. It holds words of the same document and nothing about anyone, and it goes when the last remark goes.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from .names import RELATIONSHIPS, new, relationship, space_of
from .parts import Parts

NAMESPACE = "urn:tianping:word-comments:1"
_DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_TEXTS = ("code", "severity", "text", "message", "words", "before", "after", "enclosed")
AROUND = 8
"""前后各记几个字：enough to find the same words again after other edits."""


@dataclass(frozen=True, slots=True)
class Written:
    """写过的一条批注。

    ``text`` is all it says; ``before`` and ``after`` are the characters round the flagged words; ``enclosed`` is
    what the comment's marks stand round: the words, or what holds them.
    """

    code: str
    severity: str
    text: str
    message: str
    words: str
    before: str
    after: str
    enclosed: str


def read_record(parts: Parts) -> tuple[Written, ...] | None:
    """None where the file holds no record: nobody can say what was deleted."""
    part = _part(parts)
    if part is None:
        return None
    return tuple(
        Written(**{name: entry.get(name, "") for name in _TEXTS})
        for entry in parts.root(part).iter(f"{{{NAMESPACE}}}comment")
    )


def write_record(parts: Parts, written: Sequence[Written]) -> None:
    """Replace the record; a file that never had comments of ours and gets none now has none."""
    part = _part(parts)
    if part is None and not written:
        return
    root = new(f"{{{NAMESPACE}}}comments", nsmap={None: NAMESPACE})
    for entry in written:
        fields = {name: getattr(entry, name) for name in _TEXTS}
        etree.SubElement(root, f"{{{NAMESPACE}}}comment", fields)
    if part is not None:
        parts.put(part, root)
        return
    number = 1
    while f"customXml/item{number}.xml" in parts.package or f"customXml/itemProps{number}.xml" in parts.package:
        number += 1
    space = space_of(parts.root(parts.main))
    part = f"customXml/item{number}.xml"
    parts.put(part, root)
    parts.declare_plain(part)
    parts.relate(parts.main, part, relationship(space, "customXml"))
    properties = etree.Element(f"{{{_DATASTORE}}}datastoreItem", nsmap={"ds": _DATASTORE})
    identity = str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)).upper()
    properties.set(f"{{{_DATASTORE}}}itemID", f"{{{identity}}}")
    references = etree.SubElement(properties, f"{{{_DATASTORE}}}schemaRefs")
    etree.SubElement(references, f"{{{_DATASTORE}}}schemaRef", {f"{{{_DATASTORE}}}uri": NAMESPACE})
    named = f"customXml/itemProps{number}.xml"
    parts.add(named, properties, _PROPERTIES_TYPE, of=part, kind=RELATIONSHIPS + "customXmlProps")


def _part(parts: Parts) -> str | None:
    for part in parts.all_related("customXml"):
        # another program's part is not even parsed: it may be anything
        if NAMESPACE.encode() in parts.package.bytes_of(part) and parts.root(part).tag == f"{{{NAMESPACE}}}comments":
            return part
    return None
