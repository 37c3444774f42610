"""正则：what is compiled when first asked for finds what any pattern finds."""

from __future__ import annotations

import re

import pytest

from tianping.text.regex import regex


def test_it_is_used_as_a_compiled_pattern_is() -> None:
    year = regex(r"(?P<year>\d{4})年")
    assert [found["year"] for found in year.finditer("2023年至2024年")] == ["2023", "2024"]
    assert year.sub("某年", "2024年") == "某年"
    assert year.fullmatch("2024年底") is None
    assert year.match("于2024年", 1, 5) is None  # the end given to it cuts 年 off
    assert year.pattern == re.compile(r"(?P<year>\d{4})年").pattern


def test_nothing_is_compiled_before_it_is_asked_for() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.search("")


def test_it_is_compiled_once() -> None:
    word = regex("本院")
    assert word.search is word.search
    found = word.search("本院认为")
    assert found is not None
    assert found.re is word.finditer("本院").__next__().re
