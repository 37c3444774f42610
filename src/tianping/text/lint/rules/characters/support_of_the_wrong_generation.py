"""抚养、赡养对象不符 — parents are "brought up" (抚养), a child or a spouse is "kept in old age" (赡养).

## 查什么

对父母、老人写“抚养”，对未成年子女写“赡养”，对配偶写“赡养”或“抚养”。“被扶养人生活费”“父母抚养子女”“扶养义务”等合法
写法不查。

## 为何要紧

抚养、赡养、扶养是三种不同的义务，主文写错，给付的名目与法律不合。

## 反例

被告每月支付父母抚养费1000元。

## 正例

被告每月支付父母赡养费1000元；婚生女由父母抚养；被扶养人生活费按二十年计算。

## 依据

《中华人民共和国民法典》第二十六条、第一千零五十九条、第一千零六十七条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "CHR010",
    "support-of-the-wrong-generation",
    since="0.1.0",
    severity=Severity.WARNING,
    message="“{here}”：{right}，请核对。",
    basis="《中华人民共和国民法典》第二十六条、第一千零五十九条、第一千零六十七条",
    needs=("抚养", "赡养"),
)

_PARENTS = r"(?:父母双?亲?|父亲|母亲|双亲|老人|公婆|岳父母?|岳母|祖父母|爷爷|奶奶)"
_CHILD = r"(?:未成年[^，。；、]{0,4}|婚生子女?|婚生女儿?|非婚生子女?|幼子|幼女|孩子)"
_SPOUSE = r"(?:丈夫|妻子|配偶|夫妻一方|夫妻之间|夫妻)"
WRONG = regex(
    rf"(?P<parents>(?:支付|给付|负担|付给)其?{_PARENTS}的?抚养费|抚养(?:其|年老的?|年迈的?|老年){{0,2}}{_PARENTS}(?![离再死去双]|的?子女))"
    rf"|(?P<child>{_CHILD}的?赡养(?:费|问题|权)|赡养其?{_CHILD})"
    rf"|(?P<spouse>{_SPOUSE}的?相?互?有?(?:赡养|抚养)(?:费(?!用?由)|义务(?!人)))"
    r"|(?P<looked>抚养|赡养)"
)
RIGHT = {
    "parents": "对父母、老人应写“赡养”",
    "child": "对未成年子女应写“抚养”",
    "spouse": "对配偶应写“扶养”",
}


@rule.check
def support_of_the_wrong_generation(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, WRONG, holding=rule.needs):
        kind = match.lastgroup
        if kind is None or kind == "looked":
            yield rule.spare(span, "对象相符，或未写对象")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(span, here=match[0], right=RIGHT[kind])
