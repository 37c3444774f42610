"""规则说明页：a rule's docstring, shown by ``tianping rule CODE`` and written to docs/rules."""

from __future__ import annotations

import inspect
import re
import sys
from dataclasses import dataclass

from tianping.text.lint.mode import ALL_MODES, Mode
from tianping.text.lint.proofreading import VOICE
from tianping.text.lint.rule import Rule

HEADINGS = ("查什么", "为何要紧", "反例", "正例", "依据")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """说明页：the Chinese title and the text under each of the five headings."""

    rule: Rule
    title: str
    parts: tuple[tuple[str, str], ...]

    def part(self, heading: str) -> str:
        return dict(self.parts)[heading]


def page_of(rule: Rule) -> Page:
    """Read the page from the docstring of the rule's own module."""
    docstring = inspect.cleandoc(sys.modules[rule.find.__module__].__doc__ or "")
    title = re.split(r"\s+—\s+", docstring.split("\n", 1)[0])[0]
    pieces = _HEADING.split(docstring)
    parts = tuple((heading.strip(), body.strip()) for heading, body in zip(pieces[1::2], pieces[2::2], strict=True))
    return Page(rule, title, parts)


def markdown(rule: Rule) -> str:
    """The page as Markdown."""
    page = page_of(rule)
    facts = (
        f"级别 {rule.severity.label}（{rule.severity}）· 状态 {rule.status} · 自 {rule.since} 起 · 名称 `{rule.name}`"
    )
    if rule.modes != ALL_MODES:
        facts += f" · 只用于{'、'.join(mode.label for mode in Mode if mode in rule.modes)}"
    parts = "\n\n".join(f"## {heading}\n\n{body}" for heading, body in page.parts)
    return f"# {rule.code} {page.title}\n\n{facts}\n\n{measured_words(rule)}\n\n{parts}\n"


def measured_words(rule: Rule) -> str:
    """实测：one line with every number and where it comes from."""
    known = rule.measured
    if known is None or not known.listens:
        return "实测：尚无。"
    where = f"{known.corpus}，{known.characters:,} 字"
    if known.precision is None or known.precision_bound is None:
        told = [f"{where}中没有批注"]
    else:
        told = [
            f"{where}中批注 {known.judged} 处，人工判对 {known.right} 处，"
            f"精确率 {known.precision:.2f}（95% 下限 {known.precision_bound:.2f}）"
        ]
    if known.false_alarms_bound is not None:
        told.append(f"误报不多于每万字 {known.false_alarms_bound:.2f} 处（95%）")
    if known.planted:
        told.append(f"植入错误 {known.planted} 处，查出 {known.found} 处")
    when = "只在开着校对（`--proofread`，只查一份时已开）或" if rule.code in VOICE else "默认不报，只在"
    weak = f"精确率低于下限，{when} `--select` 时报。" if rule.is_weak else ""
    return f"实测（{known.measured_on}）：{'；'.join(told)}。{weak}"
