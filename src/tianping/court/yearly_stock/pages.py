"""年度存量的页面部件。"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from tianping.court import selectors as court
from tianping.court.imports import Outcome
from tianping.court.models import YearlyStock
from tianping.court.yearly_stock import selectors
from tianping.court.yearly_stock.forms import StockFileForm, StockForm
from tianping.foundation.accounts.viewer import Viewer

HOME = {"label": "首页", "url": "/"}
LABELS = {"newly_accepted": "新收", "closed": "结案", "pending": "年末未结", "source": "来源"}
COLUMNS = [
    {"label": "年度", "short": True},
    {"label": "案件类别", "short": True},
    {"label": "新收", "numeric": True},
    {"label": "结案", "numeric": True},
    {"label": "年末未结", "numeric": True},
    {"label": "来源"},
]
BOUNDS = (
    "案件表开始以前各年的合计，出自本院统计，不能点开到案件；用于受案态势的年增长。"
    "案件表有了那一年的案件，以案件表为准。"
)


def index(
    viewer: Viewer,
    entered: StockForm | None = None,
    filed: StockFileForm | None = None,
    outcome: Outcome | None = None,
) -> dict[str, Any]:
    """年度存量：the list, and for the trial office the two ways in."""
    ours = court.courts_kept(viewer)
    several = len(selectors.courts_read(viewer)) > 1
    refused = outcome.refused[:100] if outcome else ()
    return {
        "title": "年度存量",
        "purpose": BOUNDS,
        "breadcrumb": [HOME, {"label": "年度存量"}],
        "caption": "各年存量",
        "columns": [*([{"label": "法院"}] if several else []), *COLUMNS],
        "rows": [
            {"cells": [*([stock.court.name] if several else []), *_cells(stock)]} for stock in selectors.stocks(viewer)
        ],
        "empty": {
            "what": "这里列出案件表开始以前各年的新收、结案、年末未结。",
            "how": "由本院审管办在本页登记，或按年度导入。",
        },
        "may": bool(ours),
        "entry": entered or (StockForm(prefix="enter", courts=ours) if ours else None),
        "file": filed or (StockFileForm(prefix="file", courts=ours) if ours else None),
        "outcome": outcome,
        "refused": [one.sentence for one in refused],
        "data_time": timezone.now(),
    }


def _cells(stock: YearlyStock) -> list[Any]:
    address = reverse("yearly:one", args=[stock.court.code, stock.year, stock.kind])
    return [
        {"text": f"{stock.year}年", "url": address},
        stock.get_kind_display(),
        f"{stock.newly_accepted:,}",
        f"{stock.closed:,}",
        f"{stock.pending:,}",
        stock.source,
    ]


def one(viewer: Viewer, stock: YearlyStock) -> dict[str, Any]:
    """一年一类：what stands now, and every time it was entered."""
    ours = any(kept.pk == stock.court_id for kept in court.courts_kept(viewer))
    return {
        "title": f"{stock.year}年{stock.get_kind_display()}年度存量",
        "purpose": BOUNDS,
        "breadcrumb": [HOME, {"label": "年度存量", "url": reverse("yearly:list")}, {"label": f"{stock.year}年"}],
        "facts": [
            {"term": "法院", "value": stock.court.name},
            {"term": "案件类别", "value": stock.get_kind_display()},
            *({"term": LABELS[field], "value": f"{getattr(stock, field):,} 件"} for field in selectors.NUMBERS),
            {"term": "来源", "value": stock.source, "wide": True},
        ],
        "timeline": [
            {"at": change.at, "who": change.who, "what": "登记", "note": _note(change)}
            for change in selectors.history(stock)
        ],
        "correct": "要更正，请在“年度存量”页登记同一年度、同一类别，或导入更正后的表；原来的数留在这里。"
        if ours
        else "有误的，请本院审管办更正；原来的数留在这里。",
        "data_time": timezone.now(),
    }


def _note(change: selectors.Change) -> str:
    def words(value: Any) -> str:
        return f"{value:,}" if isinstance(value, int) else str(value)

    return "；".join(
        f"{LABELS[field]} {words(now)}" if before is None else f"{LABELS[field]} {words(before)} → {words(now)}"
        for field, before, now in change.values
        if before != now
    )
