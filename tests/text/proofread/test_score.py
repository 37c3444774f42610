"""评分: the bench counts edits as the scorer of the dev sets does."""

from __future__ import annotations

import pytest
from bench.proofread_score import edits, measure, score


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ("上诉证据", "上述证据", [(1, 2, "述")]),
        ("知府工资", "支付工资", [(0, 2, "支付")]),
        ("工程资麗料", "工程资料", [(3, 4, "")]),
        ("未经许经营", "未经许可经营", [(3, 3, "可")]),
        ("足认以定", "足以认定", [(1, 3, "以认")]),
        ("一致", "一致", []),
        ("", "补上", [(0, 0, "补上")]),
        ("去掉", "", [(0, 2, "")]),
        ("甲乙丙丁", "甲己丙庚", [(1, 2, "己"), (3, 4, "庚")]),
    ],
)
def test_edits(source: str, target: str, wanted: list[tuple[int, int, str]]) -> None:
    assert edits(source, target) == wanted


def test_measures() -> None:
    assert measure(0, 0, 0, 0.5) == {"P": 0.0, "R": 0.0, "F0.5": 0.0}
    assert measure(8, 10, 16, 0.5) == {"P": 80.0, "R": 50.0, "F0.5": 71.4}


def test_scores_of_wrong_and_right_sentences() -> None:
    told = score(
        [
            ("上诉证据", "上述证据", "上述证据"),
            ("知府工资", "支付工资", "知府工资"),
            ("本院认为", "本院认为", "本院认力"),
            ("于法有据", "于法有据", "于法有据"),
        ]
    )
    assert told["edits"] == {"right": 1, "said": 2, "wanted": 2, "P": 50.0, "R": 50.0, "F0.5": 50.0}
    assert told["sentences"] == {"P": 50.0, "R": 50.0, "F1": 50.0}
    assert told["clean"]["false_edits_per_1000"] == 125.0
