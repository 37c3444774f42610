"""写批注副本：the judge's own file comes back with comments; the original is never touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tianping.cli.main import main

from .conftest import CLEAN, FAULTY, as_docx, comments_of, names

ONLY = ["--select", "DAT001,PUN012"]


@pytest.fixture
def word(here: Path) -> Path:
    (here / "判决书.docx").write_bytes(as_docx(FAULTY))
    return here / "判决书.docx"


class TestBesideTheFile:
    def test_the_remarks_stand_in_a_copy_and_the_original_is_as_it_was(
        self, word: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = word.read_bytes()
        assert main(["check", "判决书.docx", "--write", *ONLY]) == 1
        assert word.read_bytes() == before
        assert names() == ["判决书.docx", "判决书.批注.docx"]
        comments = comments_of(word.with_name("判决书.批注.docx"))
        assert [(author, line[:6]) for author, line in comments] == [("天平", "DAT001"), ("天平", "PUN012")]
        assert "写出批注副本 1 份" in capsys.readouterr().err

    def test_twice_is_once(self, word: Path) -> None:
        main(["check", ".", "--write", "--quiet", *ONLY])
        first = word.with_name("判决书.批注.docx").read_bytes()
        assert main(["check", ".", "--write", "--quiet", *ONLY]) == 1
        assert names() == ["判决书.docx", "判决书.批注.docx"]  # our copy is no judgment of its own
        assert word.with_name("判决书.批注.docx").read_bytes() == first

    def test_a_copy_that_cannot_be_written_is_told_and_is_2(
        self, word: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(*_: object) -> int:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("tianping.text.lint.file.put", refused)
        assert main(["check", "判决书.docx", "--write", *ONLY]) == 2
        printed = capsys.readouterr()
        assert "“判决书.批注.docx”写不进去（没有权限）" in printed.err
        assert printed.out.count("\n") == 2


class TestOut:
    def test_one_document_to_one_file(self, word: Path) -> None:
        assert main(["check", "判决书.docx", "--out", "给庭长.docx", "--quiet", *ONLY]) == 1
        assert len(comments_of(word.with_name("给庭长.docx"))) == 2

    def test_the_original_is_never_the_copy(self, word: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "判决书.docx", "--out", "判决书.docx"]) == 2
        assert "不能写成原件本身" in capsys.readouterr().err

    def test_a_folder_keeps_the_order_of_the_folders(self, word: Path) -> None:
        (word.parent / "一庭").mkdir()
        (word.parent / "一庭" / "甲.docx").write_bytes(as_docx(CLEAN))
        assert main(["check", ".", "--out", "../副本", "--quiet", *ONLY]) == 1
        out = word.parent.parent / "副本"
        assert sorted(p.relative_to(out).as_posix() for p in out.rglob("*.docx")) == [
            "一庭/甲.批注.docx",
            "判决书.批注.docx",
        ]

    def test_a_file_is_no_folder(self, word: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", ".", "--out", "判决书.docx"]) == 2
        assert "是一个文件；几份文书请写一个目录" in capsys.readouterr().err


class TestNoqaInAComment:
    def test_a_remark_silenced_in_word_is_not_said_again_and_its_reason_is_not_told(
        self, here: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        import docx

        (here / "甲.docx").write_bytes(as_docx(FAULTY))
        word = docx.Document("甲.docx")
        faulty = next(p for p in word.paragraphs if "6月31日" in p.text)
        word.add_comment(faulty.runs, text="#noqa DAT001 借条原文如此", author="罗法官")
        word.save("甲.docx")
        assert main(["check", "甲.docx", "--format", "json", *ONLY]) == 1
        printed = capsys.readouterr()
        assert '"PUN012"' in printed.out
        assert '"DAT001"' not in printed.out
        assert "免报 1 处" in printed.err
        assert "借条原文如此" not in printed.out + printed.err


def test_sarif_comes_from_the_same_reports(word: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    assert main(["check", ".", "--format", "sarif", "--quiet", *ONLY]) == 1
    run = json.loads(capsys.readouterr().out)["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == ["DAT001", "PUN012"]
