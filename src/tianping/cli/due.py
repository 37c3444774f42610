"""期间命令：``tianping due --clock appeal-civil --from 2026-09-16`` prints the last day and what moved it."""

from __future__ import annotations

import argparse
from typing import TextIO

from tianping.cli.days import day_of
from tianping.cli.exits import Exit, UsageError
from tianping.law import NotYetInForce
from tianping.law.periods import Period, UnknownClock, clocks, due
from tianping.text.lint.formats.text import width

HELP = {
    "zh": """\
用法：tianping due --clock 期间 --from 年-月-日

  计算法定期间的届满日，写明起算、顺延和依据
  --clock 期间         appeal-civil 民事判决上诉，appeal-criminal 刑事判决上诉……；--list 列出全部
  --from 年-月-日      送达、接到、立案之日
  --list               列出全部期间
  --lang zh|en         本说明的语言，默认 zh
""",
    "en": """\
usage: tianping due --clock CLOCK --from YYYY-MM-DD

  the last day of a statutory period, with the day it starts from, what moved it, and the provisions
  --clock CLOCK        appeal-civil, appeal-criminal...; --list names all
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
        raise UsageError("缺少 --clock 或 --from。可用期间见 tianping due --list。")
    try:
        period = due(options.clock, day_of(options.start, "--from"))
    except (UnknownClock, NotYetInForce) as error:
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
        f"自 {period.start.isoformat()}（{period.clock.starts}）起，当日不计入（{period.counting_basis}）",
    ]
    lines += [f"  {day.isoformat()} {why}" for day, why in period.due.excluded if day != period.start]
    lines.append(f"届满 {period.day.isoformat()}")
    return lines + [f"注意 {note}" for note in period.notes]
