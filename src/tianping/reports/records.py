"""口径页和快照页：a figure with its records, and a figure as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from tianping.court import selectors as court
from tianping.court.models import CaseKind
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.figures.models import Snapshot
from tianping.foundation.figures.period import Period
from tianping.foundation.figures.registry import Boundary, Figure, Value
from tianping.foundation.figures.selectors import Kept, Reading
from tianping.foundation.pages import Column, Register
from tianping.reports.links import records_url
from tianping.reports.pages import kind_words, scope_words
from tianping.reports.wording import ratio_words

PAGE = 50
HOME = {"label": "首页", "url": "/"}


def crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    return [HOME, {"label": "受案态势", "url": reverse("reports:caseload")}, *more]


def register(
    viewer: Viewer, figure: Figure, boundary: Boundary, snapshots: Sequence[Snapshot], denominator: int | None
) -> Register[Any]:
    """一个数和它所计的案件：the list is the figure's own query, so the count above it is the figure."""
    own = boundary.person_id is not None
    title = f"{figure.name} · {scope_words(boundary)} · {boundary.period.label}"
    return Register(
        title=title,
        purpose=figure.definition,
        queryset=figure.records(viewer, boundary).select_related("organisation", "judge").order_by("-id"),
        columns=(
            Column("案号", lambda c: {"text": c.case_no, "url": reverse("court:case", args=[c.public_id])}, _case_no),
            Column("案件类别", lambda c: c.get_kind_display(), lambda c: c.get_kind_display()),
            Column("案由", lambda c: c.cause, lambda c: c.cause),
            Column("承办部门", lambda c: c.organisation.name, lambda c: c.organisation.name),
            Column("承办人", lambda c: c.judge.name if c.judge else {"missing": "未分案"}, _judge),
            Column("立案日期", lambda c: c.filed_on, lambda c: c.filed_on),
            Column("结案日期", lambda c: c.closed_on or {"missing": "未结"}, lambda c: c.closed_on),
        ),
        unit="件",
        exact=True,
        definition=figure.boundary,
        empty={"what": "这个边界内没有案件。", "how": "换一个期间、范围或类别再看；案件由审管办从案件系统导入。"},
        find=court.CaseFinding(viewer),
        find_label="在这些案件中按案号、案由、部门、承办人、书记员查找",
        more={
            "breadcrumb": [HOME, {"label": "本人办案数", "url": reverse("reports:mine")}, {"label": figure.name}]
            if own
            else crumbs({"label": figure.name}),
            "definition_url": f"{reverse('reports:figures')}#{figure.code}",
            "figure": figure,
            "denominator": denominator,
            "snapshots": [] if own else snapshots,
            "take_url": "" if own else records_url(figure.code, boundary, name="reports:take"),
        },
    )


def _case_no(case: Any) -> str:
    return str(case.case_no)


def _judge(case: Any) -> str | None:
    return case.judge.name if case.judge else None


def value_words(figure_unit: str, value: Value) -> str:
    if value.denominator is None:
        return f"{value.numerator:,} {figure_unit}"
    words = ratio_words(value, "承办人")
    if words is None:
        return f"{value.numerator:,} 件，没有承办人"
    return words if value.small else f"{words} {figure_unit}（{value.numerator:,} 件 / 承办人 {value.denominator} 人）"


def snapshot_page(snapshot: Snapshot, reading: Reading, start: int) -> dict[str, Any]:
    labels = snapshot.columns.split("\n")
    boundary = Boundary(snapshot.organisation, Period(snapshot.since, snapshot.until), snapshot.kind)
    then = Value(snapshot.numerator, snapshot.denominator)
    here = reverse("reports:snapshot", args=[snapshot.public_id])
    if reading.now is None:
        now: Any = {"missing": "口径已改版或撤销，今天没有同一口径的数"}
    else:
        moved = f"其中不再计入 {reading.left} 件，新计入 {reading.joined} 件" if reading.left or reading.joined else ""
        now = {
            "text": value_words(snapshot.unit, reading.now),
            "url": records_url(snapshot.code, boundary),
            "note": moved or "所计的案件与快照相同",
        }
    return {
        "title": f"快照：{snapshot.name} · {scope_words(boundary)} · {boundary.period.label}",
        "purpose": "取数当时的值和逐案记录；案件表以后改了，这里不变，改过的逐案标出。",
        "breadcrumb": crumbs({"label": snapshot.name, "url": records_url(snapshot.code, boundary)}, {"label": "快照"}),
        "whole": reading.whole,
        "facts": [
            {"term": "当时的值", "value": {"text": value_words(snapshot.unit, then)}},
            {"term": "现在的值", "value": now},
            {
                "term": "口径",
                "value": {"text": f"{snapshot.code}（第 {snapshot.version} 版）", "note": snapshot.definition},
            },
            {"term": "范围", "value": f"{snapshot.organisation.name}{kind_words(snapshot.kind)}"},
            {"term": "期间", "value": boundary.period.label},
            {"term": "取数人", "value": snapshot.taken_by.name},
            {"term": "取数时间", "value": snapshot.taken_at},
            {"term": f"哈希（{snapshot.algorithm.upper()}）", "value": {"text": snapshot.hash}, "wide": True},
        ],
        "caption": "当时所计的案件",
        "columns": [*({"label": label, "short": label == "承办人"} for label in labels), {"label": "现在"}],
        "rows": [{"cells": [*_cells(labels, kept), _mark(labels, kept)]} for kept in reading.kept],
        "total": reading.total,
        "pager": {
            "previous_url": f"{here}?start={max(0, start - PAGE)}" if start else None,
            "next_url": f"{here}?start={start + PAGE}" if start + PAGE < reading.total else None,
            "words": "",
        },
    }


def _shown(label: str, value: Any) -> str:
    if value is None:
        return {"结案日期": "未结", "承办人": "未分案"}.get(label, "空")
    return str(CaseKind(value).label) if label == "案件类别" and value in CaseKind.values else str(value)


def _cells(labels: Sequence[str], kept: Kept) -> list[Any]:
    cells: list[Any] = [_shown(label, value) for label, value in zip(labels, kept.then, strict=True)]
    cells[0] = {"text": cells[0], "url": reverse("court:case", args=[kept.public_id]) if kept.now else ""}
    return cells


def _mark(labels: Sequence[str], kept: Kept) -> Any:
    if kept.now is None:
        return {"state": {"word": "已看不到", "kind": "overdue"}, "note": "已移到您看不到的部门，或已不在案件表"}
    if not kept.changed:
        return {"state": {"word": "未变", "kind": "neutral"}}
    both = zip(labels, kept.then, kept.now, strict=True)
    moved = "；".join(f"{label}改为{_shown(label, now)}" for label, then, now in both if then != now)
    return {"state": {"word": "已改", "kind": "waiting"}, "note": moved}
