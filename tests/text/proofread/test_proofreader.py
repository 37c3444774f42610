"""校对: edits in order, never overlapping, never where nothing may be changed; bad input is left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.growth import grows_with_length
from tianping.text.proofread import Edit, Kind, Preset, applied, shipped
from tianping.text.proofread.masks import mask
from tianping.text.proofread.model import SHIPPED
from tianping.text.proofread.proofreader import sentences

needs_model = pytest.mark.skipif(not SHIPPED.exists(), reason="no model shipped")

PIECES = st.sampled_from(
    [
        *(
            "本院认为",
            "被告人罗青岚",
            "应当承担",
            "违约责认",
            "（2019）南01民终12号",
            "2019年3月8日",
            "12,000元",
            "张某某",
        ),
        *(
            "，",
            "。",
            "\n",
            "　",
            "追救",
            "其刑事责任",
            "足认以定",
            "法法",
            "😀",
            "𠀀",
            "\ud800",
            "訴訟標的",
            "abc",
            "×",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join))


@needs_model
class TestWhatItFinds:
    @pytest.mark.parametrize(
        ("wrong", "right", "kind"),
        [
            ("本院依法追救其刑事责任。", "本院依法追究其刑事责任。", Kind.CHARACTER),
            ("被告人的行为构成道窃罪。", "被告人的行为构成盗窃罪。", Kind.CHARACTER),
            ("原告的诉讼请求于法有具，本院予以支持。", "原告的诉讼请求于法有据，本院予以支持。", Kind.CHARACTER),
            ("双方当事人应当当按照约定全面履行自己的义务。", "双方当事人应当按照约定全面履行自己的义务。", Kind.EXTRA),
            (
                "公诉机关指控的犯罪事实清楚，证据确实、分。",
                "公诉机关指控的犯罪事实清楚，证据确实、充分。",
                Kind.MISSING,
            ),
            ("被告人对指控的犯罪事实供认讳不。", "被告人对指控的犯罪事实供认不讳。", Kind.ORDER),
        ],
    )
    def test_an_error_of_each_kind(self, wrong: str, right: str, kind: Kind) -> None:
        edits = shipped().proofread(wrong)
        assert applied(wrong, edits) == right
        assert [edit.kind for edit in edits] == [kind]

    @pytest.mark.parametrize(
        "text",
        [
            "本院认为，被告人的行为已构成盗窃罪，公诉机关指控的罪名成立。",
            "依照《中华人民共和国民法典》第六百七十五条之规定，判决如下：",
            "如不服本判决，可在判决书送达之日起十五日内，向本院递交上诉状。",
        ],
    )
    def test_stock_text_is_left_alone(self, text: str) -> None:
        assert shipped().proofread(text, preset=Preset.THOROUGH) == ()

    def test_evidence_holds_the_new_words_and_stands_in_the_corrected_text(self) -> None:
        text = "本院依法追救其刑事责任。"
        (edit,) = shipped().proofread(text)
        assert edit.evidence is not None
        assert edit.new in edit.evidence
        assert edit.evidence in applied(text, [edit])

    def test_the_presets_grow(self) -> None:
        text = "上诉证据收集程序合法，足以认定指控实施。本院依法追救其刑事责任。"
        quiet, normal, thorough = (len(shipped().proofread(text, preset=preset)) for preset in Preset)
        assert quiet <= normal <= thorough
        assert normal > 0

    def test_a_text_reads_the_same_alone_and_among_others(self) -> None:
        wrong = "本院依法追救其刑事责任。"
        among = list(shipped().each(["原告诉称其已付款。", wrong, "", "abc"]))
        assert among[1] == shipped().proofread(wrong)
        assert among[2] == among[3] == ()

    @settings(max_examples=60, deadline=None)
    @given(TEXTS)
    def test_edits_hold_together(self, text: str) -> None:
        edits = shipped().proofread(text, preset=Preset.THOROUGH)
        closed = mask(text)
        at = 0
        for edit in edits:
            assert edit.start >= at
            assert text[edit.start : edit.end] == edit.old != edit.new
            assert not closed[edit.start : edit.end].any()
            assert 0.0 < edit.score <= 1.0
            at = edit.end
        assert len(applied(text, edits)) == len(text) + sum(len(edit.new) - len(edit.old) for edit in edits)

    @settings(max_examples=30, deadline=None)
    @given(TEXTS, st.integers(0, 2**32 - 1))
    def test_a_given_mask_is_never_touched(self, text: str, seed: int) -> None:
        closed = np.random.default_rng(seed).random(len(text)) < 0.5
        (edits,) = shipped().each([text], preset=Preset.THOROUGH, masks=[closed])
        for edit in edits:
            assert not closed[edit.start : edit.end].any()
            inside = 0 < edit.start < len(text) and edit.start == edit.end
            assert not (inside and closed[edit.start - 1] and closed[edit.start])


@needs_model
class TestBadInput:
    @pytest.mark.parametrize(
        "text",
        [
            *("", " ", "\n\n\n", "。", "法", "。。。。", "a" * 5_000, "😀" * 500, "\ud800\udfff\ud800", "\x00\x01"),
            *("𠀀𪚥𠮷" * 100, "The quick brown fox.", "×××××", "１２３４", "\u200b法\u200b院\ufeff", "、" * 1_000),
            "本院經審理認為，原告與被告簽訂之買賣契約合法有效，應受法律保護，被告應依約給付價金。",
        ],
    )
    def test_it_is_left_as_it_is(self, text: str) -> None:
        assert shipped().proofread(text, preset=Preset.THOROUGH) == ()

    def test_a_long_line_takes_linear_time(self) -> None:
        piece = "本院认为被告人的行为已构成盗窃罪应当依法追究其刑事责任"

        assert grows_with_length(lambda size: shipped().proofread(piece * (size // len(piece))), 8_000, 40_000)

    def test_sentences_cover_the_text_without_a_gap(self) -> None:
        text = "甲。" + "乙" * 1_000 + "，" + "丙" * 299 + "\n\n丁；“戊。”己"
        places = list(sentences(text))
        assert [start for start, _ in places] == [0, *(end for _, end in places[:-1])]
        assert places[-1][1] == len(text)
        assert max(end - start for start, end in places) <= 300


def test_applying_no_edit_gives_the_text() -> None:
    assert applied("本院认为", ()) == "本院认为"


def test_applying_edits_of_every_length() -> None:
    edits = [
        Edit(0, 1, "甲", "乙", 0.9, Kind.CHARACTER),
        Edit(2, 2, "", "丁", 0.9, Kind.MISSING),
        Edit(3, 5, "戊己", "", 0.9, Kind.EXTRA),
    ]
    assert applied("甲乙丙戊己", edits) == "乙乙丁丙"
