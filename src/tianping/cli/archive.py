"""归档检查命令：``tianping check 目录 --archive 归档``; the work itself is in text/lint/archive."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import TextIO

from tianping.cli.exits import Exit, UsageError
from tianping.cli.files import files
from tianping.cli.progress import Progress
from tianping.law.fulltext import folder_of_user, full_text
from tianping.text.document.errors import reason_of
from tianping.text.lint import VERSION, Profile, Severity
from tianping.text.lint.archive import engines, plan
from tianping.text.lint.archive.ledger import LedgerBroken, LedgerBusy
from tianping.text.lint.archive.run import Done
from tianping.text.lint.archive.run import run as run_archive
from tianping.text.lint.archive.shard import Order


def run(options: argparse.Namespace, profile: Profile, on: date | None, jobs: int, talk: TextIO) -> int:
    archive = Path(options.archive)
    if archive.exists() and not archive.is_dir():
        raise UsageError(f"--archive “{options.archive}”是一个文件，请写一个目录。")
    if options.write or options.out is not None:
        raise UsageError("归档检查不写批注副本。请去掉 --write 和 --out，或去掉 --archive。")
    progress: list[Progress] = []
    try:
        done = run_archive(
            archive,
            partial(_names, options.paths, archive),
            Order(profile, on, Path.cwd(), folder_of_user().absolute()),
            partial(_engine, options.engine, jobs),
            asked=_asked(options.paths, profile, on),
            size=plan.FILES,
            expect=lambda number: progress.append(Progress(talk, number)),
            step=lambda number: progress[0].step(number),
        )
    except plan.PlanRefused as error:
        raise UsageError(str(error)) from None
    except LedgerBusy:
        raise UsageError(f"“{options.archive}”正在由另一个进程检查，或台账打不开。请等它结束，或换一个目录。") from None
    except LedgerBroken:
        raise UsageError(f"“{options.archive}”里的台账 ledger.sqlite 已损坏，不能接着用。请另换一个目录。") from None
    except OSError as error:
        raise UsageError(f"“{options.archive}”写不进去（{reason_of(error)}）。请核对目录、权限和磁盘。") from None
    finally:
        if progress:
            progress[0].clear()
    if not options.quiet:
        talk.write(summary(done, options.archive) + "\n")
    if done.faults or not done.tally.files:
        return Exit.FAILED
    return Exit.REMARKS if done.tally.remarks else Exit.CLEAN


def summary(done: Done, archive: str) -> str:
    tally = done.tally
    checked = sum(tally.documents.values())
    counts = "，".join(f"{level.label} {tally.levels[level]:,} 处" for level in Severity if tally.levels[level])
    if not checked and done.faults:
        return f"一份也没有检查：{done.faults:,} 份未能检查，见“{archive}”的 faults.jsonl。"
    told = f"检查 {checked:,} 份文书，{sum(tally.characters.values()):,} 字：{counts or '没有批注'}"
    if done.faults:
        told += f"；{done.faults:,} 份未能检查，见 faults.jsonl"
    if done.reused:
        told += f"；{done.reused:,} 个分片上次已经检查"
    return f"{told}。结果在“{archive}”的 remarks 目录，统计在 {done.statistics}。"


def _names(given: list[str], archive: Path) -> Iterator[str]:
    """The files, as they are named from here; our own results are nobody's judgment."""
    inside = archive.absolute()
    for found in files(given):
        if found.fault or not found.path.absolute().is_relative_to(inside):
            yield str(found.path)


def _engine(name: str, jobs: int) -> engines.Engine:
    if name == "local":
        return engines.Local(jobs)
    try:
        return engines.Cluster(jobs)
    except ImportError:
        raise UsageError("--engine ray 要先安装集群组件：pip install 'tianping[cluster]'。") from None


def _asked(paths: list[str], profile: Profile, on: date | None) -> str:
    """What this run checks and how, as the ledger keeps it to know the run again."""
    texts = full_text()
    asked = {
        "paths": paths,
        "profile": asdict(profile),
        "on": on,
        "engine": VERSION,
        "texts": texts.versions() if texts else (),
    }
    return json.dumps(asked, ensure_ascii=False, sort_keys=True, default=str)
