"""解剖各项：amounts, claims, dispositions, provisions, protected places — and how well they are found."""

from __future__ import annotations

import importlib.util
import os
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from invented_judgments import CIVIL, CRIMINAL, SECOND_INSTANCE

from tests.text.growth import grows_with_length
from tianping.text.document import Document, from_text
from tianping.text.document.classification import Instance, Instrument, Matter, Track
from tianping.text.document.model import Untouchable


def bench() -> ModuleType:
    path = Path(__file__).parents[3] / "bench" / "anatomy.py"
    spec = importlib.util.spec_from_file_location("bench_anatomy", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def held(document: Document, words: str, kind: Untouchable | None = None) -> bool:
    """Whether every place where the words stand is protected."""
    places = [
        (paragraph.index, at)
        for paragraph in document.paragraphs
        for at in range(len(paragraph.text))
        if paragraph.text.startswith(words, at)
    ]
    spans = [p.span for p in document.protected if kind is None or p.kind is kind]
    return bool(places) and all(
        any(s.paragraph == number and s.start <= at and at + len(words) <= s.end for s in spans)
        for number, at in places
    )


class TestAmounts:
    @pytest.mark.parametrize(
        ("text", "yuan", "unit"),
        [
            ("支付80000元。", "80000", "元"),
            ("共计1,254,802.58元", "1254802.58", "元"),
            ("赔偿59，400元", "59400", "元"),
            ("借款８０００元", "8000", "元"),
            ("获利8.5万余元", "85000", "万元"),
            ("给付2万3千元", "23000", "元"),
            ("罚金一千五百余元", "1500", "元"),
            ("借款捌仟叁佰元伍角整", "8300.5", "元"),
            ("投资1亿2000万元", "120000000", "万元"),
            ("价值￥8300.00，", "8300.00", ""),
            ("罚金人民币3000，限期缴纳", "3000", ""),
            ("向其借款10万，", "100000", "万"),
            ("二十万元以上", "200000", "万元"),
            ("付给他500块钱", "500", "块钱"),
        ],
    )
    def test_one_sum(self, text: str, yuan: str, unit: str) -> None:
        (amount,) = from_text(text).amounts
        assert (amount.yuan, amount.unit) == (Decimal(yuan), unit)

    @pytest.mark.parametrize(
        "text",
        [
            "几万元",
            "数千元",
            "十几万元",
            "百元大钞",
            "2014元月",
            "一元化管理",
            "10万公里，",
            "第二百六十四条",
            "××元",
            "三次",
        ],
    )
    def test_no_sum_anybody_could_add(self, text: str) -> None:
        assert from_text(text).amounts == ()

    def test_both_ends_of_a_range_are_sums(self) -> None:
        assert [a.yuan for a in from_text("罚金3000-5000元，另3至5万元。").amounts] == [3000, 5000, 30000, 50000]

    def test_capitals_are_marked(self) -> None:
        assert [(a.yuan, a.capitals) for a in from_text("价值捌仟叁佰元（8300元）").amounts] == [
            (8300, True),
            (8300, False),
        ]

    def test_foreign_money_is_no_sum_in_yuan_but_protected(self) -> None:
        document = from_text("汇款8000美元。")
        assert document.amounts == ()
        assert held(document, "8000美元", Untouchable.AMOUNT)

    def test_the_place_holds_padding(self) -> None:
        document = from_text("租金 36 000 元。")
        assert document.text_at(document.amounts[0].span) == "36 000 元"


OPENING = (
    "民事判决书\n（2026）海0102民初1号\n原告：甲方有限公司。\n被告：沈一舟，男，1985年4月3日出生。\n"
    "一案，本院于2026年1月5日立案受理。\n"
)


class TestClaims:
    def asked(self, words: str) -> list[tuple[int, str]]:
        document = from_text(OPENING + words)
        return [(item.number, document.text_at(item.span)) for item in document.claims]

    def test_numbered_and_cut_at_the_reasons(self) -> None:
        assert self.asked(
            "原告向本院提出诉讼请求：1.支付货款1.5万元；2.诉讼费由被告负担。事实和理由：1.欠款属实。"
        ) == [
            (1, "支付货款1.5万元"),
            (2, "诉讼费由被告负担"),
        ]

    def test_a_line_each(self) -> None:
        assert [
            n for n, _ in self.asked("原告向本院提出诉讼请求：\n1.解除合同；\n2.返还押金；\n事实和理由：略。\n3.无关")
        ] == [1, 2]

    def test_a_claim_changed_stands_where_it_was_changed(self) -> None:
        asked = self.asked(
            "原告向本院提出诉讼请求：1.支付8万元；2.支付利息。事实和理由：略。\n诉讼中，原告变更第1项诉讼请求为：支付6万元。"
        )
        assert asked == [(1, "支付6万元"), (2, "支付利息")]

    def test_a_claim_withdrawn_is_gone(self) -> None:
        asked = self.asked(
            "原告向本院提出诉讼请求：1.支付8万元；2.支付利息；3.赔礼道歉。\n庭审中，原告撤回第二、三项诉讼请求。"
        )
        assert asked == [(1, "支付8万元")]

    def test_a_claim_added_comes_last(self) -> None:
        asked = self.asked("原告向本院提出诉讼请求：1.支付8万元。\n诉讼中，原告增加诉讼请求：2.支付违约金5000元。")
        assert [number for number, _ in asked] == [1, 2]

    def test_what_was_asked_below_is_no_request_of_the_appeal(self) -> None:
        document = from_text(SECOND_INSTANCE)
        assert [document.text_at(item.span) for item in document.claims] == ["撤销一审判决，依法改判"]

    def test_a_charge_is_no_claim(self) -> None:
        assert from_text(CRIMINAL).claims == ()


class TestDispositions:
    def ordered(self, words: str) -> list[tuple[int, str]]:
        document = from_text("依照《中华人民共和国刑法》第二百六十四条之规定，判决如下：\n" + words)
        return [(item.number, document.text_at(item.span)) for item in document.dispositions]

    def test_each_accused_without_a_number_is_one_item(self) -> None:
        ordered = self.ordered("被告人赵小川犯盗窃罪，判处拘役三个月。被告人钱小满犯盗窃罪，判处管制一年。")
        assert [number for number, _ in ordered] == [0, 0]

    def test_two_crimes_of_one_accused_are_one_item(self) -> None:
        assert (
            len(
                self.ordered(
                    "被告人赵小川犯抢劫罪，判处有期徒刑三年；被告人赵小川犯盗窃罪，判处拘役三个月。决定执行三年。"
                )
            )
            == 1
        )

    def test_notes_are_no_items(self) -> None:
        ordered = self.ordered(
            "一、被告人赵小川犯盗窃罪，判处拘役三个月。\n（刑期从判决执行之日起计算。）\n二、没收手机一部。\n上述罚金限十日内缴纳。"
        )
        assert [number for number, _ in ordered] == [1, 2]

    def test_an_enumeration_within_an_item_is_not_the_next_item(self) -> None:
        assert [n for n, _ in self.ordered("一、撤销原判第二、三项；\n二、驳回其他诉讼请求。")] == [1, 2]

    def test_a_judgment_quoted_in_the_facts_orders_nothing_here(self) -> None:
        quoted = CIVIL.replace("同年4月2日，原告交货。", "另案判决书载明“判决如下：驳回起诉”，已经生效。")
        assert [item.number for item in from_text(quoted).dispositions] == [1, 2]


class TestProvisions:
    def places(self, text: str) -> list[tuple[object, ...]]:
        return [
            (p.article, p.insert, p.paragraph, p.item, p.point)
            for citation in from_text(text).citations
            for p in citation.provisions
        ]

    def test_lists_at_every_level(self) -> None:
        assert self.places(
            "依照《中华人民共和国刑法》第七十二条第一、三款、第一百三十三条之一第一款第（二）、（三）项、第五十二、五十三条第一款"
        ) == [
            (72, 0, 1, None, None),
            (72, 0, 3, None, None),
            (133, 1, 1, 2, None),
            (133, 1, 1, 3, None),
            (52, 0, None, None, None),
            (53, 0, 1, None, None),
        ]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("《甲法》第五条：“甲、乙。”、第八条", [5, 8]),
            ("《甲法》第五条规定“甲。”，第八条规定“乙。”，故", [5, 8]),
            ("《甲法》第五条：“甲”的规定、第八条之规定", [5, 8]),
            ("《甲法》第五条“甲”以及第八条规定的条件", [5, 8]),
            ("《甲法》第五条、第六条：“甲”，和第八条判决如下", [5, 6, 8]),
        ],
    )
    def test_a_list_goes_on_behind_what_its_articles_say(self, text: str, found: list[int]) -> None:
        assert [article for article, *_ in self.places(text)] == found

    def test_behind_a_quotation_a_paragraph_is_one_of_the_article_before_it(self) -> None:
        assert self.places("《甲法》第五条第一款：“甲”、第二款：“乙”、第八条之一第（二）项") == [
            (5, 0, 1, None, None),
            (5, 0, 2, None, None),
            (8, 1, None, 2, None),
        ]

    def test_a_quotation_that_cites_keeps_its_own_citation(self) -> None:
        found = from_text("《甲法》第五条：“依照《乙法》第三条办理”、第八条").citations
        assert [(c.title, [n for n, _ in c.articles]) for c in found] == [("甲法", [5, 8]), ("乙法", [3])]

    @pytest.mark.parametrize(
        "behind",
        [
            "”。第八条",  # 句已完
            "”第八条",
            "”，合同第八条",
            "”，第八条约定按月付款",  # 合同的条
            "”、第八条还约定",
            "”、第二项判决有误",  # 判项
            "”、第二项诉讼请求",
            "”，第二款项已付",
            "”，第二，被告",
            "”，公司第八条规定",
            "、第八条",  # 引号没有结束
            "”、“乙”、第八条",
        ],
    )
    def test_what_else_stands_behind_a_quotation_is_no_article(self, behind: str) -> None:
        assert self.places(f"《甲法》第五条：“甲{behind}") == [(5, 0, None, None, None)]

    def test_an_item_without_a_paragraph_and_a_point(self) -> None:
        assert self.places("《甲法》第10条第2项第3目和第五条") == [(10, 0, None, 2, 3), (5, 0, None, None, None)]

    def test_the_place_is_the_words(self) -> None:
        document = from_text("依照《中华人民共和国刑法》第七十二条第一款、第三款")
        assert [document.text_at(p.span) for p in document.citations[0].provisions] == ["第七十二条第一款", "第三款"]

    def test_the_everyday_name_of_a_statute_and_what_leans_on_it(self) -> None:
        text = "根据合同法第五十二条，劳动合同法第十条，前述法律第三条"
        assert [c.effective_title for c in from_text(text).citations] == [
            "中华人民共和国合同法",
            "中华人民共和国劳动合同法",
            "中华人民共和国劳动合同法",
        ]

    def test_a_longer_name_is_not_the_shorter_statute(self) -> None:
        assert from_text("农村土地承包经营合同法第五条").citations == ()


