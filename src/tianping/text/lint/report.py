"""检查结果：what came of one file — remarks, what reading had to leave out, or why it could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from tianping.text.lint.remark import Remark


@dataclass(frozen=True, slots=True)
class FileReport:
    """一份文件的结果：``fault`` is the sentence saying why it could not be checked; then there are no remarks.

    ``silenced`` counts the remarks somebody silenced with a reason. ``written`` names the copy with comments,
    ``unplaced`` counts remarks no comment could be anchored for, ``unwritten`` says why there is no copy.
    """

    path: str
    remarks: tuple[Remark, ...] = ()
    issues: tuple[str, ...] = ()
    is_judgment: bool = True
    fault: str | None = None
    silenced: int = 0
    characters: int = 0
    month: str = ""  # of the day at its foot, 2026-03; empty where it bears none
    written: str | None = None
    unplaced: int = 0
    unwritten: str | None = None
