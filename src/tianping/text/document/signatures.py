"""署名：who signed, in what office — judges, assessors, assistants and clerks at the foot of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tianping.text.regex import regex

from .folding import Folded
from .model import Section, Signatory, Span, Stretch

_OFFICE = (
    r"审判长|(?:代理|助理)?审判员|(?:人民)?陪审员|执行长|执行员|副?院长|法官助理|(?:代理|见习|实习|代)?书记员|速录员"
)
_CHARACTER = r"[\u3400-\u9fff\U00020000-\U0003ffff×xXＸ*＊]"
_SIGNED = regex(
    rf"(?P<title>{_OFFICE})(?:[（(]兼?代?[^）)]{{0,4}}[）)])?[:：]?"
    rf"(?P<name>{_CHARACTER}{{1,8}}?\d?(?:[·•．]{_CHARACTER}{{1,10}}){{0,3}}?)"
    rf"(?=$|\n|[。，、；（(附]|{_OFFICE}|[一二][〇零○OΟO0０Ｏ◯o一二三四五六七八九]{{3}}年|(?:19|20)\d\d年)"
)
_NAME = regex(r"[\u3400-\u9fff×]{2,4}")
_FOOT = (Section.SIGN, Section.DATE, Section.CLERK)


def signatories(folds: Sequence[Folded], stretches: Sequence[Stretch]) -> tuple[Signatory, ...]:
    """署名人，in the order signed; a name alone on its line holds the office of the one above it."""
    made: list[Signatory] = []
    for stretch in stretches:
        if stretch.section not in _FOOT:
            continue
        number = stretch.span.paragraph
        folded = folds[number]
        start, end = folded.index(stretch.span.start), folded.index(stretch.span.end)
        words = folded.text[start:end].strip()
        if made and stretch.section is not Section.DATE and _NAME.fullmatch(words) and not re.search(_OFFICE, words):
            made.append(Signatory(made[-1].title, words, Span(number, *folded.place(start, start + len(words)))))
            continue
        made.extend(
            Signatory(found["title"], found["name"], Span(number, *folded.place(*found.span("name"))))
            for found in _SIGNED.finditer(folded.text, start, end)
            if len(found["name"]) > 1
        )
    return tuple(made)
