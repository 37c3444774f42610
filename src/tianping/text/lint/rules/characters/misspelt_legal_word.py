"""法律用语错别字 — a fixed legal word is typed with a like-sounding or like-looking character.

## 查什么

词表所收的错误写法，如“堪验笔录”“辨护人”“取保侯审”。只收写错后不成词的条目：在数千万字的法律、裁判和评论文本里，错误
写法不出现，或者只作为笔误出现，而正确写法常见。

## 为何要紧

固定用语写错，是最容易被看见的低级错误，也使检索不到该词。

## 反例

被告人的辨护人到庭；公安机关对其取保侯审。

## 正例

被告人的辩护人到庭；公安机关对其取保候审；证人侯审言到庭。

## 依据

词表见 misspelt_legal_word.tsv，由 tools/mine_word_list.py 从语料挖掘，逐条人工核对；第三列是正确写法在法律和裁判
文本中的出现次数。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Span
from tianping.text.lint.places import find, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "CHR001",
    "misspelt-legal-word",
    since="0.1.0",
    severity=Severity.WARNING,
    message="“{here}”应是“{right}”之误。",
    general=True,
)

WORDS = Path(__file__).with_suffix(".tsv")
NAME_OF_A_PLACE = regex(
    r".{0,2}(?:[省市县区镇乡村屯寨路街巷]|公司|商行|酒店|宾馆|超市|商店|店|厂|小区|大厦|花园)(?![民委])"
)
MASK = regex("[某×＊]")


USUAL = frozenset(
    "某人告的被元公年为月在原事证诉有日民法一司定款其院行时后中实理费上市案是了经不同金以车出自和用本于关"
    "工张区合认对发明保方偿到罪甲间及害生并分机安处任与求支付据伤我审借成王向李由交责述期利赔等提判万请过"
    "号意限家应将还部陈内下刑房当讼县至要所地辩二未查通担刘给承书因现他作犯国打第三该共开称资计约故业供从"
    "决鉴起场指系损大品检务程险议产手没息物带个建无收包村币员子情件路进林护已受电之毒权许医住动份控小条次"
    "价东主取乙来杨庭局具天依名获失单海重南镇附门华省可如多按解何见得能会黄前山商相清江州口签项回管予察高"
    "银规协十罚双平代就额营盗入全购户信面照驶警道记身疗两城轻新财表卖违属租周办结造辆西驾果北体但水录此使"
    "四持报放致阳确钱赵贷投均转立负况知律吴头构买设委性余基白说存格货心外去也施笔位长非托补屋订值股文制店"
    "己么账强丙算政龙初楼式济加追采组里养农且押销需治接广运效马色窃另涉什准归义抓助河克标目言料让根先除学"
)
"""常用字：the four hundred commonest characters of judgments. A place without a rarer one is not worth a close look."""


class Entry(NamedTuple):
    """词条：``before`` is how many characters of the wrong form stand before the one it is found by."""

    wrong: str
    right: str
    before: int


class WordList(NamedTuple):
    """错词表：entries by a rare character of theirs, and those made of usual ones only."""

    anchors: re.Pattern[str]
    entries: dict[str, tuple[Entry, ...]]
    usual: tuple[Entry, ...]


@cache
def word_list() -> WordList:
    """The reviewed list, arranged so that one scan for rare characters passes over nearly all of a text at once."""
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    usual: list[Entry] = []
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        wrong, right, _ = line.split("\t")
        rare = [place for place, character in enumerate(wrong) if character not in USUAL]
        # The character that is wrong is the rarest as a rule: it does not belong in such a text.
        foreign = [place for place in rare if wrong[place] != right[place]]
        entry = Entry(wrong, right, (foreign or rare or [0])[0])
        if rare:
            entries[wrong[entry.before]].append(entry)
        else:
            usual.append(entry)
    return WordList(
        re.compile(f"[{''.join(sorted(entries))}]"),
        {key: tuple(value) for key, value in entries.items()},
        tuple(usual),
    )


@rule.check
def misspelt_legal_word(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for entry in dict.fromkeys(_present(whole(document))):
        for match, span in find(document, re.compile(re.escape(entry.wrong)), holding=(entry.wrong,)):
            if why := _in_a_name(document, span, match) or others_words(document, span):
                yield rule.spare(span, why)
            else:
                suggestion = entry.right if document.text_at(span) == entry.wrong else None
                yield rule.at(span, here=entry.wrong, right=entry.right, suggestion=suggestion)


def _present(text: str) -> Iterator[Entry]:
    """Entries whose wrong form stands in the text. Linear: an anchor has at most some tens of entries."""
    words = word_list()
    for anchor in words.anchors.finditer(text):
        for entry in words.entries[anchor[0]]:
            if text.startswith(entry.wrong, max(anchor.start() - entry.before, 0)):
                yield entry
    for entry in words.usual:
        if entry.wrong in text:
            yield entry


def _in_a_name(document: Document, span: Span, match: re.Match[str]) -> str | None:
    """人名、地名、单位名称：what looks like an error there is somebody's name."""
    if any(_meet(span, place.span) for place in document.protected_in(span.paragraph)):
        return "人名、单位名称等受保护内容"
    text, start, end = match.string, match.start(), match.end()
    if MASK.search(text, max(start - 1, 0), end + 1) or NAME_OF_A_PLACE.match(text, end):
        return "地名、单位名称或隐名"
    return None


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
