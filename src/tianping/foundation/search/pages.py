"""查找页：of every kind the first few, or one kind page by page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.keys import KeyPage
from tianping.foundation.search import registry, rules, selectors
from tianping.foundation.search.registry import Searchable

FIRST = 5  # of each kind, where all are shown
PAGE = 30
NOTHING = {
    "what": "没有查到。",
    "how": "只查您能看到的记录。可少写几个字再试，或只写案号里的数字、姓名中的两个字。",
}
NO_WORDS = {
    "what": "这里列出查到的案件、证据、已发文书、问题和整改。",
    "how": "在上面写案号、编号、案由、规则、姓名或部门；几个词用空格分开，都有的才列出。",
}


def _address(query: str, kind: str = "", **more: str | None) -> str:
    asked = {"q": query, "kind": kind, **more}
    return f"{reverse('search:results')}?{urlencode({k: v for k, v in asked.items() if v})}"


def _rows(kind: Searchable[Any], records: list[Any], query: str) -> list[dict[str, Any]]:
    shown = [kind.show(record) for record in records]
    return [
        {"url": one.url, "title": rules.marked(one.title, query), "note": rules.marked(one.note, query)}
        for one in shown
    ]


def _page(viewer: Viewer, found: selectors.Found, query: str, after: str, before: str) -> KeyPage[Any]:
    """按键翻页：``found`` itself holds the first page; any other is asked of the index from its edge on."""
    visible, public_id = found.kind.visible(viewer), after or before
    edge = visible.filter(public_id=public_id).values_list("pk", flat=True).first() if public_id else None
    if edge is None:
        keys = list(found.keys[: PAGE + 1])
        newer, older, keys = False, len(keys) > PAGE, keys[:PAGE]
    elif after:
        keys = selectors.beside(viewer, found.kind, query, edge, PAGE + 1)
        newer, older, keys = True, len(keys) > PAGE, keys[:PAGE]
    else:
        keys = selectors.beside(viewer, found.kind, query, edge, PAGE + 1, newer=True)
        newer, older, keys = len(keys) > PAGE, True, keys[-PAGE:]
    rows = list(visible.filter(pk__in=keys).order_by("-pk"))
    return KeyPage(rows, rows[0].public_id if rows and newer else None, rows[-1].public_id if rows and older else None)


def results(viewer: Viewer, *, query: str, kind: str, after: str, before: str) -> dict[str, Any]:
    """``kind`` names one of the kinds; anything else shows the first few of each."""
    query = query.strip()[: rules.LONGEST]
    asked = bool(rules.phrases(query))
    chosen = selectors.kind_named(kind)
    pager = None
    sections = []
    kinds = registry.kinds() if chosen is None else (chosen,)
    for found in selectors.newest(viewer, kinds, query) if asked else ():
        rows, further = found.first(viewer, FIRST), len(found.keys) > FIRST
        if chosen is not None:
            page = _page(viewer, found, query, after, before)
            rows, further = page.rows, False
            pager = {
                "previous_url": _address(query, kind, before=page.previous) if page.previous else None,
                "next_url": _address(query, kind, after=page.next) if page.next else None,
                "words": "",
            }
        sections.append(
            {
                "name": found.kind.name,
                "number": found.number,
                "rows": _rows(found.kind, rows, query),
                "all_url": _address(query, found.kind.code) if further else None,
            }
        )
    chips = [("", "全部"), *((one.code, one.name) for one in registry.kinds())]
    return {
        "title": "查找",
        "purpose": "在您能看到的案件、证据、已发文书、问题和整改中查找；看不到的不查，也不计数。",
        "breadcrumb": [{"label": "首页", "url": "/"}, {"label": "查找"}],
        "query": query,
        "kind": chosen.code if chosen else "",
        "longest": rules.LONGEST,
        "filters": [
            {
                "label": label,
                "url": _address(query, code),
                "active": code == (chosen.code if chosen else ""),
                "count": None,
            }
            for code, label in chips
        ],
        "sections": sections,
        "pager": pager,
        "empty": NOTHING if asked else NO_WORDS,
        "data_time": timezone.now(),
    }
