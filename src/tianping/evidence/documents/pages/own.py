"""自查页：nothing of it is kept, so the remarks stand in this one answer."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tianping.evidence.documents.own_check import Copy, OwnCheck
from tianping.evidence.documents.pages.text import crumbs, paragraphs
from tianping.text import lint
from tianping.text.lint.page import page_of

MOST_IN_PAGE = 1024 * 1024
"""A copy of a file up to this size is given along with the page; browsers take no longer addresses."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def download(copy: Copy) -> HttpResponse:
    """批注副本，直接下载。"""
    answer = HttpResponse(copy.data, content_type=WORD)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=copy.name) or ""
    return answer


def page(form: Form, checked: OwnCheck | None, copy: Copy | None, today: date) -> dict[str, Any]:
    """自查页，或自查的结果。"""
    profile = checked.profile if checked else lint.Profile(mode=lint.Mode.DRAFT)
    context: dict[str, Any] = {
        "title": "文书自查",
        "purpose": "发文之前自己查一遍。不留痕：文件只在内存里读，关闭页面即无。",
        "breadcrumb": crumbs(("文书自查", "")),
        "form": form,
        "engine": lint.VERSION,
        "rules": [f"{rule.code} {page_of(rule).title}" for rule in profile.rules()],
        "today": today,
        "mode": profile.mode.label,
        "checked": checked,
        "copy": _link(copy) if copy else None,
    }
    if checked is not None:
        context["own_dated"] = checked.document.decided_on is not None
        context["document"] = {
            "title": checked.document.title or "文书草稿",
            "paragraphs": paragraphs(checked.document),
            "remarks": [
                {
                    "id": number,
                    "paragraph": remark.span.paragraph,
                    "start": remark.span.start,
                    "end": remark.span.end,
                    "severity": remark.severity.value,
                    "code": remark.code,
                    "name": page_of(lint.rule_by_code(remark.code)).title,
                    "message": remark.message,
                    "suggestion": remark.suggestion,
                    "basis": remark.basis,
                }
                for number, remark in enumerate(checked.remarks, start=1)
            ],
            "filters": [],
            "complete": "以上规则都没有意见；规则之外的，仍请自行校对。",
        }
    return context


def _link(copy: Copy) -> dict[str, Any]:
    """The copy itself, in the address of its link: nothing of it waits on the server for a second request."""
    address = f"data:{WORD};base64,{b64encode(copy.data).decode()}"
    return {"name": copy.name, "address": address, "unplaced": copy.unplaced}
