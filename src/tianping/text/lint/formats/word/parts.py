"""可改的文件包：parts parsed once, changed in place, written back; whatever was not changed stays byte for byte."""

from __future__ import annotations

import posixpath

from lxml import etree

from tianping.text.document.errors import ReadError
from tianping.text.document.package import Package

from .names import new

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "[Content_Types].xml"


class Parts:
    """文件包 of one .docx, open for changes."""

    def __init__(self, source: bytes, name: str) -> None:
        self.package = Package(source, name)
        self.name = name
        self._source = source
        self._roots: dict[str, etree._Element] = {}
        self._touched: set[str] = set()
        related = self.package.related("")
        self.main = next((part for kind, part in related if kind == "officeDocument"), "word/document.xml")
        if self.main not in self.package:
            raise ReadError(name, "里没有文书正文（缺少 word/document.xml）", "请用 Word 或 WPS 另存为 .docx 后再试")

    def root(self, part: str) -> etree._Element:
        """The parsed part; the same element every time, so that changes to it stay."""
        if part not in self._roots:
            self._roots[part] = self.package.xml(part)
        return self._roots[part]

    def change(self, part: str) -> etree._Element:
        """The parsed part, to be written back changed."""
        self._touched.add(part)
        return self.root(part)

    def put(self, part: str, root: etree._Element) -> None:
        self._roots[part] = root
        self._touched.add(part)

    def related(self, kind: str) -> str | None:
        """The part the document names for a kind (comments, styles), if it is there."""
        for found, part in self.package.related(self.main):
            if found == kind and (part in self.package or part in self._roots):
                return part
        return None

    def all_related(self, kind: str) -> list[str]:
        return [part for found, part in self.package.related(self.main) if found == kind and part in self.package]

    def free_name(self, pattern: str) -> str:
        """A part name not taken: ``pattern`` holds {} for the number, empty at first."""
        number = 0
        while True:
            name = pattern.format(number or "")
            if name not in self.package and name not in self._roots:
                return name
            number += 1

    def add(self, part: str, root: etree._Element, content_type: str, *, of: str, kind: str) -> None:
        """新部件：with its content type, and the relationship that leads to it from ``of``."""
        self.put(part, root)
        self.declare(part, content_type)
        self.relate(of, part, kind)

    def declare(self, part: str, content_type: str) -> None:
        """内容类型：an override for one part."""
        types = self.change(_CONTENT_TYPES)
        named = f"/{part}"
        for override in types.findall(f"{{{_TYPES}}}Override"):
            if override.get("PartName", "").lower() == named.lower():
                override.set("ContentType", content_type)
                return
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=named, ContentType=content_type)

    def declare_plain(self, part: str) -> None:
        """没有单独内容类型的 XML 部件：most packages say once what .xml is; else it is said for this part."""
        types = self.root(_CONTENT_TYPES)
        if not any(known.get("Extension", "").lower() == "xml" for known in types.findall(f"{{{_TYPES}}}Default")):
            self.declare(part, "application/xml")

    def relate(self, of: str, part: str, kind: str) -> None:
        """关系：``kind`` is the whole relationship type."""
        folder, base = posixpath.split(of)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if rels in self.package or rels in self._roots:
            root = self.change(rels)
        else:
            root = new(f"{{{_RELS}}}Relationships", nsmap={None: _RELS})
            self.put(rels, root)
        taken = {relationship.get("Id") for relationship in root}
        number = 1
        while f"rIdTianping{number}" in taken:
            number += 1
        target = posixpath.relpath(part, folder or ".")
        etree.SubElement(root, f"{{{_RELS}}}Relationship", Id=f"rIdTianping{number}", Type=kind, Target=target)

    def bytes(self) -> bytes:
        """The whole file; the source itself where nothing was changed."""
        if not self._touched:
            return self._source
        return self.package.rewritten({part: _serialized(self._roots[part]) for part in sorted(self._touched)})


def _serialized(root: etree._Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
