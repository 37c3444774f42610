"""审计员的提问：entries of the chain, the exported heads. The chain is one for all courts, and is read as one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404
from django.shortcuts import get_object_or_404

from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit.chain import Head, instant
from tianping.foundation.audit.models import Entry, name_of
from tianping.foundation.audit.wording import words

PAGE_SIZE = 100
PERSON = "accounts.user"


@dataclass(frozen=True, slots=True)
class Wanted:
    """查什么：who, which verb (or all of a group: ``accounts.``), which records, which day; empty is everything."""

    actor: str = ""
    verb: str = ""
    kind: str = ""
    number: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Entry]
    newer: int | None
    older: int | None


def entries(viewer: Viewer, wanted: Wanted) -> QuerySet[Entry]:
    """审计记录：for the auditor alone; the newest first."""
    if not viewer.holds(Role.AUDITOR):
        return Entry.objects.none()
    found = Entry.objects.order_by("-seq")
    if wanted.actor:
        found = found.filter(actor_name=wanted.actor)
    if wanted.verb:
        whole = not wanted.verb.endswith(".")
        found = found.filter(verb=wanted.verb) if whole else found.filter(verb__startswith=wanted.verb)
    if wanted.number:
        found = found.filter(object__in=_named(wanted))
    elif wanted.kind:
        found = found.filter(Q(object=wanted.kind) | Q(object__startswith=f"{wanted.kind}:"))
    if wanted.day:
        first = datetime.combine(wanted.day, time(), ZoneInfo(settings.TIME_ZONE))
        found = found.filter(at__gte=instant(first), at__lt=instant(first + timedelta(days=1)))
    return found


def _named(wanted: Wanted) -> list[str]:
    """记录名：of the number somebody has before them; a person's staff number will do."""
    kinds = [wanted.kind] if wanted.kind else list(words().records)
    people = User.objects.filter(staff_no=wanted.number).values_list("public_id", flat=True)
    named = [f"{kind}:{wanted.number}" for kind in kinds]
    return [*named, *(f"{PERSON}:{one}" for one in people if PERSON in kinds)]


def last_of(verb: str) -> Entry | None:
    """末次：the newest entry of a verb, for whoever answers for that work."""
    return Entry.objects.filter(verb=verb).order_by("-seq").first()


def entries_about(record: Model, verb: str) -> list[Entry]:
    """一条记录的某一动作：the oldest first, for a page whose reader may see the record; the auditor reads the rest."""
    return list(Entry.objects.filter(object=name_of(record), verb=verb).order_by("seq"))


def entry_of(viewer: Viewer, seq: int) -> Entry:
    """一条记录。"""
    return get_object_or_404(entries(viewer, Wanted()), seq=seq)


def people_named(rows: Iterable[Entry]) -> dict[str, str]:
    """人名：of the people whom these entries name, by random id and by the number the chain holds of them.

    An entry keeps no name of whom it is about; a name may change, and the chain may not.
    """
    known = words()
    ids: set[str] = set()
    numbers: set[int] = set()
    for row in rows:
        kind, _, one = row.object.partition(":")
        ids |= {one} if kind == PERSON else set()
        said = json.loads(row.changes)
        numbers |= {said[field] for field in known.people & said.keys() if isinstance(said[field], int)}
    found = User.objects.filter(Q(public_id__in=ids) | Q(pk__in=numbers)).values_list(
        "public_id", "pk", "name", "staff_no"
    )
    return {key: f"{name}（{staff_no}）" for one, pk, name, staff_no in found for key in (one, str(pk))}


def entry_page(viewer: Viewer, wanted: Wanted, *, after: int | None = None, before: int | None = None) -> Page:
    """按序号翻页：entries older than ``after`` or newer than ``before``; any page costs the same."""
    found = entries(viewer, wanted)
    if before is not None:
        rows = list(reversed(found.filter(seq__gt=before).order_by("seq")[: PAGE_SIZE + 1]))
        more_newer, more_older, rows = len(rows) > PAGE_SIZE, True, rows[-PAGE_SIZE:]
    else:
        older = found.filter(seq__lt=after) if after is not None else found
        rows = list(older[: PAGE_SIZE + 1])
        more_newer, more_older, rows = after is not None, len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    newer = rows[0].seq if rows and more_newer else None
    return Page(rows, newer, rows[-1].seq if rows and more_older else None)


MATCHES, DIFFERS, CUT, UNREADABLE = "相符", "不符", "已被截去", "读不出"


@dataclass(frozen=True, slots=True)
class Exported:
    """导出的链头：one file of HOME/audit-heads, and whether the chain still contains it."""

    day: str
    match: str
    seq: int = 0
    hash: str = ""
    algorithm: str = ""
    at: datetime | None = None
    rows: int = 0
    since: int = 0
    faults: list[dict[str, object]] = field(default_factory=list)

    @property
    def head(self) -> Head:
        return Head(self.seq, self.hash)


def heads_folder() -> Path:
    return Path(settings.HOME) / "audit-heads"


def heads(viewer: Viewer) -> list[Exported]:
    """各日链头：the newest first."""
    if not viewer.holds(Role.AUDITOR) or not heads_folder().is_dir():
        return []
    files = sorted(heads_folder().glob("????-??-??.json"), reverse=True)
    read = [(path, _read(path)) for path in files]
    seqs = [int(str(words["seq"])) for _, words in read if words]
    held: dict[int, str] = {}
    for start in range(0, len(seqs), 400):  # SQLite takes only so many values in one question
        held |= dict(Entry.objects.filter(seq__in=seqs[start : start + 400]).values_list("seq", "hash"))
    return [_exported(path.stem, words, held) for path, words in read]


def last_sound() -> Exported | None:
    """末次完好的链头：the newest exported head that names no fault; what it vouches for need not be verified again.

    After a head with faults the walk begins before them each day, so that they are named until somebody has acted.
    """
    for path in sorted(heads_folder().glob("????-??-??.json"), reverse=True):
        words = _read(path)
        if words and not words["faults"]:
            return Exported(path.stem, MATCHES, **words)  # type: ignore[arg-type]
    return None


def head_of(viewer: Viewer, day: str) -> Exported:
    found = next((one for one in heads(viewer) if one.day == day), None)
    if found is None:
        raise Http404
    return found


def _read(path: Path) -> dict[str, object] | None:
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
        return {
            "seq": int(words["seq"]),
            "hash": str(words["hash"]),
            "algorithm": str(words["algorithm"]),
            "at": datetime.strptime(str(words["at"]), "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC),
            "rows": int(words.get("rows", words["seq"])),
            "since": int(words.get("since", 0)),
            "faults": [dict(one) for one in words.get("faults", [])],
        }
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _exported(day: str, words: dict[str, object] | None, held: dict[int, str]) -> Exported:
    if words is None:
        return Exported(day, UNREADABLE)
    seq = words["seq"]
    assert isinstance(seq, int)
    if seq == 0:
        match = MATCHES  # an empty chain is contained in every other
    elif seq not in held:
        match = CUT
    else:
        match = MATCHES if held[seq] == words["hash"] else DIFFERS
    return Exported(day, match, **words)  # type: ignore[arg-type]


def names_after(seq: int | Combinable, label: str) -> bool:
    """此后是否记到过某类记录：by its own name, or in an entry that stands for a batch."""
    later = Entry.objects.filter(seq__gt=seq)
    return later.filter(Q(object__startswith=f"{label}:") | Q(changes__contains='"records":[')).exists()
