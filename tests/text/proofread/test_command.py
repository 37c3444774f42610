"""``tianping proofread``: lines in, JSON out, whatever the lines are."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from tianping.cli import check, choices
from tianping.cli.exits import UsageError
from tianping.cli.proofread import run
from tianping.text import lint
from tianping.text.document import from_text
from tianping.text.proofread import ModelError, in_document
from tianping.text.proofread.model import SHIPPED


def told(model: Path, text: str, **options: object) -> tuple[int, list[dict[str, object]], str]:
    out, talk = io.StringIO(), io.StringIO()
    given = {"preset": "normal", "model": str(model), "quiet": False, "lang": "zh", **options}
    code = run(Namespace(**given), out, talk, io.StringIO(text))
    return code, [json.loads(line) for line in out.getvalue().splitlines()], talk.getvalue()


WRONG = "原告未按照合同约定支付剩于货款，被告应当承担相应的违约责任，本院予以支持。"


def test_a_line_without_an_id_goes_by_its_number(small_model: Path) -> None:
    code, rows, talk = told(small_model, f"\n{WRONG}\n")
    assert code == 1
    assert [row["id"] for row in rows] == [1, 2]
    assert rows[0] == {"id": 1, "source": "", "target": "", "edits": []}
    assert rows[1]["target"] == WRONG.replace("剩于", "剩余")
    (edit,) = rows[1]["edits"]  # type: ignore[misc]
    assert {key: edit[key] for key in ("start", "end", "old", "new")} == {
        "start": WRONG.index("于"),
        "end": WRONG.index("于") + 1,
        "old": "于",
        "new": "余",
    }
    assert 0.5 <= edit["score"] <= 1
    assert talk == "校对 2 行：建议 1 处。\n"


def test_an_id_is_given_back(small_model: Path) -> None:
    line = json.dumps({"id": "甲-1", "source": WRONG, "target": "不用"})
    _, (row,), _ = told(small_model, line)
    assert row["id"] == "甲-1"
    assert row["source"] == WRONG


def test_a_broken_object_is_text(small_model: Path) -> None:
    code, rows, _ = told(small_model, '{"id": 1\n{"title": "x"}\n')
    assert code == 0
    assert [row["source"] for row in rows] == ['{"id": 1', '{"title": "x"}']


def test_a_source_that_is_no_text_is_refused_by_line(small_model: Path) -> None:
    with pytest.raises(UsageError, match="第 2 行的 source 不是文字"):
        told(small_model, '本院认为\n{"source": 5}\n')


def test_nothing_in_nothing_out(small_model: Path) -> None:
    assert told(small_model, "", quiet=True) == (0, [], "")


def test_english_summary(small_model: Path) -> None:
    assert told(small_model, "本院\n", lang="en")[2] == "1 lines, 0 suggestions.\n"


def test_bytes_that_are_no_text_pass_through(small_model: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tianping.cli.main", "proofread", "--model", str(small_model)],
        input=b"\xff\xfe\xe6\xb3\x95\r\n" + "𠀀😀\n".encode(),
        capture_output=True,
        check=False,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert len(rows) == 2
    assert rows[0]["source"].endswith("法")
    assert rows[1]["target"] == "𠀀😀"


def test_help_is_in_two_languages() -> None:
    for language, word in (("zh", "退出码"), ("en", "exit codes")):
        done = subprocess.run(
            [sys.executable, "-m", "tianping.cli.main", "proofread", "--help", "--lang", language],
            capture_output=True,
            text=True,
            check=True,
        )
        assert word in done.stdout


JUDGMENT = """南浦市清河区人民法院
刑事判决书
（2024）南0102刑初12号
公诉机关南浦市清河区人民检察院。
被告人罗青山，男，1990年1月1日出生，汉族。
经审理查明，2024年3月10日，被告人罗青山秘密窃取他人财物，数额较大。
本院认为，被告人罗青山的行为已构成道窃罪，应当依法追究其刑事责任。
依照《中华人民共和国刑法》第二百六十四条之规定，判决如下：
被告人罗青山犯盗窃罪，判处拘役五个月，并处罚金人民币三千元。
审判员　孟书言
二〇二四年九月二十日
书记员　柳一禾
"""


@pytest.mark.skipif(not SHIPPED.exists(), reason="no model shipped")
class TestCheckWithTheProofreader:
    def codes(self, tmp_path: Path, *options: str) -> list[str]:
        path = tmp_path / "判决书.txt"
        path.write_text(JUDGMENT, encoding="utf-8")
        out, talk = io.StringIO(), io.StringIO()
        parser = ArgumentParser()
        parser.add_argument("--lang", default="zh")
        check.add_options(parser)
        check.run(parser.parse_args([str(path), "--format", "json", *options]), out, talk)
        return [remark["code"] for remark in json.loads(out.getvalue())["remarks"]]

    def test_one_file_is_proofread_without_being_asked(self, tmp_path: Path) -> None:
        assert self.codes(tmp_path).count("CHR018") == 1
        assert "CHR018" not in self.codes(tmp_path, "--ignore", "CHR018")

    def test_it_joins_the_other_rules(self, tmp_path: Path) -> None:
        others = lint.check(from_text(JUDGMENT))
        assert not {remark.code for remark in others} & {"CHR018", "GRM005"}
        assert sorted(self.codes(tmp_path)) == sorted([*(remark.code for remark in others), "CHR018"])

    def test_selected_it_speaks_alone(self, tmp_path: Path) -> None:
        assert self.codes(tmp_path, "--select", "CHR018,GRM005") == ["CHR018"]


def test_without_a_model_the_check_says_so_once_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ModelError("没有找到校对模型“proofread.bin”，校对未进行；请重新安装。")

    monkeypatch.setattr(in_document, "shipped", broken)
    assert choices.proofreading_fault(Namespace(proofread=True)) == (
        "没有找到校对模型“proofread.bin”，校对未进行；请重新安装。"
    )
    assert choices.proofreading_fault(Namespace(proofread=False)) is None