class TestWhatMayNotBeTouched:
    def test_people_organisations_numbers_sums_days_and_addresses(self) -> None:
        document = from_text(
            CRIMINAL.replace(
                "窃得手机一部，价值",
                "在临江市西山区春和路8号楼102室窃得被害人田小禾（女，32岁）手机一部，后驾驶苏A12345号轿车离开，价值",
            )
        )
        for words in ("赵小川", "川子", "田小禾", "叶青", "白露"):
            assert held(document, words, Untouchable.PERSON), words
        for words in ("8300元", "2025年10月1日", "苏A12345", "春和路8号楼102室", "（2026）海0103刑初56号", "30号"):
            assert held(document, words), words

    def test_a_name_is_protected_wherever_it_stands(self) -> None:
        document = from_text("证人牛大田的证言。\n经查，牛大田当日不在现场，款项汇入牛大田账户。")
        assert held(document, "牛大田", Untouchable.PERSON)

    @pytest.mark.parametrize("name", ["王某某", "李某1", "赵某甲", "钱×", "孙XX"])
    def test_veiled_names(self, name: str) -> None:
        assert held(from_text(f"其与{name}、周某发生争执。"), name, Untouchable.PERSON)

    def test_ordinary_words_are_left_free(self) -> None:
        document = from_text("本院认为，被告人应当如实供述，被害人陈述与证人证言一致，车辆安全，于某日某地。")
        assert [document.text_at(p.span) for p in document.protected] == []

    def test_a_date_with_a_letter_in_it_is_still_a_date(self) -> None:
        assert held(from_text("201O年6月14日被拘留。"), "201O年6月14日", Untouchable.DATE)


