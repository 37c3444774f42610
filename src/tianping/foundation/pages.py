"""清单页的公共做法：saved filters, search, pages found by key, and the same rows as Excel — for every register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tianping.foundation import keys

M = TypeVar("M", bound=Model)
EXPORT_LIMIT = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Column(Generic[M]):
    """一列：``cell`` is what the page shows (any form of components/cell.html), ``plain`` what Excel gets."""

    label: str
    cell: Callable[[M], Any]
    plain: Callable[[M], str | int | date | datetime | None]
    numeric: bool = False
    short: bool = False  # never broken over two lines


@dataclass(frozen=True, slots=True)
class Filter(Generic[M]):
    """已存筛选：a chip."""

    code: str
    label: str
    narrow: Callable[[QuerySet[M]], QuerySet[M]]


@dataclass(frozen=True, slots=True)
class Register(Generic[M]):
    """清单：what a list page shows. ``queryset`` is already limited to what the viewer may see, newest first by id."""

    title: str
    purpose: str
    queryset: QuerySet[M]
    columns: Sequence[Column[M]]
    unit: str
    definition: str
    empty: dict[str, str]
    filters: Sequence[Filter[M]] = ()
    find: Callable[[QuerySet[M], str], QuerySet[M]] | None = None
    find_label: str = ""
    branches: Callable[[str], Sequence[QuerySet[M]]] | None = None
    """各支（foundation/keys.py），按查找词；what is filtered and found is so in each."""
    action: dict[str, str] | None = None
    exact: bool = False  # 总数本身就是要看的数：然后再多也数清
    more: dict[str, Any] = field(default_factory=dict)


def render_register(
    request: HttpRequest, register: Register[M], template: str = "components/list_page.html"
) -> HttpResponse:
    """出清单页，或以 ?format=xlsx 出同一清单的 Excel。An unknown filter is no filter."""
    chosen = request.GET.get("state", "")
    words = request.GET.get("q", "").strip()

    def narrowed(found: QuerySet[M]) -> QuerySet[M]:
        if register.find and words:
            found = register.find(found, words)
        return next((f.narrow(found) for f in register.filters if f.code == chosen), found)

    found = narrowed(register.queryset)
    if request.GET.get("format") == "xlsx":
        return _export(register, found)
    exact = found.order_by().count() if register.exact else None
    page = keys.key_page(
        found,
        branches=[narrowed(branch) for branch in (register.branches(words) if register.branches else ())],
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        long=exact is not None and exact > keys.COUNTED,
    )
    total = page.total if exact is None else exact

    def address(**query: str) -> str:
        kept = {"state": chosen, "q": words, **query}
        return f"{request.path}?{urlencode({k: v for k, v in kept.items() if v})}"

    context = {
        "title": register.title,
        "purpose": register.purpose,
        "breadcrumb": [{"label": "首页", "url": "/"}, {"label": register.title}],
        "action": register.action,
        "data_time": timezone.now(),
        "filters": [{"label": "全部", "url": address(state=""), "active": not chosen, "count": None}]
        + [
            {"label": f.label, "url": address(state=f.code), "active": f.code == chosen, "count": None}
            for f in register.filters
        ],
        "find": {
            "label": register.find_label,
            "value": words,
            "url": request.path,
            "kept": [{"name": "state", "value": chosen}] if chosen else [],
        }
        if register.find
        else None,
        "total": keys.COUNTED if total is None else total,
        "total_and_more": total is None,
        "unit": register.unit,
        "total_definition": register.definition,
        "caption": register.title,
        "columns": [{"label": c.label, "numeric": c.numeric, "short": c.short} for c in register.columns],
        "rows": [{"cells": [c.cell(row) for c in register.columns]} for row in page.rows],
        "pager": {
            "previous_url": address(before=page.previous) if page.previous else None,
            "next_url": address(after=page.next) if page.next else None,
            "words": "",
        },
        "empty": register.empty if not words and not chosen else NOTHING_FOUND,
        "export_url": address(format="xlsx") if page.rows else None,
        **register.more,
    }
    return render(request, template, context)


NOTHING_FOUND = {"what": "没有符合条件的记录。", "how": "换一个筛选或查找词再试；记录只在您能看到的范围内查找。"}


def _export(register: Register[M], rows: QuerySet[M]) -> HttpResponse:
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "remove_timezone": True})
    sheet = book.add_worksheet(register.title[:31])
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    head = book.add_format({"bold": True})
    for column, heading in enumerate(register.columns):
        sheet.write_string(0, column, heading.label, head)
        sheet.set_column(column, column, 18)
    for line, row in enumerate(rows.order_by("-pk")[:EXPORT_LIMIT].iterator(), start=1):
        for column, what in enumerate(register.columns):
            value = what.plain(row)
            match value:
                case datetime():
                    sheet.write_datetime(line, column, timezone.localtime(value).replace(tzinfo=None), day)
                case date():
                    sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)
                case int():
                    sheet.write_number(line, column, value)
                case None:
                    sheet.write_blank(line, column, None)
                case _:
                    sheet.write_string(line, column, str(value))  # never a formula, whatever it begins with
    sheet.freeze_panes(1, 1)
    book.close()
    answer = HttpResponse(buffer.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(register.title)}.xlsx"
    return answer


@dataclass(frozen=True, slots=True)
class Shown:
    """一步的页面形式：what components/moves.html takes for a move this viewer may take."""

    code: str
    label: str
    url: str
    form: Any
    consequence: str = ""
    undo: str = ""
    kind: str = "primary"
    multipart: bool = False
    open: bool = False
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class NotMine:
    """他人可办的一步：who may do it, and why not this viewer."""

    label: str
    who: str
    why_not: str
    allowed: bool = False


def timeline(steps: Sequence[Any]) -> list[dict[str, Any]]:
    """经过：the steps of a record as components/timeline.html takes them, the oldest first."""
    return [{"at": step.at, "who": step.actor_name, "what": step.label, "note": step.text} for step in steps]
