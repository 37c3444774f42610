"""检查：running the rules of a profile over one document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tianping.law.parameters.store import laid_over
from tianping.law.renumbering.dated import as_numbered_on
from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.guard import IN_A_NAME, would_touch
from tianping.text.lint.profile import Profile
from tianping.text.lint.proofreading import as_sure_as
from tianping.text.lint.remark import Remark, Spared
from tianping.text.lint.rule import Rule

DEFAULT = Profile()


def check(document: Document, *, law: Law | None = None, rules: Profile = DEFAULT) -> tuple[Remark, ...]:
    """批注 in the order of the text; at one place, by code. The same place is flagged once by one rule."""
    asked = law or _shipped_law()
    with as_sure_as(rules.proofread), laid_over(rules.local_values()):
        remarks = {
            (outcome.order, outcome.message): outcome
            for rule in rules.rules()
            for outcome in consider(rule, document, asked)
            if isinstance(outcome, Remark)
        }
    return tuple(remarks[key] for key in sorted(remarks))


def consider(rule: Rule, document: Document, law: Law | None = None) -> Iterator[Remark | Spared]:
    """What one rule flags and what it looks at and lets pass."""
    if not (document.is_judgment or rule.general):
        return
    words = document.words
    if rule.needs and not any(word in words for word in rule.needs):
        return
    for outcome in rule.find(document, law or _shipped_law()):
        if isinstance(outcome, Remark) and would_touch(document, outcome):
            yield Spared(outcome.code, outcome.span, IN_A_NAME)
        elif isinstance(outcome, Remark):
            basis = as_numbered_on(outcome.basis, document.decided_on) if outcome.basis else outcome.basis
            yield replace(outcome, text=outcome.text or document.text_at(outcome.span), basis=basis)
        else:
            yield outcome


def _shipped_law() -> Law:
    from tianping.law.statutes import shipped  # here: callers that bring their own law need not load ours

    return shipped()
