"""年龄与出生日期矛盾 — an accused is said to have been under or over an age that the birthday in the head rules out.

## 查什么

首部写明被告人的出生日期，说理却写其“犯罪时不满十八周岁”，而全文案情所写最早的一年其早已满十八周岁；或者写“犯罪时已满十八周岁”，
而到裁判之日其仍不满十八周岁。十二、十四、十六、七十五周岁同此。隐去生日的、有两名以上被告人而没有写明是哪一名的、年份挨得近的不查。

## 为何要紧

年龄决定应否负刑事责任、应否从轻减轻、应否不公开审理。多是套用他案文书留下的。

## 反例

被告人罗青山，1990年5月6日出生。2024年3月10日盗窃。本院认为，被告人罗青山犯罪时不满十八周岁。

## 正例

被告人罗青山，2007年5月6日出生。2024年3月10日盗窃。本院认为，被告人罗青山犯罪时不满十八周岁。

## 依据

《中华人民共和国刑法》第十七条、第十七条之一。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tianping.law.statutes.model import Law
from tianping.text.document.classification import Matter
from tianping.text.document.model import Document, Party, Role, Section
from tianping.text.document.numerals import counted
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words, sentence_start
from tianping.text.regex import regex

rule = Rule(
    "DAT009",
    "age-contradicts-birthday",
    since="0.1.0",
    severity=Severity.ERROR,
    message="首部写明{name}{born}出生，{why}，此处写“{words}”，请核对年龄。",
    basis="《中华人民共和国刑法》第十七条",
    needs=("周岁",),
)
AT_THE_CRIME = regex(
    r"(?:犯罪|作案|案发|行为|实施[^，。；]{1,16})(?:之?时|期间)，?[^，。；]{0,14}?"
    r"(?P<words>(?P<how>已满|不满|未满)(?P<age>十二|十四|十六|十八|七十五|12|14|16|18|75)周?岁)"
)
BORN = regex(r"(?:出生于|生于)?(?P<y>(?:19|20)\d{2})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:出?生)?")
YEAR = regex(r"(?<!\d)(?P<year>(?:19|20)\d{2})年")
ANOTHER = regex(r"被害人|受害人|证人|同案|另案|在逃|子女|儿子|女儿")
TOLD = (Section.ORIGIN, Section.CLAIM, Section.DEFENCE, Section.EVID, Section.FACT, Section.PRIOR, Section.REASON)


@rule.check
def age_contradicts_birthday(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if document.matter is not Matter.CRIMINAL:
        return
    accused = [party for party in document.parties if party.role is Role.ACCUSED and not party.is_organisation]
    earliest = _earliest_year(document)
    for match, span in find(document, AT_THE_CRIME, Section.FACT, Section.REASON):
        place = part(document, match, span, "words")
        clause = match.string[sentence_start(match.string, match.start()) : match.end()]
        who = accused if len(accused) == 1 else [party for party in accused if party.name in clause]
        born = _born(document, who[0]) if len(who) == 1 else None
        age = counted(match["age"])
        if born is None or age is None:
            yield rule.spare(place, "不知是谁，或者首部没有写明生日")
        elif ANOTHER.search(clause):
            yield rule.spare(place, "说的可能是别人")
        elif (why := _impossible(document, match["how"], age, born, earliest)) is None:
            yield rule.spare(place, "与首部的生日不矛盾")
        elif others := others_words(document, place):
            yield rule.spare(place, others)
        else:
            yield rule.at(place, name=who[0].name, born=born, why=why, words=match["words"])


def _impossible(document: Document, how: str, age: int, born: date, earliest: int | None) -> str | None:
    """Only what no day of the crime could make true: it lies after the first year told of and before the judgment."""
    if how == "已满":
        on = document.decided_on
        young = on is not None and (on.year - age, on.month, on.day) < (born.year, born.month, born.day)
        return f"到裁判之日不满{age}周岁" if young else None
    return f"{earliest}年已满{age}周岁" if earliest is not None and earliest > born.year + age else None


def _earliest_year(document: Document) -> int | None:
    """案情所写最早的年份: an earlier deed may be told by its year alone."""
    texts = (document.text_at(stretch.span) for stretch in document.stretches_in(*TOLD))
    return min((int(found["year"]) for text in texts for found in YEAR.finditer(text)), default=None)


def _born(document: Document, party: Party) -> date | None:
    """The first whole day behind the name in the head, where it is said to be that of birth."""
    text = document.paragraphs[party.span.paragraph].text
    found = BORN.search(text, party.span.end, party.span.end + 40)
    if found is None or "生" not in found[0]:
        return None
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None
