"""整改的计算：causes, measures, and when training alone will not do. Pure."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Cause(StrEnum):
    """根因：why it happened; the cure follows from it."""

    KNOWLEDGE = "knowledge"
    SKILL = "skill"
    CARE = "care"
    WORKLOAD = "workload"
    PROCESS = "process"
    TOOL = "tool"


CAUSES = {
    Cause.KNOWLEDGE: "知识",
    Cause.SKILL: "技能",
    Cause.CARE: "细致",
    Cause.WORKLOAD: "工作量",
    Cause.PROCESS: "流程",
    Cause.TOOL: "工具",
}


class Measure(StrEnum):
    """措施：what is done about it."""

    CORRECTION = "correction"
    TRAINING = "training"
    GUIDANCE = "guidance"
    PROCESS = "process"
    TOOL = "tool"
    WORKLOAD = "workload"


MEASURES = {
    Measure.CORRECTION: "更正原件（补正裁定等）",
    Measure.TRAINING: "培训补课",
    Measure.GUIDANCE: "谈话提醒、带教",
    Measure.PROCESS: "改流程",
    Measure.TOOL: "改工具、模板",
    Measure.WORKLOAD: "调整工作量",
}


def training_alone(measures: Collection[str]) -> bool:
    """只有培训：the reflex cure; it needs a reason."""
    return set(measures) == {Measure.TRAINING}


DEFAULT_CRITERION = "观察期内，同一责任人不再出现同一规则的问题"
WATCH_DAYS_SHORTEST, WATCH_DAYS_LONGEST = 30, 730
