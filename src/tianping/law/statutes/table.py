"""法规事实表：the shipped table behind the ``Law`` protocol, read when first asked and then kept."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

from tianping.law.statutes.model import Shape, Statute, Version, plain_title

_ISSUERS = re.compile(r"^(?:最高人民法院|最高人民检察院|公安部|国家安全部|司法部|[、，])+(?=《?关于)")


class Texts(Protocol):
    """全文：what ``law.fulltext`` adds to the table where the user has imported any."""

    def article(self, version: Version, number: int, insert: int = 0) -> str | None: ...

    def articles(self, version: Version) -> tuple[tuple[int, int, str], ...]: ...

    def shape(self, version: Version, number: int, insert: int = 0) -> Shape | None: ...


@dataclass(frozen=True)
class StatuteTable:
    """Rows by plain title. Rows become objects only when asked for: a short check pays for the titles it cites."""

    rows: Mapping[str, tuple[dict[str, str], ...]]
    day: date | None = None
    texts: Texts | None = None
    _known: dict[str, Statute | None] = field(default_factory=dict, compare=False, repr=False)

    def on(self, day: date | None) -> StatuteTable:
        return replace(self, day=day) if day != self.day else self

    def with_texts(self, texts: Texts | None) -> StatuteTable:
        return replace(self, texts=texts)

    def statute(self, title: str) -> Statute | None:
        """Found by full title or short title. A title that names nothing here is None: absence proves no mistake."""
        key = plain_title(title)
        if key not in self._known:
            rows = self.rows.get(key) or self._without_issuer.get(_plainer(key))
            self._known[key] = _statute(rows) if rows else None
        return self._known[key]

    @cached_property
    def _without_issuer(self) -> dict[str, tuple[dict[str, str], ...]]:
        """司法解释 by title without its issuers, as 《关于……的解释》 is often written; two of one name find neither."""
        found: dict[str, list[tuple[dict[str, str], ...]]] = {}
        for title, rows in self.rows.items():
            if (plainer := _plainer(title)) != title:
                found.setdefault(plainer, []).append(rows)
        return {title: several[0] for title, several in found.items() if len(several) == 1}

    def version_on(self, title: str, day: date) -> Version | None:
        statute = self.statute(title)
        return statute.version_on(day) if statute else None

    def version_of(self, key: str) -> Version | None:
        """The version of a key (民法典@2020-05-28)."""
        statute = self.statute(key.rpartition("@")[0])
        return next((one for one in statute.versions if one.key == key), None) if statute else None

    def titles(self) -> Collection[str]:
        return self._titles

    @cached_property
    def _titles(self) -> frozenset[str]:
        return other_titles().union(self.rows)

    def is_first(self, version: Version) -> bool:
        return version.key in first_versions()

    def shape(self, version: Version, article: int, insert: int = 0) -> Shape | None:
        if self.texts is not None and (own := self.texts.shape(version, article, insert)) is not None:
            return own
        articles = shipped_shapes(version.key)
        return articles.get((article, insert), ()) if articles is not None else None

    def article_text(self, version: Version, article: int, insert: int = 0) -> str | None:
        return self.texts.article(version, article, insert) if self.texts is not None else None

    def articles(self, version: Version) -> tuple[tuple[int, int, str], ...]:
        return self.texts.articles(version) if self.texts is not None else ()


def table_of(rows: Iterable[dict[str, str]]) -> StatuteTable:
    """A table from rows with the columns of statutes.csv. A short title shared by two statutes finds neither."""
    by_title: dict[str, list[dict[str, str]]] = {}
    short: dict[str, set[str]] = {}
    for row in rows:
        title = plain_title(row["title"])
        by_title.setdefault(title, []).append(row)
        short.setdefault(plain_title(row["short_title"]), set()).add(title)
    index = {title: tuple(versions) for title, versions in by_title.items()}
    for name, titles in short.items():
        if name not in index and len(titles) == 1:
            index[name] = index[next(iter(titles))]
    return StatuteTable(index)


@cache
def shipped() -> StatuteTable:
    """The table that comes with the package."""
    table = Path(__file__).with_name("statutes.csv").read_text(encoding="utf-8")
    return table_of(csv.DictReader(table.splitlines()))


@cache
def first_versions() -> frozenset[str]:
    """首次公布的版本, by key: the sources tell of no version before them. Written by tools/first_versions.py."""
    return frozenset(Path(__file__).with_name("first_versions.txt").read_text(encoding="utf-8").splitlines())


@cache
def other_titles() -> frozenset[str]:
    """其他名称：titles that exist, of which the table holds nothing else (行政法规、规章)."""
    text = Path(__file__).with_name("other_titles.txt").read_text(encoding="utf-8")
    return frozenset(plain_title(line) for line in text.splitlines())


def _plainer(title: str) -> str:
    """The key of a title as loosely as people write it: whole title in a second pair of marks, issuers left out."""
    return _ISSUERS.sub("", title).strip("《》") if "关于" in title else title


@cache
def shipped_shapes(version_key: str) -> Mapping[tuple[int, int], Shape | None] | None:
    """款项事实表 of one version, as tools/provision_shapes.py writes it; None where the table has no line for it."""
    line = _shape_lines().get(version_key)
    if line is None:
        return None
    made: dict[tuple[int, int], Shape | None] = {}
    article = 0
    for token in line.split(" "):
        written, _, counts = token.rpartition(":")
        insert = int(written[1:]) if written else 0
        article += not insert
        made[article, insert] = None if counts == "?" else tuple(map(int, counts.split(".")))
    return made


@cache
def _shape_lines() -> Mapping[str, str]:
    text = Path(__file__).with_name("provisions.csv").read_text(encoding="utf-8")
    return dict(line.split(",", 1) for line in text.splitlines()[1:])


def _statute(rows: tuple[dict[str, str], ...]) -> Statute:
    versions = sorted((_version(row) for row in rows), key=lambda version: (version.effective, version.adopted))
    first = rows[0]
    return Statute(first["title"], first["short_title"], first["level"], tuple(versions))


def _version(row: dict[str, str]) -> Version:
    return Version(
        key=row["version_key"],
        adopted=date.fromisoformat(row["adopted"]),
        effective=date.fromisoformat(row["effective"]),
        repealed=date.fromisoformat(row["repealed"]) if row["repealed"] else None,
        replaced_by=row["replaced_by"] or None,
        last_article=int(row["article_count"]) if row["article_count"] else None,
        unproven=bool(row["unproven"]),
    )
