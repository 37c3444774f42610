"""不得改动之处: names, organisations, numbers in a sentence that stands alone."""

from __future__ import annotations

import pytest

from tests.text.growth import grows_with_length
from tianping.text.proofread.masks import hide_people, mask, people

CLOSED = [
    ("原告罗青岚与被告彭若水离婚纠纷一案", "罗青岚"),
    ("原告罗青岚与被告彭若水离婚纠纷一案", "彭若水"),
    ("被害人：彭汀，女，汉族", "彭汀"),
    ("被告人何某甲驾驶轿车", "何某甲"),
    ("证人张某某的证言", "张某某"),
    ("案号为（2019）南01民终1234号民事判决", "（2019）南01民终1234号"),
    ("于2019年3月8日签订合同", "2019年3月8日"),
    ("二〇一九年三月八日", "二〇一九年三月八日"),
    ("借款人民币12,000元未还", "12,000元"),
    ("大写壹拾贰万元整", "壹拾贰万元整"),
    ("身份证号510000199001010000", "510000199001010000"),
    ("车牌号川A12345的轿车", "川A12345"),
    ("原告南浦市云岫木业有限公司诉称", "云岫木业有限公司"),
    ("依照第一百三十三条之一的规定", "第一百三十三条之一"),
    ("根据（南）公（刑）鉴（法损）字（2016）8号鉴定", "（南）公（刑）鉴（法损）字（2016）8号"),
    ("人民检察院以南清检刑诉（2019）8号起诉书", "南清检刑诉"),
    ("被告人李铭、张美荷、赵炜等三人", "张美荷"),
    ("家住清河县白鹭镇柳林村二组", "清河县"),
    ("家住清河县白鹭镇柳林村二组", "白鹭镇"),
]


@pytest.mark.parametrize(("text", "words"), CLOSED)
def test_they_are_closed(text: str, words: str) -> None:
    at = text.index(words)
    assert mask(text)[at : at + len(words)].all()


@pytest.mark.parametrize(
    "text", ["本院认为被告应当承担违约责任", "被告离厂时已经知道", "原告应得的赔偿", "被告与原告协商一致后签订合同"]
)
def test_plain_words_stay_open(text: str) -> None:
    assert not mask(text).any()


def test_a_name_told_once_is_closed_wherever_it_stands() -> None:
    text = "被告人罗青岚供述，当日罗青岚到场。"
    assert people(text) == {"罗青岚"}
    assert hide_people(text) == "被告人×××供述，当日×××到场。"
    assert mask(text)[text.rindex("罗青岚")]


def test_a_name_known_from_elsewhere_is_closed() -> None:
    assert mask("其后青岚离开", ["青岚"])[2:4].all()
    assert hide_people("其后青岚离开", ["青岚"]) == "其后××离开"


def test_what_is_no_chinese_character_is_closed() -> None:
    text = "法😀𠀀，\ud800ab"
    assert list(mask(text)) == [False, *[True] * (len(text) - 1)]


@pytest.mark.parametrize("piece", ["原告", "张某", "有限公司", "2019年", "（", "第一百", "x", "被告人王"])
def test_it_takes_linear_time(piece: str) -> None:
    assert grows_with_length(lambda length: mask(piece * (length // len(piece))), 2_000, 20_000)
