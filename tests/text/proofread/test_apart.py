"""另处之句：what repeats twenty characters of the counted text is left out of the trees' lessons."""

from __future__ import annotations

from tianping.text.proofread.alphabet import Alphabet
from tianping.text.proofread.train.apart import RUN, apart
from tianping.text.proofread.train.corpus import Kind

COUNTED = "原告主张被告未按照合同约定的期限支付剩余货款并应当承担违约责任。"
ALPHABET = Alphabet("".join(sorted(set(COUNTED + "另查明双方对上述事实均无异议本院予以确认"))))


def left(*sentences: str) -> list[str]:
    return apart(ALPHABET, [Kind("judgment", (COUNTED,))], [Kind("judgment", sentences)])


def test_a_run_of_twenty_characters_is_enough_to_be_left_out() -> None:
    assert left("另查明，" + COUNTED[3 : 3 + RUN] + "。") == []
    assert left("另查明，" + COUNTED[3 : 2 + RUN] + "。") == ["另查明，" + COUNTED[3 : 2 + RUN] + "。"]


def test_a_run_does_not_go_over_the_end_of_a_sentence() -> None:
    apart_by_a_line = (COUNTED[:12], COUNTED[12:24])
    assert left(*apart_by_a_line) == list(apart_by_a_line)


def test_the_others_are_kept_in_their_order() -> None:
    lines = ("双方对上述事实均无异议，本院予以确认。", COUNTED, "另查明。", "")
    assert left(*lines) == [lines[0], lines[2], lines[3]]


def test_nothing_counted_leaves_everything() -> None:
    assert apart(ALPHABET, [Kind("judgment", ())], [Kind("judgment", (COUNTED,))]) == [COUNTED]
