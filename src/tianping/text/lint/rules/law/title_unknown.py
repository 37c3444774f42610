"""法律名称有误 — a statute is cited by a title that is none.

## 查什么

书名号里的法律、司法解释名称不在法规表里，而与表里某一名称只差一两个字；或者写作“中华人民共和国……法”，却没有这部法律。
名称里有隐去的字的，合同、标准、文件等不是法规的，不查。

## 为何要紧

裁判依据的名称写错，等于没有引用；当事人、上级法院最先看到的就是这一处。

## 反例

依照《中华人民共和国刑罚》第二百六十四条、《中华人民共和国没事诉讼法》第六十七条之规定。

## 正例

依照《中华人民共和国刑法》第二百六十四条、《中华人民共和国刑事诉讼法》第二百条之规定。

## 依据

《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第一条：应当准确完整写明规范性法律文件的名称。
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tianping.law.statutes.model import COUNTRY, Law, plain_title
from tianping.text.document.model import Document
from tianping.text.lint.nearness import apart
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "LAW001",
    "title-unknown",
    since="0.1.0",
    severity=Severity.ERROR,
    message="没有名称为《{title}》的{kind}{near}，请核对名称。",
    needs=("《",),
    basis="《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第一条",
)

HIDDEN = regex(r"[某×xXＸ＊*○]")
LAW_FORM = regex(r"(?:法|法典|通则|总则)(?:（试行）)?$")
STATUTE_FORM = regex(r"(?:法|法典|通则|总则|条例|细则)$")
COUNTRY_FORM = regex(r"^中\S{0,3}?(?:人民|国)\S{0,4}?(?:共和|和)国?")
INTERPRETATION = regex(r"^最高人民.{0,40}?关于.*(?:解释|规定|批复)(?:（[一二三四五六七八九十]+）)?$")
NUMBERS = regex(r"[一二三四五六七八九十\d]|（.{1,3}）$")
SHORTEST_WITHOUT_COUNTRY = 5  # 土地法 is as near to 林地法 as to nothing
SHORTEST_INTERPRETATION = 16


@rule.check
def title_unknown(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for citation in document.citations:
        if not document.text_at(citation.span).startswith("《"):
            continue
        title = plain_title(citation.title)
        if law.statute(citation.effective_title) is not None or title in law.titles():
            if law.statute(citation.title) is None and citation.articles:
                yield rule.spare(citation.span, "已声明的简称")
            continue
        if HIDDEN.search(title):
            yield rule.spare(citation.span, "名称里有隐去的字")
        elif not (STATUTE_FORM.search(title) or INTERPRETATION.match(title) or COUNTRY_FORM.match(citation.title)):
            yield rule.spare(citation.span, "不是法律、司法解释")
        elif (found := _fault(citation.title, title, frozenset(law.titles()))) is None:
            yield rule.spare(citation.span, "表里没有相近的名称")
        elif others := others_words(document, citation.span, titles=False):
            yield rule.spare(citation.span, others)
        else:
            kind, near = found
            yield rule.at(citation.span, title=citation.title, kind=kind, near=f"（有{near}）" if near else "")


@lru_cache(maxsize=512)
def _fault(written: str, title: str, known: frozenset[str]) -> tuple[str, str] | None:
    """What kind of title is meant and which ones it comes near to; None where nothing proves a fault."""
    if INTERPRETATION.match(title):
        near = _nearest(title, (one for one in known if one.startswith("最高人民")), most=1)
        same = [one for one in near if _same_numbers(title, one)]
        return ("司法解释", _named(title, same)) if same and len(title) >= SHORTEST_INTERPRETATION else None
    bare = written.translate(str.maketrans("", "", " \u3000"))
    if COUNTRY_FORM.match(bare):
        laws = (COUNTRY + one for one in known if STATUTE_FORM.search(one) and not one.startswith("最高"))
        near = [one for one in _nearest(bare, laws, most=2) if LAW_FORM.search(one)]
        if near and (LAW_FORM.search(bare) or apart(bare, near[0], most=1)):
            return "法律", _named(bare, near)
        return ("法律", "") if bare.startswith(COUNTRY) and bare.endswith("法") else None
    if len(bare) >= SHORTEST_WITHOUT_COUNTRY and LAW_FORM.search(bare):
        near = _nearest(bare, (one for one in known if LAW_FORM.search(one)), most=1)
        return ("法律", _named(bare, near)) if near else None
    return None


def _nearest(title: str, known: Iterator[str], *, most: int) -> list[str]:
    """The known titles fewest characters away; of those as far, the ones that only have more or fewer characters."""
    found: list[tuple[int, bool, str]] = []
    for one in known:
        distance = apart(title, one, most=most)
        if distance is not None:
            found.append((distance, not _only_left_out(title, one), one))
    found.sort()
    return [one for distance, changed, one in found if (distance, changed) == found[0][:2]]


def _named(title: str, near: list[str]) -> str:
    """Shown only where the guess is good: one or two titles, a character away or only longer or shorter."""
    good = [one for one in near if apart(title, one, most=1) is not None or _only_left_out(title, one)]
    return "《" + "》《".join(good) + "》" if 1 <= len(good) <= 2 else ""


def _only_left_out(first: str, second: str) -> bool:
    shorter, longer = sorted((first, second), key=len)
    rest = iter(longer)
    return len(shorter) < len(longer) and all(character in rest for character in shorter)


def _same_numbers(first: str, second: str) -> bool:
    """解释（二） and 解释（三） are two, and neither is the other misspelt."""
    return NUMBERS.findall(first) == NUMBERS.findall(second)
