"""关于令牌的提问。"""

from __future__ import annotations

from hashlib import sha256

from django.shortcuts import get_object_or_404

from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.tokens.models import Token, TokenQuerySet


def digest_of(secret: str) -> str:
    """A secret of 256 random bits needs no slow hash: there is nothing to guess."""
    return sha256(secret.encode("utf-8", errors="replace")).hexdigest()


def token_list(viewer: Viewer) -> TokenQuerySet:
    return Token.objects.visible_to(viewer).order_by("-id")


def token_visible(viewer: Viewer, public_id: str) -> Token:
    return get_object_or_404(token_list(viewer), public_id=public_id)
