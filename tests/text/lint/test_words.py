"""错词表：every entry of CHR001 is a wrong form and nothing else, and the list is looked up in linear time."""

from __future__ import annotations

import json
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.text.growth import grows_with_length
from tianping.law import shipped
from tianping.text import lint
from tianping.text.document import from_text
from tianping.text.lint.rules.characters import misspelt_legal_word as words

ROWS = [line.split("\t") for line in words.WORDS.read_text(encoding="utf-8").splitlines()]
HAN = re.compile("[\u4e00-\u9fff]+")


def flagged(text: str) -> list[str]:
    return [remark.text for remark in lint.check(from_text(text)) if remark.code == "CHR001"]


class TestTheList:
    def test_it_holds_at_least_four_hundred_pairs(self) -> None:
        assert len(ROWS) >= 400

    def test_it_is_sorted_by_the_wrong_form_and_holds_each_once(self) -> None:
        assert all(before[0] < after[0] for before, after in pairwise(ROWS))

    def test_wrong_and_right_are_as_long_and_differ_in_chinese_characters_only(self) -> None:
        for wrong, right, count in ROWS:
            assert HAN.fullmatch(wrong), wrong
            assert HAN.fullmatch(right), right
            assert len(wrong) == len(right) >= 2
            assert wrong != right
            assert int(count) >= 10, f"{right} is too rare to be known"

    def test_no_wrong_form_stands_in_another_or_in_a_right_one(self) -> None:
        wrong_forms = {wrong for wrong, _, _ in ROWS}
        for wrong, right, _ in ROWS:
            assert not [one for one in parts_of(wrong) if one != wrong and one in wrong_forms], wrong
            assert not [one for one in parts_of(right) if one in wrong_forms], right

    def test_no_wrong_form_stands_in_the_title_of_a_statute(self) -> None:
        titles = "\n".join(sorted(shipped().titles()))
        assert flagged(titles) == []

    def test_every_entry_is_found(self) -> None:
        for wrong, right, _ in ROWS:
            assert [entry.wrong for entry in words._present(f"，{wrong}，")] == [wrong]
            assert list(words._present(f"，{right}，")) == []


def parts_of(word: str) -> list[str]:
    return [word[i:j] for i in range(len(word)) for j in range(i + 2, len(word) + 1)]


class TestWhereItSpeaks:
    def test_padding_inside_the_word_hides_nothing_and_takes_the_suggestion_away(self) -> None:
        [remark] = [r for r in lint.check(from_text("该款应当补　尝。")) if r.code == "CHR001"]
        assert (remark.text, remark.suggestion) == ("补　尝", None)

    def test_a_place_name_and_a_quotation_are_left_alone(self) -> None:
        assert flagged("双方在祥细镇见面。") == []
        assert flagged("收条写有“补尝款五百元”。") == []

    def test_long_texts_take_their_length_in_time(self) -> None:
        piece = "乙方已补偿甲方，详细情况见附件，标准由双方议定。" * 400
        assert grows_with_length(lambda pieces: list(words._present(piece * pieces)), 1, 20)


@pytest.mark.data
@pytest.mark.skipif("TIANPING_DATA" not in os.environ, reason="needs TIANPING_DATA")
class TestOnProofreadSentences:
    @pytest.mark.parametrize("name", ["lawbench-2-1", "ecspell-law-test"])
    def test_what_it_finds_was_corrected_and_corrected_sentences_are_clean(self, name: str) -> None:
        path = Path(os.environ["TIANPING_DATA"]) / "proofread" / f"{name}.dev.jsonl"
        found = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            for entry in words._present(pair["source"]):
                found += 1
                assert entry.wrong not in pair["target"]
                assert entry.right in pair["target"]
            assert list(words._present(pair["target"])) == []
        assert found >= 25
