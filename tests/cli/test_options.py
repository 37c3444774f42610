"""选项：modes, profile files, several processes, archives."""

from __future__ import annotations

import io
import json
import os
import signal
from pathlib import Path

import pytest

from tianping.cli import check
from tianping.cli.main import main
from tianping.cli.progress import Progress
from tianping.text import lint
from tianping.text.lint.report import FileReport

from .conftest import CLEAN, FAULTY

ONLY = ["--select", "DAT001,PUN012"]


@pytest.fixture
def files(here: Path) -> list[str]:
    for number in range(8):
        Path(f"{number}.txt").write_text(FAULTY if number % 3 == 0 else CLEAN, encoding="utf-8")
    return [f"{number}.txt" for number in range(8)]


class TestModesAndProfiles:
    def test_the_mode_reaches_the_rules_from_the_line_or_the_file_and_the_line_wins(
        self, files: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lint.rule_by_code("DAT001"), "modes", frozenset({lint.Mode.DRAFT}))
        only = ["check", "0.txt", "--quiet", "--select", "DAT001"]
        assert main(only) == 0
        assert main([*only, "--mode", "draft"]) == 1
        Path("方案.yaml").write_text("mode: draft\n", encoding="utf-8")
        assert main([*only, "--profile", "方案.yaml"]) == 1
        assert main([*only, "--profile", "方案.yaml", "--mode", "publish"]) == 0

    def test_a_profile_silences_with_a_reason_that_no_output_carries(
        self, files: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = "select: [DAT001, PUN012]\nnoqa:\n  - {code: DAT001, text: 6月31日, reason: 借条原文如此}\n"
        Path("方案.yaml").write_text(text, encoding="utf-8")
        assert main(["check", "0.txt", "--profile", "方案.yaml", "--format", "json"]) == 1
        printed = capsys.readouterr()
        assert [remark["code"] for remark in json.loads(printed.out)["remarks"]] == ["PUN012"]
        assert "免报 1 处" in printed.err
        assert "借条原文如此" not in printed.out + printed.err

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["--mode", "final"], "--mode 不能是“final”"),
            (["--profile", "没有.yaml"], "检查方案“没有.yaml”不存在"),
            (["--jobs", "两个"], "--jobs 不能是“两个”，应写一个整数"),
            (["--jobs", "-1"], "--jobs 不能是“-1”"),
            (["--engine", "ray"], "--engine ray 只用于归档检查"),
            (["--archive", "归档", "--write"], "归档检查不写批注副本"),
            (["--archive", "0.txt"], "是一个文件，请写一个目录"),
            (["--archive", "0.txt/归档"], "写不进去（路径里有一段不是目录）"),
            (["--mode", "final"], "可用 draft、issued、publish。"),
            (["--profile", "."], "检查方案“.”读不出来"),
        ],
    )
    def test_what_cannot_be_meant_is_2_and_one_sentence(
        self, files: list[str], words: list[str], told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", "0.txt", *words]) == 2
        printed = capsys.readouterr()
        assert told in printed.err
        assert (printed.out, printed.err.count("\n")) == ("", 1)

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("parameters:\n  findings.reply_days:\n    2026-13-01: {value: 7, basis: 本院规定}\n", "里有不存在的日期"),
            ("parameters:\n  findings.days:\n    2026-01-01: {value: 7, basis: 本院规定}\n", "“findings.days”不存在"),
        ],
    )
    def test_a_profile_that_cannot_be_meant_is_2_and_one_sentence(
        self, files: list[str], text: str, told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        Path("方案.yaml").write_text(text, encoding="utf-8")
        assert main(["check", "0.txt", "--profile", "方案.yaml"]) == 2
        printed = capsys.readouterr()
        assert told in printed.err
        assert (printed.out, printed.err.count("\n")) == ("", 1)


class TestSeveralProcesses:
    def test_the_same_bytes_in_the_same_order(self, files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", ".", "--format", "json", *ONLY]) == 1
        one = capsys.readouterr()
        assert main(["check", ".", "--format", "json", "--jobs", "2", *ONLY]) == 1
        assert capsys.readouterr() == one

    def test_a_file_that_kills_its_process_is_told_and_the_others_are_checked(
        self, files: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        report_of = check.report_of

        def deadly(task: check.Task) -> FileReport:
            if task.found.shown == "4.txt":
                os.kill(os.getpid(), signal.SIGKILL)
            return report_of(task)

        monkeypatch.setattr("tests.cli.test_options.check.report_of", deadly)
        monkeypatch.setattr(deadly, "__module__", check.__name__, raising=False)
        monkeypatch.setattr(deadly, "__qualname__", "report_of")
        assert main(["check", ".", "--jobs", "2", *ONLY]) == 2
        printed = capsys.readouterr()
        assert "“4.txt”检查时进程被系统终止" in printed.err
        assert "检查 7 份文书" in printed.err
        assert [line.split(":")[0] for line in printed.out.splitlines()] == ["0.txt"] * 2 + ["3.txt"] * 2 + [
            "6.txt"
        ] * 2


class TestAnArchive:
    def test_begun_and_gone_on_with(self, files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        Path("8.txt").write_bytes(b"")
        words = ["check", ".", "--archive", "归档", "--jobs", "2", *ONLY]
        assert main(words) == 2
        first = capsys.readouterr()
        assert first.out == ""
        assert "检查 8 份文书" in first.err
        assert "必改 3 处，多半要改 3 处；1 份未能检查，见 faults.jsonl" in first.err
        kept = {path: path.read_bytes() for path in Path("归档").rglob("*.jsonl")}
        assert main(words) == 2
        assert "1 个分片上次已经检查" in capsys.readouterr().err
        assert {path: path.read_bytes() for path in Path("归档").rglob("*.jsonl")} == kept
        assert main([*words, "--ignore", "PUN012"]) == 2
        assert "请另换一个 --archive 目录" in capsys.readouterr().err

    def test_a_broken_ledger_is_said_to_be_so(self, files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        Path("归档").mkdir()
        Path("归档/ledger.sqlite").write_text("这不是数据库" * 100, encoding="utf-8")
        assert main(["check", ".", "--archive", "归档", *ONLY]) == 2
        assert capsys.readouterr().err == "“归档”里的台账 ledger.sqlite 已损坏，不能接着用。请另换一个目录。\n"

    def test_nothing_checked_is_not_called_without_remarks(
        self, files: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", "没有", "--archive", "归档", *ONLY]) == 2
        assert capsys.readouterr().err == "一份也没有检查：1 份未能检查，见“归档”的 faults.jsonl。\n"


class TestProgress:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def test_on_a_terminal_one_line_rewritten_in_place(self) -> None:
        talk, now = self.Terminal(), [0.0]
        progress = Progress(talk, 3000, clock=lambda: now[0])
        progress.step()
        now[0] = 60.0
        progress.step(1499)
        progress.clear()
        told = talk.getvalue().split("\r")
        assert told[2] == "检查 1,500/3,000 份（50%），约余 1 分 0 秒\x1b[K"
        assert talk.getvalue().endswith("\r\x1b[K")

    @pytest.mark.parametrize(("terminal", "total"), [(False, 3000), (True, 19)])
    def test_nothing_where_nobody_could_read_it(self, terminal: bool, total: int) -> None:
        talk = self.Terminal() if terminal else io.StringIO()
        progress = Progress(talk, total)
        progress.step()
        progress.clear()
        assert talk.getvalue() == ""


class TestHelp:
    @pytest.mark.parametrize("verb", ["check", "watch", "replies", "rule"])
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_every_option_is_explained(self, verb: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
        import argparse
        from importlib import import_module

        from tianping.cli.main import VERBS

        parser = argparse.ArgumentParser()
        import_module(VERBS[verb]).add_options(parser)
        assert main([verb, "--help", "--lang", language]) == 0
        told = capsys.readouterr().out
        missing = [word for action in parser._actions for word in action.option_strings if f"{word} " not in told]
        assert [word for word in missing if word not in ("-h", "--help")] == []
        assert told.isascii() is (language == "en") or verb in ("watch", "check")


class TestTheProofreader:
    @pytest.fixture
    def voice(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Which preset each file was proofread with; empty where it was not."""
        asked: list[str] = []

        def noted(path: Path, shown: str, *, profile: lint.Profile, **more: object) -> FileReport:
            asked.append(profile.proofread)
            return FileReport(shown)

        monkeypatch.setattr(check, "check_file", noted)
        monkeypatch.setattr(check, "available", lambda: True)
        return asked

    @pytest.mark.parametrize(
        ("words", "presets"),
        [
            (["0.txt"], ["quiet"]),
            (["0.txt", "--preset", "normal"], ["normal"]),
            (["0.txt", "--select", "DAT"], [""]),
            (["0.txt", "1.txt"], ["", ""]),
            (["0.txt", "1.txt", "--proofread", "--preset", "thorough"], ["thorough", "thorough"]),
        ],
    )
    def test_one_file_by_default_several_only_when_asked(
        self, files: list[str], voice: list[str], words: list[str], presets: list[str]
    ) -> None:
        main(["check", *words])
        assert voice == presets

    def test_without_a_model_the_default_is_silent(
        self, files: list[str], voice: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(check, "available", lambda: False)
        assert main(["check", "0.txt", "--quiet"]) == 0
        assert voice == [""]
