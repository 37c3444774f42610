"""精确率：what was measured of each rule on real judgments, and what follows. No status is written by hand.

``precision.csv`` beside this module is made by ``tools/precision.py`` from hand verdicts (kept as file hash, place,
rule, verdict and why, never text) and from faults planted into the same judgments. From it:

- 试行 (PREVIEW): every rule that is not 正式. It speaks, unless it is weak.
- weak: of its remarks a person looked at, fewer than the floor were right. It is silent unless selected.
- 正式 (STABLE): not weak, finds at least nine of ten planted faults (50 or more planted), and its false alarms are
  bounded: with 95 % confidence at most one in 100,000 characters, measured on at least 500,000 real characters.

The floor is held against the share itself, not against Wilson's lower bound, which is printed beside it: true faults
are rare in issued judgments, so with nine remarks, all right, that bound is 0.70, and hardly any rule would ever pass.
What keeps a rule with few remarks honest is the bound on false alarms, for which silence is evidence too (none seen in
N characters: 3/N, the rule of three). Bound and recall come from the same judgments: a rule that never listens there
would show in the planted faults.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from pathlib import Path

from tianping.text.lint.remark import Severity

TABLE = Path(__file__).with_name("precision.csv")
FLOORS = {Severity.ERROR: 0.9, Severity.WARNING: 0.9, Severity.INFO: 0.7}
"""精确率下限。提示 is off by default and asks less of its reader."""
RECALL_FLOOR = 0.9
PLANTED_FLOOR = 50
CHARACTERS_FLOOR = 500_000
FALSE_ALARMS_CEILING = 0.1  # per 10,000 characters
_Z = 1.959964  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Measured:
    """实测：``judged`` remarks a person looked at, ``right`` of them right, on ``characters`` of ``corpus``."""

    code: str
    judged: int
    right: int
    characters: int
    planted: int
    found: int
    corpus: str
    measured_on: str

    @property
    def precision(self) -> float | None:
        return self.right / self.judged if self.judged else None

    @property
    def precision_bound(self) -> float | None:
        """精确率 95% 下限（Wilson）。"""
        return wilson_lower(self.right, self.judged) if self.judged else None

    @property
    def listens(self) -> bool:
        """在这些文书里说得上话：a civil rule is silent on criminal judgments, and that proves nothing of it."""
        return self.judged > 0 or self.found > 0

    @property
    def false_alarms_bound(self) -> float | None:
        """误报上限：at most so many in 10,000 characters, at 95 %; None where the silence of a rule proves nothing."""
        if not self.listens or not self.characters:
            return None
        return poisson_upper(self.judged - self.right) / self.characters * 10_000

    @property
    def recall(self) -> float | None:
        return self.found / self.planted if self.planted else None

    def is_weak(self, severity: Severity) -> bool:
        return self.precision is not None and self.precision < FLOORS[severity]

    def is_stable(self, severity: Severity) -> bool:
        bound = self.false_alarms_bound
        return (
            not self.is_weak(severity)
            and self.planted >= PLANTED_FLOOR
            and self.found >= RECALL_FLOOR * self.planted
            and self.characters >= CHARACTERS_FLOOR
            and bound is not None
            and bound <= FALSE_ALARMS_CEILING
        )


def measured(code: str) -> Measured | None:
    """What is known of a rule; None where nobody measured it."""
    return table().get(code)


@cache
def table() -> dict[str, Measured]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {
            row["code"]: Measured(
                row["code"],
                int(row["judged"]),
                int(row["right"]),
                int(row["characters"]),
                int(row["planted"]),
                int(row["found"]),
                row["corpus"],
                row["measured_on"],
            )
            for row in csv.DictReader(rows)
        }


def wilson_lower(right: int, judged: int) -> float:
    """Lower end of Wilson's 95 % interval of a share (Wilson 1927)."""
    share = right / judged
    middle = share + _Z * _Z / (2 * judged)
    spread = _Z * sqrt(share * (1 - share) / judged + _Z * _Z / (4 * judged * judged))
    return max(0.0, (middle - spread) / (1 + _Z * _Z / judged))


def poisson_upper(seen: int) -> float:
    """The mean at which ``seen`` events or fewer have a chance of 5 %; for none seen it is 3.00 (rule of three)."""
    low, high = float(seen), seen + 4 * sqrt(seen + 1) + 4
    for _ in range(60):
        mean = (low + high) / 2
        term = chance = exp(-mean)
        for k in range(1, seen + 1):
            term *= mean / k
            chance += term
        low, high = (mean, high) if chance > 0.05 else (low, mean)
    return high
