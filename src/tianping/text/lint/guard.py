"""守门：no suggestion reaches a reader that would change a name, a case number, an amount or a date.

Each rule sees to it where it can; this is the one place that sees to it for all of them. A place inside a protected one
is not a mistake at all but part of a name, so the remark is withdrawn, not only its suggestion.
"""

from __future__ import annotations

from tianping.text.document.model import Document, Span
from tianping.text.lint.remark import Remark

IN_A_NAME = "在人名、单位名称、号码、金额或日期之内"


def would_touch(document: Document, remark: Remark) -> bool:
    """要改动的字在受保护的位置之内：an insertion touches a place only from within."""
    if remark.suggestion is None:
        return False
    change = _changed(remark, document.text_at(remark.span))
    held = [place.span for place in document.protected_in(change.paragraph)]
    if change.start == change.end:
        return any(one.start < change.start < one.end for one in held)
    return any(one.start < change.end and change.start < one.end for one in held)


def _changed(remark: Remark, old: str) -> Span:
    """What is left when the beginning and the end that stay are taken off."""
    new = remark.suggestion or ""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    return Span(remark.span.paragraph, remark.span.start + start, remark.span.end - end)
