"""tianping check：exit codes, streams and bytes that scripts rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import CLEAN, FAULTY
from tianping.text.document import Document, read


def tianping(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Of two rules unless the test names some, so that a new rule changes nothing here."""
    two = ["--select", "DAT001,PUN012"] if arguments[0] == "check" and "--select" not in arguments else []
    command = [sys.executable, "-m", "tianping.cli.main", *arguments, *two]
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False, timeout=60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "甲.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "乙.txt").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 not a document")
    (tmp_path / "~$甲.docx").write_bytes(b"lock")
    (tmp_path / "案卷").mkdir()
    (tmp_path / "案卷" / "丙.txt").write_bytes(FAULTY.encode("gb18030"))
    return tmp_path


class TestExitCodes:
    def test_0_nothing_to_say(self, folder: Path) -> None:
        done = tianping("check", "甲.txt", cwd=folder)
        assert (done.returncode, done.stdout) == (0, b"")

    def test_1_remarks(self, folder: Path) -> None:
        assert tianping("check", "乙.txt", cwd=folder).returncode == 1

    def test_2_could_not_check_in_one_sentence_without_a_trace(self, folder: Path) -> None:
        done = tianping("check", "坏.docx", "--quiet", cwd=folder)
        assert (done.returncode, done.stdout) == (2, b"")
        told = done.stderr.decode()
        assert told.count("\n") == 1
        assert "坏.docx" in told
        assert "Traceback" not in told

    def test_2_wins_over_1_and_the_other_files_are_still_checked(self, folder: Path) -> None:
        done = tianping("check", ".", cwd=folder)
        assert done.returncode == 2
        assert "乙.txt:7:" in done.stdout.decode()
        assert "1 份未能检查" in done.stderr.decode()

    def test_an_empty_folder_could_not_be_checked(self, folder: Path) -> None:
        (folder / "空").mkdir()
        done = tianping("check", "空", cwd=folder)
        assert done.returncode == 2
        assert "没有能检查的文件" in done.stderr.decode()

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (["chek"], "没有“chek”这个命令"),
            (["check"], "缺少 文件|目录"),
            (["check", "甲.txt", "--format", "xml"], "--format 不能是“xml”"),
            (["check", "甲.txt", "--select", "XYZ"], "没有编码为 XYZ 的规则"),
            (["check", "甲.txt", "--on", "2024-13-02"], "--on 的日期“2024-13-02”不存在"),
            (["check", "甲.txt", "--on"], "--on 后面缺一个值"),
            (["check", "--fast"], "没有 --fast 这个选项"),
            (["check", "甲.txt", "--fast"], "没有 --fast 这个选项"),
            (["check", "没有.txt"], "没有.txt”不存在"),
            (["rule", "ABC999"], "没有编码为 ABC999 的规则"),
        ],
    )
    def test_a_wrong_argument_is_2_and_one_chinese_sentence(
        self, folder: Path, arguments: list[str], sentence: str
    ) -> None:
        done = tianping(*arguments, cwd=folder)
        assert (done.returncode, done.stdout) == (2, b"")
        assert sentence in done.stderr.decode()
        assert "Traceback" not in done.stderr.decode()


