"""分项序号：where the items of a numbered list begin and end — 一、 （一） 1. 1、 （1） at one level.

The first number met decides the level; numbers of another form stand inside an item. At the head of a line any number
of that form opens an item (a wrong number is for the rules to find); in the middle of a line only the next one does,
because 第一项、二、三 and decimals look alike.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tianping.text.regex import regex

from .numerals import counted

_C = "[一二三四五六七八九十]{1,3}"
_MARK = regex(
    rf"(?P<han>{_C})、|[（(](?P<round>{_C})[）)]、?|(?P<arabic>\d{{1,2}})(?:[、．]|\.(?!\d)|，(?=[\u4e00-\u9fff]))"
    r"|[（(](?P<inner>\d{1,2})[）)]、?|(?P<circled>[①-⑳])"
)
_OPENS = "。；;：:\n，,）)！？"
_LATER = "。；;：:\n，,）)”！？"


class Part(NamedTuple):
    """一项：the words of an item, without its number; ``begin`` is where the number stands."""

    number: int
    begin: int
    start: int
    end: int


def parts(text: str, start: int, end: int, level: str | None = None) -> list[Part]:
    """各项 between ``start`` and ``end``; empty where no list is numbered there."""
    heads: list[tuple[int, int, int]] = []
    open_quotes = 0
    seen = start
    for mark in _MARK.finditer(text, start, end):
        at = mark.start()
        opens = at == start or text[at - 1] == "\n"
        if not opens and text[at - 1] not in (_LATER if heads else _OPENS):
            continue
        if level is not None and mark.lastgroup != level:
            continue
        number = _value(mark)
        if heads:
            open_quotes += text.count("“", seen, at) - text.count("”", seen, at)
            seen = at
            if not opens and (open_quotes > 0 or number != heads[-1][0] + 1):
                continue
        elif not opens and number != 1:
            continue
        if opens:
            open_quotes = 0
        level = str(mark.lastgroup)
        seen = mark.end()
        heads.append((number, at, mark.end()))
    if not heads:
        return []
    ends = [at for _, at, _ in heads[1:]] + [end]
    return [Part(number, at, after, stop) for (number, at, after), stop in zip(heads, ends, strict=True)]


def level_of(text: str, start: int, end: int) -> str | None:
    """序号形式 at the head of a line."""
    mark = _MARK.match(text, start, end)
    return mark.lastgroup if mark is not None else None


def _value(mark: re.Match[str]) -> int:
    if mark["circled"]:
        return ord(mark["circled"]) - 0x2460 + 1
    return counted(mark["han"] or mark["round"] or mark["arabic"] or mark["inner"]) or 0


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """去掉项末标点和空白。"""
    while end > start and text[end - 1] in "。；;，,\n ":
        end -= 1
    while start < end and text[start] in "\n ：:":
        start += 1
    return start, end
