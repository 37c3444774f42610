"""有全文时：LAW005 knows more paragraphs, LAW003 sees that quoted words are those of another article."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tianping.cli import watch
from tianping.cli.main import main
from tianping.law import library, shipped
from tianping.law.fulltext import StatuteText, take
from tianping.law.fulltext.model import Article
from tianping.text import lint
from tianping.text.document import Document, from_text

FRAME = """南浦市清河区人民法院
民事判决书
（2024）南0102民初12号
原告：罗青山，男，汉族，住南浦市清河区。
被告：方若水，男，汉族，住南浦市清河区。
原告罗青山与被告方若水民间借贷纠纷一案，本院立案后依法公开开庭进行了审理。本案现已审理终结。
经审理查明：2024年3月10日，方若水向罗青山借款。
本院认为，{said}
依照《中华人民共和国民法典》第六百七十五条之规定，判决如下：
被告方若水于本判决生效之日起十日内返还借款10000元。
审判员　孟书言
二〇二四年九月二十日
书记员　柳一禾
"""
TITLE = "最高人民法院关于适用财产刑若干问题的规定"
WORDS = "丁丑戊寅己卯庚辰辛巳壬午癸未甲申乙酉丙戌"  # invented: no statute says this


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = [f"第{n}号内容，{chr(0x4E00 + 40 * n)}{chr(0x4E01 + 40 * n)}{chr(0x4E02 + 40 * n)}。" for n in range(1, 12)]
    texts[4] = WORDS
    articles = tuple(Article(number, text) for number, text in enumerate(texts, start=1))
    taken = take([StatuteText(TITLE, date(2000, 12, 13), articles, "试验")], shipped(), tmp_path)
    assert taken.refused == ()
    return tmp_path


def document(said: str) -> Document:
    return from_text(FRAME.format(said=said))


def test_words_of_another_article_are_seen(folder: Path) -> None:
    wrong = document(f"《{TITLE}》第三条规定：“{WORDS}”，应予适用。")
    rule = lint.rule_by_code("LAW003")
    (remark,) = (one for one in lint.consider(rule, wrong, library(folder)) if isinstance(one, lint.Remark))
    assert remark.text == "第三条"
    assert "第五条的内容" in remark.message
    assert [one for one in lint.consider(rule, wrong, shipped()) if isinstance(one, lint.Remark)] == []


def test_words_of_the_article_cited_are_let_pass(folder: Path) -> None:
    right = document(f"《{TITLE}》第五条规定：“{WORDS}”，应予适用。")
    outcomes = list(lint.consider(lint.rule_by_code("LAW003"), right, library(folder)))
    assert [one.why for one in outcomes if isinstance(one, lint.Spared)] == ["引文出自该条"]


def test_words_of_nobody_are_let_pass(folder: Path) -> None:
    strange = document(
        f"《{TITLE}》第三条规定：“双方应当友好协商，互谅互让，共同维护清河的水质和两岸的安宁”，应予适用。"
    )
    assert list(lint.consider(lint.rule_by_code("LAW003"), strange, library(folder))) == []


def test_in_a_list_each_quotation_is_held_against_its_own_article(folder: Path) -> None:
    own = "第4号内容，" + "".join(chr(0x4E00 + 40 * 4 + more) for more in range(3)) + "，还有些别的字凑足二十个字。"
    listed = document(f"《{TITLE}》第四条规定：“{own}”、第三条规定：“{WORDS}”，应予适用。")
    rule = lint.rule_by_code("LAW003")
    (remark,) = (one for one in lint.consider(rule, listed, library(folder)) if isinstance(one, lint.Remark))
    assert (remark.text, "第五条的内容" in remark.message) == ("第三条", True)
    together = document(f"《{TITLE}》第三条、第五条规定：“{WORDS}”，应予适用。")
    assert list(lint.consider(rule, together, library(folder))) == []


def test_the_users_text_says_how_many_paragraphs_there_are(folder: Path) -> None:
    cited = document(f"根据《{TITLE}》第六条第二款的规定，应予适用。")
    remarks = [
        one
        for one in lint.consider(lint.rule_by_code("LAW005"), cited, library(folder))
        if isinstance(one, lint.Remark)
    ]
    assert [one.message for one in remarks] == [f"《{TITLE}》第六条只有一款，请核对款、项。"]


class TestCommands:
    """检查、值守、归档检查都用个人导入的全文。"""

    @pytest.fixture
    def judgment(self, folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
        here = tmp_path_factory.mktemp("here")
        monkeypatch.chdir(here)
        monkeypatch.setenv("TIANPING_LAW", str(folder))
        Path("待查").mkdir()
        path = Path("待查/判决书.txt")
        path.write_text(FRAME.format(said=f"《{TITLE}》第三条规定：“{WORDS}”，应予适用。"), encoding="utf-8")
        return path

    def test_check(
        self, judgment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        words = ["check", str(judgment), "--select", "LAW003", "--quiet"]
        assert main(words) == 1
        assert "第五条的内容" in capsys.readouterr().out
        monkeypatch.setenv("TIANPING_LAW", str(tmp_path / "没有"))
        assert main(words) == 0

    def test_watch(self, judgment: Path) -> None:
        reports = watch.watched(Path("待查"), lint.Profile(select=("LAW003",)), None, pause=lambda: None)
        assert [remark.code for remark in next(reports).remarks] == ["LAW003"]

    def test_an_archive_which_is_another_one_once_other_texts_are_imported(
        self, judgment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        words = ["check", "待查", "--archive", "归档", "--select", "LAW003"]
        assert main(words) == 1
        (line,) = Path("归档/remarks/000001.jsonl").read_text(encoding="utf-8").splitlines()
        assert [remark["code"] for remark in json.loads(line)["remarks"]] == ["LAW003"]
        monkeypatch.setenv("TIANPING_LAW", str(tmp_path / "没有"))
        assert main(words) == 2
        assert "请另换一个 --archive 目录" in capsys.readouterr().err