class TestAFaultOfOurs:
    def test_it_is_one_sentence_about_that_file_and_the_others_are_checked(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from tianping.cli.main import main
        from tianping.text.lint import file

        def broken(path: Path) -> Document:
            if path.name == "甲.txt":
                raise KeyError("a mistake in our code")
            return read(path)

        monkeypatch.setattr(file, "read", broken)
        monkeypatch.chdir(folder)
        assert main(["check", "甲.txt", "乙.txt", "--quiet"]) == 2
        printed = capsys.readouterr()
        assert printed.err.startswith("“甲.txt”检查时程序出错（KeyError）")
        assert printed.err.count("\n") == 1
        assert "乙.txt:12:1" in printed.out


class TestTextOutput:
    def test_one_remark_per_line_with_file_paragraph_column_code_level(self, folder: Path) -> None:
        lines = tianping("check", "乙.txt", cwd=folder).stdout.decode().splitlines()
        assert lines == [
            "乙.txt:7:30  DAT001  必改      “2024年6月31日”不存在，请核对日期。",
            "乙.txt:12:1  PUN012  多半要改  落款日期“二0二四年九月二十日”中的“0”应写作“〇”。"
            "（《人民法院民事裁判文书制作规范》）",
        ]

    def test_results_and_talk_never_mix(self, folder: Path) -> None:
        done = tianping("check", "乙.txt", cwd=folder)
        assert done.stderr.decode() == "检查 1 份文书：必改 1 处，多半要改 1 处；0 份没有批注。\n"

    def test_quiet_says_only_the_results(self, folder: Path) -> None:
        assert tianping("check", "乙.txt", "--quiet", cwd=folder).stderr == b""

    def test_no_colour_in_a_pipe(self, folder: Path) -> None:
        assert b"\x1b" not in tianping("check", ".", cwd=folder).stdout

    def test_levels_and_names_in_english(self, folder: Path) -> None:
        told = tianping("check", "乙.txt", "--lang", "en", cwd=folder).stdout.decode()
        assert "error" in told
        assert "[day-that-does-not-exist]" in told

    def test_select_and_ignore(self, folder: Path) -> None:
        assert tianping("check", "乙.txt", "--select", "PUN,NUM", cwd=folder).stdout.count(b"\n") == 1
        assert tianping("check", "乙.txt", "--ignore", "PUN012", "--ignore", "DAT", cwd=folder).returncode == 0


class TestSameInputSameBytes:
    @pytest.mark.parametrize("form", ["text", "json"])
    def test_twice_the_same(self, folder: Path, form: str) -> None:
        first = tianping("check", ".", "--format", form, cwd=folder)
        assert first.stdout == tianping("check", ".", "--format", form, cwd=folder).stdout
        assert str(folder).encode() not in first.stdout

    def test_an_absolute_path_below_here_is_shown_relative(self, folder: Path) -> None:
        absolute = tianping("check", str(folder / "乙.txt"), cwd=folder).stdout
        assert absolute == tianping("check", "乙.txt", cwd=folder).stdout

    def test_a_file_meant_twice_is_checked_once(self, folder: Path) -> None:
        assert tianping("check", "乙.txt", ".", "乙.txt", cwd=folder).stdout.count("乙.txt:12:1".encode()) == 1

    def test_another_encoding_of_the_same_text_gives_the_same_remarks(self, folder: Path) -> None:
        gb18030 = tianping("check", "案卷/丙.txt", cwd=folder).stdout.decode()
        assert gb18030.replace("案卷/丙.txt", "乙.txt") == tianping("check", "乙.txt", cwd=folder).stdout.decode()


class TestJsonOutput:
    def test_the_fields_other_programs_rely_on(self, folder: Path) -> None:
        content = json.loads(tianping("check", ".", "--format", "json", cwd=folder).stdout)
        assert (content["format"], content["version"]) == ("tianping.check", 1)
        assert [file["path"] for file in content["files"]] == ["乙.txt", "案卷/丙.txt", "甲.txt"]
        assert [fault["path"] for fault in content["faults"]] == ["坏.docx"]
        fields = "code name severity message path paragraph start end text suggestion basis"
        for remark in content["remarks"]:
            assert list(remark) == fields.split()

    def test_offsets_are_characters_of_the_paragraph(self, folder: Path) -> None:
        content = json.loads(tianping("check", "乙.txt", "--format", "json", cwd=folder).stdout)
        paragraphs = FAULTY.splitlines()
        for remark in content["remarks"]:
            assert paragraphs[remark["paragraph"]][remark["start"] : remark["end"]] == remark["text"]

    def test_the_documented_example_has_this_form(self, folder: Path) -> None:
        example = Path(__file__).parents[2] / "docs" / "formats" / "check.json"
        documented = json.loads(example.read_text(encoding="utf-8"))
        produced = json.loads(tianping("check", ".", "--format", "json", cwd=folder).stdout)
        assert list(documented) == list(produced)
        assert documented["version"] == produced["version"]
        assert list(documented["remarks"][0]) == list(produced["remarks"][0])
        assert list(documented["files"][0]) == list(produced["files"][0])


class TestTalk:
    def test_a_text_that_is_no_judgment_is_said_to_be_none(self, folder: Path) -> None:
        (folder / "信.txt").write_text("来信收悉，谢谢。", encoding="utf-8")
        done = tianping("check", "信.txt", cwd=folder)
        assert done.returncode == 0
        assert "只按通用规则检查" in done.stderr.decode()

    def test_help_in_both_languages(self, folder: Path) -> None:
        assert tianping("--help", cwd=folder).stdout.decode().startswith("用法")
        assert tianping("check", "--help", "--lang", "en", cwd=folder).stdout.startswith(b"usage")

    def test_version(self, folder: Path) -> None:
        from tianping import __version__

        assert tianping("--version", cwd=folder).stdout.decode() == f"tianping {__version__}\n"

    def test_the_page_of_a_rule_and_the_list(self, folder: Path) -> None:
        page = tianping("rule", "law002", cwd=folder).stdout.decode()
        assert page.startswith("# LAW002 引用失效法律\n")
        documented = Path(__file__).parents[2] / "docs" / "rules" / "LAW002.md"
        assert page == documented.read_text(encoding="utf-8")
        assert "STR013" in tianping("rule", cwd=folder).stdout.decode()

    def test_nothing_is_written_anywhere(self, folder: Path) -> None:
        before = sorted(folder.rglob("*"))
        tianping("check", ".", cwd=folder)
        assert sorted(folder.rglob("*")) == before


def test_a_check_of_one_file_loads_nothing_large(folder: Path) -> None:
    script = (
        "import sys; from tianping.cli.main import main; main(['check', '甲.txt', '--quiet']); "
        "print([m for m in ('django', 'lxml.html', 'ray', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, check=True, timeout=60)
    assert done.stdout.decode().splitlines()[-1] == "[]"
