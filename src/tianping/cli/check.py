"""检查命令：``tianping check``. Keeps nothing unless asked to: a judge's own check of a draft leaves no trace."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TextIO

from tianping.cli import choices
from tianping.cli.exits import Exit, UsageError
from tianping.cli.files import Found, files, shown
from tianping.cli.progress import Progress
from tianping.law import library
from tianping.text.lint import VERSION, Profile, Severity
from tianping.text.lint.file import check_file, copy_of
from tianping.text.lint.proofreading import available
from tianping.text.lint.report import FileReport

HELP = {
    "zh": f"""\
用法：tianping check 文件|目录… [选项]

查什么
{choices.RULES_HELP["zh"]}
结果
  --format text|json|sarif 输出格式，默认 text；json、sarif 见 docs/formats
  --write                  把批注写进 Word 副本：判决书.docx 旁边生成 判决书.批注.docx，原件不动
  --out 路径               副本写到这里（一份文书写文件名，几份写目录），不写在原件旁边
  --quiet                  不输出汇总和说明；没能检查的仍逐个说明
  --lang zh|en             级别和规则名称的语言，默认 zh

大批文书
  --jobs 数                同时用几个进程，默认 1；0 为本机全部核心
  --archive 目录           归档检查：结果、台账、统计写入该目录；中断后再运行同一命令，接着查未完成的
  --engine local|ray       归档检查在本机（默认）还是 Ray 集群上进行

退出码  0 没有批注   1 有批注   2 有文件没能检查，或参数写错
""",
    "en": f"""\
usage: tianping check FILE|DIR... [OPTIONS]

what is checked
{choices.RULES_HELP["en"]}
results
  --format text|json|sarif text by default; json and sarif are described in docs/formats
  --write                  write the remarks into a Word copy beside the file: 判决书.批注.docx
  --out PATH               where the copy goes (a file for one document, a folder for several)
  --quiet                  no summary, no notes; faults are still told
  --lang zh|en             language of levels and rule names

large archives
  --jobs N                 processes at once, 1 by default; 0 for all cores
  --archive DIR            results, ledger and statistics go to DIR; the same command again goes on where it stopped
  --engine local|ray       run the archive on this machine (default) or on a Ray cluster

