"""文件包：the zip of a .docx, opened with distrust.

Nothing is unpacked to disk and no size written in the file is believed: every part is read as a stream and counted
against the limits below. Only the parts that hold text are read at all.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

from .errors import ReadError
from .ole import is_ole, refuse_ole

MAX_PARTS = 2_000
"""包内文件数上限。"""
MAX_PART_BYTES = 64 * 1024 * 1024
"""单个部件解压后的上限：200 pages of text with every run formatted come to about 10 MB."""
MAX_TOTAL_BYTES = 128 * 1024 * 1024
"""读到的部件解压后合计的上限。"""
MAX_RATIO = 200
"""压缩比上限：Word's own XML stays below 40; looked at from RATIO_FROM bytes on, since short parts say little."""
RATIO_FROM = 1024 * 1024

MAX_CARRIED_BYTES = 512 * 1024 * 1024
"""改写时照搬的部件解压后合计的上限：pictures are carried over unread, so their ratio says nothing."""

_CHUNK = 1 << 16
_EPOCH = (1980, 1, 1, 0, 0, 0)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_RESAVE = "请用 Word 或 WPS 打开后另存为新的 .docx 再试"


class Package:
    """文件包：parts by name, each read at most once, within the limits."""

    def __init__(self, data: bytes, name: str, kind: str = ".docx") -> None:
        self.name = name
        self._read = 0
        if is_ole(data):
            raise refuse_ole(data, name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            raise ReadError(name, f"不是完好的 {kind}（压缩包损坏或被截断）", _RESAVE) from None
        if len(entries) > MAX_PARTS:
            raise ReadError(name, f"内含 {len(entries)} 个部件，超过 {MAX_PARTS} 个的上限", _RESAVE)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            key = entry.filename.replace("\\", "/").lstrip("/").lower()
            if key in self._entries:
                raise ReadError(name, f"内有两个同名部件 {entry.filename!r}，无法确定以哪个为准", _RESAVE)
            self._entries[key] = entry
        if any(key.endswith(("vbaproject.bin", "vbadata.xml")) for key in self._entries):
            raise ReadError(name, "含有宏（vbaProject.bin），为安全起见不读取", "请另存为不含宏的 .docx 后再试")

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    def bytes_of(self, part: str) -> bytes:
        """部件内容：decompressed in pieces, stopped at the first limit crossed."""
        entry = self._entries[part.lower()]
        if entry.flag_bits & 0x1:
            raise ReadError(self.name, "压缩包设有密码", "请取消密码、另存为 .docx 后再试")
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    self._read += len(piece)
                    self._limit(part, size, entry.compress_size)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
            raise ReadError(self.name, f"的部件 {part} 损坏，解压不出来", _RESAVE) from None
        return b"".join(pieces)

    def _limit(self, part: str, size: int, compressed: int) -> None:
        mib = 1024 * 1024
        if size > MAX_PART_BYTES:
            raise ReadError(self.name, f"的部件 {part} 解压后超过 {MAX_PART_BYTES // mib} MB 的上限", _RESAVE)
        if self._read > MAX_TOTAL_BYTES:
            raise ReadError(self.name, f"解压后合计超过 {MAX_TOTAL_BYTES // mib} MB 的上限", _RESAVE)
        if size > RATIO_FROM and size > MAX_RATIO * max(compressed, 1):
            raise ReadError(self.name, f"的部件 {part} 压缩比超过 {MAX_RATIO} 倍，疑似压缩炸弹", _RESAVE)

    def xml(self, part: str) -> etree._Element:
        """部件的 XML：without entities, without document types, without a network."""
        data = self.bytes_of(part)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                raise self._has_doctype(part) from None
            where = f"第 {error.lineno} 行" if error.lineno else "某处"
            raise ReadError(self.name, f"的部件 {part} {where}不是合规的 XML", _RESAVE) from None
        except (ValueError, LookupError):
            raise ReadError(self.name, f"的部件 {part} 编码不能识别", _RESAVE) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._has_doctype(part)
        return root

    def _has_doctype(self, part: str) -> ReadError:
        return ReadError(self.name, f"的部件 {part} 含有文档类型声明或外部实体（DOCTYPE），为安全起见不读取", _RESAVE)

    def rewritten(self, changed: Mapping[str, bytes]) -> bytes:
        """改写后的文件包：the parts given are replaced or added, every other one is carried over as it is, in order."""
        left = {part.lower(): (part, data) for part, data in changed.items()}
        out = io.BytesIO()
        carried = 0
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for key, entry in self._entries.items():
                if key in left:
                    made.writestr(_entry(entry.filename), left.pop(key)[1])
                    continue
                same = zipfile.ZipInfo(entry.filename, max(entry.date_time, _EPOCH))
                same.compress_type, same.external_attr = entry.compress_type, entry.external_attr
                try:
                    with self._zip.open(entry) as old, made.open(same, "w") as new:
                        while piece := old.read(_CHUNK):
                            carried += len(piece)
                            if carried > MAX_CARRIED_BYTES:
                                limit = MAX_CARRIED_BYTES // (1024 * 1024)
                                raise ReadError(self.name, f"解压后合计超过 {limit} MB 的上限", _RESAVE)
                            new.write(piece)
                except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
                    raise ReadError(self.name, f"的部件 {entry.filename} 损坏，解压不出来", _RESAVE) from None
            for part, data in left.values():
                made.writestr(_entry(part), data)
        return out.getvalue()

    def related(self, part: str) -> list[tuple[str, str]]:
        """关联部件：(kind, part) of the relationships of a part, in file order; links outside the file are left out."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if rels not in self:
            return []
        found = []
        for relationship in self.xml(rels).iter(_RELATIONSHIP):
            if relationship.get("TargetMode") == "External":
                continue
            target = relationship.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((relationship.get("Type", "").rsplit("/", 1)[-1], path))
        return found


def _entry(part: str) -> zipfile.ZipInfo:
    """The same content gives the same bytes: the clock stays out of the file."""
    made = zipfile.ZipInfo(part, _EPOCH)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = 0o600 << 16
    return made
