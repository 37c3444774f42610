"""查找的动作：bring the index up to the audit chain, or write it anew. Nothing is decided here: nothing is audited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from tianping.foundation.audit import services as audit
from tianping.foundation.search import registry, rules
from tianping.foundation.search.models import Cursor, Entry

BATCH = 500


def _put(kind: registry.Searchable[Any], records: Iterable[Any]) -> int:
    """入库：the same record again changes its words, and nothing where they are the same."""
    fresh = {
        kind.begins + r.pk: Entry(
            id=kind.begins + r.pk,
            label=kind.label,
            record_id=r.pk,
            public_id=r.public_id,
            words=rules.words(kind.words(r)),
            marks=rules.marks(r.organisation.path),
        )
        for r in records
    }
    for key, *held in Entry.objects.filter(pk__in=list(fresh)).values_list("pk", "words", "marks"):
        if [fresh[key].words, fresh[key].marks] == held:
            del fresh[key]
    Entry.objects.bulk_create(
        fresh.values(),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["public_id", "words", "marks"],
        batch_size=BATCH,
    )
    return len(fresh)


def behind() -> list[int]:
    """还没跟到的：from where on each batch begins."""
    seq = Cursor.objects.values_list("seq", flat=True).first() or 0
    last = audit.last()
    return list(range(seq, last.seq if last else 0, BATCH))


def _cursor() -> Cursor:
    Cursor.objects.get_or_create(pk=1)
    return Cursor.objects.select_for_update().get(pk=1)


@transaction.atomic
def follow(seq: int) -> int:
    """跟一批：the records that the chain names after ``seq``; 0 where another has been here already."""
    cursor = _cursor()
    if cursor.seq != seq:
        return 0
    named = audit.named_after(seq, BATCH)
    if not named:
        return 0
    wanted: dict[str, set[str]] = {}
    for _, name in named:
        label, _, public_id = name.partition(":")
        wanted.setdefault(label, set()).add(public_id)
    done = 0
    for label, ids in wanted.items():
        if kind := registry.kind_of(label):
            done += _put(kind, kind.records().filter(public_id__in=ids))
    cursor.seq = named[-1][0]
    cursor.save(update_fields=["seq"])
    return done


def catch_up() -> int:
    """跟上审计链：all that is missing, a batch a transaction."""
    done = 0
    while waiting := behind():
        done += follow(waiting[0])
    return done


def rebuild(say: Callable[[str, int], None] = lambda name, count: None) -> int:
    """重建：every record read again, what no longer exists taken out; finding goes on meanwhile."""
    last = audit.last()
    done = 0
    for kind in registry.kinds():
        count, after = 0, 0
        while records := _put_after(kind, after):
            after, count = records[-1].pk, count + len(records)
        # Not "not in": for a million records PostgreSQL would walk through all of them for each.
        still = kind.records().order_by().filter(pk=OuterRef("record_id"))
        Entry.objects.filter(~Exists(still), label=kind.label).delete()
        say(kind.name, count)
        done += count
    Entry.objects.exclude(label__in=[kind.label for kind in registry.kinds()]).delete()
    with transaction.atomic():
        cursor = _cursor()
        cursor.seq = max(cursor.seq, last.seq if last else 0)
        cursor.save(update_fields=["seq"])
    return done


@transaction.atomic
def _put_after(kind: registry.Searchable[Any], after: int) -> list[Any]:
    _cursor()  # while it is held nobody else writes the index, so no newer words are replaced by older ones
    records = list(kind.records().filter(pk__gt=after).order_by("pk")[:BATCH])
    _put(kind, records)
    return records
