"""读文书：a file or its bytes to a Document. Nothing is ever written to disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from .anatomy import dissect
from .errors import ReadError, reason_of
from .model import Document
from .oddities import oddities
from .ole import is_encrypted, is_ole, refuse_ole
from .paragraphs import from_lines
from .plain import decode

MAX_FILE_BYTES = 20 * 1024 * 1024
"""文件上限：a judgment of 200 pages with pictures stays well below."""


def from_text(text: str) -> Document:
    """读文本：a paragraph a line."""
    return dissect(from_lines(text))


OLD = (".doc", ".wps")
"""旧式 Word 文档的扩展名。"""
KINDS = (".docx", ".txt", ".pdf", ".odt", *OLD)
"""能读的类型；the last two only where LibreOffice is there and the caller allows it."""


def read(path: Path | str) -> Document:
    """读文件：any of KINDS; raises ReadError with one sentence for the user."""
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise _too_large(path.name, size)
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(path.name, "不存在", "请核对文件名和所在目录") from None
    except IsADirectoryError:
        raise ReadError(path.name, "是一个目录，不是文书文件", "请指定其中的 .docx 或 .txt 文件") from None
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "文件名不合规"
        raise ReadError(path.name, f"打不开（{reason}）", "请确认文件未被占用且有权读取") from None
    return read_bytes(data, path.name, convert=True)


def read_bytes(data: bytes, name: str, *, convert: bool = False) -> Document:
    """读字节：``name`` decides the kind by its ending and stands in every error.

    ``convert`` lets LibreOffice read an old .doc or .wps, by way of a folder that is gone afterwards. Who must leave no
    trace at all leaves it off: then such a file is refused.
    """
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(name, len(data))
    if not data:
        raise ReadError(name, "是空文件（0 字节）", "请确认保存成功后重新选择文件")
    kind = Path(name).suffix.lower()
    if kind == ".txt":
        if is_ole(data) or data.startswith(b"PK\x03\x04"):
            raise ReadError(name, "名为 .txt，内容却是 Word 文档", "请把扩展名改回 .docx 后再试")
        document = from_text(decode(data, name))
    elif kind == ".docx":
        document = _word(data, name)
    elif kind == ".pdf":
        from .pdf import read_pdf

        document = dissect(*read_pdf(data, name))
    elif kind == ".odt":
        from .odt import read_odt

        document = dissect(*read_odt(data, name))
    elif kind == ".docm":
        raise ReadError(name, "是启用宏的文档（.docm），为安全起见不读取", "请另存为不含宏的 .docx 后再试")
    elif kind in OLD and data.startswith(b"PK\x03\x04"):
        document = _word(data, name)  # WPS saves the new format under the old ending
    elif kind in OLD and (is_ole(data) or data.startswith(b"{\\rtf")):
        if not is_ole(data) and not convert:
            raise ReadError(name, "是 RTF 文档", "请另存为 .docx 后再试")
        if not convert or is_encrypted(data):
            raise refuse_ole(data, name)
        from .legacy import to_docx

        document = _word(to_docx(data, name), name)
    else:
        raise ReadError(name, f"的类型是“{kind or '无扩展名'}”，不能读取", "请另存为 .docx 或 .txt 后再试")
    document = replace(document, issues=(*document.issues, *oddities(document.paragraphs)))
    if not document.paragraphs:
        raise ReadError(name, "里没有文字（0 个字）", "请确认打开的是文书正文，扫描件须先转成文字")
    return document


def _word(data: bytes, name: str) -> Document:
    from .wordml import read_docx  # here, as the other readers: a check starts the faster for those it does not need

    return dissect(*read_docx(data, name))


def _too_large(name: str, size: int) -> ReadError:
    limit = MAX_FILE_BYTES // (1024 * 1024)
    return ReadError(name, f"有 {size / 1024 / 1024:.1f} MB，超过 {limit} MB 的上限", "请删去图片或拆分后再试")
