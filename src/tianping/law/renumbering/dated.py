"""依据的条号：a provision as it was numbered on a day.

A remark on a judgment of 2023 may not rest on 第二百六十四条: that day it was 第二百六十条. What cannot be put in the
numbers of the day says from when its number holds, so that nobody is blamed under an article that was not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from tianping.law.numbering import in_figures, in_words
from tianping.law.renumbering.civil_procedure import Unmapped, renumbered
from tianping.law.renumbering.table import moved_to

CIVIL, CRIMINAL = "中华人民共和国民事诉讼法", "中华人民共和国刑事诉讼法"
_CIVIL_NUMBERINGS = ((date(2022, 1, 1), 2021), (date(2013, 1, 1), 2012))  # before the one of 2024, the later first
_CRIMINAL_INTERPRETATION = "最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释"
_ALIGNED = {CRIMINAL: "2012-03-14", _CRIMINAL_INTERPRETATION: "2012-12-20"}  # versions of before, held from this day:
_ALIGNED_SINCE = date(2013, 1, 1)

NUMBERED_SINCE = {
    CIVIL: date(2024, 1, 1),
    CRIMINAL: date(2018, 10, 26),
    "中华人民共和国民法典": date(2021, 1, 1),
    "中华人民共和国公司法": date(2024, 7, 1),
    "中华人民共和国行政诉讼法": date(2015, 5, 1),
    "最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释": date(2015, 2, 4),
    "最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释": date(2021, 3, 1),
    "最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定": date(2009, 11, 4),
    "最高人民法院关于审理民间借贷案件适用法律若干问题的规定": date(2020, 8, 20),
    "人民法院民事裁判文书制作规范": date(2016, 8, 1),
    "民事诉讼文书样式": date(2016, 8, 1),
    "关于人民法院案件案号的若干规定": date(2016, 1, 1),
}
"""现行条号自何日起：the first day on which what we cite bore the number we cite it by.

What governs publication is not here: a judgment of 2014 is published under the rules of today.
"""

_TITLE_OR_ARTICLE = re.compile(
    r"《(?P<title>[^》]+)》(?:（[^）]{1,12}）)?|第(?P<number>[一二三四五六七八九十百千零]+)条"
)
_OUTER_MARKS = str.maketrans("〈〉", "《》")


def as_numbered_on(basis: str, day: date | None) -> str:
    """当日的依据：``basis`` cites by today's numbers; the answer by those of the day, where they differ."""
    if day is None:
        return basis
    made: list[str] = []
    for cited in re.split(r"(?=《)", basis):
        found = _TITLE_OR_ARTICLE.match(cited)
        since = NUMBERED_SINCE.get(found["title"]) if found is not None and found["title"] else None
        if found is None or since is None or since <= day:
            made.append(cited)
            continue
        own = found.end()
        try:
            made.append(cited[:own] + _renumbered(cited[own:], _numbering(found["title"], day)))
        except Unmapped:
            made.append(f"{cited[:own]}（{since.year}年{since.month}月{since.day}日起施行）{cited[own:]}")
    return "".join(made)


def _renumbered(words: str, numbering: Callable[[int], int]) -> str:
    return _TITLE_OR_ARTICLE.sub(lambda found: f"第{in_words(numbering(in_figures(found['number'])))}条", words)


def _numbering(title: str, day: date) -> Callable[[int], int]:
    if title == CIVIL:
        for since, year in _CIVIL_NUMBERINGS:
            if since <= day:
                return lambda article: renumbered(article, old=2023, new=year)
    known = title.translate(_OUTER_MARKS)
    if known in _ALIGNED and day >= _ALIGNED_SINCE:
        return lambda article: _aligned(known, article)
    raise Unmapped(f"没有{title}在 {day.isoformat()} 的条号。")


def _aligned(title: str, article: int) -> int:
    """By the pairs read side by side; where there is none, nobody has compared the two texts."""
    before = [one.old_article for one in moved_to(title, str(article)) if one.old_version == _ALIGNED[title]]
    if len(before) != 1:
        raise Unmapped(f"{title}第{article}条从前的条号没有核对过。")
    return before[0]
