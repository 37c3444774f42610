"""调动与离院的页面部件：kinds and counts of what is owed, never which record it is."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tianping.court.staffing import selectors
from tianping.court.staffing.forms import LeaveForm, TransferForm
from tianping.foundation import leaving
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.pages import NotMine, Shown


def person(viewer: Viewer, user: User, tried: tuple[str, Any] | None = None) -> dict[str, Any]:
    """一个人的调动与离院。"""
    owed = leaving.owed_by(user.pk, viewer.on)
    return {
        "title": f"{user.name}：调动与离院",
        "purpose": "部门调动、离院各一步办成：职务和任职同日改变。业务内容由有权的人交接，这里只列数量和该找谁。",
        "breadcrumb": [
            {"label": "首页", "url": "/"},
            {"label": "任职", "url": reverse("accounts:offices")},
            {"label": user.name, "url": reverse("accounts:office_holder", args=[user.public_id])},
            {"label": "调动与离院"},
        ],
        "facts": [
            {"term": "工号", "value": user.staff_no},
            {"term": "在院末日", "value": user.last_day or {"missing": "在院"}},
        ],
        "timeline": [
            {
                "at": post.since,
                "what": f"{post.division.name}·{post.title}",
                "note": f"至 {post.until}（含当天）" if post.until else "至今",
            }
            for post in selectors.posts(viewer, user)
        ],
        "owed": owed,
        "moves": _moves(viewer, user, tried),
    }


def _moves(viewer: Viewer, user: User, tried: tuple[str, Any] | None) -> list[Any]:
    if viewer.user_id == user.pk:
        why = "不能办理自己的调动和离院。"
        return [NotMine(label, "另一位安全管理员", why) for label in ("调动", "离院")]
    forms: dict[str, Any] = {
        "transfer": TransferForm(prefix="transfer", divisions=selectors.divisions(viewer)),
        "leave": LeaveForm(prefix="leave"),
    }
    if tried:
        forms[tried[0]] = tried[1]
    words = {
        "transfer": (
            "调动",
            "原部门的职务、任职到前一天止，看不到原部门的记录；本人承办的事项不变。",
            "办后不能撤销，可以再调回。",
            "primary",
        ),
        "leave": (
            "离院",
            "全部职务和任职到末日止，次日起不能登录。有未了事项的，不予办理。",
            "办后不能恢复；重新到院另行登记。",
            "danger",
        ),
    }
    return [
        Shown(code, label, reverse("staffing:move", args=[user.public_id, code]), forms[code], does, undo, kind=colour)
        for code, (label, does, undo, colour) in words.items()
    ]
