"""记录页的公共做法：how its kind moves from state to state, and the answer to a move that was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tianping.foundation.moves import Move
from tianping.foundation.pages import Shown, timeline
from tianping.foundation.steps import Step


def process(moves: Sequence[Move], labels: Mapping[Any, str], roles: Mapping[str, str], now: StrEnum) -> dict[str, Any]:
    """办理流程：the table of moves as components/state_diagram.html takes it."""
    rows = [
        {"move": m.label, "source": labels[m.source], "target": labels[m.target], "who": roles[m.role]} for m in moves
    ]
    return {"now": labels[now], "rows": rows}


def render_record(
    request: HttpRequest, template: str, context: Mapping[str, Any], steps: Sequence[Step], tried: Mapping[str, Form]
) -> HttpResponse:
    """出记录页；``tried`` holds a form that was refused, by its move. What it says is shown even where that move is no
    longer offered, because the record has moved on or was never this viewer's to move.
    """
    shown = {move.code for move in context["moves"] if isinstance(move, Shown)}
    for code, form in tried.items():
        if code not in shown:
            messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
    whole = {**context, "timeline": timeline(steps), "data_time": timezone.now()}
    return render(request, template, whole, status=422 if tried else 200)
