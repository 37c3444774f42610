"""选项：those that several commands share, and what they come to — the profile and the day."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from tianping.cli import days
from tianping.cli.exits import UsageError
from tianping.text.lint import Mode, Profile, UnknownRule
from tianping.text.lint.proofreading import PRESETS

MODES = tuple(str(mode) for mode in Mode)

RULES_HELP = {
    "zh": """\
  --select 代码,…          只用这些规则；可写开头，如 LAW
  --ignore 代码,…          不用这些规则；与 --select 冲突时以此为准
  --mode 方式              draft 起草稿；issued 已签发（默认）；publish 拟公开
  --profile 文件           检查方案（YAML）：select、ignore、mode、noqa（免报，写明理由）、parameters（本院的值）；
                           命令行写了的，以命令行为准
  --proofread              另加校对：疑似别字、多字、漏字、语序颠倒，级别“提示”（CHR018、GRM005）；只查一份时默认有
  --preset quiet|normal|thorough  校对的档位：只报最有把握的（默认）、一般、把握小的也报
  --on 年-月-日            文书没有落款日期时，按这一天的法律检查
""",
    "en": """\
  --select CODES           only these rules, comma separated; a beginning such as LAW will do
  --ignore CODES           without these rules; wins over --select
  --mode MODE              draft, issued (default), publish
  --profile FILE           YAML: select, ignore, mode, noqa (with reasons), parameters (the court's own numbers);
                           what the command line says wins
  --proofread              the proofreader as well, at level info: wrong, extra, missing characters (CHR018, GRM005);
                           by default where one file is checked
  --preset quiet|normal|thorough  how sure the proofreader must be, quiet by default
  --on YYYY-MM-DD          the day whose law applies where a document bears no date
""",
}


def add_rule_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--select", action="append", default=[], metavar="代码")
    parser.add_argument("--ignore", action="append", default=[], metavar="代码")
    parser.add_argument("--mode", choices=MODES)
    parser.add_argument("--profile", metavar="文件")
    parser.add_argument("--proofread", action="store_true")
    parser.add_argument("--preset", choices=tuple(PRESETS), default="quiet")
    parser.add_argument("--on", metavar="年-月-日")


def profile_of(options: argparse.Namespace) -> Profile:
    """检查方案：the file, and over it the command line."""
    profile = _profile_file(Path(options.profile)) if options.profile else Profile()
    if select := _codes(options.select):
        profile = replace(profile, select=select)
    if ignore := _codes(options.ignore):
        profile = replace(profile, ignore=(*profile.ignore, *ignore))
    if options.mode:
        profile = replace(profile, mode=Mode(options.mode))
    try:
        profile.rules()
    except UnknownRule as error:
        raise UsageError(str(error)) from None
    return replace(profile, proofread=options.preset) if options.proofread else profile


def proofreading_fault(options: argparse.Namespace) -> str | None:
    """Why the proofreading that was asked for cannot be done; the other rules go on."""
    if not options.proofread:
        return None
    from tianping.text.proofread.in_document import fault

    return fault()


def _profile_file(path: Path) -> Profile:
    from tianping.text.lint.profile_file import MalformedProfile, profile_file

    try:
        return profile_file(path)
    except MalformedProfile as error:
        raise UsageError(str(error)) from None


def _codes(given: list[str]) -> tuple[str, ...]:
    codes = [code.strip().upper() for value in given for code in value.replace("，", ",").split(",")]
    return tuple(code for code in codes if code)


def day_of(given: str | None) -> date | None:
    return days.day_of(given, "--on") if given is not None else None
