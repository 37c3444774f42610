"""引用命令：``tianping cite 判决书.docx`` lists every citation, the version in force and whether the place exists."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from datetime import date
from typing import Any, TextIO

from tianping.cli.days import day_of, written
from tianping.cli.exits import Exit
from tianping.cli.files import Found, files
from tianping.law import library
from tianping.law.statutes import Law
from tianping.text.citations import Resolved, resolve
from tianping.text.document import ReadError, read

HELP = {
    "zh": """\
用法：tianping cite 文件|目录… [选项]

  列出文书引用的法律：文件:段:列  条款项  版本  结论
  --on 年-月-日        按这一天的法律核对；不写则按落款日期，没有落款日期的按今天
  --faults             只列结论有问题的（尚未施行、已失效、没有这一条、没有这一款、项）
  --format text|json   输出格式，默认 text
  --lang zh|en         本说明的语言，默认 zh

退出码  0 没有问题   1 有结论需要核对   2 没能读取
""",
    "en": """\
usage: tianping cite FILE|DIR... [OPTIONS]

  lists the law a document cites: file:paragraph:column  place  version  verdict
  --on YYYY-MM-DD      the law of this day; without it, of the day of the judgment, or of today where it has none
  --faults             only verdicts that call for a look (not yet in force, ended, no such article, paragraph or item)
  --format text|json   output format, text by default
  --lang zh|en         language of this help

exit codes  0 nothing to look at   1 some verdict calls for a look   2 could not read
""",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="文件|目录")
    parser.add_argument("--on", metavar="YYYY-MM-DD")
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace, out: TextIO, talk: TextIO) -> int:
    """Resolve the citations of every file."""
    on = day_of(options.on, "--on") if options.on else None
    law = library()
    failed = False
    listed: list[tuple[str, Resolved]] = []
    for found in files(options.paths):
        resolved = _of_file(found, law, on, talk)
        failed = failed or resolved is None
        listed += [(found.shown, one) for one in resolved or () if not options.faults or one.verdict.is_fault]
    if options.format == "json":
        out.write(json.dumps([_record(path, one) for path, one in listed], ensure_ascii=False, indent=1) + "\n")
    else:
        out.writelines(line + "\n" for line in _lines(listed))
    if failed:
        return Exit.FAILED
    return Exit.REMARKS if any(one.verdict.is_fault for _, one in listed) else Exit.CLEAN


def _of_file(found: Found, law: Law, on: date | None, talk: TextIO) -> tuple[Resolved, ...] | None:
    if found.fault:
        talk.write(found.fault + "\n")
        return None
    try:
        document = read(found.path)
    except ReadError as error:
        talk.write(f"{error}\n")
        return None
    return resolve(document, law=law, on=on or document.decided_on or date.today())


def _lines(listed: Iterable[tuple[str, Resolved]]) -> Iterable[str]:
    for path, one in listed:
        place = f"{path}:{one.span.paragraph + 1}:{one.span.start + 1}"
        version = f"{written(one.version.adopted)}通过，{written(one.version.effective)}起施行" if one.version else "—"
        yield "  ".join([place, one.words, version, str(one.verdict)] + ([one.note] if one.note else []))


def _record(path: str, one: Resolved) -> dict[str, Any]:
    provision = one.provision
    return {
        "path": path,
        "paragraph": one.span.paragraph,
        "start": one.span.start,
        "end": one.span.end,
        "words": one.words,
        "statute": one.statute.title if one.statute else None,
        "version": one.version.key if one.version else None,
        "on": one.on.isoformat(),
        "article": provision.article if provision else None,
        "insert": provision.insert if provision else None,
        "paragraph_of_article": provision.paragraph if provision else None,
        "item": provision.item if provision else None,
        "verdict": str(one.verdict),
        "note": one.note,
    }
