"""文书质量统计页：tables by rule, division and month, counts and what they are out of, each opening its records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from tianping.evidence.documents import figures
from tianping.evidence.documents.counted import Part
from tianping.evidence.documents.pages.text import crumbs
from tianping.evidence.documents.statistics import By, Line, Statistics, Together, rule_key
from tianping.foundation.figures.registry import FEW, Boundary, Figure

HEADS = (
    {"label": "批注", "numeric": True},
    {"label": "每万字", "numeric": True},
    {"label": "登记", "numeric": True},
    {"label": "不予登记", "numeric": True},
)
BASE = ({"label": "文书", "numeric": True}, {"label": "字数", "numeric": True})
Opens = Callable[[Figure, int], dict[str, str]]
"""A count of a figure, with the way to what it counts."""


def statistics_url(boundary: Boundary) -> str:
    period = boundary.period
    asked = {"scope": boundary.organisation.code, "year": period.since.year}
    return f"{reverse('documents:statistics')}?{urlencode(asked)}"


def records_url(figure: Figure, boundary: Boundary, part: Part) -> str:
    """所计记录的页：the boundary stands in the address, the part of it in the query."""
    address = reverse("documents:counted", args=[figure.code, boundary.organisation.code, boundary.period.code])
    return f"{address}?{urlencode({part.by.value: part.key})}" if part.by else address


def month_words(month: str) -> str:
    return f"{month[:4]}年{int(month[5:])}月"


def page(read: Statistics, boundary: Boundary, form: Any) -> dict[str, Any]:
    """统计页。"""
    opens = _opens(boundary, Part())
    whole = read.whole
    return {
        "title": "文书质量统计",
        "purpose": "经评查的已发文书上各条规则批注了多少处，按规则、部门、月份；不列任何个人。点开各数即所计的记录。",
        "breadcrumb": crumbs(("文书评查", reverse("documents:reviews")), ("文书质量统计", "")),
        "definition_url": f"{reverse('reports:figures')}#documents.remarks",
        "form": form,
        "scope": boundary.organisation.name,
        "period": boundary.period.label,
        "whole": whole,
        "withheld": read.withheld,
        "rate": _rate(whole),
        "documents": opens(figures.reviewed, whole.documents),
        "characters": opens(figures.reviewed, whole.characters),
        "said": opens(figures.remarks, whole.said),
        "registered": opens(figures.registered, whole.registered),
        "passed": opens(figures.passed_over, whole.passed),
        "tables": [
            _table("按规则", [{"label": "规则"}, *HEADS], _rules(read, boundary)),
            _table("按部门", _heads("部门"), _lines(read.divisions, By.DIVISION, boundary, read.other_divisions)),
            _table("按月", _heads("发文月份"), _lines(read.months, By.MONTH, boundary, read.other_months)),
        ],
        "few": FEW,
    }


def _opens(boundary: Boundary, part: Part) -> Opens:
    return lambda figure, number: {"text": f"{number:,}", "url": records_url(figure, boundary, part)}


def _together(figure: Figure, number: int) -> dict[str, str]:
    """「其余」打不开：what it is made of is not told one by one."""
    return {"text": f"{number:,}"}


def _rules(read: Statistics, boundary: Boundary) -> list[dict[str, Any]]:
    keyed = [(rule_key(code, name), line) for code, name, line in read.rules]
    return [{"cells": [{"text": key}, *_cells(line, _opens(boundary, Part(By.RULE, key)))]} for key, line in keyed]


def _heads(first: str) -> list[Any]:
    return [{"label": first}, *HEADS, *BASE]


def _lines(lines: Sequence[tuple[str, Line]], by: By, boundary: Boundary, others: Together) -> list[dict[str, Any]]:
    rows = [
        _row(month_words(key) if by is By.MONTH else key, line, _opens(boundary, Part(by, key))) for key, line in lines
    ]
    unit = "个月" if by is By.MONTH else "个部门"
    return [*rows, _row(f"其余 {others[0]} {unit}", others[1], _together)] if others else rows


def _row(label: str, line: Line, opens: Opens) -> dict[str, Any]:
    return {"cells": [label, *_cells(line, opens), *_base(line, opens)]}


def _table(title: str, columns: Sequence[Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "columns": columns, "rows": rows}


def _cells(line: Line, opens: Opens) -> list[Any]:
    return [
        opens(figures.remarks, line.said),
        _rate(line),
        opens(figures.registered, line.registered),
        opens(figures.passed_over, line.passed),
    ]


def _base(line: Line, opens: Opens) -> list[Any]:
    return [opens(figures.reviewed, line.documents), opens(figures.reviewed, line.characters)]


def _rate(line: Line) -> Any:
    if line.rate is None:
        return {"missing": "没有经评查的文书"}
    exact = Decimal(line.rate.numerator) / Decimal(line.rate.denominator)
    return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
