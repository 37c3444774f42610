"""纯文本：the bytes of a .txt file to text — UTF-8, UTF-16 with its mark, or GB18030."""

from __future__ import annotations

import codecs

from tianping.text.regex import regex

from .errors import ReadError

_BINARY = regex("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_COMMON = regex("[，。、：；的人一是在院年]")
_WAY_OUT = "请在记事本中另存为 UTF-8 编码后再试"


def decode(data: bytes, name: str) -> str:
    """解码：refuses what is none of the encodings a Chinese court writes, rather than reading garbage."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return _checked(data.decode(encoding), name)
            except UnicodeDecodeError as error:
                raise ReadError(
                    name,
                    f"标明是 {encoding.upper()[:6].rstrip('-')} 编码，但第 {error.start + 1} 字节不合该编码",
                    _WAY_OUT,
                ) from None
    for encoding in ("utf-8", "gb18030"):
        try:
            return _checked(data.decode(encoding), name)
        except UnicodeDecodeError as error:
            at = error.start
    raise ReadError(name, f"既不是 UTF-8 也不是 GB18030 编码（第 {at + 1} 字节起无法解读）", _WAY_OUT)


def _checked(text: str, name: str) -> str:
    odd = _BINARY.search(text)
    if odd is not None:
        raise ReadError(name, f"第 {odd.start() + 1} 个字符是控制符 U+{ord(odd[0]):04X}，不像文本文件", _WAY_OUT)
    foreign = sum(not char.isascii() for char in text[:2000])
    if foreign > 40 and _COMMON.search(text[:2000]) is None:
        raise ReadError(name, "解出的文字里没有一个常用汉字或中文标点，编码不能识别", _WAY_OUT)
    return text
