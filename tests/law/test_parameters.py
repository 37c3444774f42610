"""法定参数：every number has a day, a basis, and someone who compared it with the official text."""

from __future__ import annotations

from datetime import date

import pytest

from tianping import law
from tianping.law.parameters import codes
from tianping.law.parameters.store import MalformedParameter, parameter_from


@pytest.mark.parametrize("code", codes())
class TestEveryParameter:
    def test_its_days_ascend(self, code: str) -> None:
        days = [value.since for value in law.parameter(code).values]
        assert days == sorted(set(days))

    def test_each_value_has_its_basis(self, code: str) -> None:
        assert all(value.basis.strip() for value in law.parameter(code).values)

    def test_it_was_compared_with_the_official_text_on_a_day(self, code: str) -> None:
        assert law.parameter(code).checked_on >= law.parameter(code).values[0].since

    def test_a_default_without_national_basis_shows_that_the_court_must_confirm_it(self, code: str) -> None:
        for value in law.parameter(code).values:
            assert value.badge == ("" if value.confirmed else "待本院确认")
            assert value.confirmed == ("默认值" not in value.basis and "未证实" not in value.basis)


class TestAskingForADay:
    def test_the_basis_is_the_one_of_that_day(self) -> None:
        handling = law.parameter("petition.handling_days")
        assert handling.on(date(2021, 6, 1)).basis == "《信访条例》（2005）第三十三条"
        assert handling.on(date(2022, 5, 1)).basis == "《信访工作条例》第三十四条"
        assert handling.on(date(2026, 11, 23)).value == 60

    def test_before_the_first_day_it_raises_and_never_guesses(self) -> None:
        with pytest.raises(law.NotYetInForce, match=r"表里 2000-01-01 尚无“信访事项办结期限”"):
            law.parameter("petition.handling_days").on(date(2000, 1, 1))

    def test_the_reply_period_is_a_default_of_five_working_days(self) -> None:
        reply = law.parameter("findings.reply_days").on(date(2026, 11, 23))
        assert (reply.value, reply.unit, reply.badge) == (5, "workday", "待本院确认")

    @pytest.mark.parametrize("code", ["findings.nothing", "../secrets", "findings", ""])
    def test_an_unknown_code_is_refused_in_words(self, code: str) -> None:
        with pytest.raises(law.UnknownParameter, match="没有名为"):
            law.parameter(code)


class TestAFileWrittenWrong:
    HEAD = "name: 某期限\nunit: day\nchecked_on: 2026-11-23\n"

    @pytest.mark.parametrize(
        ("values", "fault"),
        [
            ("values:\n  2020-01-01: {value: 5}\n", "没有写明依据"),
            ("values:\n  2022-01-01: {value: 5, basis: 甲}\n  2020-01-01: {value: 6, basis: 乙}\n", "由早到晚"),
            ("values:\n  去年: {value: 5, basis: 甲}\n", "不是日期"),
            ("values: {}\n", "由早到晚"),
            ("values:\n  2020-01-01: {value: 5, basis: 甲}\nsince: 2020\n", "不认识的字段"),
        ],
    )
    def test_is_refused_with_place_and_fault(self, values: str, fault: str) -> None:
        with pytest.raises(MalformedParameter, match=f"test.code.*{fault}"):
            parameter_from("test.code", self.HEAD + values)
