"""条号的写法：as in the statutes, so that the words can be searched for in them."""

from __future__ import annotations

import pytest

from tianping.law.numbering import article, in_figures, in_words
from tianping.text.document.numerals import counted


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (577, "五百七十七"),
        (1010, "一千零一十"),
    ],
)
def test_a_number_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


def test_every_number_a_code_can_reach_is_read_back() -> None:
    every = list(range(2000))
    assert [in_figures(in_words(number)) for number in every] == every
    assert [counted(in_words(number)) for number in every] == every


def test_an_inserted_article() -> None:
    assert (article(67), article(133, 1)) == ("第六十七条", "第一百三十三条之一")
