"""读回命令：``tianping replies 文件…`` — what became of our comments in files a judge has worked on.

For whoever tends the rules at this court: a comment deleted while its words stand unchanged was most likely a false
alarm. Nothing leaves the machine, nothing is written.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from tianping.cli.exits import Exit
from tianping.cli.files import shown

if TYPE_CHECKING:
    from tianping.text.lint.formats.replies import Reply

HELP = {
    "zh": """\
用法：tianping replies 文件… [选项]

  读回批注过、法官改过的 .docx：每条批注删了、答复了、标记已解决，还是没有处理；文字改了没有。只读不写。

  --format text|json       输出格式，默认 text
  --quiet                  不输出按规则的汇总
""",
    "en": """\
usage: tianping replies FILE... [OPTIONS]

  Reads annotated .docx files a judge has worked on: which comments were deleted, answered, resolved, left open, and
  whether the words were changed. Nothing is written.

  --format text|json       output format, text by default
  --quiet                  no summary by rule
""",
}
FORMAT, VERSION = "tianping.replies", 1


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="文件")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--quiet", action="store_true")


def run(options: argparse.Namespace, out: TextIO, talk: TextIO) -> int:
    """Exit code 0 where every file was read, else 2; comments found are no fault of the file."""
    read: list[tuple[str, tuple[Reply, ...]]] = []
    faults: list[tuple[str, str]] = []
    for path in map(Path, options.paths):
        found = _replies(path)
        if isinstance(found, str):
            faults.append((shown(path), found))
            talk.write(found + "\n")
        else:
            read.append((shown(path), found))
    if options.format == "json":
        out.write(as_json(read, faults))
    else:
        for name, replies in read:
            for reply in replies:
                out.write(line(name, reply) + "\n")
    out.flush()
    if not options.quiet and (read or not faults):
        for told in summary([reply for _, replies in read for reply in replies]):
            talk.write(told + "\n")
    return Exit.FAILED if faults else Exit.CLEAN


def _replies(path: Path) -> tuple[Reply, ...] | str:
    from tianping.text.document.errors import ReadError, reason_of
    from tianping.text.lint.formats.replies import replies

    try:
        return replies(path.read_bytes(), path.name)
    except ReadError as error:
        return str(error)
    except OSError as error:
        return f"“{shown(path)}”打不开（{reason_of(error)}），请核对文件名和所在目录。"


def line(name: str, reply: Reply) -> str:
    told = (
        f"{name}  {reply.code}  {reply.fate}{'，文字已改' if reply.changed else ''}  “{reply.words}”  {reply.message}"
    )
    answers = "；".join(f"{answer.author}：{' '.join(answer.text.split())}" for answer in reply.answers)
    return f"{told}  答复：{answers}" if answers else told


def summary(replies: list[Reply]) -> list[str]:
    """按规则汇总：a rule whose comments are deleted while the words stand is one to look at."""
    if not replies:
        return ["没有读到天平写的批注。"]
    by_rule: dict[str, Counter[str]] = {}
    for reply in replies:
        counts = by_rule.setdefault(reply.code, Counter())
        counts[str(reply.fate)] += 1
        counts["改了"] += reply.changed
        counts["删而未改"] += reply.fate.name == "DELETED" and not reply.changed
    told = []
    for code, counts in sorted(by_rule.items()):
        fates = "，".join(f"{fate} {counts[fate]}" for fate in ("未处理", "已答复", "已解决", "已删除") if counts[fate])
        line = f"{code}：{fates}；文字已改 {counts['改了']}"
        alarms = counts["删而未改"]
        told.append(f"{line}；删去批注而文字未改 {alarms}，多半是误报。" if alarms else f"{line}。")
    return told


def as_json(read: list[tuple[str, tuple[Reply, ...]]], faults: list[tuple[str, str]]) -> str:
    rows = [
        {
            "path": name,
            "code": reply.code,
            "severity": str(reply.severity),
            "message": reply.message,
            "text": reply.words,
            "fate": reply.fate.name.lower(),
            "changed": reply.changed,
            "answers": [{"author": answer.author, "text": answer.text} for answer in reply.answers],
        }
        for name, replies in read
        for reply in replies
    ]
    told = [{"path": name, "message": fault} for name, fault in faults]
    content = {"format": FORMAT, "version": VERSION, "replies": rows, "faults": told}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
