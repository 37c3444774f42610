"""文书解剖：what the model says about invented judgments."""

from __future__ import annotations

from datetime import date

import pytest
from invented_judgments import ADMINISTRATIVE, CIVIL, CRIMINAL, RULING, SECOND_INSTANCE

from tests.text.growth import grows_with_length
from tianping.text.document import Document, Role, Section, from_text


def sections_of(document: Document) -> list[str]:
    """The sections in the order they are reached, each change once."""
    reached: list[str] = []
    for stretch in document.stretches:
        if not reached or reached[-1] != stretch.section:
            reached.append(stretch.section.value)
    return reached


def section_holding(document: Document, words: str) -> Section:
    for stretch in document.stretches:
        if words in document.text_at(stretch.span):
            return stretch.section
    raise AssertionError(f"{words!r} stands in no single stretch")


class TestSections:
    def test_a_civil_judgment_passes_through_every_section_once(self) -> None:
        assert " ".join(sections_of(from_text(CIVIL))) == (
            "TITLE CASENO PARTY ORIGIN CLAIM DEFENCE EVID FACT REASON BASIS ORDER LATE FEE APPEAL SIGN DATE CLERK ANNEX"
        )

    def test_the_same_judgment_run_together_in_one_paragraph_reads_alike(self) -> None:
        assert sections_of(from_text(CIVIL.replace("\n", ""))) == sections_of(from_text(CIVIL))

    def test_the_same_judgment_with_line_breaks_in_one_word_paragraph_reads_alike(self) -> None:
        from wrappers import package, para, run

        from tianping.text.document import read_bytes

        broken = read_bytes(package(para(run(CIVIL))), "一.docx")
        assert len(broken.paragraphs) == 1
        assert sections_of(broken) == sections_of(from_text(CIVIL))
        assert broken.parties[1].name == "沈一舟"

    def test_one_paragraph_may_pass_from_reasons_to_basis(self) -> None:
        document = from_text(CIVIL)
        assert section_holding(document, "合同受法律保护") is Section.REASON
        assert section_holding(document, "第67条第1款之规定，判决如下：") is Section.BASIS
        assert section_holding(document, "该法第五百七十七条亦有规定") is Section.REASON

    def test_the_account_of_the_judgment_below_is_not_this_court_speaking(self) -> None:
        document = from_text(SECOND_INSTANCE)
        assert section_holding(document, "2019年3月1日双方签订合同") is Section.PRIOR
        assert section_holding(document, "沈一舟应付款") is Section.PRIOR
        assert section_holding(document, "二、驳回其他诉讼请求") is Section.PRIOR
        assert section_holding(document, "没有提交新证据") is Section.EVID
        assert section_holding(document, "驳回上诉，维持原判") is Section.ORDER

    def test_the_same_words_in_a_first_instance_judgment_are_the_courts(self) -> None:
        assert section_holding(from_text(CRIMINAL), "经审理查明") is Section.FACT

    def test_what_the_prosecution_says_after_the_finding_is_not_a_finding(self) -> None:
        document = from_text(CRIMINAL)
        assert section_holding(document, "足以认定") is Section.FACT
        assert section_holding(document, "公诉机关认为") is Section.CLAIM

    def test_date_and_clerk_on_one_line_are_parted(self) -> None:
        document = from_text(CRIMINAL)
        assert section_holding(document, "三月三十一日") is Section.DATE
        assert section_holding(document, "书记员方圆") is Section.CLERK

    def test_every_place_of_the_body_is_in_exactly_one_stretch(self) -> None:
        for text in (CIVIL, SECOND_INSTANCE, CRIMINAL, CIVIL.replace("\n", "")):
            document = from_text(text)
            for para in document.paragraphs:
                spans = [s.span for s in document.stretches if s.span.paragraph == para.index]
                assert "".join(document.text_at(span) for span in spans) == para.text

    def test_a_ruling_on_preservation(self) -> None:
        document = from_text(RULING)
        assert " ".join(sections_of(document)) == (
            "TITLE CASENO PARTY ORIGIN REASON BASIS ORDER FEE APPEAL SIGN DATE CLERK"
        )
        assert document.title == "民事裁定书"
        assert [p.role for p in document.parties] == [Role.APPLICANT, Role.RESPONDENT]

    def test_an_administrative_judgment(self) -> None:
        document = from_text(ADMINISTRATIVE)
        assert " ".join(sections_of(document)) == (
            "TITLE CASENO PARTY ORIGIN CLAIM DEFENCE EVID FACT REASON BASIS ORDER FEE APPEAL SIGN DATE CLERK"
        )
        assert [p.is_organisation for p in document.parties] == [False, True]
        assert [r.title for r in document.representatives] == ["委托代理人", "法定代表人", "出庭负责人"]

    def test_a_fragment_keeps_what_its_cues_say(self) -> None:
        assert from_text("本院认为，合同有效。").sections == (Section.REASON,)
        assert from_text("今天天气很好。").sections == (Section.UNKNOWN,)


