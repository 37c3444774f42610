"""令牌的动作：create, revoke, note the day of use."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.roles import CONTENT_ROLES
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit
from tianping.foundation.tokens.models import Token
from tianping.foundation.tokens.selectors import digest_of

LONGEST = timedelta(days=365)
MOST = 10
MARK = "tianping_"  # so that one left in a file is recognised for what it is


class TokenRefused(ValueError):
    """令牌被拒。"""


@transaction.atomic
def token_create(*, name: str, expires_on: date, by: Viewer, at: datetime) -> tuple[Token, str]:
    """建立令牌：for oneself. Returns it with the secret, which is kept nowhere."""
    today = timezone.localdate(at)
    if by.user_id is None or by.is_administrator or not by.holds(*CONTENT_ROLES):
        raise TokenRefused("令牌只能由有业务岗位的人为自己建立；三员看不到业务内容，不设令牌。")
    if not name.strip():
        raise TokenRefused("用途为空。请写明由哪个程序使用，以便日后辨认、撤销。")
    if not today <= expires_on <= today + LONGEST:
        raise TokenRefused("有效期须自今天起不超过一年。请另选日期。")
    User.objects.select_for_update().get(pk=by.user_id)
    if Token.objects.live(today).filter(user_id=by.user_id).count() >= MOST:
        raise TokenRefused(f"有效的令牌已有 {MOST} 个。请先撤销不用的。")
    secret = MARK + secrets.token_urlsafe(32)
    token = Token(
        user_id=by.user_id, name=name.strip()[:40], digest=digest_of(secret), created_at=at, expires_on=expires_on
    )
    try:
        with transaction.atomic():
            token.save()
    except IntegrityError:
        raise TokenRefused(f"已有用途为“{token.name}”的令牌。请换一个名称，或先撤销那一个。") from None
    audit.write("tokens.token.create", on=token, by=by, at=at, expires_on=expires_on)
    return token, secret


@transaction.atomic
def token_revoke(*, token_id: int, by: Viewer, at: datetime) -> Token:
    """撤销：at once and for good; by its own person."""
    token = Token.objects.select_for_update().get(pk=token_id)
    if token.user_id != by.user_id:
        raise TokenRefused("令牌只能由持有人本人撤销；停用账号的，令牌随之失效。")
    if token.revoked_at is not None:
        raise TokenRefused("本令牌已经撤销。")
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    audit.write("tokens.token.revoke", on=token, by=by, at=at)
    return token


@transaction.atomic
def tokens_revoke_of(*, user: User, reason: str, by: Viewer, at: datetime) -> int:
    """全部撤销：of one person, because something else happened to the account; each is on the chain. Says how many."""
    live = list(Token.objects.select_for_update().filter(user=user, revoked_at__isnull=True).order_by("pk"))
    for token in live:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        audit.write("tokens.token.revoke", on=token, by=by, at=at, reason=reason)
    return len(live)


def token_used(token: Token, at: datetime) -> None:
    """末次使用：the day only, written once a day; no move, so no row in the chain."""
    today = timezone.localdate(at)
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
