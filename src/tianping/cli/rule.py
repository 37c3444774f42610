"""规则命令：``tianping rule`` lists the rules, ``tianping rule LAW002`` prints the page of one."""

from __future__ import annotations

import argparse
from typing import TextIO

from tianping.cli.exits import Exit, UsageError
from tianping.text.lint import Rule, UnknownRule, all_rules, rule_by_code
from tianping.text.lint.formats.text import width
from tianping.text.lint.page import markdown, page_of

HELP = {
    "zh": """\
用法：tianping rule [代码]

  代码          规则编码或名称，如 LAW002、repealed-statute；不写则列出全部规则
  --lang zh|en  语言，默认 zh
""",
    "en": """\
usage: tianping rule [CODE]

  CODE          code or name of a rule, such as LAW002 or repealed-statute; without it, the list of rules
  --lang zh|en  language, zh by default
""",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", metavar="代码")


def run(options: argparse.Namespace, out: TextIO, talk: TextIO) -> int:
    """Print a page, or the list."""
    english = options.lang == "en"
    if options.code:
        try:
            out.write(markdown(rule_by_code(options.code)))
        except UnknownRule as error:
            raise UsageError(str(error)) from None
        return Exit.CLEAN
    rows = [_row(rule, english) for rule in all_rules()]
    wide = [max(width(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [cell + " " * (size - width(cell)) for cell, size in zip(row, wide, strict=False)]
        out.write("  ".join([*cells, row[3]]) + "\n")
    return Exit.CLEAN


def _row(rule: Rule, english: bool) -> tuple[str, str, str, str]:
    if english:
        return rule.code, rule.severity.name.lower(), rule.status.name.lower(), rule.name
    return rule.code, rule.severity.label, str(rule.status), page_of(rule).title
