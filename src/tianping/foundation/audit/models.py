from __future__ import annotations

from django.db import models


def name_of(record: models.Model) -> str:
    """记录名：``app.model:public id`` — what an entry points at, without a foreign key."""
    return f"{record._meta.label_lower}:{getattr(record, 'public_id', record.pk)}"


class Entry(models.Model):
    """审计记录：one link of the chain. Everything is stored exactly as it was hashed; nothing points at other tables.

    ``at`` is UTC as text, ``2026-11-23T10:00:00.123456Z``; ``changes`` is canonical JSON without sealed content.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=27, db_index=True)
    actor = models.CharField(max_length=20, blank=True)
    actor_name = models.CharField(max_length=50)
    verb = models.CharField(max_length=60)
    object = models.CharField(max_length=80, db_index=True)
    changes = models.TextField()
    origin = models.CharField(max_length=60, blank=True)
    algorithm = models.CharField(max_length=10)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["actor_name", "seq"], name="audit_actor"),
            models.Index(fields=["verb", "seq"], name="audit_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.at} {self.actor_name} {self.verb} {self.object}"
