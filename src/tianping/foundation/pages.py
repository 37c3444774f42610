"""清单页的公共做法：saved filters, search, pages found by key, and the same rows as Excel — for every register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

M = TypeVar("M", bound=Model)
PAGE_SIZE = 50
COUNTED = 20_000
"""数到这里为止：of more, 「以上」 is said; counting a million costs more than the page."""
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
    action: dict[str, str] | None = None
    exact: bool = False  # 总数本身就是要看的数：然后再多也数清
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeyPage(Generic[M]):
    """一页：``total`` is how many there are in all, None where there are more than are counted (``COUNTED``)."""

    rows: list[M]
    previous: str | None
    next: str | None
    total: int | None = None


def key_page(
    queryset: QuerySet[M], *, after: str = "", before: str = "", size: int = PAGE_SIZE, long: bool = False
) -> KeyPage[M]:
    """按键翻页：rows older than ``after`` or newer than ``before`` (public ids): any page costs the same.

    A list is walked by its key only where it is long. What one may see of a million may be three hundred, and lie
    anywhere: then the keys are gathered first, by whatever index finds them, and the page is cut out of these.
    ``long`` says that the list is known to be a long one.
    """
    few = _Few(None) if long else _few(queryset, after or before, size + 1, newer=bool(before) and not after)
    mark = few.mark
    if few.total is None and (after or before):
        mark = queryset.filter(public_id=after or before).values_list("pk", flat=True).first()
    newer = mark is not None and bool(before) and not after
    if few.total is not None:
        rows = list(queryset.filter(pk__in=few.keys).order_by("pk" if newer else "-pk"))  # rows of values have no pk
    elif newer:
        rows = list(queryset.filter(pk__gt=mark).order_by("pk")[: size + 1])
    else:
        older = queryset.filter(pk__lt=mark) if mark is not None else queryset
        rows = list(older.order_by("-pk")[: size + 1])
    further = len(rows) > size
    rows = rows[:size][::-1] if newer else rows[:size]
    first = str(getattr(rows[0], "public_id")) if rows and (further if newer else mark is not None) else None  # noqa: B009
    last = str(getattr(rows[-1], "public_id")) if rows and (newer or further) else None  # noqa: B009
    return KeyPage(rows, first, last, few.total)


@dataclass(frozen=True, slots=True)
class _Few:
    """不长的清单：how many there are, where the page begins, and its keys; ``total`` None of a long list."""

    total: int | None
    mark: int | None = None
    keys: Sequence[int] = ()


def _few(queryset: QuerySet[Any], public_id: str, most: int, *, newer: bool) -> _Few:
    """总数和本页的键，一问得之。"""
    gathered = queryset.order_by().values(few_key=F("pk"), few_id=F("public_id"))[: COUNTED + 1]
    try:
        inner, params = gathered.query.sql_with_params()
    except EmptyResultSet:
        return _Few(0)
    than, order = (">", "ASC") if newer else ("<", "DESC")
    sql = (
        f"WITH few AS MATERIALIZED ({inner}), edge AS (SELECT few_key FROM few WHERE few_id = %s) "  # noqa: S608
        "SELECT 0, COUNT(*) FROM few UNION ALL SELECT 1, few_key FROM edge UNION ALL "
        f"SELECT 2, few_key FROM (SELECT few_key FROM few WHERE few_key {than} (SELECT few_key FROM edge)"
        f" OR NOT EXISTS (SELECT 1 FROM edge) "
        f"ORDER BY few_key {order} LIMIT {most}) page"
    )
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(sql, [*params, public_id])
        said: dict[int, list[int]] = defaultdict(list)
        for place, number in cursor.fetchall():
            said[place].append(number)
    if said[0][0] > COUNTED:
        return _Few(None)
    if newer and not said[1]:  # the edge is no longer to be seen: from the beginning, as without one
        return _few(queryset, "", most, newer=False)
    return _Few(said[0][0], said[1][0] if said[1] else None, sorted(said[2], reverse=not newer))


def render_register(
    request: HttpRequest, register: Register[M], template: str = "components/list_page.html"
) -> HttpResponse:
    """出清单页，或以 ?format=xlsx 出同一清单的 Excel。An unknown filter is no filter."""
    chosen = request.GET.get("state", "")
    words = request.GET.get("q", "").strip()
    found = register.queryset
    if register.find and words:
        found = register.find(found, words)
    narrowed = next((f.narrow(found) for f in register.filters if f.code == chosen), found)
    if request.GET.get("format") == "xlsx":
        return _export(register, narrowed)
    exact = narrowed.order_by().count() if register.exact else None
    page = key_page(
        narrowed,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        long=exact is not None and exact > COUNTED,
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
        "total": COUNTED if total is None else total,
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
