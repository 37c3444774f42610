"""文书检查：remarks (批注) on places in a judgment, each by one explained rule. Pure: same input, same output, always.

    remarks = lint.check(document, law=law.shipped(), rules=lint.Profile(ignore=("PUN",)))

A rule is one file in ``rules/<family>/`` with its cases beside it; its docstring is its page.
"""

from __future__ import annotations

from tianping import __version__
from tianping.text.lint.engine import check, consider
from tianping.text.lint.mode import Mode
from tianping.text.lint.profile import Profile
from tianping.text.lint.registry import UnknownRule, all_rules, rule_by_code
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule, Status

VERSION = __version__
"""检查引擎版本：kept with every check run, so that a remark can be traced to the rules that made it."""

__all__ = [
    "VERSION",
    "Mode",
    "Profile",
    "Remark",
    "Rule",
    "Severity",
    "Spared",
    "Status",
    "UnknownRule",
    "all_rules",
    "check",
    "consider",
    "rule_by_code",
]
