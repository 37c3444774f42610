"""改动：which characters of a document a suggestion would change, and which places nobody may change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.text import lint
from tianping.text.document import Document, Span, from_text


def remarks(document: Document, without: tuple[str, ...] = ()) -> Iterator[lint.Remark]:
    """Every rule, whatever its level, its mode or its measured precision."""
    for rule in lint.all_rules():
        if rule.code in without:
            continue
        for outcome in lint.consider(rule, document):
            if isinstance(outcome, lint.Remark):
                yield outcome


def changed(remark: lint.Remark) -> Span | None:
    """The characters that go or are replaced; for words put in, the gap, as an empty span. None without suggestion."""
    if remark.suggestion is None:
        return None
    old, new = remark.text, remark.suggestion
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    at = remark.span.start
    return Span(remark.span.paragraph, at + start, at + len(old) - end)


def touches(change: Span, place: Span) -> bool:
    """An insertion touches a place only from within."""
    if change.paragraph != place.paragraph:
        return False
    if change.start == change.end:
        return place.start < change.start < place.end
    return change.start < place.end and place.start < change.end


def violations(document: Document, places: list[Span], without: tuple[str, ...] = ()) -> list[tuple[str, Span]]:
    """(rule, place) of every suggestion that would change one of the places."""
    return [
        (remark.code, place)
        for remark in remarks(document, without)
        if (change := changed(remark)) is not None
        for place in places
        if touches(change, place)
    ]


LABELLED = ("人名", "单位", "号码", "地址", "文号", "案号")


def fictional(text: str) -> tuple[Document, list[Span]]:
    """A labelled invented document and the places its head lists, wherever they stand; its days and amounts too."""
    head, _, body = text.partition("\n---\n")
    document = from_text(body)
    fields = dict(line.partition("：")[::2] for line in head.splitlines())
    words = sorted({word for field in LABELLED for word in fields.get(field, "").split("｜") if word}, key=len)[::-1]
    written = re.compile("|".join(map(re.escape, words)) + r"|\d{4}年\d{1,2}月\d{1,2}日|[\d,，.]+万?元")
    places = [
        Span(paragraph.index, *match.span())
        for paragraph in document.paragraphs
        for match in written.finditer(paragraph.text)
    ]
    return document, places
