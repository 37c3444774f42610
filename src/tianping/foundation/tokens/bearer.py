"""凭令牌认人：whom a token stands for on a day, or the sentence that says why it opens nothing.

A token opens what its person could open by signing in from the same place at the same moment, and no more: whoever
would be held up at the door — locked out, owing a change of password, without the second factor an office requires —
is held up here too.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from tianping.foundation.accounts.locks import locked_from
from tianping.foundation.accounts.models import Appointment, RolePolicy, User
from tianping.foundation.accounts.roles import CONTENT_ROLES
from tianping.foundation.accounts.second_factor import locked_until
from tianping.foundation.accounts.viewer import Viewer, viewer_of
from tianping.foundation.tokens.models import Token
from tianping.foundation.tokens.selectors import digest_of
from tianping.foundation.tokens.services import token_used


class TokenUnusable(PermissionError):
    """令牌不可用：why, and the way out; empty where the token is nobody's, so that guessing learns nothing."""

    def __init__(self, reason: str = "", way_out: str = "") -> None:
        super().__init__(reason)
        self.reason, self.way_out = reason, way_out


NEW = "请持有人在网页“接口令牌”中另建。"


def bearer(secret: str, *, at: datetime, address: str) -> Viewer:
    """持令牌者：the viewer this token stands for; the day of its use is noted."""
    token = _known(secret, at)
    user, today = token.user, timezone.localdate(at)
    if token.revoked_at is not None:
        raise TokenUnusable("令牌已撤销。", NEW)
    if token.expires_on < today:
        raise TokenUnusable(f"令牌有效至 {token.expires_on}，已过期。", NEW)
    _may_come_in(user, at=at, address=address)
    viewer = viewer_of(user, on=today, origin=f"接口 {address}")
    if not viewer.holds(*CONTENT_ROLES):
        raise TokenUnusable("令牌的持有人现无业务岗位；三员不设令牌。", "请核对持有人的任职。")
    token_used(token, at)
    return viewer


def _known(secret: str, at: datetime) -> Token:
    offices = Appointment.objects.in_force(timezone.localdate(at)).filter(user=OuterRef(OuterRef("user_id")))
    required = RolePolicy.objects.filter(second_factor=True, role__in=offices.values("role"))
    tokens = Token.objects.select_related("user__second_factor").annotate(factor_required=Exists(required))
    found = tokens.filter(digest=digest_of(secret)).first()
    if found is None:
        raise TokenUnusable
    found.user.factor_required = found.factor_required  # type: ignore[attr-defined]
    return found


def _may_come_in(user: User, *, at: datetime, address: str) -> None:
    if not user.is_active:
        raise TokenUnusable("持有人的账号已停用。", "请本院系统管理员恢复账号后再用。")
    if user.last_day and timezone.localdate(at) > user.last_day:
        raise TokenUnusable(f"持有人已于 {user.last_day} 离院。", "请接手的人建立自己的令牌。")
    if user.password_by_other:
        raise TokenUnusable("持有人的口令由他人设置，还没有改成本人的。", "请持有人登录网页，先修改口令。")
    factor = getattr(user, "second_factor", None)
    if locked_from(user, address, at) or (factor is not None and locked_until(factor, at)):
        raise TokenUnusable(
            "持有人的登录因连续输错已锁定。", "请等 15 分钟，或请安全管理员解除锁定；不是本人输错的，请报告安全管理员。"
        )
    if user.factor_required and (factor is None or factor.confirmed_at is None):  # type: ignore[attr-defined]
        raise TokenUnusable("持有人的角色须有第二验证，还没有启用。", "请持有人登录网页启用。")
