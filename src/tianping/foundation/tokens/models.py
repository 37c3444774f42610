"""接口令牌。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from tianping.foundation.accounts.models import User, public_id
from tianping.foundation.accounts.viewer import Viewer


class TokenQuerySet(models.QuerySet["Token"]):
    def visible_to(self, viewer: Viewer) -> TokenQuerySet:
        """令牌可见：to its own person alone."""
        return self.none() if viewer.user_id is None else self.filter(user_id=viewer.user_id)

    def live(self, on: date) -> TokenQuerySet:
        """有效：``expires_on`` is the last day it opens anything."""
        return self.filter(revoked_at__isnull=True, expires_on__gte=on)


class Token(models.Model):
    """令牌：kept as a hash only; what was shown once cannot be shown again."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(User, verbose_name="持有人", on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField("用途", max_length=40)
    digest = models.CharField("哈希", max_length=64, unique=True)
    created_at = models.DateTimeField("建立时间")
    expires_on = models.DateField("有效至")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    last_used_on = models.DateField("末次使用", null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], condition=Q(revoked_at__isnull=True), name="token_name_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name
