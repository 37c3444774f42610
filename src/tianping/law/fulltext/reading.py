"""读条文：lines of a statute into articles, whatever file they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tianping.law.fulltext.model import Article

_N = "[零〇一二三四五六七八九十百千]"
_HEADING = re.compile(rf"^(?:#+\s*)?第{_N}{{1,7}}(?:分编|编|章|节|部分)(?:\s|$)")
_ARTICLE = re.compile(
    rf"^(?:\*\*)?第(?P<number>{_N}{{1,9}})条(?:之(?P<insert>{_N}{{1,3}}))?(?:\*\*)?(?:[\s：:]+|$)(?P<text>.*)$"
)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))  # what pages copied from the web leave behind
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def number_of(numeral: str) -> int:
    """一千二百六十 → 1260."""
    total = digit = 0
    for character in numeral:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def cleaned(text: str) -> str:
    """条文 without invisible characters and empty lines."""
    lines = (line.strip() for line in text.translate(_INVISIBLE).splitlines())
    return "\n".join(line for line in lines if line)


def articles_of(lines: Iterable[str]) -> tuple[Article, ...]:
    """条文 in the order written. A line that opens no article belongs to the one before; headings belong to none."""
    made: list[tuple[int, int, list[str]]] = []
    current: list[str] | None = None
    for raw in lines:
        line = raw.translate(_INVISIBLE).strip()
        opened = _ARTICLE.match(line)
        if opened is not None:
            current = [opened["text"].strip()] if opened["text"].strip() else []
            insert = number_of(opened["insert"]) if opened["insert"] else 0
            made.append((number_of(opened["number"]), insert, current))
        elif _HEADING.match(line) or line.startswith("#"):
            current = None
        elif line and current is not None:
            current.append(line)
    return tuple(Article(number, "\n".join(text), insert) for number, insert, text in made)
