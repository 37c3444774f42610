"""正文与面包屑：parts that several pages of this app share."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tianping.evidence.documents import selectors
from tianping.evidence.documents.models import IssuedDocument, Review
from tianping.evidence.documents.states import LABELS, State
from tianping.foundation.accounts.viewer import Viewer
from tianping.text.document import Document, ReadError, Section

KINDS = {State.OPEN: "waiting", State.DONE: "done", State.VOIDED: "neutral"}
HOME = {"label": "首页", "url": "/"}
PLACED = {  # how a court sets these lines
    Section.TITLE: "title",
    Section.CASENO: "right",
    Section.SIGN: "right",
    Section.DATE: "right",
    Section.CLERK: "right",
}


def url(document: IssuedDocument) -> str:
    return reverse("documents:document", args=[document.public_id])


def review_url(review: Review) -> str:
    return reverse("documents:review", args=[review.public_id])


def state(review: Review) -> dict[str, str]:
    now = State(review.state)
    return {"word": LABELS[now], "kind": KINDS[now]}


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    return [HOME, *({"label": label, "url": at} if at else {"label": label} for label, at in steps)]


Read = tuple[Document | None, str]


def read(viewer: Viewer, document: IssuedDocument) -> Read:
    """正文，或读不出来的原因。"""
    try:
        return selectors.issued_text(viewer, document), ""
    except (OSError, ReadError):
        return None, "库存原件读不出来，可能已损坏。请报系统管理员从备份恢复。"


def paragraphs(text: Document | None) -> list[dict[str, Any]]:
    if text is None:
        return []
    return [
        {"number": p.index, "text": p.text, "kind": PLACED.get(text.section_of(p.index), "")} for p in text.paragraphs
    ]
