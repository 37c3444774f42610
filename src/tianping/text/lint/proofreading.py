"""校对的声音：whether the rules that speak for the proofreader are heard in a check, and how sure they must be.

They are of level 提示 and silent unless asked for. The model is data that may be missing; nothing here loads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

VOICE = ("CHR018", "GRM005")
PRESETS = {"quiet": 0.8, "normal": 0.5, "thorough": 0.3}
"""档位：the least probability at which a proposal is told."""
MODEL = Path(__file__).parents[1] / "proofread" / "model" / "proofread.bin"

_least: ContextVar[float] = ContextVar("least", default=PRESETS["normal"])


def available() -> bool:
    """校对模型在不在。"""
    return MODEL.is_file()


def least() -> float:
    """最低把握：below it a rule keeps its proposal to itself."""
    return _least.get()


@contextmanager
def as_sure_as(preset: str) -> Iterator[None]:
    """在这一档位上检查；no preset leaves the usual one."""
    token = _least.set(PRESETS[preset or "normal"])
    try:
        yield
    finally:
        _least.reset(token)
