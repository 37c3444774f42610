"""首部：the court, the name of the instrument and the case number."""

from __future__ import annotations

from collections.abc import Sequence

from tianping.text.regex import regex

from .folding import Folded
from .model import Paragraph, Section, Stretch
from .sections import CASE_NUMBER, INSTRUMENT

_COURT = regex(r"[^，。；：、（(]{2,40}法院")
_TITLE = regex(rf"[^，。；：]{{0,24}}?(?:{INSTRUMENT})")
_KIND = regex(rf"(?:刑事附带民事|刑事|民事|行政赔偿|行政|执行|国家赔偿|赔偿|司法制裁)?(?:{INSTRUMENT})")


def head(
    paragraphs: Sequence[Paragraph], folds: Sequence[Folded], stretches: Sequence[Stretch]
) -> tuple[str, str, str]:
    """首部三项：(title, court, case number), empty where not written."""
    title = court = case_no = ""
    for stretch in stretches:
        if stretch.section not in (Section.TITLE, Section.CASENO):
            if stretch.section is Section.PARTY:
                break
            continue
        text = "".join(paragraphs[stretch.span.paragraph].text[stretch.span.start : stretch.span.end].split())
        if stretch.section is Section.CASENO:
            found = CASE_NUMBER.search(text)
            case_no = case_no or (found[0] if found else text)
            continue
        named = _COURT.match(text)
        if named is not None:
            court = named[0]
            text = text[named.end() :]
        if _TITLE.fullmatch(text):
            # A web title (某某盗窃一审刑事判决书) may stand above; the instrument's own line is the shorter one.
            kind = _KIND.findall(text)
            if kind and (not title or len(text) <= len(title) or text == kind[-1]):
                title = kind[-1] if text.endswith(kind[-1]) else text
    return title, court, case_no
