"""每条规则：what must hold for all of them, so that a new rule is its file and its cases."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tianping.law import shipped
from tianping.text import lint
from tianping.text.document import Document, Section, from_text
from tianping.text.lint.page import HEADINGS, markdown, page_of
from tianping.text.lint.registry import RULES, rule_modules

from .casebook import Case, cases

FIRST_TEN = {
    *("LAW002", "LAW004", "STR011", "STR013", "NUM001"),
    *("DAT001", "DAT002", "PTY001", "PUN012", "CHR002"),
}
NEVER_SUGGESTS = ("LAW", "NUM", "DAT", "PTY")


def outcomes(case: Case) -> list[lint.Remark | lint.Spared]:
    return list(lint.consider(lint.rule_by_code(case.code), case.document, shipped()))


class TestTheCatalogue:
    def test_the_ten_rules_of_the_first_slice_are_there(self) -> None:
        assert {rule.code for rule in lint.all_rules()} >= FIRST_TEN

    def test_codes_and_names_are_unique(self) -> None:
        rules = lint.all_rules()
        assert len({rule.code for rule in rules}) == len(rules) == len(rule_modules())
        assert len({rule.name for rule in rules}) == len(rules)

    def test_every_code_is_found_by_code_and_by_name(self) -> None:
        for rule in lint.all_rules():
            assert lint.rule_by_code(rule.code.lower()) is rule
            assert lint.rule_by_code(rule.name) is rule

    def test_an_unknown_code_is_refused_in_words(self) -> None:
        with pytest.raises(lint.UnknownRule, match="没有编码为 ABC999 的规则"):
            lint.rule_by_code("ABC999")


@pytest.mark.parametrize("rule", lint.all_rules(), ids=lambda rule: rule.code)
class TestEachRule:
    def test_its_module_is_named_after_the_defect(self, rule: lint.Rule) -> None:
        assert rule.find.__module__.rpartition(".")[2].replace("_", "-") == rule.name

    def test_its_page_has_the_five_headings_in_order_and_none_is_empty(self, rule: lint.Rule) -> None:
        page = page_of(rule)
        assert tuple(heading for heading, _ in page.parts) == HEADINGS
        assert all(body for _, body in page.parts)

    def test_its_page_opens_with_a_chinese_title_and_an_english_sentence(self, rule: lint.Rule) -> None:
        first = (sys.modules[rule.find.__module__].__doc__ or "").split("\n")[0]
        title, _, sentence = first.partition(" — ")
        assert title
        assert not title.isascii()
        assert re.match(r"[a-zA-Z账 ]", sentence)
        assert sentence.endswith(".")

    def test_its_cases_stand_beside_it(self, rule: lint.Rule) -> None:
        family, name = rule.find.__module__.split(".")[-2:]
        path = RULES / family / f"{name}.cases.md"
        assert path.is_file()
        assert path.read_text(encoding="utf-8").startswith(f"# {rule.code} {page_of(rule).title}\n")

    def test_it_has_at_least_as_many_near_misses_as_hits(self, rule: lint.Rule) -> None:
        own = [case for case in cases() if case.code == rule.code]
        hits = sum(case.hit for case in own)
        assert hits >= 2
        assert len(own) - hits >= hits

    def test_its_message_and_page_pass_our_own_linter(self, rule: lint.Rule) -> None:
        page = page_of(rule)
        text = "\n".join([rule.message, *(body for heading, body in page.parts if heading != "反例")])
        assert lint.check(from_text(text)) == ()

    def test_its_page_prints(self, rule: lint.Rule) -> None:
        page = markdown(rule)
        assert page.startswith(f"# {rule.code} ")
        assert all(f"\n## {heading}\n" in page for heading in HEADINGS)


@pytest.mark.parametrize("case", cases(), ids=str)
class TestEachCase:
    def test_what_is_marked_is_flagged_and_nothing_else(self, case: Case) -> None:
        flagged = sorted(
            (outcome.span for outcome in outcomes(case) if isinstance(outcome, lint.Remark)),
            key=lambda span: (span.paragraph, span.start),
        )
        assert tuple(flagged) == case.marked
        assert bool(case.marked) is case.hit

    def test_a_near_miss_was_looked_at_and_let_pass_for_the_stated_reason(self, case: Case) -> None:
        if case.hit:
            assert not case.spared
            return
        assert case.spared in {outcome.why for outcome in outcomes(case) if isinstance(outcome, lint.Spared)}

    def test_no_remark_proposes_to_change_a_name_an_amount_a_date_or_an_article(self, case: Case) -> None:
        for outcome in outcomes(case):
            if isinstance(outcome, lint.Remark):
                assert outcome.text == case.document.text_at(outcome.span)
                assert outcome.suggestion != outcome.text
                if outcome.code.startswith(NEVER_SUGGESTS):
                    assert outcome.suggestion is None
                for written in case.document.dates:
                    inside = written.span.paragraph == outcome.span.paragraph
                    if inside and outcome.span.start < written.span.end and written.span.start < outcome.span.end:
                        assert outcome.suggestion is None


class TestTheCasebookItself:
    """The frame must read as the judgment it says it is, or the cases would prove nothing."""

    @pytest.mark.parametrize("case", cases(), ids=str)
    def test_the_frame_reads_as_a_judgment(self, case: Case) -> None:
        document: Document = case.document
        assert document.is_judgment
        assert document.decided_on or "落款" in case.heading or case.code == "PUN012"
        parts = {Section.FACT, Section.REASON, Section.ORDER}
        assert case.code == "STR001" or parts <= {s.section for s in document.stretches}  # STR001 takes parts away

    def test_every_cases_file_belongs_to_a_rule(self) -> None:
        known = {module.rpartition(".")[2] for module in rule_modules()}
        assert {Path(path).name.removesuffix(".cases.md") for path in RULES.glob("*/*.cases.md")} == known
