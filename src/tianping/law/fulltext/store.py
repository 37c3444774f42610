"""全文库：one SQLite file in a folder of the user's own; what does not agree with the table of statutes is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tianping.law.fulltext.model import Refused, StatuteText, shape_of
from tianping.law.imported import FILE, folder_of_user
from tianping.law.statutes.model import Shape, Statute, Version
from tianping.law.statutes.table import StatuteTable

_TABLES = """
CREATE TABLE IF NOT EXISTS version (key TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS article (
    key TEXT NOT NULL REFERENCES version (key), number INTEGER NOT NULL, insert_no INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (key, number, insert_no)
) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class FullText:
    """全文库, opened for reading; every article is kept once asked for."""

    path: Path
    _known: dict[tuple[str, int, int], str | None] = field(default_factory=dict, compare=False, repr=False)

    def article(self, version: Version, number: int, insert: int = 0) -> str | None:
        """条文 of a version; None where the version or the article is not here."""
        key = (version.key, number, insert)
        if key not in self._known:
            with closing(_opened(self.path)) as base:
                row = base.execute(
                    "SELECT text FROM article WHERE key = ? AND number = ? AND insert_no = ?", key
                ).fetchone()
            self._known[key] = row[0] if row else None
        return self._known[key]

    def articles(self, version: Version) -> tuple[tuple[int, int, str], ...]:
        """全部条文 of a version: (number, insert, text)."""
        with closing(_opened(self.path)) as base:
            query = "SELECT number, insert_no, text FROM article WHERE key = ? ORDER BY number, insert_no"
            return tuple(base.execute(query, (version.key,)))

    def shape(self, version: Version, number: int, insert: int = 0) -> Shape | None:
        text = self.article(version, number, insert)
        return shape_of(text) if text is not None else None

    def versions(self) -> tuple[tuple[str, str, int], ...]:
        """已导入：(version key, source, number of articles)."""
        with closing(_opened(self.path)) as base:
            query = (
                "SELECT key, source, (SELECT count(*) FROM article a WHERE a.key = v.key) FROM version v ORDER BY key"
            )
            return tuple(base.execute(query))


@dataclass(frozen=True, slots=True)
class Taken:
    """导入结果。"""

    kept: tuple[str, ...]
    refused: tuple[Refused, ...]


def take(texts: Iterable[StatuteText | Refused], table: StatuteTable, folder: Path) -> Taken:
    """导入。A version already here is replaced; everything is written or, if the disk fails, nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    kept: list[str] = []
    refused: list[Refused] = []
    with closing(sqlite3.connect(folder / FILE)) as base:
        base.executescript(_TABLES)
        with base:
            for text in texts:
                if isinstance(text, Refused):
                    refused.append(text)
                    continue
                version = version_of_text(text, table)
                if isinstance(version, Refused):
                    refused.append(version)
                    continue
                base.execute("DELETE FROM article WHERE key = ?", (version.key,))
                base.execute("INSERT OR REPLACE INTO version VALUES (?, ?, ?)", (version.key, text.title, text.source))
                base.executemany(
                    "INSERT INTO article VALUES (?, ?, ?, ?)",
                    [(version.key, one.number, one.insert, one.text) for one in text.articles],
                )
                kept.append(version.key)
    return Taken(tuple(kept), tuple(refused))


def full_text(folder: Path | None = None) -> FullText | None:
    """全文库 of the user, where there is one."""
    path = (folder or folder_of_user()) / FILE
    return FullText(path) if path.is_file() else None


def version_of_text(text: StatuteText, table: StatuteTable) -> Version | Refused:
    """Which version of the table a text is. One article too few or too many, and it is some other version."""
    if not text.articles:
        return Refused(text.title, "没有读到“第×条”")
    seen: set[tuple[int, int]] = set()
    for article in text.articles:
        if (article.number, article.insert) in seen:
            return Refused(text.title, f"第{article.number}条出现两次")
        seen.add((article.number, article.insert))
    statute = table.statute(text.title)
    if statute is None:
        return Refused(text.title, "法规表里没有这个名称")
    found = _by_day(statute, text)
    if found is None:
        day = text.day.isoformat() if text.day else "未写日期"
        return Refused(text.title, f"法规表里没有这一版（{day}）")
    lacking = sorted(set(range(1, text.last_article + 1)) - {number for number, _ in seen})
    if lacking:
        return Refused(text.title, f"缺第{lacking[0]}条" + (f"等 {len(lacking)} 条" if len(lacking) > 1 else ""))
    if found.last_article is not None and found.last_article != text.last_article:
        return Refused(text.title, f"应有 {found.last_article} 条，读到 {text.last_article} 条")
    return found


def _by_day(statute: Statute, text: StatuteText) -> Version | None:
    """A source dates a version by the day it was adopted, published or took effect: one of those of the table."""
    if text.day is None:
        return statute.versions[0] if len(statute.versions) == 1 else None
    adopted = [version for version in statute.versions if version.adopted == text.day]
    between = [version for version in statute.versions if version.adopted <= text.day <= version.effective]
    for found in (adopted, between):
        if len(found) == 1:
            return found[0]
    return None


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
