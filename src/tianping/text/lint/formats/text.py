"""文本格式：one remark per line, 文件:段:列 代码 级别 说明, aligned within a file; colour only where asked.

段 and 列 count from 1, as a person counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from tianping.text.lint.remark import Remark, Severity
from tianping.text.lint.report import FileReport

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_ENGLISH = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def lines(report: FileReport, *, colour: bool = False, english: bool = False) -> Iterator[str]:
    """The lines of one file. A file with nothing to say has none."""
    places = [f"{report.path}:{remark.span.paragraph + 1}:{remark.span.start + 1}" for remark in report.remarks]
    wide = max(map(width, places), default=0)
    levels = [_ENGLISH[remark.severity] if english else remark.severity.label for remark in report.remarks]
    level_wide = max(map(width, levels), default=0)
    for place, level, remark in zip(places, levels, report.remarks, strict=True):
        shown = _painted(level, remark.severity) if colour else level
        padding = " " * (level_wide - width(level))
        yield f"{place}{' ' * (wide - width(place))}  {remark.code}  {shown}{padding}  {sentence(remark, english)}"


def sentence(remark: Remark, english: bool = False) -> str:
    """说明：the message, with what to write instead and on what basis, where there is either."""
    told = remark.message if not english else f"[{remark.name}] {remark.message}"
    if remark.suggestion is not None and remark.suggestion not in remark.message:
        told += f" 建议：{remark.suggestion}"
    if remark.basis:
        told += f"（{remark.basis}）"
    return told


def width(text: str) -> int:
    """显示宽度：a Chinese character takes two columns of a terminal."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _painted(text: str, severity: Severity) -> str:
    return f"\x1b[{_COLOURS[severity]}m{text}\x1b[0m"
