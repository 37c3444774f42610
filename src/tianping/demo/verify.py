"""核对演示法院：what was planted, what the system found of it, and whatever it found that was not planted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tianping.demo.build import truths
from tianping.demo.plan import PLANS, RELAPSES, VERIFIED_RELAPSES, Plan, Turn, Until, planted_at
from tianping.evidence.documents.models import Remark
from tianping.evidence.register.models import Evidence
from tianping.findings.models import Finding, Stance
from tianping.findings.states import State as FindingState
from tianping.foundation.audit import services as audit
from tianping.remedy.models import Duty, Postponement
from tianping.remedy.states import State as DutyState


@dataclass
class Tally:
    """一类真值：planted, found and found beyond it."""

    name: str
    planted: set[Any]
    found: set[Any]
    hits: int = field(init=False)
    others: int = field(init=False)

    def __post_init__(self) -> None:
        self.hits = len(self.planted & self.found)
        self.others = len(self.found - self.planted)


def _plan(facts: dict[str, Any]) -> Plan:
    return PLANS.get(facts["file"][:2], Plan())


def _with(turn: Turn) -> set[tuple[str, str]]:
    """(case number, rule) of each planted truth whose plan has this turn."""
    return {
        (facts["case_no"], truth["code"])
        for facts in truths()
        for truth in facts["truths"]
        if _plan(facts).turns.get(truth["code"]) == turn
    }


def _cases(findings: Any) -> set[tuple[str, str]]:
    return set(findings.values_list("links__evidence__case__case_no", "rule_code"))


def tallies() -> list[Tally]:
    """Each kind of truth, as the story left it; whoever works on in the demo court moves on from here."""
    remarks = Remark.objects.select_related("review__document__case")
    by_case = {facts["case_no"]: facts for facts in truths()}
    places = set()
    for remark in remarks:
        case_no = remark.review.document.case.case_no
        truth = planted_at(by_case[case_no], remark.code, remark.text)
        places.add((case_no, remark.code, truth["text"] if truth else f"第 {remark.paragraph} 段 {remark.text}"))
    planted = {(facts["case_no"], t["code"], t["text"]) for facts in truths() for t in facts["truths"]}
    decided = [facts for facts in truths() if _plan(facts).until != Until.ASSIGNED]
    registered = {(facts["case_no"], t["code"]) for facts in decided for t in facts["truths"]}
    duties = Duty.objects.filter
    return [
        Tally("批注", planted, places),
        Tally("登记的证据", registered, set(Evidence.objects.values_list("case__case_no", "rule_code"))),
        Tally(
            "作废的证据",
            _with(Turn.VOID),
            set(Evidence.objects.filter(state="voided").values_list("case__case_no", "rule_code")),
        ),
        Tally("逾期未答复", _with(Turn.LAPSE), _cases(Finding.objects.filter(stance=Stance.NONE))),
        Tally("认定不成立", _with(Turn.DISMISS), _cases(Finding.objects.filter(state=FindingState.DISMISSED))),
        Tally("合并交办", _with(Turn.HOLD), _duty_cases(duties(state=DutyState.MERGED))),
        Tally("核验退回", _with(Turn.RETURN), _duty_cases(duties(steps__move="return"))),
        Tally("移交", _with(Turn.HAND_OVER), _duty_cases(duties(steps__move="hand_over"))),
        Tally(
            "申请延期",
            _with(Turn.POSTPONE) | _with(Turn.ASK_POSTPONEMENT),
            _duty_cases(duties(pk__in=Postponement.objects.values("duty_id"))),
        ),
        Tally(
            "复发", set(RELAPSES), set(Finding.objects.filter(round__gt=1).values_list("subject__name", "rule_code"))
        ),
        Tally(
            "整改无效并接续",
            set(VERIFIED_RELAPSES),
            set(
                duties(ineffective_at__isnull=False, followers__isnull=False).values_list(
                    "finding_links__finding__subject__name", "finding_links__finding__rule_code"
                )
            ),
        ),
    ]


def _duty_cases(duties: Any) -> set[tuple[str, str]]:
    return set(
        duties.values_list(
            "finding_links__finding__links__evidence__case__case_no", "finding_links__finding__rule_code"
        )
    )


def report() -> tuple[list[str], bool]:
    """Lines to print, the last 「埋下 N 处，找到 N 处，多出 0 处」, and whether everything is as planted."""
    found = tallies()
    lines = [f"{t.name}：{t.hits}/{len(t.planted)}" + (f"，另有 {t.others}" if t.others else "") for t in found]
    planted, hits, others = (
        sum(len(t.planted) for t in found),
        sum(t.hits for t in found),
        sum(t.others for t in found),
    )
    faults = audit.verify().faults
    lines.append(f"审计链：{'完整' if not faults else f'{len(faults)} 处断点'}")
    lines.append(f"埋下 {planted} 处，找到 {hits} 处，多出 {others} 处")
    return lines, hits == planted and not others and not faults