class TestHead:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (CIVIL, ("民事判决书", "海州省临江市东湖区人民法院", "（2026）海0102民初1234号")),
            (SECOND_INSTANCE, ("民事判决书", "海州省临江市中级人民法院", "（2026）海01民终88号")),
            (CRIMINAL, ("刑事判决书", "海州省临江市西山区人民法院", "（2026）海0103刑初56号")),
            (CRIMINAL.replace("\n", ""), ("刑事判决书", "海州省临江市西山区人民法院", "（2026）海0103刑初56号")),
        ],
    )
    def test_title_court_and_case_number(self, text: str, expected: tuple[str, str, str]) -> None:
        document = from_text(text)
        assert (document.title, document.court, document.case_no) == expected
        assert document.is_judgment

    def test_a_title_of_the_web_page_above_is_not_the_name_of_the_instrument(self) -> None:
        assert from_text("赵某盗窃一审刑事判决书\n" + CRIMINAL).title == "刑事判决书"

    def test_a_web_title_with_several_names(self) -> None:
        document = from_text("赵某，钱某，孙某盗窃一审刑事判决书\n" + CRIMINAL)
        assert (document.sections[0], document.title) == (Section.TITLE, "刑事判决书")

    def test_a_text_that_is_no_judgment_says_so(self) -> None:
        assert not from_text("会议纪要\n今天讨论了三个问题。").is_judgment

    def test_a_fragment_with_a_disposition_still_counts(self) -> None:
        assert from_text("依照《中华人民共和国刑法》第二百六十四条之规定，判决如下：\n一、罚金一千元。").is_judgment