class TestKinds:
    def test_of_title_number_and_procedure(self) -> None:
        document = from_text(CIVIL)
        kinds = (document.instrument, document.matter, document.instance, document.track)
        assert kinds == (Instrument.JUDGMENT, Matter.CIVIL, Instance.FIRST, Track.SUMMARY)
        assert from_text(SECOND_INSTANCE).instance is Instance.SECOND

    def test_which_judgments_decide_civil_claims_in_first_instance(self) -> None:
        civil, criminal = from_text(CIVIL), from_text(CRIMINAL)
        assert (civil.is_first_judgment, civil.decides_civil_claims) == (True, True)
        assert (criminal.is_first_judgment, criminal.decides_civil_claims) == (True, False)
        assert not from_text(SECOND_INSTANCE).is_first_judgment
        unread = from_text(CIVIL.partition("判决如下")[0])  # a draft that stops before the order
        assert (unread.is_first_judgment, unread.decides_civil_claims) == (True, False)

    @pytest.mark.parametrize(
        ("number", "matter", "instance"),
        [
            ("（2026）苏01民辖终3号", Matter.CIVIL, Instance.SECOND),
            ("（2014）西刑再字第2号", Matter.CRIMINAL, Instance.RETRIAL),
            ("（2026）苏0102行保1号", Matter.CIVIL, Instance.UNKNOWN),
            ("（2026）苏01行终8号", Matter.ADMINISTRATIVE, Instance.SECOND),
            ("（2026）苏0102执异5号", Matter.ENFORCEMENT, Instance.UNKNOWN),
            ("（2026）苏委赔监1号", Matter.COMPENSATION, Instance.RETRIAL),
        ],
    )
    def test_of_the_number_alone(self, number: str, matter: Matter, instance: Instance) -> None:
        document = from_text(f"海州省临江市中级人民法院\n裁定书\n{number}\n申请人：沈一舟，男。")
        assert (document.matter, document.instance) == (matter, instance)

    def test_turned_to_the_ordinary_procedure(self) -> None:
        turned = CIVIL.replace("依法适用简易程序", "依法适用简易程序，后转为普通程序")
        assert from_text(turned).track is Track.ORDINARY


