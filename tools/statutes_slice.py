"""法规事实表：write the shipped slice of the statutes table.

    python tools/statutes_slice.py 源表.csv src/tianping/law/statutes/statutes.csv

Keeps laws and judicial interpretations whose day of effect is known, and of them only facts: titles, days, what
replaced what, how many articles. ``unproven`` is ``1`` where the source table itself doubts a field, so that a rule
can stay silent. Beside it goes other_titles.txt: titles of what the slice leaves out, so that they are not taken for
misspellings.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

COLUMNS = (
    "title",
    "short_title",
    "level",
    "adopted",
    "effective",
    "repealed",
    "replaced_by",
    "version_key",
    "article_count",
)
LEVELS = frozenset({"法律", "司法解释"})

# Laws that ended long ago and stand in no source at hand; judgments on old facts still name them.
LONG_ENDED = (
    *(
        "食品卫生法",
        "食品卫生法（试行）",
        "外国企业所得税法",
        "外商投资企业和外国企业所得税法",
        "中外合资经营企业所得税法",
    ),
    *("外国人入境出境管理法", "公民出境入境管理法", "村民委员会组织法（试行）", "治安管理处罚条例", "农业税条例"),
    *(
        "逮捕拘留条例",
        "惩治贪污条例",
        "惩治反革命条例",
        "环境保护法（试行）",
        "森林法（试行）",
        "劳动改造条例",
        "消防条例",
    ),
)

# Slips of the source table, found because real judgments write the title right.
TITLE_SLIPS = {"最高人民法院于适用财产刑若干问题的规定": "最高人民法院关于适用财产刑若干问题的规定"}


def rows(source: Path) -> list[dict[str, str]]:
    """Rows to ship, in an order that does not depend on the source's."""
    with source.open(encoding="utf-8", newline="") as table:
        kept = [
            {name: row[name] for name in COLUMNS} | {"unproven": "1" if "未证实" in row["source"] else ""}
            for row in map(_corrected, csv.DictReader(table))
            if row["level"] in LEVELS and row["effective"]
        ]
    return sorted(kept, key=lambda row: (row["title"], row["effective"], row["adopted"]))


def _corrected(row: dict[str, str]) -> dict[str, str]:
    right = TITLE_SLIPS.get(row["title"])
    return {name: value.replace(row["title"], right) for name, value in row.items()} if right else row


def other_titles(source: Path) -> list[str]:
    """Titles of the source the slice leaves out (行政法规、规章): names that exist, of which nothing else is told."""
    shipped = {row["title"] for row in rows(source)}
    with source.open(encoding="utf-8", newline="") as table:
        known = {_corrected(row)["title"] for row in csv.DictReader(table)} | {
            "中华人民共和国" + name for name in LONG_ENDED
        }
    return sorted(known - shipped)


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("用法：statutes_slice.py 源表.csv 目标表.csv", file=sys.stderr)
        return 2
    source, target = map(Path, arguments)
    with target.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, fieldnames=[*COLUMNS, "unproven"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(source))
    others = target.with_name("other_titles.txt")
    others.write_text("".join(title + "\n" for title in other_titles(source)), encoding="utf-8")
    print(f"{target}：{sum(1 for _ in target.open(encoding='utf-8')) - 1} 行，{target.stat().st_size} 字节")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
