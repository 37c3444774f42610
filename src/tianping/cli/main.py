"""入口：reads the command line and hands over. Each command is a module, imported only when it is called.

A verb is one line of VERBS. Its module has ``HELP`` (by language), ``add_options(parser)`` and
``run(options, out, talk) -> int``.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import pairwise
from typing import NoReturn, Protocol, TextIO

from tianping.cli import words
from tianping.cli.exits import Exit, UsageError

VERBS = {
    "check": "tianping.cli.check",
    "watch": "tianping.cli.watch",
    "replies": "tianping.cli.replies",
    "rule": "tianping.cli.rule",
    "cite": "tianping.cli.cite",
    "fee": "tianping.cli.fee",
    "due": "tianping.cli.due",
    "law": "tianping.cli.law",
    "proofread": "tianping.cli.proofread",
}
"""命令。The lines of ``tianping --help`` stand in words.py."""


class Verb(Protocol):
    """命令模块。"""

    HELP: Mapping[str, str]

    def add_options(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, options: argparse.Namespace, out: TextIO, talk: TextIO) -> int: ...


class _Parser(argparse.ArgumentParser):
    """Errors as one Chinese sentence; no usage dump, no exit from inside."""

    def reject_unknown(self, given: Sequence[str]) -> None:
        """A mistyped option is named before argparse complains of whatever else is missing."""
        known = self._option_string_actions
        for word in given:
            if word == "--":
                return
            if word.startswith("--") and word.partition("=")[0] not in known:
                raise UsageError(f"没有 {word.partition('=')[0]} 这个选项。用法见 {self.prog} --help。")

    def error(self, message: str) -> NoReturn:
        raise UsageError(words.complaint(message))


def main(arguments: Sequence[str] | None = None) -> int:
    """``tianping`` on the command line; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _settle(sys.stdout)
    _settle(sys.stderr)
    try:
        code = _run(given)
        sys.stdout.flush()
    except UsageError as error:
        print(error, file=sys.stderr)
        return Exit.FAILED
    except KeyboardInterrupt:
        print("已中断，未检查完。", file=sys.stderr)
        return Exit.FAILED
    except BrokenPipeError:
        # The reader of our output left (head, less); nothing more can be said to it, nor at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FAILED
    return code


def _run(given: list[str]) -> int:
    name, rest = _verb_of(given)
    language = "en" if _english(given) else "zh"
    asks_help = "--help" in given or "-h" in given
    if name is None and ("--version" in given) and not asks_help:
        from tianping import __version__

        print(f"tianping {__version__}")
        return Exit.CLEAN
    if name is None:
        if given and not asks_help:
            parser = _Parser(prog="tianping", add_help=False, allow_abbrev=False)
            parser.add_argument("--lang", choices=words.LANGUAGES)
            parser.parse_args(given)
            raise UsageError(f"没有写命令，可用 {'、'.join(VERBS)}。用法见 tianping --help。")
        print(words.HELP[language], end="")
        return Exit.CLEAN if given else Exit.FAILED
    if name not in VERBS:
        raise UsageError(f"没有“{name}”这个命令，可用 {'、'.join(VERBS)}。用法见 tianping --help。")
    verb: Verb = import_module(VERBS[name])
    if asks_help:
        print(verb.HELP[language], end="")
        return Exit.CLEAN
    parser = _Parser(prog=f"tianping {name}", add_help=False, allow_abbrev=False)
    parser.add_argument("--lang", choices=words.LANGUAGES, default="zh")
    verb.add_options(parser)
    parser.reject_unknown(rest)
    return verb.run(parser.parse_args(rest), sys.stdout, sys.stderr)


def _verb_of(given: Sequence[str]) -> tuple[str | None, list[str]]:
    """The command and what is said to it; ``--lang`` may stand before it as well."""
    at = 0
    while at < len(given) and given[at].startswith("-"):
        at += 2 if given[at] == "--lang" else 1
    if at >= len(given):
        return None, []
    return given[at], [*given[:at], *given[at + 1 :]]


def _english(given: Sequence[str]) -> bool:
    return "--lang=en" in given or any(pair == ("--lang", "en") for pair in pairwise(given))


def _settle(stream: TextIO) -> None:
    """Files and pipes get the same bytes everywhere; a terminal keeps its own encoding."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    if stream.isatty():
        reconfigure(errors="replace")
    else:
        reconfigure(encoding="utf-8", errors="replace", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
