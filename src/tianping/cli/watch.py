"""值守命令：``tianping watch 目录`` — drop 判决书.docx in, 判决书.批注.docx appears beside it. Nothing else is kept.

The folder is looked at again and again: no system service is needed, and a shared folder works like any other. A file
is read once it has stood still for a look, so that one still being copied is left alone; what cannot be read is told
once and tried again when it changes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TextIO

from tianping.cli import choices
from tianping.cli.exits import Exit, UsageError
from tianping.cli.files import judgment_files, shown
from tianping.law import library
from tianping.text.lint import Profile
from tianping.text.lint.file import check_file, copy_of, is_copy
from tianping.text.lint.report import FileReport

HELP = {
    "zh": f"""\
用法：tianping watch 目录 [选项]

  放入 判决书.docx，旁边出现 判决书.批注.docx；原件改了，副本重写。除副本外什么也不留。按 Ctrl-C 结束。

{choices.RULES_HELP["zh"]}\
  --every 秒               隔几秒看一次目录，默认 1
  --quiet                  不逐份说明
""",
    "en": f"""\
usage: tianping watch DIR [OPTIONS]

  Drop 判决书.docx in and 判决书.批注.docx appears beside it; it is written anew when the original changes. Nothing else
  is kept. Ctrl-C ends it.

{choices.RULES_HELP["en"]}\
  --every SECONDS          how often the folder is looked at, 1 by default
  --quiet                  say nothing of single files
""",
}
Mark = tuple[int, int]  # size and time of change


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="目录")
    choices.add_rule_options(parser)
    parser.add_argument("--every", type=float, default=1.0, metavar="秒")
    parser.add_argument("--quiet", action="store_true")


def run(options: argparse.Namespace, out: TextIO, talk: TextIO) -> int:
    """Watch until Ctrl-C, which is the way to end it and no failure."""
    folder = Path(options.folder)
    if not folder.is_dir():
        raise UsageError(f"“{shown(folder)}”不是目录，请核对路径。")
    if not 0.05 <= options.every <= 3600:
        raise UsageError("--every 应在 0.05 至 3600 秒之间。")
    profile, on = choices.profile_of(options), choices.day_of(options.on)
    if not options.quiet:
        talk.write(f"在看“{shown(folder)}”：放入文书，旁边出现 .批注.docx 副本。按 Ctrl-C 结束。\n")
        talk.flush()
    try:
        for report in watched(folder, profile, on, pause=lambda: time.sleep(options.every)):
            if report.fault or report.unwritten or not options.quiet:
                talk.write(_line(report) + "\n")
                talk.flush()
    except KeyboardInterrupt:
        if not options.quiet:
            talk.write("已结束。\n")
    return Exit.CLEAN


def watched(folder: Path, profile: Profile, on: date | None, *, pause: Callable[[], None]) -> Iterator[FileReport]:
    """Each file as it is checked, for ever. A copy newer than its original, from before we began, is taken as good."""
    done: dict[Path, Mark] = {}
    told: dict[Path, Mark] = {}
    before: dict[Path, Mark] = {}
    law = library().on(on)
    while True:
        now = {path: mark for path in judgment_files(folder) if not is_copy(path) and (mark := _mark(path))}
        done = {path: mark for path, mark in done.items() if now.get(path) == mark}
        for path, mark in now.items():
            if path in done or before.get(path) != mark:
                continue
            if path not in told and _is_fresh(path):
                done[path] = mark
                continue
            report = check_file(path, shown(path), law=law, profile=profile, copy=copy_of(path))
            if _mark(path) != mark:  # it changed under our hands: what was read may be half of it
                continue
            if report.unwritten is None:
                done[path] = mark
            if told.get(path) != mark:  # a copy that is open in Word is tried again at every look, and told once
                told[path] = mark
                yield report
        before = now
        pause()


def _mark(path: Path) -> Mark | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _is_fresh(path: Path) -> bool:
    copy = _mark(copy_of(path))
    own = _mark(path)
    return copy is not None and own is not None and copy[1] >= own[1]


def _line(report: FileReport) -> str:
    if report.fault:
        return report.fault
    if report.unwritten:
        return report.unwritten
    counted = f"批注 {len(report.remarks)} 处" if report.remarks else "没有批注"
    if report.unplaced:
        counted += f"（{report.unplaced} 处在副本里找不到可以附着的文字）"
    return f"“{report.path}”{counted}，已写出副本。"
