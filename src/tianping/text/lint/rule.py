"""规则：a defect with a code, a name and a page; the function beside it finds its places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Span
from tianping.text.lint.mode import ALL_MODES, Mode
from tianping.text.lint.precision import Measured, measured
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.regex import regex

Finder = Callable[[Document, Law], Iterator[Remark | Spared]]
CODE = regex(r"[A-Z]{3}\d{3}")


class Status(StrEnum):
    """状态：a new rule is 试行 until it was measured on real judgments and held; see ``precision``."""

    STABLE = "正式"
    PREVIEW = "试行"


@dataclass(slots=True)
class Rule:
    """规则。

    ``needs``: the rule is not run on a text that holds none of these words — the cheap look before the close one.
    ``general``: it also reads texts that are no judgment.
    ``modes``: the states of the document in which the rule speaks at all; ``--select`` does not lift them.
    """

    code: str
    name: str
    since: str
    message: str
    severity: Severity
    needs: tuple[str, ...] = ()
    general: bool = False
    basis: str | None = None
    modes: frozenset[Mode] = ALL_MODES
    find: Finder = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise ValueError(f"规则编码 {self.code} 应为三个大写字母加三位数字。")

    @property
    def measured(self) -> Measured | None:
        """实测, from the table; None where nobody measured it."""
        return measured(self.code)

    @property
    def status(self) -> Status:
        """状态：follows from what was measured; nobody writes it."""
        known = self.measured
        return Status.STABLE if known is not None and known.is_stable(self.severity) else Status.PREVIEW

    @property
    def is_weak(self) -> bool:
        """精确率低于下限：too many of its remarks were wrong, so it is silent unless selected."""
        known = self.measured
        return known is not None and known.is_weak(self.severity)

    def check(self, find: Finder) -> Finder:
        """Decorator: this function is the rule."""
        self.find = find
        return find

    def at(self, span: Span, *, suggestion: str | None = None, basis: str | None = None, **fields: object) -> Remark:
        """A remark on a place; ``fields`` fill the message, days written the Chinese way."""
        words = {name: in_words(value) if isinstance(value, date) else value for name, value in fields.items()}
        return Remark(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=_nested(self.message.format(**words)),
            span=span,
            suggestion=suggestion,
            basis=basis or self.basis,
        )

    def spare(self, span: Span, why: str) -> Spared:
        """A place looked at and let pass."""
        return Spared(self.code, span, why)


def _nested(message: str) -> str:
    """书名号里再用书名号的，用单书名号：titles of the table hold 《》, and the message puts 《》 around them."""
    if "《" not in message:
        return message
    depth, made = 0, []
    for character in message:
        depth -= character == "》"
        made.append({"《": "〈", "》": "〉"}.get(character, character) if depth > 0 else character)
        depth += character == "《"
    return "".join(made)


def in_words(day: date) -> str:
    """日期写法：2026年3月8日。"""
    return f"{day.year}年{day.month}月{day.day}日"
