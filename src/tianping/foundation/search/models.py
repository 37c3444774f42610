"""索引条目，以及索引跟到审计链的哪里。"""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """索引条目：a record, the words it is found by, and the branches of the tree on which it stands.

    The key says which record it is (``Searchable.begins``): entries of a kind lie together, the newest last. The
    database itself keeps the full text of it, by triggers or a generated column (migrations).
    """

    id = models.BigIntegerField(primary_key=True)
    label = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    public_id = models.CharField(max_length=20)
    words = models.TextField()
    marks = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "record_id"], name="search_entry_once_a_record")]

    def __str__(self) -> str:
        return f"{self.label}:{self.public_id}"


class Cursor(models.Model):
    """跟到哪里：every change leaves an entry in the audit chain, so the chain says what has to be read again."""

    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seq)
