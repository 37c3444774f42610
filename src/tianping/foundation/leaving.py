"""离院前的交接：what somebody still owes when they leave or move, asked of every stage by dotted path.

The foundation knows no stage; ``settings.LEAVING_CHECKS`` lists who to ask. An administrator sees kinds, counts and who
must be asked — never which record it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Owed:
    """未了事项：``what`` of which there are ``count``; ``ask`` is who can hand it over, ``way`` how."""

    what: str
    count: int
    ask: str
    way: str

    @property
    def sentence(self) -> str:
        return f"{self.what} {self.count} 项，请{self.ask}{self.way}"


Check = Callable[[int, date], Iterable[Owed]]


def owed_by(person_id: int, on: date) -> list[Owed]:
    """尚欠：of every stage, what is not yet handed over; none that counts nothing."""
    checks: list[Check] = [import_string(path) for path in settings.LEAVING_CHECKS]
    return [one for check in checks for one in check(person_id, on) if one.count]
