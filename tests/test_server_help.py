"""服务端命令的说明：Chinese throughout, in the help of each verb and in what is refused."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr, redirect_stdout

import pytest

from tianping.config.commands import main as server
from tianping.config.commands.parsing import fault

BELOW = {
    "account": ("add", "password", "appoint", "end", "transfer", "leave", "list"),
    "audit": ("verify", "head", "print", "protect"),
    "court": ("open", "divisions"),
}
SHOWN = [verb for verb in server.VERBS if verb not in server.HIDDEN]
HELPS = [(verb,) for verb in SHOWN] + [(verb, below) for verb, all_below in BELOW.items() for below in all_below]
ENGLISH = re.compile(r"\b(usage|options?|positional|arguments?|show|help message|exit|default)\b", re.IGNORECASE)
OURS = re.compile(r"tianping-server.*?(?=\n\n|\Z)|--?[a-z-]+|\{[a-z,]+\}", re.DOTALL)


def said(*words: str) -> tuple[int, str]:
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        try:
            code = server.main(list(words))
        except SystemExit as end:
            code = int(end.code or 0)
    return code, out.getvalue()


@pytest.mark.parametrize("words", HELPS, ids=" ".join)
def test_each_verb_explains_itself_in_chinese(words: tuple[str, ...]) -> None:
    code, text = said(*words, "--help")
    assert (code, text.startswith("用法：tianping-server")) == (0, True)
    assert "显示本说明" in text
    assert not ENGLISH.search(OURS.sub("", text)), text


def test_the_whole_lists_what_a_court_uses_and_nothing_of_django() -> None:
    code, text = said("--help")
    assert code == 0
    assert [verb for verb in SHOWN if not re.search(rf"^  {verb}\b", text, re.MULTILINE)] == []
    assert "dev" not in text and "Django" not in text
    assert not ENGLISH.search(OURS.sub("", text)), text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("fly",), "未办成：没有“fly”这个动作。可用的：migrate、"),
        (("court", "open", "--name", "某院"), "未办成：还缺 --code。"),
        (("worker", "--number", "x"), "未办成：--number 应是整数，写的是 x。"),
        (("worker", "--loud"), "未办成：不认识 --loud。"),
        (("worker", "--queue", "slow"), "未办成：--queue 不能是 slow，可写 default、batch。"),
        (("audit", "print", "--day", "昨天"), "未办成：--day：昨天 不是日期，应写作 2026-01-05。"),
        (("backup", "a.tar", "--out"), "未办成：不认识 --out。"),
        (("account", "end"), "未办成：还缺 --staff-no、--role、--organisation。"),
        (("run", "--bind", "内网"), "未办成：--bind 写的是“内网”，应为 地址:端口"),
    ],
)
def test_what_is_refused_says_why_and_where_to_look(words: tuple[str, ...], sentence: str) -> None:
    code, text = said(*words)
    assert (code, sentence in text) == (2, True), text


def test_what_is_said_in_chinese_already_stays() -> None:
    assert fault("--interval 应大于 0") == "--interval 应大于 0"
