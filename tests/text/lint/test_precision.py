"""精确率：what a rule may say follows from what was measured of it, and from nothing else."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tianping.text import lint
from tianping.text.lint import precision
from tianping.text.lint.page import measured_words
from tianping.text.lint.precision import Measured, poisson_upper, wilson_lower

sys.path.insert(0, str(Path(__file__).parents[3]))
from tools import precision as tool

GOOD = Measured("DAT001", 40, 40, 532_413, 100, 95, "307份一审刑事判决书", "2026-11-23")


@pytest.fixture
def of_day(monkeypatch: pytest.MonkeyPatch) -> object:
    def measure(**fields: object) -> lint.Rule:
        row = replace(GOOD, **fields)  # type: ignore[arg-type]
        monkeypatch.setattr(precision, "table", lambda: {"DAT001": row})
        return lint.rule_by_code("DAT001")

    return measure


class TestBounds:
    @pytest.mark.parametrize(
        ("right", "judged", "bound"), [(9, 9, 0.7009), (35, 35, 0.9011), (90, 100, 0.8256), (0, 3, 0.0)]
    )
    def test_wilson(self, right: int, judged: int, bound: float) -> None:
        assert wilson_lower(right, judged) == pytest.approx(bound, abs=2e-4)

    @pytest.mark.parametrize(("seen", "bound"), [(0, 2.996), (1, 4.744), (2, 6.296), (10, 16.962)])
    def test_poisson_of_which_the_rule_of_three_is_the_first(self, seen: int, bound: float) -> None:
        assert poisson_upper(seen) == pytest.approx(bound, abs=1e-3)


class TestStatusFollows:
    def test_a_rule_nobody_measured_is_on_trial_and_speaks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(precision, "table", dict)
        rule = lint.rule_by_code("DAT001")
        assert (rule.status, rule.is_weak) == (lint.Status.PREVIEW, False)
        assert rule in lint.Profile().rules()
        assert measured_words(rule) == "实测：尚无。"

    def test_measured_well_it_is_stable(self, of_day) -> None:  # type: ignore[no-untyped-def]
        assert of_day().status is lint.Status.STABLE
        assert of_day(judged=0, right=0).status is lint.Status.STABLE  # silence on many characters is evidence

    def test_silence_where_the_rule_has_nothing_to_say_proves_nothing(self, of_day) -> None:  # type: ignore[no-untyped-def]
        rule = of_day(judged=0, right=0, planted=0, found=0)
        assert (rule.status, rule.measured.false_alarms_bound) == (lint.Status.PREVIEW, None)
        assert measured_words(rule) == "实测：尚无。"

    @pytest.mark.parametrize(
        "short",
        [
            {"found": 89},  # recall below nine in ten
            {"planted": 49, "found": 49},  # too few planted
            {"characters": 499_999},  # too little text
            {"right": 38},  # two false alarms: not bounded by one in 100,000 characters
        ],
    )
    def test_short_of_any_condition_it_falls_back_to_trial_and_still_speaks(self, of_day, short) -> None:  # type: ignore[no-untyped-def]
        rule = of_day(**short)
        assert rule.status is lint.Status.PREVIEW
        assert rule in lint.Profile().rules()
        assert rule not in lint.Profile(preview=False).rules()

    def test_below_the_floor_it_is_silent_unless_selected_and_its_page_says_so(self, of_day) -> None:  # type: ignore[no-untyped-def]
        rule = of_day(right=35)
        assert (rule.status, rule.is_weak) == (lint.Status.PREVIEW, True)
        assert rule not in lint.Profile().rules()
        assert rule in lint.Profile(select=("DAT001",)).rules()
        assert "精确率 0.88（95% 下限 0.74）" in measured_words(rule)
        assert "默认不报" in measured_words(rule)

    def test_a_weak_rule_of_the_proofreader_says_when_it_is_heard(self, monkeypatch: pytest.MonkeyPatch) -> None:
        row = replace(GOOD, code="CHR018", right=10)
        monkeypatch.setattr(precision, "table", lambda: {"CHR018": row})
        rule = lint.rule_by_code("CHR018")
        assert rule in lint.Profile(proofread="quiet").rules()
        assert rule not in lint.Profile().rules()
        assert "默认不报" not in measured_words(rule)
        assert "`--proofread`" in measured_words(rule)


class TestTheTable:
    def test_it_says_what_the_verdicts_say(self) -> None:
        assert tool.disagreeing() == []

    def test_three_hundred_remarks_were_judged_and_most_of_them_twice(self) -> None:
        remarks = json.loads(tool.VERDICTS.read_text(encoding="utf-8"))["remarks"]
        assert len(remarks) >= 300
        assert sum("second" in row for row in remarks) >= 200
        assert all(row["why"] and row["verdict"] in ("right", "wrong") for row in remarks)

    def test_what_only_one_reading_calls_right_does_not_count_as_right(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        content = json.loads(tool.VERDICTS.read_text(encoding="utf-8"))
        row = next(row for row in content["remarks"] if row.get("second") == "right" and row.get("made", True))
        row["second"] = "wrong"
        changed = tmp_path / "verdicts.json"
        changed.write_text(json.dumps(content), encoding="utf-8")
        monkeypatch.setattr(tool, "VERDICTS", changed)
        assert tool.disagreeing() == [row["code"]]

    def test_a_changed_verdict_is_noticed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        content = json.loads(tool.VERDICTS.read_text(encoding="utf-8"))
        content["remarks"][0]["verdict"] = "wrong"
        changed = tmp_path / "verdicts.json"
        changed.write_text(json.dumps(content), encoding="utf-8")
        monkeypatch.setattr(tool, "VERDICTS", changed)
        assert tool.disagreeing() == [content["remarks"][0]["code"]]

    def test_every_row_belongs_to_a_rule(self) -> None:
        assert set(precision.table()) <= {rule.code for rule in lint.all_rules()}
