"""月度柱图：bars as SVG, drawn here from the same numbers as the table beside it; zero is the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, TOP, BOTTOM = 960, 220, 22, 24


@dataclass(frozen=True, slots=True)
class Bar:
    """一柱：its place and size, and the number over it."""

    x: float
    y: float
    width: float
    height: float
    number: int
    series: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def over(self) -> float:
        return round(self.y - 5, 1)


def bars(months: Sequence[tuple[str, int, int]]) -> dict[str, Any] | None:
    """(label, newly accepted, closed) by month; None where there is nothing to draw."""
    most = max((number for _, *numbers in months for number in numbers), default=0)
    if not most:
        return None
    step, room = WIDTH / len(months), HEIGHT - TOP - BOTTOM
    width = min(step * 0.36, 40)
    drawn, labels = [], []
    for i, (label, new, closed) in enumerate(months):
        middle = step * (i + 0.5)
        for series, number, x in (("new", new, middle - width - 1), ("closed", closed, middle + 1)):
            height = room * number / most
            drawn.append(
                Bar(round(x, 1), round(TOP + room - height, 1), round(width, 1), round(height, 1), number, series)
            )
        labels.append({"x": round(middle, 1), "text": label})
    return {"bars": drawn, "labels": labels, "width": WIDTH, "height": HEIGHT, "base": TOP + room, "foot": HEIGHT - 6}
