"""检查引擎：the same input gives the same remarks, in the order of the text."""

from __future__ import annotations

from datetime import date

import pytest

from tianping.law import shipped
from tianping.text import lint
from tianping.text.document import Document, Paragraph, Span, from_text
from tianping.text.lint.places import find
from tianping.text.lint.rule import in_words
from tianping.text.lint.speech import quoted_by

from .casebook import judgment

FAULTY = judgment(
    {"节": "主文"},
    [
        "一、被告于2024年6月31日前以转帐方式返还借款捌仟叁元（8300元）；",
        "三、驳回原告的其他诉讼请求。",
    ],
)

FOUR = lint.Profile(select=("DAT001", "CHR002", "NUM001", "STR013"))
"""So that a new rule changes nothing here."""


class TestChecking:
    def test_remarks_come_in_the_order_of_the_text(self) -> None:
        remarks = lint.check(from_text(FAULTY), rules=FOUR)
        assert [remark.code for remark in remarks] == ["DAT001", "CHR002", "NUM001", "STR013"]
        every = lint.check(from_text(FAULTY))
        assert [remark.order for remark in every] == sorted(remark.order for remark in every)

    def test_twice_the_same(self) -> None:
        assert lint.check(from_text(FAULTY)) == lint.check(from_text(FAULTY))

    def test_each_remark_carries_the_words_it_flags(self) -> None:
        document = from_text(FAULTY)
        for remark in lint.check(document):
            assert remark.text == document.text_at(remark.span) != ""

    def test_padding_between_characters_changes_no_remark(self) -> None:
        padded = FAULTY.replace("2024年6月31日", "2024 年 6 月 31 日").replace("转帐", "转　帐")
        assert [(r.code, "".join(r.text.split())) for r in lint.check(from_text(padded))] == [
            (r.code, r.text) for r in lint.check(from_text(FAULTY))
        ]

    def test_a_law_of_our_own_may_be_brought(self) -> None:
        assert lint.check(from_text(FAULTY), law=shipped().on(date(2020, 1, 1))) == lint.check(from_text(FAULTY))

    @pytest.mark.parametrize(
        ("decided", "article"), [("2024-09-20", "二百六十四"), ("2023-09-20", "二百六十"), ("2019-09-20", "二百五十三")]
    )
    def test_a_remark_rests_on_the_article_of_the_day_of_the_judgment(self, decided: str, article: str) -> None:
        """无金钱给付却写了迟延履行段。"""
        ordered = {
            "节": "主文",
            "裁判日期": decided,
            "告知": "如果未按本判决指定的期间履行给付金钱义务，应当加倍支付迟延履行期间的债务利息。",
        }
        document = from_text(judgment(ordered, ["准许原告与被告离婚。"]))
        (remark,) = lint.check(document, rules=lint.Profile(select=("STR010",)))
        assert remark.basis == f"《中华人民共和国民事诉讼法》第{article}条"

    def test_a_title_within_a_title_stands_in_single_marks(self) -> None:
        cited = {"节": "依据", "裁判日期": "2024-09-20"}
        interpretation = "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》"
        grounds = f"依照{interpretation}第九十条、《中华人民共和国民法典》第七条规定，判决如下："
        document = from_text(judgment(cited, [grounds]))
        (remark,) = lint.check(document, rules=lint.Profile(select=("LAW007",)))
        assert interpretation in remark.message

    def test_an_empty_document_has_no_remarks(self) -> None:
        assert lint.check(Document(paragraphs=())) == ()

    def test_a_text_that_is_no_judgment_gets_only_the_general_rules(self) -> None:
        letter = from_text("来信收悉。\n请于2024年6月31日前将款项汇入帐户，依照《中华人民共和国民法典》第二千条处理。")
        assert not letter.is_judgment
        assert {remark.code for remark in lint.check(letter, rules=FOUR)} == {"DAT001", "CHR002"}
        assert all(lint.rule_by_code(remark.code).general for remark in lint.check(letter))


