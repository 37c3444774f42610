"""证据的状态：registered, or voided with a reason where the entry itself was wrong."""

from __future__ import annotations

from enum import StrEnum

from tianping.foundation.moves import Move


class State(StrEnum):
    REGISTERED = "registered"  # 已登记
    VOIDED = "voided"  # 已作废


LABELS = {State.REGISTERED: "已登记", State.VOIDED: "已作废"}
FINAL = frozenset({State.VOIDED})
START = State.REGISTERED
MOVES = (Move("void", State.REGISTERED, State.VOIDED, "registrar", "作废"),)
ROLES = {"registrar": "登记人"}
