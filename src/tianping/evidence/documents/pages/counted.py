"""所计记录的页：the documents or remarks of one count. A row whose review the viewer may not see names no case."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from tianping.evidence.documents.counted import Counted, reviews_known
from tianping.evidence.documents.pages.statistics import month_words, records_url, statistics_url
from tianping.evidence.documents.pages.text import crumbs
from tianping.evidence.documents.statistics import By
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.figures.registry import FEW
from tianping.text.lint import Severity

PAGE = 50
ELSEWHERE = {"missing": "只有评查人和审管办看得到是哪一件"}
NOT_TOLD = {"missing": f"承办人不足 {FEW} 人的部门不列，按月看的也不列"}


def page(viewer: Viewer, found: Counted, start: int) -> dict[str, Any]:
    """一页，从第 ``start`` 条起。"""
    total = found.records.count()
    rows = list(found.records[start : start + PAGE])
    known = reviews_known(viewer, [row.review_id if found.of_remarks else row.first for row in rows])
    columns, cells = _remarks(rows, known) if found.of_remarks else _documents(rows, known)
    here = records_url(found.figure, found.boundary, found.part)

    def further(begin: int) -> str:
        return f"{here}{'&' if '?' in here else '?'}{urlencode({'start': begin})}"

    title = f"{found.figure.name} · {found.boundary.organisation.name} · {found.boundary.period.label}"
    part = month_words(found.part.key) if found.part.by is By.MONTH else found.part.key
    return {
        "title": f"{title} · {part}" if part else title,
        "purpose": found.figure.definition,
        "breadcrumb": crumbs(("文书质量统计", statistics_url(found.boundary)), (found.figure.name, "")),
        "definition_url": f"{reverse('reports:figures')}#{found.figure.code}",
        "unnamed": len(known) < len({row.review_id if found.of_remarks else row.first for row in rows}),
        "filters": [],
        "total": total,
        "unit": found.figure.unit,
        "total_definition": found.figure.boundary,
        "caption": title,
        "columns": columns,
        "rows": [{"cells": row} for row in cells],
        "pager": {
            "previous_url": further(max(0, start - PAGE)) if start else None,
            "next_url": further(start + PAGE) if start + PAGE < total else None,
            "words": f"第 {start + 1}—{start + len(rows)} {found.figure.unit}" if rows else "",
        },
        "empty": {"what": "这个数是零，没有所计的记录。", "how": "换一个范围或期间再看；数从评查中来，不另填。"},
    }


def _remarks(rows: list[Any], known: dict[int, str]) -> tuple[list[Any], list[list[Any]]]:
    columns: list[Any] = [{"label": "规则"}, {"label": "级别", "short": True}, {"label": "承办部门"}, {"label": "处理"}]
    if not known:
        return columns, [_remark(row) for row in rows]

    def place(row: Any) -> Any:
        if row.review_id not in known:
            return ELSEWHERE
        address = f"{reverse('documents:review', args=[known[row.review_id]])}#r-{row.ordinal}"
        return {"text": row.review.document.case.case_no, "url": address}

    return [{"label": "案号"}, *columns], [[place(row), *_remark(row, row.review_id in known)] for row in rows]


def _remark(row: Any, named: bool = False) -> list[Any]:
    division = row.review.document.organisation.name if named else row.told
    severity = Severity(row.severity).label
    return [f"{row.code} {row.name}", severity, division or NOT_TOLD, row.get_verdict_display()]


def _documents(rows: list[Any], known: dict[int, str]) -> tuple[list[Any], list[list[Any]]]:
    if not known:
        return [{"label": "文书"}, {"label": "承办部门"}], [[row.title, row.told or NOT_TOLD] for row in rows]

    def cells(row: Any) -> list[Any]:
        if row.first not in known:  # its day or its length would say which one it is
            return [ELSEWHERE, row.title, row.told or NOT_TOLD, ELSEWHERE, ELSEWHERE]
        case = {"text": row.case.case_no, "url": reverse("documents:review", args=[known[row.first]])}
        return [case, row.title, row.organisation.name, row.issued_on, row.characters]

    columns = ["案号", "文书", "承办部门", "发文日期", "字数"]
    return [{"label": label, "numeric": label == "字数"} for label in columns], [cells(row) for row in rows]
