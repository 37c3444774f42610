"""署名与审判组织不符 — a panel is said to have sat and one judge signs, or the number of judges is even.

## 查什么

审理经过写“组成合议庭”而只有一人署名，写“独任审理”而有两名以上审判人员署名，合议庭署名人数为双数。程序中有转换的、
没有署名的（节录）不查；法官助理、书记员不计入。

## 为何要紧

审判组织不合法是发回重审的法定理由。

## 反例

审理经过：本院依法组成合议庭。落款：审判员一人。

## 正例

审理经过：本院依法组成合议庭。落款：审判长、审判员、人民陪审员各一人。

## 依据

《中华人民共和国民事诉讼法》第四十条、第四十一条、第一百七十七条；《中华人民共和国刑事诉讼法》第一百八十三条、第二百三十八条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.folding import compact
from tianping.text.document.model import Document, Section, Span
from tianping.text.lint.places import find, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "STR016",
    "panel-differs-from-signatures",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{what}，请核对审判组织与署名。",
    basis="《中华人民共和国民事诉讼法》第四十条；《中华人民共和国刑事诉讼法》第一百八十三条",
    needs=("合议庭", "独任"),
)
SAT = regex(r"(?P<panel>(?:组成|由)[^。，]{0,40}?合议庭)|(?P<single>独任)")
TURNED = regex(r"(?:转为|转入|改为|变更为|变更|更换|另行|重新)[^。]{0,30}?(?:合议庭|独任|普通程序)")
OFFICE = regex(r"审判长|审判员|陪审员|院长")
TWO_ON_A_LINE = regex(r"[\u3400-\u9fff]{2}\s+[\u3400-\u9fff]{2}")  # 卓然　安宁; 卓　然 is one
JUDGES = ("审判长", "审判员", "代理审判员", "助理审判员", "人民陪审员", "陪审员", "院长", "副院长")


@rule.check
def panel_differs_from_signatures(document: Document, law: Law) -> Iterator[Remark | Spared]:
    sat = list(find(document, SAT, Section.ORIGIN))
    # A page printed twice signs twice.
    judges = list({one.name: one for one in reversed(document.signatories) if one.title in JUDGES}.values())[::-1]
    if not sat or not judges:
        return
    offices = sum(len(OFFICE.findall(compact(document.text_at(s.span)))) for s in document.stretches_in(Section.SIGN))
    unread = offices > sum(one.title in JUDGES for one in document.signatories)
    unread = unread or any(TWO_ON_A_LINE.search(document.text_at(one.span)) for one in judges)
    kinds = {match.lastgroup for match, _ in sat}
    first = judges[0].span
    line = Span(first.paragraph, 0, first.end)
    if len(kinds) > 1 or "发回重审" in whole(document) or TURNED.search(whole(document)):
        yield rule.spare(line, "审判组织有变更")
    elif unread and "panel" in kinds:
        yield rule.spare(line, "署名没有全部读出")
    elif "panel" in kinds and len(judges) == 1:
        yield rule.at(line, what="审理经过写组成合议庭，只有一人署名")
    elif "panel" in kinds and len(judges) % 2 == 0:
        yield rule.at(line, what=f"合议庭署名{len(judges)}人，是双数")
    elif "single" in kinds and len(judges) > 1:
        yield rule.at(line, what=f"审理经过写独任审理，却有{len(judges)}名审判人员署名")
    else:
        yield rule.spare(line, "署名与审判组织相符")
