"""定罪：the crimes a disposition convicts of, with every name of the table each may be read as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tianping.law.crimes import crimes
from tianping.text.document.model import Document, Section, Span
from tianping.text.regex import regex

_CONVICTED = regex(r"犯(?P<name>[^，。；：\n“”]{1,60}?罪)(?=[，。；：（(]|判处|、?共?\d|\n|$|、(?!变造|倒卖))")
_OF_ANOTHER_JUDGMENT = regex(r"号(?:刑事)?(?:附带民事)?(?:判决|裁定)[^。；]{0,30}$")
_BEFORE_THIS_CASE = regex(r"(?:之前|此前|先前|前罪|原判|原|曾)(?:所|因)?$")
_DROPPED = str.maketrans("", "", "、，（）() \u3000“”")


@dataclass(frozen=True, slots=True)
class Conviction:
    """一处定罪：``written`` is the name as it stands, ``readings`` are names of the table it may stand for."""

    written: str
    span: Span
    readings: tuple[str, ...]

    @property
    def crime(self) -> str | None:
        return self.written if self.readings else None


def convictions(document: Document) -> Iterator[Conviction]:
    """主文中的“犯……罪”, without those of another judgment that is named or merged there (撤销、并罚)."""
    for number in document.paragraphs_reaching(Section.ORDER):
        line = document.lines[number]
        if "犯" not in line.text:
            continue
        for match in _CONVICTED.finditer(line.text):
            span = Span(number, *line.place(*match.span()))
            retold = _OF_ANOTHER_JUDGMENT.search(line.text, max(match.start() - 60, 0), match.start())
            earlier = _BEFORE_THIS_CASE.search(line.text, max(match.start() - 4, 0), match.start())
            if document.section_at(span) is Section.ORDER and not retold and not earlier:
                yield Conviction(match["name"], span, readings(match["name"]))


@lru_cache(maxsize=1024)
def readings(name: str) -> tuple[str, ...]:
    """可能的罪名：the name itself, or those it is a selection of (贩卖毒品罪 of 走私、贩卖、运输、制造毒品罪)."""
    known = crimes()
    if name in known:
        return (name,)
    plain = name.translate(_DROPPED)
    return tuple(one for one in known if _selected(plain, one.translate(_DROPPED)))


def _selected(plain: str, whole: str) -> bool:
    rest = iter(whole)
    return all(character in rest for character in plain)
