"""题旨：what stands some places off says which character fits."""

from __future__ import annotations

import numpy as np
import pytest

from tianping.text.proofread.alphabet import Alphabet
from tianping.text.proofread.topic import Topic
from tianping.text.proofread.train.corpus import Kind
from tianping.text.proofread.train.counting import stream
from tianping.text.proofread.train.topics import topics

ALPHABET = Alphabet("偷刀墙屋强盗砖，")
LINES = tuple(["砖屋，，屋墙", "刀偷，，盗强"] * 200)


@pytest.fixture(scope="module")
def learnt() -> Topic:
    return topics(stream(ALPHABET, [Kind("judgment", LINES)]), ALPHABET, seed=1)


def fit(topic: Topic, sentence: str, at: int, new: str) -> float:
    ids = ALPHABET.ids(sentence + "\n")
    place = np.array([at])
    around = topic.around(ids, np.array([0] * len(sentence) + [-1], np.int32), place, place + 1)
    return float(topic.fit(around, np.array([0]), ALPHABET.ids(new))[0])


def test_the_character_of_the_matter_fits_better(learnt: Topic) -> None:
    assert fit(learnt, "砖屋，，屋强", 5, "墙") > fit(learnt, "砖屋，，屋强", 5, "强")
    assert fit(learnt, "刀偷，，盗墙", 5, "强") > fit(learnt, "刀偷，，盗墙", 5, "墙")


def test_another_sentence_says_nothing(learnt: Topic) -> None:
    ids = ALPHABET.ids("砖屋，，屋\n强\n")
    place = np.array([6])
    around = learnt.around(ids, np.array([0, 0, 0, 0, 0, -1, 1, -1], np.int32), place, place + 1)
    assert float(learnt.fit(around, np.array([0]), ALPHABET.ids("墙"))[0]) == 0.0


def test_a_class_of_characters_fits_everywhere_alike(learnt: Topic) -> None:
    assert fit(learnt, "砖屋，，屋强", 5, "9") == 0.0


def test_the_same_text_and_seed_give_the_same(learnt: Topic) -> None:
    again = topics(stream(ALPHABET, [Kind("judgment", LINES)]), ALPHABET, seed=1)
    assert (again.before == learnt.before).all()
    assert (again.after == learnt.after).all()