class TestParties:
    def test_standing_identities_aliases_and_kind(self) -> None:
        first, second, third = from_text(CIVIL).parties
        assert (first.role, first.name) == (Role.PLAINTIFF, "临江市青禾（海州）农业科技有限公司")
        assert (first.identities, first.aliases, first.is_organisation) == (("反诉被告",), ("青禾公司",), True)
        assert (second.role, second.name, second.aliases) == (Role.DEFENDANT, "沈一舟", ("沈大舟",))
        assert not second.is_organisation
        assert (third.role, third.name) == (Role.THIRD_PARTY, "临江市云帆物流有限公司")

    def test_the_span_is_the_name_itself(self) -> None:
        for text in (CIVIL, SECOND_INSTANCE, CRIMINAL, CIVIL.replace("\n", "")):
            document = from_text(text)
            assert document.parties
            for person in (*document.parties, *document.representatives):
                assert document.text_at(person.span) == person.name

    def test_second_instance_identities_stand_in_brackets(self) -> None:
        parties = from_text(SECOND_INSTANCE).parties
        assert [(p.role, p.identities) for p in parties] == [
            (Role.APPELLANT, ("原审被告", "反诉原告")),
            (Role.APPELLEE, ("原审原告", "反诉被告")),
            (Role.THIRD_PARTY, ()),
        ]
        assert parties[2].written == "原审第三人"

    def test_nicknames_and_assumed_names_of_the_accused(self) -> None:
        prosecutor, accused = from_text(CRIMINAL).parties
        assert (prosecutor.role, prosecutor.name) == (Role.PROSECUTOR, "海州省临江市西山区人民检察院")
        assert (accused.role, accused.name) == (Role.ACCUSED, "赵小川")
        assert "川子" in accused.aliases
        assert any("赵山" in alias for alias in accused.aliases)

    def test_who_speaks_for_them(self) -> None:
        assert [(r.title, r.name) for r in from_text(CIVIL).representatives] == [
            ("法定代表人", "林知远"),
            ("委托诉讼代理人", "周未明"),
            ("委托诉讼代理人", "吴小满"),
            ("负责人", "郑可"),
        ]
        assert [(r.title, r.name) for r in from_text(CRIMINAL).representatives] == [
            ("辩护人", "钱多宁"),
            ("辩护人", "孙小雨"),
        ]

    @pytest.mark.parametrize("name", ["于小海", "向阳", "经天", "对门洋子", "在田"])
    def test_a_name_may_begin_like_a_sentence_goes_on(self, name: str) -> None:
        text = CRIMINAL.replace("赵小川", name)
        assert [p.name for p in from_text(text).parties] == ["海州省临江市西山区人民检察院", name]

    @pytest.mark.parametrize(
        "line", ["被告人因涉嫌犯盗窃罪被拘留。", "原告不服，提起诉讼。", "被告经传唤未到庭。", "被告人当庭供认。"]
    )
    def test_a_sentence_about_a_party_names_nobody(self, line: str) -> None:
        assert from_text("刑事判决书\n公诉机关某市人民检察院。\n" + line).parties[1:] == ()

    @pytest.mark.parametrize("sentence", ["被告人赵小川曾居住外地，后回本市。", "被告人赵小川自幼随父母生活。"])
    def test_a_later_sentence_of_a_party_line_adds_no_party(self, sentence: str) -> None:
        text = CRIMINAL.replace("现羁押于临江市看守所。", sentence)
        assert [p.name for p in from_text(text).parties] == ["海州省临江市西山区人民检察院", "赵小川"]

    def test_the_opening_of_the_case_story_is_no_party(self) -> None:
        assert len(from_text(CIVIL.replace("\n", "")).parties) == 3


class TestDates:
    def test_a_day_that_does_not_exist_has_no_value(self) -> None:
        document = from_text(CIVIL)
        (wrong,) = [d for d in document.dates if d.value is None]
        assert (wrong.text, wrong.year, wrong.month, wrong.day) == ("2025年6月31日", 2025, 6, 31)
        assert document.text_at(wrong.span) == wrong.text

    def test_spaces_between_figures_and_characters_do_not_hide_a_date(self) -> None:
        texts = [d.text for d in from_text(CIVIL).dates]
        assert "2025 年 3 月 1 日" in texts

    def test_the_same_year_is_the_year_before_it(self) -> None:
        (again,) = [d for d in from_text(CIVIL).dates if d.text == "同年4月2日"]
        assert (again.value, again.year_written) == (date(2025, 4, 2), False)

    def test_a_date_without_any_year_to_lean_on_is_judged_by_a_leap_year(self) -> None:
        assert [d.text for d in from_text("2月29日还款，4月38日又还。").dates if d.value is None] == ["4月38日"]
        assert [d.value for d in from_text("2025年1月3日签约，2月29日还款。").dates] == [date(2025, 1, 3)]

    def test_a_paper_number_like_a_date_is_no_date(self) -> None:
        assert from_text("文号2015-13-02的材料，2015-12-02收到。").dates[0].value == date(2015, 12, 2)

    @pytest.mark.parametrize(
        "written",
        ["二〇二六年三月八日", "二○二六年三月八日", "二0二六年三月八日", "二O二六年三月八日", "二零二六年三月八日"],
    )
    def test_the_signature_date_is_read_whatever_its_zero(self, written: str) -> None:
        assert from_text(CIVIL.replace("二○二六年三月八日", written)).decided_on == date(2026, 3, 8)

    def test_days_of_fact_leave_out_births_and_earlier_convictions(self) -> None:
        document = from_text(CRIMINAL)
        assert (document.facts_from, document.facts_to) == (date(2025, 10, 1), date(2025, 10, 1))
        assert document.decided_on == date(2026, 3, 31)

    def test_a_month_of_birth_in_the_facts_is_no_day_of_fact(self) -> None:
        document = from_text("经审理查明，2019年6月3日撞伤行人庄某（男，1963年9月生）及1970年生的吴某。")
        assert document.facts_from == date(2019, 6, 3)

    def test_a_month_alone_counts_from_its_first_to_its_last_day(self) -> None:
        document = from_text("经审理查明，2019年6月双方签约，2024年2月违约。")
        assert (document.facts_from, document.facts_to) == (date(2019, 6, 1), date(2024, 2, 29))

    def test_claims_alone_give_no_days_of_fact(self) -> None:
        assert from_text("原告诉称，2019年6月3日双方签约。").facts_from is None

    def test_a_finding_that_only_adds_leaves_the_charged_days_in(self) -> None:
        document = from_text("公诉机关指控，2020年1月2日被告人行窃。\n另查明，2021年2月3日被告人投案。")
        assert document.facts_from == date(2020, 1, 2)


