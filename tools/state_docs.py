"""状态图：docs/states/*.md from each app's states.py — the diagram, and who may take which move."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from tianping.foundation.moves import Move

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "tianping"


def tables() -> dict[str, Any]:
    """Every states.py of the package, by the dotted name of its app."""
    found = {}
    for path in sorted(PACKAGE.glob("**/states.py")):
        app = ".".join(path.parent.relative_to(PACKAGE).parts)
        found[app] = import_module(f"tianping.{app}.states")
    return found


def _diagram(labels: dict[StrEnum, str], moves: Sequence[Move], start: StrEnum, final: frozenset[StrEnum]) -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{label}" as {state.value}' for state, label in labels.items()]
    lines += [f"    [*] --> {start.value}"]
    lines += [f"    {move.source.value} --> {move.target.value}: {move.label}" for move in moves]
    lines += [f"    {state.value} --> [*]" for state in labels if state in final]
    return [*lines, "```"]


def page(app: str, states: Any) -> str:
    title = (states.__doc__ or app).strip().splitlines()[0].split("：")[0].rstrip("。")
    labels, roles = states.LABELS, states.ROLES
    rows = [
        f"| {labels[move.source]} | {move.label} | {labels[move.target]} | {roles[move.role]} | `{move.name}` |"
        for move in states.MOVES
    ]
    left = {move.source for move in states.MOVES}
    ends = "、".join(label for state, label in labels.items() if state in states.FINAL)
    resting = [label for state, label in labels.items() if state not in left and state not in states.FINAL]
    assert not resting, f"{app}：{'、'.join(resting)} 既不是终态，也没有出路"
    return "\n".join(
        [
            f"# {title}",
            "",
            f"由 `src/tianping/{app.replace('.', '/')}/states.py` 生成。表里没有的一步，谁也办不了。",
            "",
            *_diagram(labels, states.MOVES, states.START, states.FINAL),
            "",
            "| 从 | 办什么 | 到 | 谁办 | 名称 |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"终态：{ends}。",
            "",
        ]
    )


def pages() -> dict[str, str]:
    """By path under docs/."""
    return {f"states/{app}.md": page(app, states) for app, states in tables().items()}
