"""候选：what is proposed at a place, before anything is chosen."""

from __future__ import annotations

import numpy as np
import pytest

from tianping.text.proofread import Kind, shipped
from tianping.text.proofread.batch import Batch
from tianping.text.proofread.candidates import missing_words, propose
from tianping.text.proofread.model import SHIPPED
from tianping.text.proofread.ngrams import extend

pytestmark = pytest.mark.skipif(not SHIPPED.exists(), reason="no model shipped")

SENTENCES = [
    "原告请求判令被告支付违金",
    "被告人犯罪事实清楚，证据实、充分",
    "本院依法组成合庭公开开庭审理",
    "应当由县人民代大会常务委员会决定",
]


def batch_of(text: str) -> Batch:
    return Batch.of(shipped().model.tables, [text], [np.zeros(len(text), dtype=bool)])


def proposed(text: str, kind: Kind) -> set[tuple[int, str, str]]:
    batch = batch_of(text)
    changes, _ = propose(batch)
    return {
        (
            start := int(changes.start[at] - batch.starts[0]),
            text[start : int(changes.end[at] - batch.starts[0])],
            batch.tables.alphabet.text(changes.new[at, : changes.length[at]].astype(np.int64)),
        )
        for at in np.flatnonzero(changes.kind == kind)
    }


def test_a_word_of_two_characters_is_put_in() -> None:
    assert (11, "", "约定") in proposed(SENTENCES[0], Kind.MISSING)


@pytest.mark.parametrize("text", SENTENCES)
def test_every_string_of_three_that_such_a_word_makes_is_known(text: str) -> None:
    batch = batch_of(text)
    found = missing_words(batch, np.arange(batch.starts[0] + 1, batch.ends[0]))
    assert len(found)
    new = found.new[:, :2].astype(np.int64)
    before, after = batch.ids[found.start - 1], batch.ids[found.start]
    for three in ((before, new[:, 0], new[:, 1]), (new[:, 0], new[:, 1], after)):
        hashes = extend(extend(three[0].astype(np.uint64), three[1]), three[2])
        assert (batch.tables.likelihood.grams.find(hashes) > 0).all()
    assert not (batch.tables.fact[new] | batch.tables.negation[new]).any()


def test_nothing_is_put_in_where_the_text_is_known() -> None:
    batch = batch_of("事实清楚，证据确实、充分")
    assert not len(missing_words(batch, np.arange(batch.starts[0] + 1, batch.ends[0])))


def test_one_character_may_go_where_its_neighbours_often_stand_together() -> None:
    assert (5, "发", "") in proposed("检测现场滥发伐树木总材积", Kind.EXTRA)


def test_two_words_may_change_places_where_one_word_comes_of_it() -> None:
    assert (5, "计总", "总计") in proposed("并将是否合计总赔偿金额", Kind.ORDER)
