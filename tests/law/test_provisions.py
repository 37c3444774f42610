"""款项：how many paragraphs and items an article has."""

from __future__ import annotations

from datetime import date

import pytest

from tianping.law import shipped
from tianping.law.fulltext import shape_of
from tianping.law.statutes.table import first_versions, shipped_shapes

LAW = shipped()
DAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("title", "article", "insert", "shape"),
    [
        ("刑法", 67, 0, (0, 0, 0)),
        ("刑法", 133, 1, (4, 0, 0)),
        ("刑法", 264, 0, (0,)),
        ("民事诉讼法", 177, 0, (4, 0)),
        ("民事诉讼法", 157, 0, (11, 0, 0)),
        ("刑事诉讼法", 200, 0, (3,)),
        ("民法典", 1079, 0, (0, 0, 5, 0, 0)),
        ("刑法", 133, 9, ()),
    ],
)
def test_of_well_known_articles(title: str, article: int, insert: int, shape: tuple[int, ...]) -> None:
    version = LAW.version_on(title, DAY)
    assert version is not None
    assert LAW.shape(version, article, insert) == shape


def test_a_version_nobody_has_read_is_unknown() -> None:
    version = LAW.version_on("合同法", date(2015, 1, 1))
    assert version is not None
    assert LAW.shape(version, 52) is None


def test_every_line_agrees_with_the_table_of_statutes() -> None:
    lines = 0
    for title in LAW.rows:
        statute = LAW.statute(title)
        assert statute is not None
        for version in statute.versions:
            shapes = shipped_shapes(version.key)
            if shapes is None:
                continue
            lines += 1
            numbers = {number for number, _ in shapes}
            assert numbers == set(range(1, max(numbers) + 1))
            assert version.last_article is None or max(numbers) == version.last_article
    assert lines >= 700


def test_a_first_version_is_the_oldest_of_its_statute() -> None:
    for key in first_versions():
        version = LAW.version_of(key)
        statute = LAW.statute(key.rpartition("@")[0])
        assert statute is not None
        assert statute.versions[0] == version


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("一款。", (0,)),
        ("一款：\n（一）甲；\n（二）乙。\n二款。", (2, 0)),
        ("一款。\n\n二款：\n（一）甲。", (0, 1)),
        ("（一）没有引导句的项", (0,)),
        ("一款：\n(一)甲：\n1．目；\n2．目。\n（二）乙。\n二款。", (2, 0)),
    ],
)
def test_reading_lines(text: str, shape: tuple[int, ...]) -> None:
    assert shape_of(text) == shape
