"""引用核对：each place a document cites, with the statute, the version in force on a day, and whether the place exists.

    for one in resolve(document, law=law.library(), on=day): one.words, one.verdict, one.note

Finding stands in ``text.document.citations``; here a citation found is set against the law of a day. Nothing is said
about whether the court was right to cite it: an ended statute may govern old facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tianping.law.numbering import article, in_words
from tianping.law.renumbering import moved_from
from tianping.law.statutes.model import Law, Statute, Version
from tianping.text.document.model import Citation, Document, Provision, Span


class Verdict(StrEnum):
    """结论。"""

    HELD = "有效"
    NOT_YET = "尚未施行"
    ENDED = "已失效"
    NO_ARTICLE = "没有这一条"
    NO_ITEM = "没有这一款、项"
    DOUBTED = "存疑"  # the table is not sure of a fact it would need
    UNKNOWN = "表中没有"

    @property
    def is_fault(self) -> bool:
        return self in (Verdict.NOT_YET, Verdict.ENDED, Verdict.NO_ARTICLE, Verdict.NO_ITEM)


@dataclass(frozen=True, slots=True)
class Resolved:
    """一处引用 set against the law of ``on``. ``words``: the place in full, as a court writes it."""

    citation: Citation
    provision: Provision | None
    span: Span
    words: str
    on: date
    statute: Statute | None
    version: Version | None
    verdict: Verdict
    note: str = ""


def resolve(document: Document, *, law: Law, on: date) -> tuple[Resolved, ...]:
    """全部引用, in reading order; a citation of several articles gives one for each."""
    return tuple(one for citation in document.citations for one in _resolved(citation, law, on))


def words_of(title: str, provision: Provision | None) -> str:
    """写法：《中华人民共和国刑法》第一百三十三条之一第二款第三项."""
    if provision is None:
        return f"《{title}》"
    words = f"《{title}》{article(provision.article, provision.insert)}"
    for number, unit in ((provision.paragraph, "款"), (provision.item, "项"), (provision.point, "目")):
        words += f"第{in_words(number)}{unit}" if number is not None else ""
    return words


def _resolved(citation: Citation, law: Law, on: date) -> Iterator[Resolved]:
    statute = law.statute(citation.effective_title)
    title = statute.title if statute else citation.effective_title
    version = statute.version_on(on) if statute else None
    for provision in citation.provisions or (None,):
        verdict, note = _verdict(statute, version, provision, law, on)
        span = provision.span if provision else citation.span
        words = words_of(title, provision)
        yield Resolved(citation, provision, span, words, on, statute, version, verdict, note)


def _verdict(
    statute: Statute | None, version: Version | None, provision: Provision | None, law: Law, on: date
) -> tuple[Verdict, str]:
    if statute is None:
        return Verdict.UNKNOWN, "法规表里没有这个名称，不作判断"
    if version is None:
        return _out_of_force(statute, provision, law, on)
    if version.unproven:
        return Verdict.DOUBTED, "该版本的日期或者条数未证实"
    if provision is None:
        return Verdict.HELD, ""
    if version.last_article is not None and provision.article > version.last_article:
        return Verdict.NO_ARTICLE, f"该版至{article(version.last_article)}为止" + _moved(statute, provision, on)
    shape = law.shape(version, provision.article, provision.insert)
    if shape is None:
        needs_shape = provision.paragraph is not None or provision.item is not None or provision.insert
        return Verdict.HELD, "该版的款、项未入库，只核对了条号" if needs_shape else ""
    if not shape:
        return Verdict.NO_ARTICLE, "该版没有这一条"
    if provision.paragraph is not None and provision.paragraph > len(shape):
        return Verdict.NO_ITEM, f"该条共{len(shape)}款"
    items = shape[provision.paragraph - 1] if provision.paragraph is not None else max(shape)
    if provision.item is not None and provision.item > items:
        return Verdict.NO_ITEM, f"该款共{items}项" if items else "该款不分项"
    if provision.item is not None and provision.paragraph is None and len(shape) > 1:
        return Verdict.HELD, f"该条共{len(shape)}款，宜写明第几款"
    return Verdict.HELD, ""


def _out_of_force(statute: Statute, provision: Provision | None, law: Law, on: date) -> tuple[Verdict, str]:
    first, last = statute.versions[0], statute.versions[-1]
    if on < first.effective:
        if law.is_first(first):
            return Verdict.NOT_YET, f"自{_day(first.effective)}起施行"
        return Verdict.DOUBTED, f"表中最早的版本自{_day(first.effective)}起施行，此前的版本未入库"
    if last.repealed is not None and last.repealed <= on:
        after = f"，由{_plain(last.replaced_by)}取代" if last.replaced_by else ""
        return Verdict.ENDED, f"自{_day(last.repealed)}起失效{after}{_moved(statute, provision, on)}"
    return Verdict.DOUBTED, "当日的版本未入库"


def _moved(statute: Statute, provision: Provision | None, on: date) -> str:
    """Where the article went, where the table of renumbering knows it."""
    if provision is None or provision.insert:
        return ""
    for moved in reversed(moved_from(statute.title, provision.article)):
        where = "、".join(article(int(new)) for new in moved.new_articles) or "已删去"
        return f"；对应《{moved.new_title}》{where}"
    return ""


def _plain(key: str) -> str:
    return f"《{key.rpartition('@')[0]}》"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
