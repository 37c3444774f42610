"""令牌页。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.tokens import selectors
from tianping.foundation.tokens.forms import TokenForm
from tianping.foundation.tokens.models import Token


def tokens(viewer: Viewer, form: TokenForm | None = None, secret: str = "") -> dict[str, Any]:
    """``secret`` is the one just made, shown this once."""
    return {
        "title": "接口令牌",
        "purpose": "程序凭令牌读取您能看到的数据，并以您的名义办理接口所列的事。令牌等于您的口令，勿交他人。",
        "breadcrumb": [{"label": "首页", "url": "/"}, {"label": "接口令牌"}],
        "secret": secret,
        "form": form or TokenForm(today=viewer.on),
        "tokens": [_row(token, viewer.on) for token in selectors.token_list(viewer)],
        "data_time": timezone.now(),
    }


def _row(token: Token, on: date) -> dict[str, Any]:
    if token.revoked_at:
        state = {"word": "已撤销", "kind": "neutral"}
    elif token.expires_on < on:
        state = {"word": "已过期", "kind": "neutral"}
    else:
        state = {"word": "有效", "kind": "done"}
    return {"token": token, "state": state, "live": token.revoked_at is None}
