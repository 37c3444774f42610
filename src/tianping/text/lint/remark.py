"""批注：what the linter says about a place in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tianping.text.document.model import Span


class Severity(StrEnum):
    """级别：E only where a table of facts proves the fault; what rests on a sense of style is never E."""

    ERROR = "E"  # 必改
    WARNING = "W"  # 多半要改
    INFO = "I"  # 提示

    @property
    def label(self) -> str:
        return {"E": "必改", "W": "多半要改", "I": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Remark:
    """批注：``text`` is the flagged words; ``suggestion`` replaces exactly them, or is None where a person must look.

    No suggestion ever touches a name, an amount, a date, a case number or an article number.
    """

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    text: str = ""  # filled by the engine, which has the document
    suggestion: str | None = None
    basis: str | None = None

    @property
    def order(self) -> tuple[int, int, int, str]:
        return (self.span.paragraph, self.span.start, self.span.end, self.code)


@dataclass(frozen=True, slots=True)
class Spared:
    """放过：a place the rule looked at and let pass, and why. Never shown; the near misses of a rule rest on it."""

    code: str
    span: Span
    why: str
