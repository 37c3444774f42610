from __future__ import annotations

from django.db import models


class Effect(models.Model):
    """效果：what a job is for; the key is unique, so that a job which ran twice would show."""

    key = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.key


class Run(models.Model):
    """运行：written at the beginning of each run, so that a test can tell that jobs were in fact interrupted."""

    key = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return self.key
