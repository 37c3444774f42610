"""命令行的文书：a clean and a faulty fictional judgment, as text and as a Word file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

CLEAN = """\
南浦市清河区人民法院
民事判决书
（2024）南0102民初12号
原告：罗青山，男，汉族，住南浦市清河区。
被告：方若水，男，汉族，住南浦市清河区。
原告罗青山与被告方若水民间借贷纠纷一案，本院立案后依法公开开庭进行了审理。本案现已审理终结。
经审理查明：2024年3月10日，方若水向罗青山借款，约定2024年6月30日归还。
本院认为，合法的借贷关系受法律保护。
依照《中华人民共和国民法典》第六百七十五条之规定，判决如下：
被告方若水于本判决生效之日起十日内返还借款捌仟叁佰元（8300元）。
审判员　孟书言
二〇二四年九月二十日
书记员　柳一禾
"""
FAULTY = CLEAN.replace("6月30日", "6月31日").replace("二〇二四", "二0二四")


def as_docx(text: str) -> bytes:
    word = docx.Document()
    for line in text.splitlines():
        word.add_paragraph(line)
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def comments_of(path: Path) -> list[tuple[str, str]]:
    """(author, first line) of each comment in a .docx."""
    return [(comment.author, comment.text.split("\n")[0]) for comment in docx.Document(str(path)).comments]


def names() -> list[str]:
    """What lies in the working folder."""
    return sorted(path.name for path in Path.cwd().iterdir())


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
