"""法规的版本：a statute is the row of its versions; a version is in force from one day until another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

_INNER_MARKS = str.maketrans("〈〉<>﹤﹥＜＞()", "《》《》《》《》（）", " \u3000")
COUNTRY = "中华人民共和国"


def plain_title(title: str) -> str:
    """法名归一：one key for 《》 or 〈〉 inside, half-width brackets, stray spaces, with or without 国名."""
    plain = title.translate(_INNER_MARKS)
    return plain.removeprefix(COUNTRY) if plain != COUNTRY else plain


@dataclass(frozen=True, slots=True)
class Version:
    """版本：``repealed`` is the first day it no longer held; ``last_article`` is the N of the last 第N条.

    ``unproven`` (未证实): the table doubts one of these facts. A rule that would blame someone must then stay silent.
    """

    key: str
    adopted: date
    effective: date
    repealed: date | None
    replaced_by: str | None
    last_article: int | None
    unproven: bool = False

    def in_force_on(self, day: date) -> bool:
        return self.effective <= day and (self.repealed is None or day < self.repealed)


@dataclass(frozen=True, slots=True)
class Statute:
    """法律、司法解释：one title with all its versions, the oldest first."""

    title: str
    short_title: str
    level: str
    versions: tuple[Version, ...]

    @property
    def ended(self) -> date | None:
        """失效日：the day the whole statute ended. None while some version of it holds or is still to come."""
        last = self.versions[-1]
        return last.repealed

    @property
    def successor(self) -> str | None:
        """取代者：version key of what replaced the whole statute, where anything did."""
        return self.versions[-1].replaced_by

    @property
    def is_procedural(self) -> bool:
        """程序法：applied as it stands on the day of judgment, not of the facts."""
        return self.title.endswith("诉讼法")

    def version_on(self, day: date) -> Version | None:
        """The version in force on a day. Of two that both claim it, the later."""
        return next((version for version in reversed(self.versions) if version.in_force_on(day)), None)

    def versions_between(self, start: date | None, end: date | None) -> tuple[Version, ...]:
        """Versions in force on some day from ``start`` to ``end``; an open end is open."""
        return tuple(
            version
            for version in self.versions
            if (end is None or version.effective <= end)
            and (start is None or version.repealed is None or start < version.repealed)
        )


Shape = tuple[int, ...]
"""条的结构：one number for each paragraph (款) of an article: how many items (项) it has."""


class Law(Protocol):
    """法律库：all that a rule may ask of the law. ``day`` is the day of asking, where the document itself has none."""

    @property
    def day(self) -> date | None: ...

    def on(self, day: date | None) -> Law: ...

    def statute(self, title: str) -> Statute | None: ...

    def version_on(self, title: str, day: date) -> Version | None: ...

    def titles(self) -> Collection[str]:
        """全部名称 known, plain (see ``plain_title``), full and short."""
        ...

    def is_first(self, version: Version) -> bool:
        """首次公布：whether nothing of that title was in force before this version. False where nobody knows."""
        ...

    def shape(self, version: Version, article: int, insert: int = 0) -> Shape | None:
        """款项 of an article; None where nobody knows. ``()``: the version has no such article."""
        ...

    def article_text(self, version: Version, article: int, insert: int = 0) -> str | None:
        """条文; None without full text (see ``law.fulltext``)."""
        ...

    def articles(self, version: Version) -> tuple[tuple[int, int, str], ...]:
        """全部条文 (number, insert, text); empty without full text."""
        ...
