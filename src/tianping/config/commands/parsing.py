"""命令行的参数：argparse speaking Chinese, in its help and in what it refuses. It needs no model to answer."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any, NoReturn

FAULTS = (
    (r"the following arguments are required: (.+)", "还缺 {}"),
    (r"unrecognized arguments: (.+)", "不认识 {}"),
    (r"argument (.+?): expected (?:one|at least one) argument", "{} 后面须写一个值"),
    (r"argument (.+?): ignored explicit argument (.+)", "{} 后面不能写 {}"),
    (r"argument (.+?): not allowed with argument (.+)", "{} 不能与 {} 同时写"),
    (r"ambiguous option: (.+?) could match (.+)", "{} 写得不全，可能是 {}"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", "{} 不能是 {}，可写 {}"),
    (r"argument (.+?): invalid int value: (.+)", "{} 应是整数，写的是 {}"),
    (r"argument (.+?): invalid float value: (.+)", "{} 应是数，写的是 {}"),
    (r"argument (.+?): invalid \S+ value: (.+)", "{} 写法不对，写的是 {}"),
    (r"argument (.+?): (.+)", "{}：{}"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """参数读取器：for each verb and, through ``add_subparsers``, for the verbs below it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "add_help": False, "formatter_class": _Formatter})
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """An option that takes a value says so as 「值」 unless it has a better word."""
        if str(names[0]).startswith("-") and options.get("action", "store") == "store" and "choices" not in options:
            options.setdefault("metavar", "值")
        return super().add_argument(*names, **options)

    def format_help(self) -> str:
        return re.sub(r"^(\S+):$", r"\1：", super().format_help(), flags=re.MULTILINE)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"未办成：{fault(message)}。各项写法见 {self.prog} --help。\n")


def fault(message: str) -> str:
    """差错的中文；what is said in Chinese already stays as it is."""
    for pattern, words in FAULTS:
        if found := re.fullmatch(pattern, message):
            return words.format(*found.groups()).replace("'", "").replace(", ", "、")
    return message


def cannot(why: Exception | str) -> int:
    """没法办：a sentence on stderr, exit 2."""
    print(f"未办成：{why}", file=sys.stderr)
    return 2


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} 不是日期，应写作 2026-01-05") from None
