"""经过：who did what to a record, when and why — the timeline of its page. The audit chain is kept beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models

from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.viewer import Viewer


class Step(models.Model):
    """一步经过：``move`` is the name in the state table; ``text`` what the person wrote; nothing is edited later."""

    at = models.DateTimeField("时间")
    actor = models.ForeignKey(User, verbose_name="办理人", null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField("办理人姓名", max_length=50)
    move = models.CharField("步骤", max_length=20)
    label = models.CharField("步骤名称", max_length=30)
    text = models.TextField("内容", blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.actor_name} {self.label}"

    @classmethod
    def take(cls, *, by: Viewer, at: datetime, move: str, label: str, text: str = "", **more: Any) -> Self:
        step = cls(at=at, actor_id=by.user_id, actor_name=by.name, move=move, label=label, text=text.strip(), **more)
        step.save()
        return step
