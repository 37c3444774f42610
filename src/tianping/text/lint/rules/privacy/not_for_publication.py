"""不应公开的文书 — a document of a kind that may not be published on the internet.

## 查什么

拟公开的文稿是调解书（公益诉讼除外）、确认人民调解协议效力的裁定书，或是离婚诉讼、涉及未成年子女抚养监护的文书，或写明因涉及国家秘密不公开审理，
或被告人犯罪时不满十八周岁。

## 为何要紧

这几类文书依规定不在互联网公布；误传后即使撤回，也已泄露。

## 反例

原告与被告离婚纠纷一案的民事判决书，拟上网公开。

## 正例

原告与被告民间借贷纠纷一案的民事判决书，拟上网公开。

## 依据

《最高人民法院关于人民法院在互联网公布裁判文书的规定》第四条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section, Span
from tianping.text.lint.mode import Mode
from tianping.text.lint.places import find, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "PRV009",
    "not-for-publication",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{why}的文书，依规定不在互联网公布。",
    basis="《最高人民法院关于人民法院在互联网公布裁判文书的规定》第四条",
    modes=frozenset({Mode.PUBLISH}),
)

KIND = regex(
    r"(?P<divorce>(?:离婚|变更抚养关系|同居关系子女抚养|抚养费|抚养|监护权|探望权)纠纷一案)"
    r"|(?P<confirmed>确认(?:人民)?调解协议效力|司法确认(?:申请|案|一案))"
    r"|(?P<secret>(?:因|由于)[^，。]{0,12}国家秘密[^。]{0,12}不公开)"
    r"|(?P<minor>被告人[^，。；]{1,6}(?:犯罪时|作案时|实施[^，。]{0,8}时)(?:已满(?:十四|十六|14|16)周?岁[，、]?)?[^，。；]{0,4}(?:不满|未满)(?:十八|18)周?岁)"
    r"|(?P<looked>离婚|国家秘密|未成年|调解协议)"
)
WHY = {
    "divorce": "离婚诉讼或者涉及未成年子女抚养、监护",
    "confirmed": "确认人民调解协议效力",
    "secret": "涉及国家秘密",
    "minor": "未成年人犯罪",
}
WHERE = {
    "divorce": frozenset({Section.ORIGIN, Section.PARTY}),
    "confirmed": frozenset({Section.TITLE, Section.ORIGIN, Section.PARTY, Section.BASIS, Section.REASON}),
    "secret": frozenset({Section.ORIGIN}),
    "minor": frozenset({Section.FACT, Section.REASON}),
}


@rule.check
def not_for_publication(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if document.title.endswith("调解书"):
        place = next((s.span for s in document.stretches if s.section is Section.TITLE), Span(0, 0, 0))
        if "公益诉讼" in whole(document):
            yield rule.spare(place, "公益诉讼的调解协议应当公告")
        else:
            yield rule.at(place, why="以调解方式结案")
        return
    said = set[str]()
    for match, span in find(document, KIND):
        kind = match.lastgroup or "looked"
        if kind == "looked":
            yield rule.spare(span, "只是提到")
        elif document.section_at(span) not in WHERE[kind]:
            yield rule.spare(span, "不是本案的案由或情形")
        elif kind not in said:
            said.add(kind)
            yield rule.at(span, why=WHY[kind])
