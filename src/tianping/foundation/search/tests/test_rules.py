"""查找的字词。"""

from __future__ import annotations

import pytest

from tianping.foundation.search import rules
from tianping.foundation.search.rules import Phrase


def test_a_name_is_found_by_any_two_of_its_characters() -> None:
    assert rules.words(["林知远"]) == "林知 知远 远"


def test_digits_stand_apart_from_the_characters_around_them() -> None:
    assert rules.words(["（2026）江0199民初1024号"]) == "2026 江 0199 民初 初 1024 号"


def test_brackets_capitals_and_full_width_make_no_difference() -> None:
    assert rules.words(["（２０２６）ＰＴＹ００１"]) == rules.words(["(2026) pty001"]) == "2026 pty001"


def test_fields_do_not_run_into_each_other() -> None:
    assert "远民" not in rules.words(["林知远", "民事审判第一庭"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("知远", [Phrase(("知远",), prefix=False)]),
        ("林知远", [Phrase(("林知", "知远"), prefix=False)]),
        ("知", [Phrase(("知",), prefix=True)]),
        ("102", [Phrase(("102",), prefix=True)]),
        ("1024号", [Phrase(("1024",), prefix=False), Phrase(("号",), prefix=True)]),
        ("江0199", [Phrase(("江",), prefix=False), Phrase(("0199",), prefix=True)]),
        ("知远 知远", [Phrase(("知远",), prefix=False)]),
        (" （）“” ", []),
    ],
)
def test_what_a_query_asks_for(query: str, expected: list[Phrase]) -> None:
    assert rules.phrases(query) == expected


def test_nothing_of_a_query_is_read_as_the_language_of_the_index() -> None:
    hostile = """知远" OR * NOT (x) : ' & | ! <-> \\ --"""
    assert rules.for_sqlite(hostile) == '"知远" "or"* "not"* "x"*'
    assert rules.for_postgresql(rules.phrases(hostile)) == "('知远') & ('or':*) & ('not':*) & ('x':*)"


def test_what_was_found_is_marked() -> None:
    pieces = [(p.text, p.hit) for p in rules.marked("（2026）江0199民初1024号", "1024 民初")]
    assert pieces == [("（2026）江0199", False), ("民初", True), ("1024", True), ("号", False)]


def test_marking_keeps_every_character() -> None:
    for text in ("林知远", "ﬀ知远", "", "<b>知远</b>"):
        assert "".join(p.text for p in rules.marked(text, "知远")) == text
