"""不得改动之处 found by reading every edit: rare names, short names of firms, sites, misspelt ends."""

from __future__ import annotations

import pytest

from tests.text.growth import grows_with_length
from tianping.text.proofread.masks import mask, people

CLOSED = [
    ("原告单若水，被告单青岚、彭汀。", "单青岚"),
    ("原告是罗青岚，被告是喻汀和罗若水，", "喻汀"),
    ("被告罗青岚、彭若水共同偿还借款", "彭若水"),
    ("由云岫木业有限公司、余汀共同承担。", "余汀"),
    ("案件受理费由被告罗青岚、彭若水负担。", "彭若水"),
    ("代理人罗汀、朱若水,被告彭汀", "朱若水"),
    ("赔偿韩某损失、许若水等五户青苗损失", "许若水"),
    ("但史若水对这些情况未作考虑", "史若水"),
    ("指派代理检察员昌均出庭支持公诉", "昌均"),
    ("云岫律帅与南浦云岫率师事务所签订合同", "云岫率师事务所"),
    ("第三人云岫胜物公司成立后", "云岫胜物公司"),
    ("经四川云岫司法鉴定心中鉴定", "四川云岫司法鉴定心中"),
    ("被清河市人民检院决定取保候审", "清河市人民检院"),
    ("被告清河县柳林村民小卒应当支付", "村民小卒"),
    ("闲家300远起押", "300远"),
    ("车牌为川F1329学的小型轿车", "川F1329学"),
    ("位于柳林线-513东-05电线杆", "513东-05"),
    ("位于清河区白鹭镇云浦路某花园", "云浦路"),
    ("白鹭街道后陈路33号附近", "后陈路"),
    ("骑到云岫车市门口", "云岫车市"),
    ("到人民西路云岫大厦门口交易", "云岫大厦"),
    ("公司未向河北香河城派驻人员", "河北香河"),
]
OPEN = [
    ("被告单位拖欠工资", "单位"),
    ("被告单方解除合同", "单方"),
    ("原告是因病请假", "因病请假"),
    ("但关于对价未作约定", "关于"),
    ("但余款未付", "余款"),
    ("合同签订后、交付前共同验收", "交付前"),
    ("本金、利息共同计算", "利息"),
    ("原告在公司工作", "公司工作"),
    ("被告违反公司规定", "违反公司"),
    ("申请司法鉴定", "申请司法鉴定"),
    ("第三次开庭审理", "开庭审理"),
    ("共有10件证据", "件证据"),
    ("本市道路通行条件", "道路"),
    ("公司门口", "门口"),
    ("湖南省高级法院", "高级"),
    ("人民检查", "检查"),
    ("向本院提出公诉的检察员均出庭", "均出庭"),
    ("证人陈述与被害人共同生活", "共同生活"),
]


@pytest.mark.parametrize(("text", "words"), CLOSED)
def test_they_are_closed(text: str, words: str) -> None:
    at = text.index(words)
    assert mask(text)[at : at + len(words)].all()


@pytest.mark.parametrize(("text", "words"), OPEN)
def test_plain_words_beside_them_stay_open(text: str, words: str) -> None:
    at = text.index(words)
    assert not mask(text)[at : at + len(words)].any()


def test_words_that_only_look_like_names_name_nobody() -> None:
    assert people("被告单位、关于货款，原告白酒、余款共同计算，但许可未下") == set()


@pytest.mark.parametrize("piece", ["、单若水", "原告云岫", "检察员", "云司法鉴定", "12东-", "市云浦", "河北"])
def test_it_takes_linear_time(piece: str) -> None:
    assert grows_with_length(lambda length: mask(piece * (length // len(piece))), 2_000, 20_000)
