"""会被放假安排推动的期限：each stage registers its own; foundation knows none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tianping.foundation.accounts.models import Organisation
from tianping.foundation.accounts.viewer import Viewer
from tianping.law.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Moved:
    """一个受影响的期限：``number`` is empty where the viewer may not know whose it is."""

    key: int
    number: str
    url: str
    was: date
    becomes: date

    @property
    def later(self) -> bool:
        return self.becomes > self.was


class Clock(Protocol):
    """一类期限。A day already given is postponed where the calendar says so, and never brought forward."""

    label: str

    def affected(self, viewer: Viewer, court: Organisation, calendar: Calendar) -> Sequence[Moved]: ...

    def postpone(self, key: int, due: date, *, by: Viewer, at: datetime) -> None: ...


CLOCKS: list[Clock] = []


def register(clock: Clock) -> None:
    if all(type(known) is not type(clock) for known in CLOCKS):
        CLOCKS.append(clock)