exit codes  0 nothing to say   1 remarks   2 could not check
""",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="文件|目录")
    choices.add_rule_options(parser)
    parser.add_argument("--format", choices=("text", "json", "sarif"), default="text")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--out", metavar="路径")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--jobs", type=int, default=1, metavar="数")
    parser.add_argument("--archive", metavar="目录")
    parser.add_argument("--engine", choices=("local", "ray"), default="local")


@dataclass(frozen=True, slots=True)
class Task:
    """一份文件的任务：all that another process needs to check a file."""

    found: Found
    profile: Profile
    on: date | None
    copy: Path | None = None


def run(options: argparse.Namespace, out: TextIO, talk: TextIO) -> int:
    """Check every file, print what was found, return the exit code."""
    profile, on, jobs = (
        _with_proofreader(options, choices.profile_of(options)),
        choices.day_of(options.on),
        _jobs(options.jobs),
    )
    if options.archive is not None:
        from tianping.cli.archive import run as archive

        return archive(options, profile, on, jobs, talk)
    if options.engine != "local":
        raise UsageError("--engine ray 只用于归档检查，请同时写 --archive 目录。")
    found = files(options.paths)
    tasks = [Task(item, profile, on, copy) for item, copy in zip(found, _copies(found, options), strict=True)]
    if fault := choices.proofreading_fault(options):
        talk.write(fault + "\n")
    progress = Progress(talk, len(tasks))
    seen: list[FileReport] = []
    reports = _told(_reports(tasks, jobs), seen, progress, talk, options.quiet)
    _print(reports, options, out)
    progress.clear()
    out.flush()
    if not options.quiet:
        talk.write(summary(seen, english=options.lang == "en") + "\n")
    if any(report.fault or report.unwritten for report in seen):
        return Exit.FAILED
    return Exit.REMARKS if any(report.remarks for report in seen) else Exit.CLEAN


def report_of(task: Task) -> FileReport:
    """One file, read and checked; a fault is a sentence, never a trace."""
    found = task.found
    if found.fault:
        return FileReport(found.shown, fault=found.fault)
    return check_file(found.path, found.shown, law=library().on(task.on), profile=task.profile, copy=task.copy)


def _reports(tasks: list[Task], jobs: int) -> Iterable[FileReport]:
    if jobs == 1:
        return map(report_of, tasks)
    from tianping.cli.pool import ordered  # here: a single process needs nothing of it

    return ordered(report_of, tasks, jobs=jobs, broken=_broken, size=_size)


def _size(task: Task) -> int:
    try:
        return task.found.path.stat().st_size
    except OSError:  # the check itself tells what is wrong with it
        return 0


def _broken(task: Task) -> FileReport:
    told = f"“{task.found.shown}”检查时进程被系统终止（多半是内存不足），未能检查。请拆分后再试。"
    return FileReport(task.found.shown, fault=told)


def summary(reports: Iterable[FileReport], *, english: bool = False) -> str:
    """汇总：how many files, how many remarks of each level, how many could not be checked."""
    reports = list(reports)
    failed = sum(report.fault is not None for report in reports)
    levels = Counter(remark.severity for report in reports for remark in report.remarks)
    clean = sum(report.fault is None and not report.remarks for report in reports)
    silenced = sum(report.silenced for report in reports)
    written = sum(report.written is not None for report in reports)
    if english:
        counts = ", ".join(f"{levels[level]} {level.name.lower()}" for level in Severity if levels[level])
        if failed and failed == len(reports):
            return f"none checked; {failed} could not be checked."
        told = f"{len(reports) - failed} checked: {counts or 'no remarks'}; {clean} without remarks"
        told += f"; {silenced} silenced" if silenced else ""
        told += f"; {written} copies written" if written else ""
        return f"{told}; {failed} could not be checked." if failed else f"{told}."
    counts = "，".join(f"{level.label} {levels[level]} 处" for level in Severity if levels[level])
    if failed and failed == len(reports):
        return f"一份也没有检查：{failed} 份未能检查。"
    told = f"检查 {len(reports) - failed} 份文书：{counts or '没有批注'}"
    if counts:
        told += f"；{clean} 份没有批注"
    told += f"；免报 {silenced} 处" if silenced else ""
    told += f"；写出批注副本 {written} 份" if written else ""
    return f"{told}；{failed} 份未能检查。" if failed else f"{told}。"


def _print(reports: Iterator[FileReport], options: argparse.Namespace, out: TextIO) -> None:
    """One file per format in text/lint/formats, loaded only when it is asked for."""
    if options.format == "json":
        from tianping.text.lint.formats import json

        out.write(json.document(reports, engine=VERSION))
    elif options.format == "sarif":
        from tianping.text.lint.formats import sarif

        out.write(sarif.render(reports, engine=VERSION))
    else:
        from tianping.text.lint.formats import text

        for report in reports:
            for line in text.lines(report, colour=out.isatty(), english=options.lang == "en"):
                out.write(line + "\n")


def _told(
    reports: Iterable[FileReport], seen: list[FileReport], progress: Progress, talk: TextIO, quiet: bool
) -> Iterator[FileReport]:
    """Faults and notes go to stderr as they come; a fault is told even when quiet."""
    for report in reports:
        seen.append(report)
        lines = [line for line in (report.fault, report.unwritten) if line]
        if not quiet and not report.fault:
            if not report.is_judgment:
                lines.append(f"“{report.path}”没有裁判文书的首部和主文，只按通用规则检查。")
            lines += [f"“{report.path}”{issue}" for issue in report.issues]
            if report.unplaced:
                lines.append(f"“{report.path}”有 {report.unplaced} 处批注在副本里找不到可以附着的文字，只列在这里。")
        if lines or report.remarks:
            progress.clear()
        for line in lines:
            talk.write(line + "\n")
        progress.step()
        yield report


def _copies(found: list[Found], options: argparse.Namespace) -> list[Path | None]:
    """批注副本写到哪里：beside each file, or below ``--out`` as the files lie below what was given."""
    if options.out is None:
        return [copy_of(item.path) if options.write and not item.fault else None for item in found]
    out = Path(options.out)
    if len(found) == 1 and not Path(options.paths[0]).is_dir() and out.suffix.lower() == ".docx":
        if out.absolute() == found[0].path.absolute():
            raise UsageError("--out 不能写成原件本身，原件不动。请另写一个文件名。")
        if not out.absolute().parent.is_dir():
            raise UsageError(f"--out 的目录“{shown(out.parent)}”不存在，请先建好。")
        return [out]
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out “{shown(out)}”是一个文件；几份文书请写一个目录。")
    bases = [path if path.is_dir() else path.parent for path in map(Path, options.paths)]
    copies: list[Path | None] = []
    for item in found:
        base = next((base for base in bases if item.path.is_relative_to(base)), item.path.parent)
        copy = out / copy_of(item.path).relative_to(base)
        if not item.fault:
            copy.parent.mkdir(parents=True, exist_ok=True)
        copies.append(None if item.fault else copy)
    return copies


def _with_proofreader(options: argparse.Namespace, profile: Profile) -> Profile:
    """校对：by default for one file; a folder would wait too long for it unless it was asked for."""
    one = len(options.paths) == 1 and not Path(options.paths[0]).is_dir() and options.archive is None
    unasked = one and not profile.select  # --select means these rules and no others
    return replace(profile, proofread=options.preset) if unasked and available() else profile


def _jobs(given: int) -> int:
    if given < 0:
        raise UsageError(f"--jobs 不能是“{given}”，应写 0 或更大的整数。")
    return given or os.cpu_count() or 1
