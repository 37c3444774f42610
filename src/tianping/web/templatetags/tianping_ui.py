"""页面部件：the filters and tags every page uses; each tag draws one file of templates/components."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tianping.web.pieces import part, pieces_of

register = template.Library()

SHANGHAI = ZoneInfo("Asia/Shanghai")
ICONS = {  # a state is never told by colour alone: icon and word carry it
    "waiting": "clock",
    "overdue": "alert-circle",
    "done": "circle-check",
    "neutral": "circle-dashed",
    "sealed": "lock",
}
WHOLE = 5  # a text as short as a person's name is not broken over two lines
SEVERITIES = {  # letter of the rule catalogue: (word, kind, icon)
    "E": ("必改", "overdue", "alert-octagon"),
    "W": ("多半要改", "waiting", "alert-triangle"),
    "I": ("提示", "neutral", "info-circle"),
}


def _local(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI) if moment.tzinfo else moment


@register.filter
def day(value: date | datetime | None) -> str:
    """日期：2026年3月8日; a moment is shown on the day it was in Shanghai."""
    if not value:
        return nothing()
    on = _local(value) if isinstance(value, datetime) else value
    return f"{on.year}年{on.month}月{on.day}日"


@register.filter
def clock(value: datetime | None) -> str:
    """时刻：14:05, in Shanghai."""
    return f"{_local(value):%H:%M}" if value else nothing()


@register.filter
def iso(value: date | datetime) -> str:
    """The machine's form of a day or moment, for <time datetime>."""
    return _local(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


@register.filter
def many(value: Any) -> Any:
    """件数：10,000; what is no number stays as it is."""
    written = str(value)  # a count may be taken only when it is written
    return f"{int(written):,}" if written.isdecimal() else value


@register.filter
def yuan(value: Decimal | int | None) -> str:
    """金额：12,300.50元."""
    return f"{Decimal(value):,.2f}元" if value is not None else nothing()


@register.filter
def share(numerator: int, denominator: int) -> str:
    """占比：12.5%（5/40）— one decimal, the counts beside; nothing of nothing is no percentage."""
    if not denominator:
        return f"—（{numerator}/{denominator}）"
    return f"{Decimal(numerator) * 100 / Decimal(denominator):.1f}%（{numerator}/{denominator}）"


def nothing(reason: str = "未登记") -> SafeString:
    """缺失值：「—」 with its reason on hover, in print and for a screen reader."""
    return format_html(
        '<span class="tp-missing" title="{}"><span aria-hidden="true">—</span>'
        '<span class="tp-missing-reason">（{}）</span></span>',
        reason,
        reason,
    )


@register.filter
def missing(value: Any, reason: str = "未登记") -> Any:
    """A value that may be missing: unchanged where it is there, else 「—」 with the reason."""
    return value if value is not None and value != "" else nothing(reason)


@register.inclusion_tag("components/state_badge.html")
def state_badge(word: str, kind: str = "neutral") -> dict[str, str]:
    """状态：icon, word and colour of a state; kinds are those of ICONS."""
    return {"word": word, "kind": kind, "icon": ICONS[kind]}


def clock_words(thing: Any) -> tuple[str, str]:
    """What a clock chip says, and its kind. ``remaining`` below zero is overdue by as many days."""
    unit = part(thing, "unit") or "个工作日"
    remaining = part(thing, "remaining")
    if done_on := part(thing, "done_on"):
        return f"已于{day(done_on)}办结", "done"
    if paused := part(thing, "paused"):
        return f"停止计时（{paused}）", "neutral"
    if remaining is None:
        return "无期限", "neutral"
    if remaining < 0:
        return f"逾期 {-remaining} {unit}", "overdue"
    if remaining == 0:
        return "今日到期", "waiting"
    return f"还剩 {remaining} {unit}", "waiting" if remaining <= part(thing, "soon", 3) else "neutral"


@register.inclusion_tag("components/clock_chip.html")
def clock_chip(thing: Any) -> dict[str, Any]:
    """期限：what is left, on what basis, and which days were counted. Fields: see components/clock_chip.html."""
    words, kind = clock_words(thing)
    counted = part(thing, "counted")
    excluded = part(thing, "excluded") or []
    lines = []
    if start := part(thing, "start"):
        lines.append(f"自{day(start)}起算")
    if due := part(thing, "due"):
        lines.append(f"{day(due)}到期")
    if counted is not None:
        number = counted if isinstance(counted, int) else len(counted)
        lines.append(f"计入 {number} {part(thing, 'unit') or '个工作日'}")
    if excluded:
        days = "、".join(f"{day(part(one, 'day'))}{part(one, 'reason')}" for one in excluded)
        lines.append(f"不计入：{days}")
    lines.extend(str(note).rstrip("。") for note in part(thing, "notes") or [])
    return {
        "clock": thing,
        "words": words,
        "kind": kind,
        "icon": ICONS[kind] if kind != "waiting" else "hourglass",
        "basis": part(thing, "basis") or "",
        "lines": lines,
        "explanation": "；".join(lines),
    }


@register.inclusion_tag("components/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """表单项：label, control, help and error beside it, tied together for a screen reader."""
    widget = bound.field.widget
    grouped = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    described = []
    if bound.help_text:
        described.append(f"{bound.auto_id}_help")
    if bound.errors:
        described.append(f"{bound.auto_id}_fault")
    classes = [widget.attrs.get("class", "")]
    if grouped:  # Django puts the class on the list around the boxes as well, so parts.css styles these
        classes.append("tp-options")
    elif isinstance(widget, CheckboxInput):
        classes.append("form-check-input")
    elif isinstance(widget, Select):
        classes.append("form-select")
    else:
        classes.append("form-control")
    if bound.errors:
        classes.append("is-invalid")
    attrs: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    if described and not grouped:
        attrs["aria-describedby"] = " ".join(described)
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attrs),
        "described": " ".join(described),
        "is_single_box": isinstance(widget, CheckboxInput),
        "is_group": grouped,
        "optional": not bound.field.required and not (grouped and bound.initial),
    }


@register.inclusion_tag("components/figure_tile.html")
def figure_tile(figure: Any) -> dict[str, Any]:
    """数据：one figure that opens the records it was counted from. Fields: see components/figure_tile.html."""
    return {"figure": figure}


@register.inclusion_tag("components/cell.html")
def cell(value: Any) -> dict[str, Any]:
    """单元格：one value of a list or of a record's facts. Forms: see components/cell.html."""
    # Every key is there: a template that asks for one that is not spends longer on the miss than on the whole cell.
    return {"cell": {**BARE_CELL, **_cell(value)}}


BARE_CELL = dict.fromkeys(("state", "clock", "day", "moment", "money", "missing", "url", "text", "whole", "note"), None)


def _cell(value: Any) -> Mapping[str, Any]:
    if isinstance(value, datetime):
        return {"moment": value}
    if isinstance(value, date):
        return {"day": value}
    if isinstance(value, Mapping):
        return value
    if value is None or value == "":
        return {"missing": "未登记"}
    if isinstance(value, int) and not isinstance(value, bool):
        return {"text": f"{value:,}"}
    return {"text": value, "whole": len(str(value)) <= WHOLE}


@register.filter
def beside(cells: Iterable[Any], columns: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each cell with its column; a row with a cell too few or too many is refused, not shown under a wrong heading."""
    return list(zip(cells, columns, strict=True))


@register.inclusion_tag("components/document_view.html")
def document_view(document: Any) -> dict[str, Any]:
    """文书：the paragraphs with their remarks beside the words. Fields: see components/document_view.html."""
    remarks = list(part(document, "remarks") or [])
    beside: dict[int, list[dict[str, Any]]] = {}
    for place, remark in enumerate(remarks):
        word, kind, icon = SEVERITIES[part(remark, "severity")]
        beside.setdefault(part(remark, "paragraph"), []).append(
            {
                "remark": remark,
                "number": place + 1,
                "word": word,
                "kind": kind,
                "icon": icon,
                "marked": part(remark, "start") < part(remark, "end"),
                "previous": part(remarks[place - 1], "id") if place else None,
                "next": part(remarks[place + 1], "id") if place + 1 < len(remarks) else None,
            }
        )
    # A passage is a paragraph with remarks and those after it without: the margin beside them is free for the remarks.
    passages: list[dict[str, Any]] = []
    for paragraph in part(document, "paragraphs") or []:
        notes = beside.pop(part(paragraph, "number"), [])
        marked = {"paragraph": paragraph, "marks": _marks(part(paragraph, "text"), notes)}
        if notes or not passages:
            passages.append({"head": marked, "notes": notes, "rest": []})
        else:
            passages[-1]["rest"].append(marked)
    return {
        "document": document,
        "passages": passages,
        # A remark whose paragraph is not shown must not vanish with it.
        "stray": [note for notes in beside.values() for note in notes],
        "total": len(remarks),
    }


def _marks(text: str, notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pieces of a paragraph, each with the gravest severity on it and the notes that begin there."""
    note_of = {id(note["remark"]): note for note in notes}
    marks = []
    for piece in pieces_of(text, [note["remark"] for note in notes]):
        letters = {part(remark, "severity") for remark in piece.remarks}
        kind = next((SEVERITIES[letter][1] for letter in "EWI" if letter in letters), "")
        marks.append({"text": piece.text, "kind": kind, "opens": [note_of[id(remark)] for remark in piece.opens]})
    return marks
