"""成批收案：a table's cases compared with those held, written in bulk, and put back again.

One audit row stands for a batch of changed cases, with the digest of what changed in them; what each was before is
given to ``keep`` under the same digest: docs/decisions/0007.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tianping.court.models import Case
from tianping.foundation.accounts.models import Organisation
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit

NEW, CHANGED, SAME = "新增", "更新", "未变"
TO_OTHERS = {"court", "organisation", "judge", "clerk"}
AT_ONCE = 500  # 一批多少件：SQLite 一条语句的变量数有限

Fields = Mapping[str, Any]
Record = tuple[str, str, dict[str, Any], dict[str, Any]]
"""一件的变动：public id, 新增 or 更新, the changed fields before (none of a new case) and after."""


@dataclass(frozen=True, slots=True)
class Batch:
    """一批变动：``words`` is canonical JSON of its records; the audit row of the batch holds its digest."""

    words: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.words.encode()).hexdigest()

    @property
    def records(self) -> list[Record]:
        return [(one[0], one[1], one[2], one[3]) for one in json.loads(self.words)]


Keep = Callable[[Batch], None]
Step = Callable[[int], None]


def nothing(_: Any) -> None:
    """What is done with a batch or a step where nobody asks for it."""


class UndoRefused(ValueError):
    """不能撤销：why, and what to do instead."""


def cases_compare(*, court: Organisation, rows: Sequence[Fields]) -> Counter[str]:
    """试收：what taking these rows would do, by 新增/更新/未变; writes nothing."""
    counts: Counter[str] = Counter()
    for piece, held in _pieces(court, rows):
        for row in piece:
            case = held.get(str(row["case_no"]))
            counts[NEW if case is None else CHANGED if _changed(case, row) else SAME] += 1
    return counts


@transaction.atomic
def cases_take(
    *,
    court: Organisation,
    rows: Sequence[Fields],
    by: Viewer,
    at: datetime,
    keep: Keep = nothing,
    step: Step = nothing,
) -> Counter[str]:
    """成批收案：rows without hearings, checked against the table's schema, their people and divisions looked up.

    No row is cleaned again, so that one insert serves five hundred; what the schema lets through and the database's
    constraints refuse, refuses all. Counts 新增/更新/未变. The same rows again change nothing and leave no audit row.
    """
    counts: Counter[str] = Counter()
    done = 0
    for piece, held in _pieces(court, rows):
        fresh: list[Case] = []
        stale: list[Case] = []
        names: set[str] = set()
        records: list[Record] = []
        for row in piece:
            case = held.get(str(row["case_no"]))
            changed = _attributes(row) if case is None else _changed(case, row)
            if case is not None and not changed:
                counts[SAME] += 1
                continue
            before = {} if case is None else {name: getattr(case, name) for name in changed}
            if case is None:
                case = Case(court=court, **changed)
                fresh.append(case)
            else:
                for name, value in changed.items():
                    setattr(case, name, value)
                stale.append(case)
                names |= changed.keys()
            outcome = CHANGED if before else NEW
            counts[outcome] += 1
            records.append((case.public_id, outcome, _plain(before), _plain(changed)))
        Case.objects.bulk_create(fresh)
        _write_back(stale, names)
        if records:
            batch = Batch(json.dumps(records, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
            _audit("court.cases.batch", court, batch, by=by, at=at, new=len(fresh), changed=len(stale))
            keep(batch)
        done += len(piece)
        step(done)
    return counts


@transaction.atomic
def cases_undo(
    *, court: Organisation, batches: Iterable[Batch], by: Viewer, at: datetime, step: Step = nothing
) -> Counter[str]:
    """撤销导入：what was added goes, what was changed gets its values back — all of it or nothing.

    Refused where a case has since been changed again, or anything points at a case that would go.
    """
    counts: Counter[str] = Counter()
    done = 0
    for batch in batches:
        records = batch.records
        held = {case.public_id: case for case in Case.objects.filter(public_id__in=[record[0] for record in records])}
        gone: list[Case] = []
        back: list[Case] = []
        names: set[str] = set()
        for public_id, outcome, before, after in records:
            case = held.get(public_id)
            if case is None or _plain({name: getattr(case, name) for name in after}) != after:
                which = f"{case.case_no} " if case else ""
                raise UndoRefused(f"{which}在这次导入之后又有改动，不能撤销。请用更正后的表重新导入。")
            if outcome == NEW:
                gone.append(case)
                continue
            for name, value in _typed(before).items():
                setattr(case, name, value)
            back.append(case)
            names |= before.keys()
        _refuse_where_needed(gone)
        Case.objects.filter(pk__in=[case.pk for case in gone]).delete()
        _write_back(back, names)
        _audit("court.cases.undo_batch", court, batch, by=by, at=at, removed=len(gone), restored=len(back))
        counts.update({NEW: len(gone), CHANGED: len(back)})
        done += len(records)
        step(done)
    return counts


def _write_back(cases: Sequence[Case], names: Iterable[str]) -> None:
    """One upsert for all: an UPDATE with a CASE for each row takes ten times as long."""
    if cases:
        Case.objects.bulk_create(cases, update_conflicts=True, unique_fields=["id"], update_fields=sorted(names))


def _audit(verb: str, court: Organisation, batch: Batch, *, by: Viewer, at: datetime, **counts: int) -> None:
    """一批一条：``records`` names each changed case, so that the chain still tells which import touched it."""
    label = Case._meta.label_lower
    records = [f"{label}:{record[0]}" for record in batch.records]
    audit.write(verb, on=court, by=by, at=at, digest=batch.digest, records=records, **counts)


def _refuse_where_needed(cases: Sequence[Case]) -> None:
    """Whatever points at a case — a document, evidence, a hearing — was entered on the ground that the case exists."""
    ids = [case.pk for case in cases]
    for relation in Case._meta.related_objects:
        found = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": ids}).first()
        if found is not None:
            case = getattr(found, relation.field.name)
            what = relation.related_model._meta.verbose_name
            raise UndoRefused(f"{case.case_no} 已有{what}，不能撤销这次导入。请用更正后的表重新导入。")


def _pieces(court: Organisation, rows: Sequence[Fields]) -> Iterator[tuple[Sequence[Fields], dict[str, Case]]]:
    for start in range(0, len(rows), AT_ONCE):
        piece = rows[start : start + AT_ONCE]
        numbers = [str(row["case_no"]) for row in piece]
        yield piece, {case.case_no: case for case in Case.objects.filter(court=court, case_no__in=numbers)}


def _attributes(row: Fields) -> dict[str, Any]:
    """By column: people and organisations by id, so that none is fetched to be compared."""
    return {
        f"{name}_id" if name in TO_OTHERS else name: getattr(value, "pk", None) if name in TO_OTHERS else value
        for name, value in row.items()
    }


def _changed(case: Case, row: Fields) -> dict[str, Any]:
    return {name: value for name, value in _attributes(row).items() if getattr(case, name) != value}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: date.fromisoformat(value) if value and name in DAYS else value for name, value in values.items()}


DAYS = frozenset({"filed_on", "closed_on"})