class TestProfiles:
    def test_a_beginning_selects_a_family(self) -> None:
        remarks = lint.check(from_text(FAULTY), rules=lint.Profile(select=("DAT", "NUM001")))
        assert {remark.code for remark in remarks} == {"DAT001", "NUM001"}

    def test_ignore_wins_over_select(self) -> None:
        remarks = lint.check(from_text(FAULTY), rules=lint.Profile(select=("DAT",), ignore=("DAT001",)))
        assert remarks == ()

    @pytest.mark.parametrize("prefix", ["XYZ", "LAW999", ""])
    def test_a_beginning_that_fits_no_rule_is_refused(self, prefix: str) -> None:
        with pytest.raises(lint.UnknownRule):
            lint.Profile(select=(prefix,)).rules()

    def test_a_rule_is_silent_in_a_mode_it_does_not_serve_even_when_selected(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rule = lint.rule_by_code("DAT001")
        monkeypatch.setattr(rule, "modes", frozenset({lint.Mode.PUBLISH}))
        for mode, speaks in ((lint.Mode.PUBLISH, True), (lint.Mode.ISSUED, False), (lint.Mode.DRAFT, False)):
            assert (rule in lint.Profile(select=("DAT001",), mode=mode).rules()) is speaks
            assert (rule in lint.Profile(mode=mode).rules()) is speaks

    def test_the_proofreaders_rules_are_heard_only_when_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from tianping.text.lint import proofreading

        rule = lint.rule_by_code("DAT001")
        monkeypatch.setattr(rule, "severity", lint.Severity.INFO)
        monkeypatch.setattr("tianping.text.lint.profile.VOICE", ("DAT001",))
        assert rule not in lint.Profile().rules()
        assert rule in lint.Profile(proofread="quiet").rules()
        assert rule not in lint.Profile(proofread="quiet", ignore=("DAT",)).rules()
        assert rule in lint.Profile(proofread="quiet", select=("NUM",)).rules()
        with proofreading.as_sure_as("quiet"):
            assert proofreading.least() == 0.8
        assert proofreading.least() == 0.5

    def test_issued_is_the_mode_where_none_is_named(self) -> None:
        assert lint.Profile().mode is lint.Mode.ISSUED
        assert lint.Profile() == lint.Profile(mode=lint.Mode.ISSUED)

    def test_without_preview_only_stable_rules_speak(self) -> None:
        assert all(rule.status is lint.Status.STABLE for rule in lint.Profile(preview=False).rules())


class TestWhoseWords:
    @pytest.mark.parametrize(
        ("text", "words", "mark"),
        [
            ("他说“转帐”给我", "转帐", "“"),
            ("他说“先‘转帐’再说”给我", "转帐", "“"),
            ("《转帐明细》", "转帐", "《"),
            ('他说"转帐"给我', "转帐", '"'),
            ("他说“转帐，没有写完", "转帐", "“"),
            ("上一段的引文，转帐”给我", "转帐", "“"),
            ("他说“收到”，后转帐给我", "转帐", None),
            ("转帐给我“收到”", "转帐", None),
        ],
    )
    def test_quotation_marks_hold_what_is_in_them(self, text: str, words: str, mark: str | None) -> None:
        start = text.index(words)
        found = quoted_by(text, start, start + len(words))
        assert (found is None) is (mark is None)

    def test_places_are_those_of_the_text_as_written(self) -> None:
        import re

        document = Document(paragraphs=(Paragraph(0, "审　判　长　孟书言"),))
        ((_, span),) = find(document, re.compile("审判长"))
        assert span == Span(0, 0, 5)
        assert document.text_at(span) == "审　判　长"


class TestARule:
    def test_a_code_of_another_form_is_refused(self) -> None:
        with pytest.raises(ValueError, match="三个大写字母加三位数字"):
            lint.Rule("law2", "x", since="0", message="", severity=lint.Severity.INFO)

    def test_days_are_written_the_chinese_way(self) -> None:
        assert in_words(date(2026, 3, 8)) == "2026年3月8日"
