"""规则目录：every module of ``rules/<family>/`` is one rule. Adding a rule is adding its file and its cases."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from tianping.text.lint.rule import Rule

RULES = Path(__file__).parent / "rules"


class UnknownRule(LookupError):
    """没有这条规则。"""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"没有编码为 {code} 的规则。可用 tianping rule 列出全部规则。")


def rule_modules() -> tuple[str, ...]:
    """Dotted paths of all rules, sorted: the order of loading never decides the order of remarks."""
    return tuple(
        f"tianping.text.lint.rules.{path.parent.name}.{path.stem}"
        for path in sorted(RULES.glob("*/*.py"))
        if path.stem != "__init__"
    )


@cache
def all_rules() -> tuple[Rule, ...]:
    """全部规则, by code."""
    rules: dict[str, Rule] = {}
    for module in rule_modules():
        rule: Rule = import_module(module).rule
        if rule.code in rules:
            raise ValueError(f"规则编码 {rule.code} 重复：{module}。")
        rules[rule.code] = rule
    return tuple(rules[code] for code in sorted(rules))


def rule_by_code(code: str) -> Rule:
    """The rule of a code (LAW002) or a name (repealed-statute)."""
    wanted = code.strip()
    for rule in all_rules():
        if wanted.upper() == rule.code or wanted.lower() == rule.name:
            return rule
    raise UnknownRule(code)
