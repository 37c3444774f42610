"""取舍与文风：which of the likely changes are told."""

from __future__ import annotations

import numpy as np
import pytest

from tianping.text.proofread import Kind, Proofreader
from tianping.text.proofread.batch import Batch
from tianping.text.proofread.proofreader import choose
from tianping.text.proofread.style import of_style
from tianping.text.proofread.windows import Changes

HALF = np.full(len(Kind), 0.5)


def changes(*rows: tuple[int, int, int, Kind]) -> Changes:
    """(start, end, length, kind) of each."""
    start, end, length, kind = (np.array(column) for column in zip(*rows, strict=True))
    new = np.zeros((len(rows), 4), np.uint16)
    return Changes(start, end, new, length.astype(np.int8), kind.astype(np.int8), np.zeros(len(rows), np.uint8))


def chosen(found: Changes, *chance: float) -> list[int]:
    return choose(found, np.array(chance, np.float32), HALF)


CHARACTER, WORD, MISSING = Kind.CHARACTER, Kind.WORD, Kind.MISSING


def test_two_changes_apart_are_both_told_in_order() -> None:
    assert chosen(changes((14, 15, 1, CHARACTER), (10, 11, 1, CHARACTER)), 0.9, 0.6) == [1, 0]


def test_of_two_changes_side_by_side_the_likelier_is_told() -> None:
    assert chosen(changes((10, 11, 1, CHARACTER), (11, 12, 1, CHARACTER)), 0.9, 0.95) == [1]
    assert chosen(changes((10, 11, 1, CHARACTER), (11, 11, 1, MISSING)), 0.9, 0.6) == [0]


def test_a_sure_word_goes_before_one_character_of_it() -> None:
    assert chosen(changes((10, 11, 1, CHARACTER), (10, 12, 2, WORD)), 0.99, 0.9) == [1]


def test_a_word_that_is_not_sure_does_not() -> None:
    assert chosen(changes((10, 11, 1, CHARACTER), (10, 12, 2, WORD)), 0.99, 0.7) == [0]


def test_what_is_less_likely_than_the_preset_wants_is_kept_back() -> None:
    assert chosen(changes((10, 11, 1, CHARACTER)), 0.49) == []


@pytest.mark.parametrize(
    ("text", "at", "style"),
    [
        ("其行为显已触犯刑律", 3, True),
        ("唯被告人自首", 0, True),
        ("辩护人另提出", 3, True),
        ("归案以后如实供述", 2, True),
        ("应当将将款还清", 2, False),
        ("应当将将款还清", 3, False),
        ("其行为箔触犯刑律", 3, False),
        ("被告告辩称", 1, False),
        ("提交法证据", 2, False),
    ],
)
def test_a_function_word_too_many_is_style_unless_written_twice(
    small: Proofreader, text: str, at: int, style: bool
) -> None:
    from tianping.text.proofread.alphabet import Alphabet

    tables = small.model.tables
    known = set(tables.alphabet.characters) | set(text)
    whole = Batch.of(type(tables)(**{**vars(tables), "alphabet": Alphabet("".join(sorted(known)))}), [text])
    place = int(whole.starts[0]) + at
    assert list(of_style(whole, changes((place, place + 1, 0, Kind.EXTRA)))) == [style]


def test_only_taking_out_is_style(small: Proofreader) -> None:
    batch = Batch.of(small.model.tables, ["双方当事人应当承担违约责任"])
    place = int(batch.starts[0]) + 3
    assert not of_style(batch, changes((place, place + 1, 1, CHARACTER), (place, place, 1, MISSING))).any()
