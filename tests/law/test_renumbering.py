"""重编号：from an old number to the new one and back."""

from __future__ import annotations

import pytest

from tianping.law import shipped
from tianping.law.renumbering import Unmapped, moved_from, moved_to, pairs, renumbered, topics
from tianping.law.renumbering.civil_procedure import LAST

# (2012 and 2017, 2021, 2023), as read in the three texts
KNOWN = [
    *((13, 13, 13), (34, 35, 35), (55, 58, 58), (56, 59, 59), (63, 66, 66), (64, 67, 67), (82, 85, 85)),
    *((92, 95, 95), (97, 100, 100), (100, 103, 103), (107, 110, 110), (119, 122, 122), (127, 130, 130)),
    *((142, 145, 145), (143, 146, 146), (144, 147, 147), (145, 148, 148), (149, 152, 152), (152, 155, 155)),
    *((154, 157, 157), (157, 160, 160), (162, 165, 165), (164, 171, 171), (170, 177, 177), (175, 182, 182)),
    *((194, 201, 205), (196, 203, 207), (198, 205, 209), (199, 206, 210), (225, 232, 236), (227, 234, 238)),
    *((239, 246, 250), (253, 260, 264), (255, 262, 266), (257, 264, 268), (269, 276, 286)),
]


@pytest.mark.parametrize("numbers", KNOWN)
def test_the_civil_procedure_law(numbers: tuple[int, int, int]) -> None:
    assert renumbered(numbers[0], old=2012, new=2021) == numbers[1]
    assert renumbered(numbers[1], old=2021, new=2023) == numbers[2]
    assert renumbered(numbers[2], old=2023, new=2012) == numbers[0]


@pytest.mark.parametrize(("old", "new"), [(2012, 2021), (2021, 2023), (2012, 2023)])
def test_there_and_back(old: int, new: int) -> None:
    for article in range(1, LAST[old] + 1):
        there = renumbered(article, old=old, new=new)
        assert 1 <= there <= LAST[new]
        assert renumbered(there, old=new, new=old) == article


def test_a_new_article_has_no_old_number() -> None:
    with pytest.raises(Unmapped):
        renumbered(194, old=2023, new=2021)  # 指定遗产管理人案件, put in by the amendment of 2023
    with pytest.raises(Unmapped):
        renumbered(285, old=2012, new=2021)


def test_the_numberings_end_where_the_table_of_statutes_says() -> None:
    statute = shipped().statute("民事诉讼法")
    assert statute is not None
    lasts = {version.adopted.year: version.last_article for version in statute.versions}
    assert {year: lasts[year] for year in LAST} == LAST


class TestTheTable:
    def test_both_statutes_of_every_pair_are_known_and_have_the_articles(self) -> None:
        law = shipped()
        for moved in pairs():
            old, new = law.statute(moved.old_title), law.statute(moved.new_title)
            assert old is not None
            assert new is not None
            before = next(one for one in old.versions if one.adopted.isoformat() == moved.old_version)
            after = next(one for one in new.versions if one.adopted.isoformat() == moved.new_version)
            assert moved.old_article <= (before.last_article or 0)
            for article in moved.new_articles:
                assert int(article.rstrip("①②③④⑤")) <= (after.last_article or 0), moved

    def test_from_the_contract_law_to_the_civil_code(self) -> None:
        (moved,) = moved_from("中华人民共和国合同法", 107)
        assert (moved.new_title, moved.new_articles) == ("中华人民共和国民法典", ("577",))
        assert moved in moved_to("中华人民共和国民法典", "577")

    def test_every_pair_was_aligned_or_seen_quoted(self) -> None:
        assert {moved.proof for moved in pairs()} == {"aligned", "quoted"}


def test_topics_agree_with_the_offsets() -> None:
    from datetime import date

    for topic in topics("中华人民共和国民事诉讼法"):
        first, second, third = (topic.article_on(date(year, 6, 1)) for year in (2016, 2022, 2024))
        assert first is not None
        assert (second, third) == (renumbered(first, old=2012, new=2021), renumbered(first, old=2012, new=2023))
    for topic in topics("中华人民共和国刑事诉讼法"):
        old, new = topic.article_on(date(2016, 6, 1)), topic.article_on(date(2020, 6, 1))
        assert old is not None
        (moved,) = moved_from("中华人民共和国刑事诉讼法", old)
        assert moved.new_articles == (str(new),)
