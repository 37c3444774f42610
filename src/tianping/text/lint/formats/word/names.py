"""名字空间：the XML names of a Word file, in the common and in the strict form of the format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lxml import etree

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships/"

PARA_ID = f"{{{W14}}}paraId"
IGNORABLE = f"{{{MC}}}Ignorable"


def space_of(root: etree._Element) -> str:
    """The namespace a part's own elements are in: strict files use another one throughout."""
    return STRICT if root.tag.startswith(f"{{{STRICT}}}") else TRANSITIONAL


def relationship(space: str, kind: str) -> str:
    """关系类型：comments, styles, customXml as this file writes them."""
    return (STRICT_RELATIONSHIPS if space == STRICT else RELATIONSHIPS) + kind


def local(element: etree._Element) -> str:
    """本地名；empty for XML comments and processing instructions."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def new(
    tag: str, attributes: Mapping[str, str] | None = None, *, nsmap: Mapping[str | None, str] | None = None
) -> etree._Element:
    """新元素：a prefix of None is the default namespace, which the stubs of lxml do not know."""
    return etree.Element(tag, dict(attributes or {}), nsmap=cast("Mapping[str, str] | None", nsmap))
