"""文书自查：a judge's own check of a draft.

Reads, answers and forgets: no row, no file, no log line, no audit entry. The copy with comments is made in memory and
goes out in the same answer.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from tianping import law
from tianping.text import lint
from tianping.text.document import ReadError, read_bytes
from tianping.text.document.model import Document
from tianping.text.lint import Mode, Profile, Remark
from tianping.text.lint.file import copy_of, silences_in
from tianping.text.lint.noqa import split

Done = TypeVar("Done")


class CheckFailed(Exception):
    """检查中断：a fault of ours. It names the place in our code and holds nothing of the draft."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(
            f"检查中途出错，没有得出结果；文件内容没有留存。请把这个位置告诉系统管理员：{place}，文书可先用其他办法校对。"
        )


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """自查结果：``on`` is the day whose law was asked — the draft's own date, or the day given where it bears none.

    ``silenced`` counts what ``#noqa`` comments in the draft keep from being said.
    """

    document: Document
    remarks: tuple[Remark, ...]
    on: date
    profile: Profile
    silenced: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """批注副本：``unplaced`` remarks have no place in it and are told beside it."""

    name: str
    data: bytes
    unplaced: int


def own_check(data: bytes, name: str, *, on: date, mode: Mode = Mode.DRAFT, proofread: bool = False) -> OwnCheck:
    """自查：refuses what cannot be read with ``ReadError``; ``on`` is the day for a draft that bears none."""
    return _told(lambda: _check(data, name, on, Profile(mode=mode, proofread="quiet" if proofread else "")))


def copy_with_comments(data: bytes, name: str, checked: OwnCheck) -> Copy:
    """批注副本 of the file just checked."""
    return _told(lambda: _copy(data, name, checked))


def copy_if_any(data: bytes, name: str, checked: OwnCheck) -> Copy | None:
    """批注副本, where the format takes comments: what was checked is shown either way."""
    try:
        return copy_with_comments(data, name, checked)
    except ReadError:
        return None


def _check(data: bytes, name: str, on: date, profile: Profile) -> OwnCheck:
    document = read_bytes(data, name)
    day = document.decided_on or on
    dated = document if document.decided_on else replace(document, decided_on=on)
    silences = silences_in(data, document) if name.lower().endswith(".docx") else ()
    remarks, silenced = split(lint.check(dated, law=law.library(), rules=profile), silences)
    return OwnCheck(document, remarks, day, profile, len(silenced))


def _copy(data: bytes, name: str, checked: OwnCheck) -> Copy:
    from tianping.text.lint.formats import docx  # here: most checks are only looked at

    annotated = docx.annotate(data, checked.document, checked.remarks)
    return Copy(copy_of(Path(name)).name, annotated.data, len(annotated.unplaced))


def _told(work: Callable[[], Done]) -> Done:
    """An exception may quote the draft, and whoever logs it would keep the quotation: only its place goes on."""
    try:
        return work()
    except ReadError:
        raise
    except Exception as fault:
        raise CheckFailed(_place(fault)) from None


def _place(fault: Exception) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{Path(last.filename).stem} 第 {last.lineno} 行 {type(fault).__name__}"
