"""复合文档：the container of old .doc files and of encrypted ones, known by its first bytes."""

from __future__ import annotations

from .errors import ReadError

_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_ole(data: bytes) -> bool:
    """是不是复合文档。"""
    return data.startswith(_MARK)


def is_encrypted(data: bytes) -> bool:
    """加密的复合文档：what Word makes of a .docx with a password."""
    return is_ole(data) and "EncryptedPackage".encode("utf-16-le") in data


def refuse_ole(data: bytes, name: str) -> ReadError:
    """复合文档的拒绝理由：encrypted, or an old .doc whatever its name says."""
    if is_encrypted(data):
        return ReadError(name, "设有打开密码（加密文档）", "请在 Word 中取消密码、另存为 .docx 后再试")
    if "WordDocument".encode("utf-16-le") in data:
        return ReadError(name, "是旧式 .doc（复合文档，D0CF11E0）", "请另存为 .docx 后再试")
    return ReadError(name, "是加密文档或旧式 .doc（复合文档，D0CF11E0）", "请取消密码并另存为 .docx 后再试")
