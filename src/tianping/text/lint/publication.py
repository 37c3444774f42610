"""公开前应删除的号码：what the rules share that look for one kind of number in a text to be published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tianping.text.document.model import Document
from tianping.text.lint.mode import Mode
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule

BEFORE = 50  # characters before a number that say whose it is


def rule_of(code: str, name: str, *, message: str, needs: tuple[str, ...] = ()) -> Rule:
    """规则：heard only of a text 拟公开, but of any text, judgment or not."""
    return Rule(
        code,
        name,
        since="0.1.0",
        severity=Severity.ERROR,
        message=message,
        basis="《最高人民法院关于人民法院在互联网公布裁判文书的规定》第十条",
        needs=needs,
        general=True,
        modes=frozenset({Mode.PUBLISH}),
    )


def shown(
    rule: Rule,
    document: Document,
    pattern: re.Pattern[str],
    spared: Callable[[re.Match[str], str], str | None],
    kind: Callable[[re.Match[str]], str] = lambda match: "",
) -> Iterator[Remark | Spared]:
    """Every number found: let pass with the reason ``spared`` gives for it and the words before it, or remarked on."""
    for match, span in find(document, pattern):
        why = spared(match, match.string[max(match.start() - BEFORE, 0) : match.start()])
        yield rule.spare(span, why) if why else rule.at(span, kind=kind(match))
