from __future__ import annotations

from django.db import models

from tianping.foundation.accounts.models import Organisation


class Series(models.Model):
    """号段：the last number given in a court's register in a year."""

    court = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    register = models.CharField("登记册", max_length=4)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["court", "register", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.year}-{self.register}-{self.last:04d}"
