"""植入的批注：remarks on words of our choosing, so that the tests of formats hang on no rule."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from tianping.text.document import Document, Span
from tianping.text.lint.remark import Remark, Severity

sys.path.insert(0, str(Path(__file__).parents[2]))


def remark(
    document: Document, words: str, code: str = "PTY001", suggestion: str | None = None, basis: str | None = None
) -> Remark:
    """A remark on the first place these words stand at."""
    for paragraph in document.paragraphs:
        at = paragraph.text.find(words)
        if at >= 0:
            span = Span(paragraph.index, at, at + len(words))
            told = f"“{words}”请核对。"
            return Remark(code, "planted", Severity.WARNING, told, span, words, suggestion, basis)
    raise LookupError(words)


def scattered(document: Document, number: int, seed: int) -> tuple[Remark, ...]:
    """Remarks anywhere, overlapping as they fall, in the order of the text."""
    chance = random.Random(seed)
    remarks = []
    for count in range(number):
        paragraph = chance.choice(document.paragraphs)
        start = chance.randrange(len(paragraph.text))
        end = min(len(paragraph.text), start + chance.choice((1, 2, 3, 5, 8, 30)))
        remarks.append(
            Remark(
                f"TST{count:03}",
                "planted",
                chance.choice(tuple(Severity)),
                f"第 {count} 处，<请>核对&改正。",
                Span(paragraph.index, start, end),
                paragraph.text[start:end],
                chance.choice((None, "", "应写作“此”", " ")),
                chance.choice((None, "《某规定》第三条")),
            )
        )
    return tuple(sorted(remarks, key=lambda remark: remark.order))
