"""当事人姓名前后一字之差 — a party is named with one character different from the head.

## 查什么

一、诉讼地位之后的姓名与首部同一地位当事人的姓名等长而有一字不同，或名字两字颠倒：在主文中即报，在别处只报
全文偶见一两次的。

二、前面没有诉讼地位的，只报法院的话里偶见一两次、姓同而名有一个同音字的，或全文仅在句首出现一次、从未交代
是谁的。

与首部任何人的姓名、别名相同的，或有“同案”“另案处理”“之弟”等说明是另一人的，不报。

## 为何要紧

姓名写错，判决对谁生效即有疑问，须作补正裁定。

## 反例

首部为被告王晓明，主文写：被告王小明于本判决生效之日起十日内返还借款。

## 正例

首部为被告王晓明、被告王小明（王晓明之弟），主文写：被告王小明返还借款。

## 依据

《中华人民共和国民事诉讼法》第一百五十七条第一款第七项（补正判决书中的笔误）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Party, Section, Span
from tianping.text.lint.places import around, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words, quoted_by
from tianping.text.regex import regex

rule = Rule(
    "PTY001",
    "name-one-character-off",
    since="0.1.0",
    severity=Severity.ERROR,
    message="此处写“{here}”，首部的{role}是“{head}”，请核对是否同一人。",
)

MASKED = regex(r"[某×xX*＊\d]|.[甲乙丙丁]")
ANOTHER_PERSON = regex(r"^(?:[（(](?:另案|已判|在逃|均|同案|另处|批捕|网上|已另|未到案|已起诉)|等人?[（(])")
RELATED = "之(?:父|母|夫|妻|子|女|兄|弟|姐|妹)|系[^，。]{0,12}的?(?:父|母|夫|妻|子|女|兄|弟|姐|妹|同乡|亲属)"
_HAN = r"[\u4e00-\u9fff]"
OWN_NAME_LENGTHS = range(3, 5)  # 两字姓名一字之差，多是被截断的另一姓名
WORDS = {length: regex(rf"{_HAN}{{{length}}}") for length in OWN_NAME_LENGTHS}
OF_ANOTHER_CASE = ("同案", "同案的", "他案")
MOST_SLIPS = 2
OFTEN = 5
FIRST_LEVEL = 3755
SAME_SYLLABLE = 24  # a syllable has some ten characters there, the largest (yi, shi, ji) forty to sixty
INTRODUCED = regex(
    r"(?:同案[^，。]{0,4}|案外人|证人|另一人|他案|代理人|律师|法官|民警|鉴定人|翻译|其|之|的)"
    r"(?:父亲?|母亲?|丈夫|夫|妻子?|儿子|子|女儿|女|哥哥?|兄|弟弟?|姐姐?|妹妹?|朋友|同事|邻居|股东|员工)?(?:、|和|与|及|，)?$"
)


@rule.check
def name_one_character_off(document: Document, law: Law) -> Iterator[Remark | Spared]:
    people = [party for party in document.parties if _comparable(party)]
    if not people:
        return
    known = {party.name for party in document.parties} | {alias for p in document.parties for alias in p.aliases}
    known |= {person.name for person in document.representatives}
    for party in people:
        yield from _slips(document, party, known)
        yield from _bare_slips(document, party, known)


def _slips(document: Document, party: Party, known: set[str]) -> Iterator[Remark | Spared]:
    for match, place in _near(document, party.name, after=party.role):
        here = match[0]
        after = match.string[match.end() :]
        if here in known:
            yield rule.spare(place, "首部另有此人，或是已声明的别名")
        elif match.string[: match.start() - len(party.role)].endswith(OF_ANOTHER_CASE) or ANOTHER_PERSON.match(after):
            yield rule.spare(place, "写明是另一人")
        elif _explained(after, here, document):
            yield rule.spare(place, "写明是亲属等另一人")
        elif quoted_by(*around(document, place)):
            yield rule.spare(place, "引号内")
        elif document.section_at(place) in (Section.PARTY, Section.ANNEX):
            yield rule.spare(place, "首部或附录")
        elif document.section_at(place) is not Section.ORDER and _often(document, here, party.name):
            yield rule.spare(place, "多处如此写，应是另一人")
        else:
            yield rule.at(place, here=here, role=str(party.role), head=party.name)


def _bare_slips(document: Document, party: Party, known: set[str]) -> Iterator[Remark | Spared]:
    """没有诉讼地位的姓名：anybody may be named so; only a like-sounding slip of a name used often is worth a remark."""
    for match, span in _near(document, party.name):
        here = match[0]
        if here in known or match.string[: match.start()].endswith(party.role):
            continue
        if not (_sound_alike(here, party.name) or _out_of_nowhere(document, match, party.name)):
            yield rule.spare(span, "不同音，也不在句首，应是另一人")
            continue
        if _often(document, here, party.name):
            yield rule.spare(span, "多处如此写，应是另一人")
        elif INTRODUCED.search(match.string, 0, match.start()) or _explained(
            match.string[match.start() + len(here) :], here, document
        ):
            yield rule.spare(span, "写明是另一人")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(span, here=here, role=str(party.role), head=party.name)


def _out_of_nowhere(document: Document, match: re.Match[str], head: str) -> bool:
    """Acts once, at the head of a clause, without a word on who it is, beside a party whose name is used all along."""
    opens_clause = match.start() == 0 or match.string[match.start() - 1] in "，。；："
    acts = not re.match(r"[之系是的、，（(和与及]", match.string[match.start() + len(head) :])
    here = match.string[match.start() : match.start() + len(head)]
    return opens_clause and acts and whole(document).count(here) == 1 and whole(document).count(head) >= OFTEN


def _explained(after: str, here: str, document: Document) -> bool:
    """Somewhere the text says who this is: a relative, another accused."""
    related = re.compile(rf"{re.escape(here)}(?:，|是|为)?[^，。]{{0,4}}(?:{RELATED})")
    return bool(ANOTHER_PERSON.match(after) or related.search(whole(document)))


def _sound_alike(here: str, head: str) -> bool:
    """同音：the characters that differ stand close together in GB 2312, whose first level is ordered by pinyin."""
    places = [_pinyin_place(one) for one, other in zip(here, head, strict=True) if one != other]
    places += [_pinyin_place(other) for one, other in zip(here, head, strict=True) if one != other]
    return len(places) == 2 and None not in places and abs((places[0] or 0) - (places[1] or 0)) <= SAME_SYLLABLE


def _pinyin_place(character: str) -> int | None:
    """Where a character stands among the 3,755 of the first level; None for the rarer ones, ordered by radical."""
    try:
        row, cell = character.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return None
    place = (row - 0xB0) * 94 + cell - 0xA1
    return place if 0 <= place < FIRST_LEVEL else None


def _often(document: Document, here: str, head: str) -> bool:
    """Outside the disposition another person may be meant. The disposition speaks of nobody but the parties."""
    return whole(document).count(here) > min(MOST_SLIPS, whole(document).count(head) - 1)


def _comparable(party: Party) -> bool:
    return not party.is_organisation and len(party.name) in OWN_NAME_LENGTHS and not MASKED.search(party.name)


def _near(document: Document, name: str, *, after: str = "") -> Iterator[tuple[re.Match[str], Span]]:
    """近名：words of the name's length with one character different, or the last two changed about.

    They stand after the given word; without one they begin with the surname, and every surname is looked at, also one
    inside the words that began with the surname before.
    """
    swapped = name[:-2] + name[-1] + name[-2]
    lead = after or name[0]
    for number in document.paragraphs_holding(lead):
        line = document.lines[number]
        at = line.text.find(lead)
        while at >= 0:
            match = WORDS[len(name)].match(line.text, at + len(after))
            at = line.text.find(lead, match.end() if match and after else at + 1)
            if match and (sum(map(str.__ne__, match[0], name)) == 1 or (after and match[0] == swapped != name)):
                yield match, Span(number, *line.place(*match.span()))
