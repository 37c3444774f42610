"""异常字符：characters a judge cannot mean, told once for the whole file; rules see them as they are."""

from __future__ import annotations

from collections.abc import Sequence

from tianping.text.regex import regex

from .model import Paragraph

_KINDS = (
    (
        regex("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"),
        "私用区字符（自造字），换一台电脑可能显示成别的字",
    ),
    (regex("[\uff66-\uff9f]"), "半角片假名，多半是编码错乱"),
    (regex("\ufffd"), "无法解读的字符"),
)


def oddities(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """说明 of each kind found, with the count and the first place (段 from 1, as a person counts)."""
    told = []
    for pattern, what in _KINDS:
        found = [(paragraph.index, len(pattern.findall(paragraph.text))) for paragraph in paragraphs]
        count = sum(number for _, number in found)
        if count:
            first = next(index for index, number in found if number)
            told.append(f"有 {count} 个{what}（首见于第 {first + 1} 段）")
    return tuple(told)
