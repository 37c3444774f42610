"""测试用的判决书：short and fictional, with two places the linter remarks on."""

from __future__ import annotations

from io import BytesIO

import docx

CASE_NO = "（2026）江0199民初1024号"


def judgment(case_no: str = CASE_NO, fact: str = "", date: str = "二〇二六年十一月二日") -> str:
    """一份判决书：「帐户」 and a party's name one character off are in it; ``fact`` is one more sentence of fact."""
    return f"""江州市临江区人民法院
民事判决书
{case_no}
原告：贺兰山，男，1980年3月2日出生，汉族，住江州市临江区。
被告：卢广谦，男，1978年9月2日出生，汉族，住江州市临江区。
原告贺兰山与被告卢广谦民间借贷纠纷一案，本院于2026年8月3日立案后，依法适用普通程序，公开开庭进行了审理。原告贺兰山、被告卢广谦到庭参加诉讼。本案现已审理终结。
贺兰山向本院提出诉讼请求：判令卢广谦归还借款本金50000元。
卢广谦辩称，借款属实，暂无力归还。
本院经审理认定事实如下：2025年3月1日，贺兰山向被告卢广廉的帐户转账50000元。{fact}
本院认为，合法的借贷关系受法律保护。依照《中华人民共和国民法典》第六百七十五条、《中华人民共和国民事诉讼法》第六十七条规定，判决如下：
一、卢广谦于本判决生效之日起十日内归还贺兰山借款本金50000元；
二、驳回贺兰山的其他诉讼请求。
如果未按本判决指定的期间履行给付金钱义务，应当依照《中华人民共和国民事诉讼法》第二百六十四条规定，加倍支付迟延履行期间的债务利息。
案件受理费1050元，由卢广谦负担。
如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，并按照对方当事人的人数提出副本，上诉于江州市中级人民法院。
审判员　林知远
{date}
书记员　宋晚晴
"""


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
