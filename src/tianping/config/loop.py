"""循环的顺序：the intakes, in the order of the sentence."""

from __future__ import annotations

from tianping.findings import intake as findings
from tianping.foundation.loop import Intake
from tianping.foundation.search import intake as search
from tianping.remedy import intake as remedy

INTAKES: tuple[Intake, ...] = (
    findings.WithdrawIntake(),
    findings.EvidenceIntake(),
    findings.LapseIntake(),
    findings.SettleIntake(),
    remedy.FindingIntake(),
    remedy.DropIntake(),
    search.IndexIntake(),
)
