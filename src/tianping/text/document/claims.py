"""诉讼请求：what whoever opened this instance asks for, as it stands in the end.

诉讼请求, 上诉请求, 再审请求 and the requests of an application; not the counterclaim, not what was asked below. A claim
changed or withdrawn later counts as it was changed: 变更第1项诉讼请求为…… moves item 1 there, 撤回第2项 takes it away,
变更诉讼请求为：1.……2.…… replaces all, 增加诉讼请求 adds. A request without numbers is one item with number 0. A charge
is no claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from tianping.text.regex import regex

from .classification import Instance, Matter
from .folding import Folded
from .model import Item, Section, Span, Stretch
from .numbering import parts, trimmed
from .numerals import counted

_WHERE = (Section.ORIGIN, Section.CLAIM, Section.DEFENCE, Section.EVID)
_C = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_CUE = regex(r"请求|要求|诉请")
_ASKS = regex(
    r"(?P<counter>反诉)?(?P<below>(?:向|原审|一审)[^，。：；]{0,20}?)?(?P<who>诉讼|上诉|再审|申请|请求|起诉|诉请)?(?:请求|事项|诉请)(?:事项)?"
    r"(?:如下|为|是)?[:：](?P<list>)"
    r"|(?P<loose>(?:上诉请求|请求|诉请|要求)(?:(?:二审|再审)?法院|本院|贵院|法庭)?(?:依法|予以|二审)*)"
    r"(?=[:：]?(?:1[.、．]|一、|①|（[1一]）)|[:：]|判令|判决|判处|撤销|改判|确认|责令|准[予许]|发回|驳回|冻结|查封|扣押|对|变更|解除|被告|支付|赔偿|返还|从轻|减轻|宣告|维持)"
)
_DEFENDS = regex(r"辩护人|检察院|检察员|公诉")
_REASONS = regex(r"(?:主要)?(?:事实(?:和|与|及|、)?理由|上诉理由|理由)(?:如下|为|是)?[:：，,]|事实和理由")
_CHANGED = regex(
    rf"(?:变更|调整|更正)(?:其|了)?(?:上述|原)?(?:诉讼请求)?(?:的)?第(?P<number>{_C})项(?:诉讼请求)?(?:变更|调整)?为[:：]?"
    rf"|(?:将|对)(?:其|上述|原)?(?:诉讼请求)?(?:的)?第(?P<number2>{_C})项(?:诉讼请求)?(?:中的[^，。]{{1,30}}?)?(?:变更|调整|更正|减少|增加)(?:为|至)[:：]?"
)
_WITHDRAWN = regex(
    rf"(?:撤回|放弃)(?:了)?(?:其|对|上述|原)?(?:诉讼请求)?(?:的|中)?(?P<numbers>第(?:{_C})(?:[、和及至]第?(?:{_C}))*)项"
)
_REPLACED = regex(
    r"(?:变更|明确|调整|更正)(?:其|了)?(?:上述|原|全部|最终)?(?:的)?诉讼请求(?:为|如下)?[:：]?(?=[:：]?(?:1[.、．]|一、|判令|请求|要求))"
)
_ADDED = regex(r"(?:增加|追加)(?:了)?(?:一项|如下|以下)?诉讼请求[:：，]?(?:要求|请求)?")
_NUMBER = regex(_C)


def claims(
    folds: Sequence[Folded], stretches: Sequence[Stretch], matter: Matter, instance: Instance
) -> tuple[Item, ...]:
    """请求分项，in order of their first mention."""
    reader = _Reader(folds, appeal=instance in (Instance.SECOND, Instance.RETRIAL))
    for stretch in stretches:
        if stretch.section not in _WHERE:
            continue
        folded = folds[stretch.span.paragraph]
        start, end = folded.index(stretch.span.start), folded.index(stretch.span.end)
        if matter is Matter.CRIMINAL and instance is Instance.FIRST and "附带民事" not in folded.text:
            continue
        if reader.open and stretch.section is Section.CLAIM:
            reader.go_on(stretch.span.paragraph, start, end)
        if _CUE.search(folded.text, start, end):
            reader.read(stretch.span.paragraph, start, end, stretch.section)
    return tuple(reader.items)


class _Reader:
    """逐段读请求：``open`` while a numbered list may go on in the next paragraph."""

    def __init__(self, folds: Sequence[Folded], *, appeal: bool) -> None:
        self.folds = folds
        self.appeal = appeal
        self.items: list[Item] = []
        self.open = False
        self.paragraph = -1

    def read(self, paragraph: int, start: int, end: int, section: Section) -> None:
        text = self.folds[paragraph].text
        if self.items and self._amended(paragraph, start, end):
            return
        if section in (Section.DEFENCE, Section.EVID) or (section is Section.CLAIM and self._taken(text, start, end)):
            return
        asked = self._asked(text, start, end)
        if asked is None:
            return
        reasons = _REASONS.search(text, asked, end)
        stop = reasons.start() if reasons is not None else end
        made = self._listed(paragraph, asked, stop)
        if not made:
            sentence = text.find("。", asked, stop)
            made = self._one(paragraph, asked, stop if sentence < 0 else sentence, 0)
        self.items.extend(made)
        self.open = reasons is None
        self.paragraph = paragraph

    def go_on(self, paragraph: int, start: int, end: int) -> None:
        """清单续行：2.…… on the next line."""
        text = self.folds[paragraph].text
        reasons = _REASONS.search(text, start, end)
        stop = reasons.start() if reasons is not None else end
        listed = parts(text, start, stop)
        expected = self.items[-1].number + 1 if self.items else 1
        if listed and listed[0].begin == start and listed[0].number == expected:
            self.items.extend(self._listed(paragraph, start, stop))
            self.open = reasons is None
        else:
            self.open = False

    def _taken(self, text: str, start: int, end: int) -> bool:
        """A second asking counts only where another appellant asks."""
        defends = _DEFENDS.search(text, start, min(start + 30, end)) is not None
        return defends or (bool(self.items) and not (self.appeal and "上诉" in text[start:end]))

    def _asked(self, text: str, start: int, end: int) -> int | None:
        """Where the requests begin: the first heading, else the last 请求判令 of the narration."""
        loose: int | None = None
        for found in _ASKS.finditer(text, start, end):
            if found["list"] is None:
                loose = found.end()
                continue
            if found["counter"] or (self.appeal and (found["below"] or "上诉" not in text[start : found.end()])):
                continue
            return found.end()
        if self.appeal and "上诉" not in text[start:end] and "再审" not in text[start:end]:
            return None
        return loose

    def _amended(self, paragraph: int, start: int, end: int) -> bool:
        text = self.folds[paragraph].text
        amended = False
        for found in _CHANGED.finditer(text, start, end):
            number = counted(found["number"] or found["number2"])
            one = self._one(paragraph, found.end(), _sentence(text, found.end(), end), number or 0)
            self.items = [one[0] if one and item.number == number else item for item in self.items]
            amended = True
        for found in _WITHDRAWN.finditer(text, start, end):
            numbers = [counted(one) or 0 for one in _NUMBER.findall(found["numbers"])]
            if "至" in found["numbers"] and len(numbers) == 2:
                numbers = list(range(numbers[0], numbers[1] + 1))
            self.items = [item for item in self.items if item.number not in numbers]
            amended = True
        replaced = None if amended else _REPLACED.search(text, start, end)
        if replaced is not None:
            made = self._listed(paragraph, replaced.end(), end)
            self.items = made or self._one(paragraph, replaced.end(), _sentence(text, replaced.end(), end), 0)
            amended = True
        added = _ADDED.search(text, start, end)
        if added is not None:
            made = self._listed(paragraph, added.end(), end)
            number = max((item.number for item in self.items), default=0) + 1
            self.items += made or self._one(paragraph, added.end(), _sentence(text, added.end(), end), number)
            amended = True
        return amended

    def _listed(self, paragraph: int, start: int, end: int) -> list[Item]:
        made = []
        listed = parts(self.folds[paragraph].text, start, end)
        for place, part in enumerate(listed):
            until = part.end
            if place == len(listed) - 1:  # the last item ends with its sentence
                until = _sentence(self.folds[paragraph].text, part.start, part.end)
            made.extend(self._one(paragraph, part.start, until, part.number))
        return made

    def _one(self, paragraph: int, start: int, end: int, number: int) -> list[Item]:
        folded = self.folds[paragraph]
        start, end = trimmed(folded.text, start, end)
        return [Item(number, Span(paragraph, *folded.place(start, end)))] if start < end else []


def _sentence(text: str, start: int, end: int) -> int:
    stop = text.find("。", start, end)
    return end if stop < 0 else stop
