"""期间命令：``tianping due --clock 民事判决 --from 2026-09-16`` prints the last day and what moved it."""

from __future__ import annotations

import argparse
from typing import TextIO

from tianping.cli.days import day_of, written
from tianping.cli.exits import Exit, UsageError
from tianping.cli.named import code_named
from tianping.law import NotYetInForce
from tianping.law.periods import Period, clocks, due
from tianping.text.lint.formats.text import width

HELP = {
    "zh": """\
用法：tianping due --clock 期间 --from 年-月-日

  计算法定期间的届满日，写明起算、顺延和依据
  --clock 期间         民事判决的上诉期、民事答辩期……，也可写代码 appeal-civil；--list 列出全部
  --from 年-月-日      送达、接到、立案之日，如 2026-09-16 或 2026年9月16日
  --list               列出全部期间
  --lang zh|en         本说明的语言，默认 zh
""",
    "en": """\
usage: tianping due --clock CLOCK --from YYYY-MM-DD

  the last day of a statutory period, with the day it starts from, what moved it, and the provisions
  --clock CLOCK        appeal-civil, appeal-criminal... or the Chinese term; --list names all
  --from YYYY-MM-DD    the day of service, of receipt or of docketing
  --list               all periods
  --lang zh|en         language of this help
""",
}
UNITS = {"day": "日", "month": "个月", "year": "年"}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clock", metavar="CLOCK")
    parser.add_argument("--from", dest="start", metavar="YYYY-MM-DD")
    parser.add_argument("--list", action="store_true")


def run(options: argparse.Namespace, out: TextIO, talk: TextIO) -> int:
    """Print the last day, or the clocks there are."""
    if options.list:
        wide = max(width(code) for code in clocks())
        for code, clock in clocks().items():
            out.write(f"{code}{' ' * (wide - width(code))}  {clock.term}（自{clock.starts}）\n")
        return Exit.CLEAN
    if not options.clock or not options.start:
        lacking = "、".join(o for o, v in (("--clock", options.clock), ("--from", options.start)) if not v)
        raise UsageError(f"缺少 {lacking}，如 --clock 民事判决 --from 2026-09-16。全部期间见 tianping due --list。")
    code = code_named(options.clock, {code: one.term for code, one in clocks().items()}, "--clock", "tianping due")
    try:
        period = due(code, day_of(options.start, "--from"))
    except NotYetInForce as error:
        raise UsageError(str(error)) from None
    except (OverflowError, ValueError):  # no calendar goes beyond the year 9999
        raise UsageError(f"--from 的日期“{options.start}”太晚，算不出届满日。请核对年份。") from None
    for line in _lines(period):
        out.write(line + "\n")
    return Exit.CLEAN


def _lines(period: Period) -> list[str]:
    limit = period.limit
    lines = [
        f"{period.clock.term}：{limit.value}{UNITS[limit.unit]}（{limit.basis}）"
        + (f"〔{limit.badge}〕" if limit.badge else ""),
        f"自 {written(period.start)}（{period.clock.starts}）起，当日不计入（{period.counting_basis}）",
    ]
    lines += [f"  {written(day)} {why}" for day, why in period.due.excluded if day != period.start]
    lines.append(f"届满 {written(period.day)}")
    return lines + [f"注意 {note}" for note in period.notes]
