"""一份文件的检查：read it, check it, leave out what was silenced, and write the copy with comments where one is asked.

The only place of the linter that touches the disk. It keeps nothing and its faults are sentences, never traces.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tianping import __version__
from tianping.law.statutes.model import Law
from tianping.text.document import Document, ReadError, read
from tianping.text.document.errors import reason_of
from tianping.text.lint.engine import check
from tianping.text.lint.noqa import Silence, split
from tianping.text.lint.profile import Profile
from tianping.text.lint.remark import Remark
from tianping.text.lint.report import FileReport

SUFFIX = ".批注"
"""批注副本：判决书.docx is written as 判决书.批注.docx."""


def check_file(path: Path, shown: str, *, law: Law, profile: Profile, copy: Path | None = None) -> FileReport:
    """检查一份文件；``copy`` is where a .docx goes with the remarks as comments."""
    try:
        return _checked(path, shown, law, profile, copy)
    except ReadError as error:
        return FileReport(shown, fault=str(error))
    except (RecursionError, MemoryError):
        return FileReport(shown, fault=f"“{shown}”结构过深或过大，内存不足，请拆分后再试。")
    except Exception as error:  # a fault of ours in one file must not stop the others, nor be shown as a trace
        told = f"“{shown}”检查时程序出错（{type(error).__name__}），未能检查。请把本句和版本 {__version__} 告知维护人。"
        return FileReport(shown, fault=told)


def _checked(path: Path, shown: str, law: Law, profile: Profile, copy: Path | None) -> FileReport:
    document = read(path)
    is_word = path.suffix.lower() == ".docx"
    source = path.read_bytes() if is_word else b""
    silences = [*profile.silences, *(silences_in(source, document) if is_word else ())]
    remarks, silenced = split(check(document, law=law, rules=profile), silences, path.name)
    written, unplaced, unwritten = None, 0, None
    if copy is not None:
        try:
            unplaced = write_copy(copy, source or path.read_bytes(), document, remarks)
            written = str(copy)
        except ReadError as error:
            unwritten = f"{error}批注没有写回。"
        except OSError as error:
            unwritten = f"“{copy.name}”写不进去（{reason_of(error)}），请关闭已打开的副本后再试。"
    return FileReport(
        shown,
        remarks,
        document.issues,
        document.is_judgment,
        silenced=len(silenced),
        characters=sum(len(paragraph.text) for paragraph in document.paragraphs),
        month=f"{document.decided_on:%Y-%m}" if document.decided_on else "",
        written=written,
        unplaced=unplaced,
        unwritten=unwritten,
    )


def silences_in(source: bytes, document: Document) -> Sequence[Silence]:
    """免报批注：the ``#noqa`` comments of a .docx."""
    if b"comments" not in source:  # the names of a zip's parts stand uncompressed: most files have no comments at all
        return ()
    from tianping.text.lint.formats import docx

    return docx.noqa_of(source, document)


def write_copy(copy: Path, source: bytes, document: Document, remarks: Sequence[Remark]) -> int:
    """写批注副本：whole or not at all; returns how many remarks found no place in it."""
    from tianping.text.lint.formats import docx

    annotated = docx.annotate(source, document, remarks)
    put(copy, annotated.data)
    return len(annotated.unplaced)


def put(target: Path, data: bytes) -> None:
    """写盘：a reader finds the old file or the new, never half of one."""
    handle, name = tempfile.mkstemp(prefix=".~", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def copy_of(path: Path) -> Path:
    """判决书.docx → 判决书.批注.docx, 判决书.txt → 判决书.txt.批注.docx: comments always stand in a .docx."""
    name = path.stem if path.suffix.lower() == ".docx" else path.name
    return path.with_name(f"{name}{SUFFIX}.docx")


def is_copy(path: Path) -> bool:
    return path.stem.endswith(SUFFIX)
