"""检查方案：which rules speak."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from tianping.law.parameters import Value, parameter
from tianping.text.lint.mode import Mode
from tianping.text.lint.noqa import Silence
from tianping.text.lint.proofreading import VOICE
from tianping.text.lint.registry import UnknownRule, all_rules
from tianping.text.lint.remark import Severity
from tianping.text.lint.rule import Rule, Status


@dataclass(frozen=True, slots=True)
class LocalNumber:
    """本院的值：a court's own number for a parameter of ``law.parameters``, from a day on, with its basis."""

    code: str
    since: date
    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class Profile:
    """检查方案：codes or their beginnings (LAW, LAW002). ``ignore`` wins over ``select``.

    Rules of level 提示, and rules measured below the floor of precision, stay silent unless selected. 试行 rules speak
    unless ``preview`` is off. A mode a rule does not serve silences it even when selected. ``proofread`` names a preset
    (quiet, normal, thorough): then the rules that speak for the proofreader are heard as well.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = True
    mode: Mode = Mode.ISSUED
    silences: tuple[Silence, ...] = ()
    numbers: tuple[LocalNumber, ...] = ()
    proofread: str = ""

    def local_values(self) -> dict[str, tuple[Value, ...]]:
        """本院的值, by parameter and the oldest first, as ``law.parameters`` takes them."""
        found: dict[str, tuple[Value, ...]] = {}
        for number in sorted(self.numbers, key=lambda one: one.since):
            value = Value(Decimal(number.value), parameter(number.code).unit, number.basis, number.since)
            found[number.code] = (*found.get(number.code, ()), value)
        return found

    def rules(self) -> tuple[Rule, ...]:
        """The rules of this profile, by code. A prefix that fits no rule is refused: it would check nothing."""
        return heard(replace(self, silences=(), numbers=()))  # neither of these decides which rules speak

    def speaks(self, rule: Rule) -> bool:
        if self.mode not in rule.modes or rule.code.startswith(self.ignore):
            return False
        if self.proofread and rule.code in VOICE:
            return True
        if self.select:
            return rule.code.startswith(self.select)
        if rule.severity is Severity.INFO or rule.is_weak:
            return False
        return self.preview or rule.status is Status.STABLE


@lru_cache(maxsize=64)
def heard(profile: Profile) -> tuple[Rule, ...]:
    """The rules of a profile, found once: rules and what was measured of them stay while a program runs."""
    known = all_rules()
    for prefix in (*profile.select, *profile.ignore):
        if not prefix or not any(rule.code.startswith(prefix) for rule in known):
            raise UnknownRule(prefix)
    return tuple(rule for rule in known if profile.speaks(rule))
