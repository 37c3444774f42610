"""审计员的页面部件：the chain as a list, the exported heads, one head to print and sign."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import selectors, services, triggers
from tianping.foundation.audit.chain import FIELDS, Verdict
from tianping.foundation.audit.forms import WantedForm
from tianping.foundation.audit.models import Entry
from tianping.foundation.audit.selectors import CUT, DIFFERS, MATCHES, UNREADABLE, Exported
from tianping.foundation.audit.wording import moment, words

HOME = {"label": "首页", "url": "/"}
KINDS = {MATCHES: "done", DIFFERS: "overdue", CUT: "overdue", UNREADABLE: "overdue"}
VERIFY_MOST = 1_000_000  # 条；再长的链在页面上核对会超过一次请求的时限
STORED = (
    "序号",
    "时间（UTC）",
    "何人的编号",
    "何人",
    "动作",
    "记录",
    "改动",
    "来源",
    "算法",
    "前一条的哈希",
    "本条的哈希",
)
SHORT = ("时间", "何人", "从哪里")
COLUMNS = ("序号", "时间", "何人", "从哪里", "办了什么", "对哪条记录", "改了什么")


def chain(viewer: Viewer, form: WantedForm, *, after: int | None, before: int | None) -> dict[str, Any]:
    """审计链：entries as they stand, in pages found by their number."""
    wanted = form.wanted()
    page = selectors.entry_page(viewer, wanted, after=after, before=before)
    names = selectors.people_named(page.rows)
    last = services.last()

    def address(**query: int) -> str:
        kept = {name: value for name, value in form.said().items() if value}
        return f"{reverse('audit:chain')}?{urlencode({**kept, **query})}"

    return {
        "title": "审计链",
        "purpose": "每一步办理、导入、任职和设口令都在链上；只增不改。不记文书内容、答复的文字和口令。",
        "breadcrumb": [HOME, {"label": "审计链"}],
        "form": form,
        "narrowed": any(form.said().values()),
        "chain_length": last.seq if last else 0,
        "columns": [{"label": label, "numeric": label == "序号", "short": label in SHORT} for label in COLUMNS],
        "rows": [{"cells": _cells(entry, names)} for entry in page.rows],
        "caption": "审计记录",
        "pager": {
            "previous_url": address(before=page.newer) if page.newer else None,
            "next_url": address(after=page.older) if page.older else None,
            "words": "",
        },
        "empty": {"what": "没有符合条件的审计记录。", "how": "换一个人、动作、记录或日期再查。"},
        "data_time": timezone.now(),
    }


def _record(entry: Entry, names: dict[str, str]) -> Any:
    """对哪条记录：its kind and number; the number leads to everything the chain holds about it."""
    kind, _, number = entry.object.partition(":")
    label = words().record(entry.object)
    if not number:
        return label
    address = f"{reverse('audit:chain')}?{urlencode({'kind': kind, 'number': number})}"
    return {"text": f"{label} {names.get(number, number)}", "url": address}


def _cells(entry: Entry, names: dict[str, str]) -> list[Any]:
    known = words()
    changes = known.changes(entry.verb, entry.changes, names)
    return [
        {"text": str(entry.seq), "url": reverse("audit:entry", args=[entry.seq])},
        moment(entry.at),
        entry.actor_name,
        entry.origin or {"missing": "未记"},
        known.verb(entry.verb),
        _record(entry, names),
        "；".join(changes) if changes else {"missing": "没有其他内容"},
    ]


def entry(viewer: Viewer, found: Entry) -> dict[str, Any]:
    """一条记录：in words, and beside them what is stored and hashed, letter by letter."""
    known, names = words(), selectors.people_named([found])
    facts: list[dict[str, Any]] = [
        {"term": "时间", "value": moment(found.at)},
        {"term": "何人", "value": found.actor_name},
        {"term": "从哪里", "value": found.origin or {"missing": "未记"}},
        {"term": "办了什么", "value": known.verb(found.verb)},
        {"term": "对哪条记录", "value": _record(found, names)},
    ]
    return {
        "title": f"审计记录第 {found.seq} 号",
        "purpose": "上面是它的意思，下面是链上存的原文；哈希由原文算出，改动一个字就对不上。",
        "breadcrumb": [HOME, {"label": "审计链", "url": reverse("audit:chain")}, {"label": f"第 {found.seq} 号"}],
        "facts": facts,
        "changes": known.changes(found.verb, found.changes, names),
        "stored": [(label, field, str(getattr(found, field))) for field, label in zip(FIELDS, STORED, strict=True)],
        "newer": found.seq + 1 if services.last() != found else None,
        "older": found.seq - 1 if found.seq > 1 else None,
        "data_time": timezone.now(),
    }


def verdict(viewer: Viewer, found: Verdict, against: Exported | None) -> dict[str, Any]:
    """核对结果：every fault by name, and what the verdict cannot say."""
    whole = triggers.installed(connection)
    faults = [f"第 {fault.seq} 号：{fault.what}。" for fault in found.faults]
    if not whole:
        faults.append("防改触发器不全：有人卸下、停用或改写过。")
    return {
        "title": "核对审计链",
        "purpose": "从第一条起逐条重算哈希，并与最近一份导出的链头比对。",
        "breadcrumb": [HOME, {"label": "审计链", "url": reverse("audit:chain")}, {"label": "核对"}],
        "verdict": {
            "rows": found.rows,
            "seq": found.head.seq,
            "hash": found.head.hash,
            "faults": faults,
            "against": against,
            "against_day": _day(against.day) if against else "",
            "unproven": found.head.seq - against.seq if against else found.head.seq,
        },
        "data_time": timezone.now(),
    }


def heads(viewer: Viewer) -> dict[str, Any]:
    """导出的链头：by day, each compared with the chain as it stands now."""
    found = selectors.heads(viewer)
    return {
        "title": "导出的链头",
        "purpose": "系统每天导出一份；请打印签字或另存到系统管理员够不着的地方，日后用它查出截尾和整体重写。",
        "breadcrumb": [HOME, {"label": "审计链", "url": reverse("audit:chain")}, {"label": "导出的链头"}],
        "caption": "各日链头",
        "columns": [
            {"label": "日期", "short": True},
            {"label": "链头序号", "numeric": True},
            {"label": "与现在的链比对"},
            {"label": "导出时的断点"},
            {"label": "算法"},
        ],
        "rows": [
            {
                "cells": [
                    {"text": _day(one.day), "url": reverse("audit:head", args=[one.day])},
                    {"text": str(one.seq)} if one.match != UNREADABLE else {"missing": "文件读不出"},
                    {"state": {"word": one.match, "kind": KINDS[one.match]}},
                    f"{len(one.faults)} 处" if one.faults else "没有",
                    one.algorithm.upper() or {"missing": "文件读不出"},
                ]
            }
            for one in found
        ],
        "broken": [
            {"day": _day(one.day), "match": one.match, "faults": one.faults}
            for one in found
            if one.match != MATCHES or one.faults
        ],
        "empty": {
            "what": "这里列出每天导出的链头。",
            "how": "由 tianping-server worker 每天写到数据目录的 audit-heads/。",
        },
        "data_time": timezone.now(),
    }


def _day(name: str) -> str:
    """2026年3月8日, from the name of the exported file."""
    day = date.fromisoformat(name)
    return f"{day.year}年{day.month}月{day.day}日"


def head(one: Exported) -> dict[str, Any]:
    """一日链头：made to be printed, signed and kept apart."""
    return {
        "title": f"{_day(one.day)}审计链头",
        "purpose": "打印后由审计员签字，与本系统分开保存。",
        "breadcrumb": [HOME, {"label": "导出的链头", "url": reverse("audit:heads")}, {"label": _day(one.day)}],
        "state": {"word": one.match, "kind": KINDS[one.match]},
        "head": one,
        "pieces": " ".join(one.hash[i : i + 8] for i in range(0, len(one.hash), 8)),
        "readable": one.match != UNREADABLE,
        "matches": one.match == MATCHES,
    }
