"""统一身份认证：sign-in through the court's own identity provider (OIDC), where one is set.

The provider says who somebody is; what they may see is still their appointments here. Nobody is registered by
signing in, and nothing of what the provider tells is kept.
"""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.utils import timezone
from jwt import PyJWTError
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from requests import RequestException

from tianping.foundation.accounts.backend import signed_in
from tianping.foundation.accounts.models import User

logger = logging.getLogger(__name__)


class StaffOIDCBackend(OIDCAuthenticationBackend):  # type: ignore[misc]
    def authenticate(self, request: Any, **credentials: Any) -> User | None:
        """认证：whatever the provider does wrong is a failed sign-in, not a broken page."""
        try:
            user: User | None = super().authenticate(request, **credentials)
        except (SuspiciousOperation, RequestException, PyJWTError) as fault:
            logger.warning("统一身份认证没有成功：%s", type(fault).__name__)
            return None
        return user

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """凭证：signed by this provider, for this system, and not run out; the library looks at the signature alone."""
        payload: dict[str, Any] = super().verify_token(token, **kwargs)
        audience = payload.get("aud")
        meant = audience if isinstance(audience, list) else [audience]
        expires = payload.get("exp")
        if payload.get("iss") != settings.OIDC_OP_ISSUER or settings.OIDC_RP_CLIENT_ID not in meant:
            raise SuspiciousOperation("the token was issued by or for somebody else")
        if not isinstance(expires, int | float) or expires < timezone.now().timestamp():
            raise SuspiciousOperation("the token has run out")
        return payload

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = super().get_userinfo(access_token, id_token, payload)
        if told.get("sub") != payload.get("sub"):
            raise SuspiciousOperation("the token and the account are of two people")
        return told

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        return bool(_staff_no(claims))

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[User]:
        """工号对人：``preferred_username`` is the staff number, letter by letter."""
        found = User.objects.filter(staff_no=_staff_no(claims), is_active=True)
        today = timezone.localdate()
        return found.exclude(last_day__isnull=False, last_day__lt=today)

    def create_user(self, claims: dict[str, Any]) -> None:
        """Never: who works here is registered by the system administrator."""
        return

    def update_user(self, user: User, claims: dict[str, Any]) -> User:
        return user

    def get_user(self, user_id: int) -> User | None:
        return signed_in(user_id)


def _staff_no(claims: dict[str, Any]) -> str:
    value = claims.get("preferred_username")
    return value if isinstance(value, str) else ""
