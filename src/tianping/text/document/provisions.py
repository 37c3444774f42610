"""条款项目：the articles, paragraphs, items and points listed after the title of a statute.

第七十二条第一、三款 are two places of one article, 第五十二、五十三条第一款 one whole article and a paragraph of the
next. A range (第六百二十六条至第六百二十八条) gives its two ends. A token that comes right after another goes deeper
into it; one that comes after 、 or 和 stands beside it. Words quoted after a place (第五条：“……”、第八条) are skipped.
"""

from __future__ import annotations

import re

from tianping.text.regex import regex

from .folding import Folded
from .model import Provision, Span
from .numerals import NUMERAL, counted

_N = rf"(?:[{NUMERAL}]+|\d+)"
_EACH = rf"第?[（(]?{_N}[）)]?"
# One token of a list: 第五条, 第五十一、五十二条, 第一、三款, 第（一）、（四）项, and the notes put after an article.
_TOKEN = regex(
    rf"{_EACH}(?:[、，,和及与][（(]?{_N}[）)]?)*(?P<kind>条(?!款)|条?款|项|目)(?P<sub>之(?P<insert>{_N})(?![款项条目]))?"
    rf"|第{_N}(?=第{_N}[款项])|[［\[【][^］\]】]{{1,40}}[］\]】]|[（(][^）)\d]{{2,30}}[）)]"
)
_JOIN = regex(r"以及|[、，,；;和及与至到并]|[-－—~～]")
_NUMBER = regex(rf"第?(?P<number>{_N})")
# What a place says, quoted: the list goes on behind it where the next place comes at once. A contract has articles too,
# and a judgment orders: 第三条约定, 第二项判决 are none of the statute's.
_QUOTED = regex(
    r"(?:的?(?:明确)?规定)?[：:，]?(?:“[^“”\n]{1,1000}”|‘[^‘’\n]{1,1000}’)"
    rf"(?:(?:[之的]规定)?(?:[、；;]|，?(?:以及|[和及与]))(?:以及|[和及与])?(?=第[（(]?{_N}[）)]?[条款项目])|，(?=第{_N}条))"
    rf"(?!第{_N}(?:条[^，。；、：“]{{0,4}}(?:约定|载明)|[款项][^，。；、：“]{{0,4}}(?:判决|裁定|判项|请求)))"
)

_DEPTH = {"条": 0, "款": 1, "条款": 1, "项": 2, "目": 3}


class _Place:
    """一处：its numbers to the depth written, and where the words stand."""

    __slots__ = ("article", "below", "end", "insert", "start")

    def __init__(self, article: int, insert: int, below: tuple[int | None, ...], start: int, end: int) -> None:
        self.article = article
        self.insert = insert
        self.below = below  # 款、项、目
        self.start = start
        self.end = end


def listed(folded: Folded, paragraph: int, at: int) -> tuple[tuple[tuple[int, Span], ...], tuple[Provision, ...]]:
    """条号与条款项：the articles from ``at`` on with the place of 第…条 (and 之一), each place in full."""
    text = folded.text
    articles: list[tuple[int, Span]] = []
    places: list[_Place] = []
    lost = False  # an article whose 条 is missing: what stands below it belongs to no other
    joined = True
    while (token := _TOKEN.match(text, at)) is not None:
        kind = token["kind"]
        if kind is None:
            lost = text[at] == "第" or lost
        elif kind == "条":
            lost = False
            numbers = list(_NUMBER.finditer(text, token.start(), token.start("kind")))
            for one in numbers:
                number = counted(one["number"])
                if number is not None:
                    last = one is numbers[-1]
                    end = token.end() if last else one.end()
                    insert = (counted(token["insert"]) or 0) if last and token["sub"] else 0
                    articles.append((number, Span(paragraph, *folded.place(one.start(), end))))
                    places.append(_Place(number, insert, (), one.start(), end))
        elif not articles:
            break  # a paragraph or item of nothing
        elif places and not lost:
            _below(text, token, places, deeper=not joined)
        at = token.end()
        join = _JOIN.match(text, at)
        joined = join is not None
        if join is not None:
            at = join.end()
        elif articles and (said := _QUOTED.match(text, at)) is not None:
            at, joined = said.end(), True
    return tuple(articles), tuple(_provision(place, folded, paragraph) for place in places)


def _below(text: str, token: re.Match[str], places: list[_Place], *, deeper: bool) -> None:
    """款、项、目：the first goes deeper into the place before it, where nothing stands between; others beside."""
    depth = _DEPTH[token["kind"]]
    before = places[-1]
    above = (*before.below, None, None, None)[: depth - 1]
    numbers = list(_NUMBER.finditer(text, token.start(), token.start("kind")))
    for place, one in enumerate(numbers):
        number = counted(one["number"])
        if number is None:
            continue
        end = token.end() if one is numbers[-1] else one.end() + (text[one.end()] in "）)")
        if place == 0 and deeper and len(before.below) < depth:
            before.below = (*above, number)
            before.end = end
        else:
            start = token.start() if place == 0 else one.start() - (text[one.start() - 1] in "（(")
            places.append(_Place(before.article, before.insert, (*above, number), start, end))


def _provision(place: _Place, folded: Folded, paragraph: int) -> Provision:
    below = (*place.below, None, None, None)[:3]
    span = Span(paragraph, *folded.place(place.start, place.end))
    return Provision(place.article, span, place.insert, *below)