def test_an_interval_takes_in_from_and_until() -> None:
    document = from_text("刑期自2026年1月5日起至2026年7月4日止，另2025年3月1日，2025年4月1日各一次。")
    assert [document.text_at(interval.span) for interval in document.intervals] == ["自2026年1月5日起至2026年7月4日止"]


FLOORS = {
    "种类": 0.95,
    "案号": 0.95,
    "当事人": 0.95,
    "代理人": 0.95,
    "判项": 0.95,
    "署名": 0.95,
    "金额": 0.95,
    "条款": 0.95,
}
FLOORS |= {"请求": 0.9, "期间": 0.9, "证据": 0.85}


def test_floors_on_the_invented_documents() -> None:
    scores = {field: score.result() for field, score in bench().fictional().items()}
    assert scores["案号"]["wanted"] == 12
    for field, floor in FLOORS.items():
        assert min(scores[field]["precision"], scores[field]["recall"]) >= floor, (field, scores[field])
    for kind in ("PERSON", "ORGANISATION", "CASE_NO", "IDENTITY", "ADDRESS"):
        assert scores[f"protected {kind}"]["recall"] >= 0.95, kind
        assert scores[f"protected {kind}"]["precision"] >= 0.9, kind


@pytest.mark.data
@pytest.mark.skipif("TIANPING_DATA" not in os.environ, reason="needs TIANPING_DATA")
def test_floors_on_real_judgments() -> None:
    scores = {field: score.result() for field, score in bench().real(Path(os.environ["TIANPING_DATA"])).items()}
    for field in ("case_no", "kinds", "parties", "representatives", "signatories", "dispositions", "amounts"):
        assert min(scores[field]["precision"], scores[field]["recall"]) >= 0.99, (field, scores[field])
    assert scores["protected"]["recall"] >= 0.985
    assert scores["protected"]["precision"] >= 0.99


@pytest.mark.parametrize(
    "unit",
    [
        "被告人张三、",
        "某某某",
        "张×",
        "1,",
        "一二三",
        "￥1",
        "第一款",
        "和公司",
        "县市区",
        "路1号",
        "证据",
        "提交合同",
        "人民币1",
        "万，",
        "（2026）1",
        "原告请求：1.",
        "判决如下：",
        "一、判处",
        "自2026年1月1日至",
        "某公司",
        "王XX",
        "1X",
        "的证言",
        "诉讼请求：",
        "审判员",
    ],
)
def test_reading_time_grows_with_length_only(unit: str) -> None:
    opening = "民事判决书\n原告：张三，男。\n"
    assert grows_with_length(lambda length: from_text(opening + unit * (length // len(unit))), 3_000, 36_000)
