"""免报：a place or a wording a person looked at and does not want to hear of again, with the reason.

Said in a Word comment (``#noqa PTY001 系另一人``) or in the profile file. The reason stays in that file: no output
carries it, and nothing but the number of silenced remarks is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tianping.text.document.model import Span
from tianping.text.lint.remark import Remark


@dataclass(frozen=True, slots=True)
class Silence:
    """免报：``codes`` are codes or their beginnings, empty for every rule.

    ``span`` is the place a Word comment stands on; ``text`` the flagged words and ``file`` the name (``*`` allowed)
    that a profile names. What is not given does not narrow.
    """

    codes: tuple[str, ...]
    reason: str
    span: Span | None = None
    text: str = ""
    file: str = ""

    def covers(self, remark: Remark, file: str = "") -> bool:
        if self.codes and not remark.code.startswith(self.codes):
            return False
        if self.span is not None and not _meet(self.span, remark.span):
            return False
        if self.text and "".join(self.text.split()) not in "".join(remark.text.split()):
            return False
        return not self.file or fnmatchcase(file, self.file)


def split(
    remarks: Iterable[Remark], silences: Sequence[Silence], file: str = ""
) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    """(still said, silenced)."""
    said: list[Remark] = []
    silent: list[Remark] = []
    for remark in remarks:
        covered = any(silence.covers(remark, file) for silence in silences)
        (silent if covered else said).append(remark)
    return tuple(said), tuple(silent)


def _meet(one: Span, other: Span) -> bool:
    """A comment on no characters at all stands on its paragraph."""
    if one.paragraph != other.paragraph:
        return False
    return one.start == one.end or (one.start < other.end and other.start < one.end)
