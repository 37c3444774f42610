"""读回批注：what a judge did with our comments."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from tianping.cli.main import main

from .conftest import FAULTY, as_docx


@pytest.fixture
def answered(here: Path) -> Path:
    """批注 DAT001 was deleted and its words left; PUN012 was left open."""
    (here / "判决书.docx").write_bytes(as_docx(FAULTY))
    main(["check", "判决书.docx", "--write", "--quiet", "--select", "DAT001,PUN012"])
    copy = here / "判决书.批注.docx"
    word = docx.Document(str(copy))
    comment = next(c for c in word.comments if c.text.startswith("DAT001"))
    for element in list(word.element.body.iter()):
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if tag.startswith("comment") and element.get(element.tag.replace(tag, "id")) == str(comment.comment_id):
            element.getparent().remove(element)
    comment._comment_elm.getparent().remove(comment._comment_elm)
    word.save(str(copy))
    return copy


def test_deleted_and_open_are_told_apart_and_counted_by_rule(
    answered: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["replies", "判决书.批注.docx"]) == 0
    printed = capsys.readouterr()
    assert "判决书.批注.docx  DAT001  已删除  “2024年6月31日”" in printed.out
    assert "判决书.批注.docx  PUN012  未处理" in printed.out
    assert "DAT001：已删除 1；文字已改 0；删去批注而文字未改 1，多半是误报。" in printed.err


def test_json_is_versioned_as_the_documented_example(answered: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["replies", "判决书.批注.docx", "没有.docx", "--format", "json", "--quiet"]) == 2
    content = json.loads(capsys.readouterr().out)
    documented = Path(__file__).parents[2] / "docs" / "formats" / "replies.json"
    example = json.loads(documented.read_text(encoding="utf-8"))
    assert list(content) == list(example)
    assert (content["format"], content["version"]) == (example["format"], example["version"])
    assert list(content["replies"][0]) == list(example["replies"][0])
    assert {row["code"]: row["fate"] for row in content["replies"]} == {"DAT001": "deleted", "PUN012": "open"}
    assert [fault["path"] for fault in content["faults"]] == ["没有.docx"]


def test_a_file_without_our_comments_is_said_to_have_none(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "甲.docx").write_bytes(as_docx(FAULTY))
    assert main(["replies", "甲.docx"]) == 0
    assert capsys.readouterr().err == "没有读到天平写的批注。\n"