class TestCitations:
    def cited(self, text: str) -> list[tuple[str, str, list[int]]]:
        return [(c.title, c.effective_title, [n for n, _ in c.articles]) for c in from_text(text).citations]

    def test_a_civil_judgment_in_reading_order(self) -> None:
        code, procedure = "中华人民共和国民法典", "中华人民共和国民事诉讼法"
        assert self.cited(CIVIL) == [
            ("中华人民共和国合同法", "中华人民共和国合同法", [52]),
            (code, code, [509]),
            ("该法", code, [577]),
            ("民法典", code, [626, 628]),
            (code, code, [509, 577]),
            (procedure, procedure, [67]),
            (procedure, procedure, [264]),
            (code, code, []),
        ]

    def test_lists_of_articles_paragraphs_and_items(self) -> None:
        assert self.cited(CRIMINAL)[0][2] == [264, 67, 72, 133, 52, 53]

    def test_each_article_has_its_place(self) -> None:
        document = from_text(CRIMINAL)
        assert [document.text_at(span) for _, span in document.citations[0].articles] == [
            "第二百六十四条",
            "第六十七条",
            "第七十二条",
            "第一百三十三条之一",
            "第五十二",
            "五十三条",
        ]

    def test_the_issuer_before_the_marks_belongs_to_the_title(self) -> None:
        text = "依照最高人民法院、最高人民检察院《关于办理某类案件的解释》第二条之规定"
        assert self.cited(text)[0][1] == "最高人民法院、最高人民检察院关于办理某类案件的解释"

    def test_a_title_within_a_title(self) -> None:
        title = "最高人民法院关于适用《中华人民共和国民法典》时间效力的若干规定"
        assert self.cited(f"依照《{title}》第一条") == [(title, title, [1])]

    def test_a_title_without_marks_and_contracts_that_are_no_law(self) -> None:
        assert self.cited("双方签订《房屋租赁合同》，依据中华人民共和国合同法第十条") == [
            ("中华人民共和国合同法", "中华人民共和国合同法", [10])
        ]

    def test_an_article_after_another_sentence_is_not_taken(self) -> None:
        assert self.cited("《中华人民共和国刑法》规定了原则。合同第五条约定违约金。")[0][2] == []


@pytest.mark.parametrize(
    "unit",
    [
        "《刑法》同法第一条",
        "《甲法》（以下简称乙）乙第一条",
        "第一条、",
        "第一、二",
        "2026年1月1日",
        "被告人张三，男。",
        "被告辩称，有异议。原告诉称，1月1日。",
        "依照《甲法》第一条，",
        "本院经审理查明",
        "（2026）",
        "张 三",
        "公诉机关",
        "一案",
        "《",
        "（",
    ],
)
@pytest.mark.parametrize(
    "opening", ["", "刑事判决书\n被告人张三，男。\n", "本院认为，", "上诉人张三。\n一审法院认为，"]
)
def test_reading_time_grows_with_length_only(unit: str, opening: str) -> None:
    assert grows_with_length(lambda length: from_text(opening + unit * (length // len(unit))), 5_000, 60_000)
