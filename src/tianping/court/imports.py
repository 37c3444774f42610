"""导入：cases and people from a table. All rows or none: with one refused row nothing is written."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from tianping.court import services
from tianping.court.models import Post
from tianping.court.schemas import CASES, PEOPLE, joined
from tianping.court.taking import CHANGED, NEW, SAME, Keep, Step, cases_compare, cases_take, nothing
from tianping.foundation.accounts import services as accounts
from tianping.foundation.accounts.models import Appointment, Organisation, OrganisationKind, User
from tianping.foundation.accounts.roles import ADMINISTRATORS, Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit
from tianping.foundation.tables import Refusal, Row, Schema, TableRead, read_table


@dataclass(frozen=True, slots=True)
class Outcome:
    """导入结果：what was written, or would be."""

    read: TableRead
    written: bool
    counts: Mapping[str, int]

    @property
    def refused(self) -> tuple[Refusal, ...]:
        return self.read.refused

    @property
    def summary(self) -> str:
        """一句话：the same on the page and on the terminal."""
        said = "、".join(f"{word} {self.counts.get(word, 0)} 行" for word in (NEW, CHANGED, SAME))
        valid = len(self.read.rows)
        if rows := len(self.read.refused_rows):
            if self.written:
                return f"共 {self.read.total} 行，只写入合格的 {valid} 行：{said}；另 {rows} 行被拒，未写入。"
            return f"共 {self.read.total} 行，{rows} 行被拒，未写入任何一行；改正后其余 {valid} 行可写入（{said}）。"
        return f"共 {self.read.total} 行，" + (f"已写入：{said}。" if self.written else f"可以写入：{said}；现未写入。")

    @property
    def notes(self) -> list[str]:
        """附带说明：what of the file was not read."""
        notes = []
        if self.read.unknown_headers:
            notes.append(f"未导入的列：{'、'.join(self.read.unknown_headers)}。")
        if self.read.other_sheets:
            others = "”“".join(self.read.other_sheets)
            notes.append(f"只读了工作表“{self.read.sheet}”；未读“{others}”。")
        return notes


def cases_import(
    *,
    court: Organisation,
    data: bytes,
    name: str,
    write: bool,
    by: Viewer,
    at: datetime,
    columns: Mapping[str, str] | None = None,
    only_valid: bool = False,
    keep: Keep = nothing,
    step: Step = nothing,
    then: Callable[[Outcome], None] = nothing,
) -> Outcome:
    """导入案件：the same file twice changes nothing. Without ``write`` it is a dry run (试导).

    With one refused row nothing is written, unless somebody chose to write the others (只写入合格的行); the audit row
    says so. The file is read and its people looked up before the court is locked, so that nobody waits for that.
    ``then`` is called in the transaction of the rows.
    """
    read = read_table(data, name, CASES, columns)
    divisions, people = _Divisions(court), _People(court)
    rows, refused = _each(read, CASES, lambda row, refuse: _case_fields(row, divisions, people, refuse))
    read = read.refusing(refused)
    if not write or (read.refused and not (only_valid and rows)):
        return Outcome(read, False, cases_compare(court=court, rows=rows))
    with _alone(court):
        counts = cases_take(court=court, rows=rows, by=by, at=at, keep=keep, step=step)
        if counts[NEW] + counts[CHANGED]:
            left = {"left_out": len(read.refused_rows)} if read.refused else {}
            audit.write("court.cases.import", on=court, by=by, at=at, sha256=_sha256(data), **_counted(counts), **left)
        outcome = Outcome(read, True, counts)
        then(outcome)
    return outcome


@contextmanager
def _alone(court: Organisation) -> Iterator[None]:
    """独占：two imports into one court follow each other."""
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=court.pk)
        yield


def people_import(*, court: Organisation, data: bytes, name: str, write: bool, by: Viewer, at: datetime) -> Outcome:
    """导入人员：registers whoever is new (without a password) and posts them; the same file twice changes nothing."""
    read = read_table(data, name, PEOPLE)
    with _alone(court) if write else nullcontext():
        return _people_import(court, read, _sha256(data), write=write, by=by, at=at)


def _people_import(
    court: Organisation, read: TableRead, sha256: str, *, write: bool, by: Viewer, at: datetime
) -> Outcome:
    divisions, known = _Divisions(court), {user.staff_no: user for user in User.objects.all()}
    names = {number: user.name for number, user in known.items()}
    posts: dict[tuple[int, int, str], list[Post]] = defaultdict(list)
    for post in Post.objects.filter(division__path__startswith=court.path).select_related("division"):
        posts[post.person_id, post.division_id, post.title].append(post)
    offices: dict[int, list[Appointment]] = defaultdict(list)
    for office in Appointment.objects.filter(role__in=ADMINISTRATORS):
        offices[office.user_id].append(office)

    listed: dict[str, set[int]] = defaultdict(set)  # by staff number, the divisions this table names
    for row in read.every_row:
        if row.unread.isdisjoint(("staff_no", "division")):
            listed[row.values["staff_no"]] |= {found.pk for found in divisions.by_word.get(row.values["division"], [])}
    serving: dict[int, list[Post]] = defaultdict(list)
    for held in (post for of_one in posts.values() for post in of_one):
        serving[held.person_id].append(held)

    def plan(row: Row, refuse: Refuse) -> dict[str, Any]:
        values = dict(row.values)
        number: str = values.get("staff_no") or ""
        written_name, since = values.get("name"), values.get("since")
        if number and written_name and names.setdefault(number, written_name) != written_name:
            refuse("name", f"工号 {number} 已是 {names[number]}", "请核对工号和姓名，改正后再导入。")
        if "division" in values:
            values["division"] = divisions.named("division", values["division"], refuse)
        user = known.get(number)
        if since is None:
            return values  # the day could not be read: without it there is nothing to hold the posts against
        for office in offices.get(user.pk, []) if user else []:
            if office.until is None or office.until >= since:
                why = f"此人任{Role(office.role).label}，三员不得兼任办案部门的职务"
                refuse("staff_no", why, "请删去此行，或先结束其三员任职。")
        if user and values.get("division") and "title" in values:
            served = posts.get((user.pk, values["division"].pk, values["title"]), [])
            values["held"] = any(p.since == since or (p.until is None and p.since < since) for p in served)
            later = [p.since for p in served if p.until is None and p.since > since]
            if later and not values["held"]:
                way_out = f"请核对任职日期；若已登记的有误，请改为 {later[0]} 后再导入。"
                refuse("since", f"此人此职已自 {later[0]} 起登记", way_out)
            still = [post for post in serving[user.pk] if post.until is None or post.until >= since]
            now = {post.division_id: post.division.name for post in still}
            left = [name for pk, name in now.items() if pk not in listed[number]]
            if left and values["division"].pk not in now and not values["held"]:
                refuse("division", f"此人现在{'、'.join(left)}任职，表里没有那一行", MOVED)
        return values

    rows, refused = _each(read, PEOPLE, plan)
    read = read.refusing(refused)
    written = write and not read.refused
    counts: Counter[str] = Counter()
    for values in rows:
        number = values["staff_no"]
        counts[SAME if values.get("held") else CHANGED if number in known else NEW] += 1
        if written and not values.get("held"):
            if number not in known:
                known[number] = accounts.user_register(staff_no=number, name=values["name"], by=by, at=at)
            services.person_post(
                person=known[number],
                division=values["division"],
                title=values["title"],
                since=values["since"],
                by=by,
                at=at,
            )
    if written and counts[NEW] + counts[CHANGED]:
        audit.write("court.people.import", on=court, by=by, at=at, sha256=sha256, **_counted(counts))
    return Outcome(read, written, counts)


MOVED = "如系调动，请安全管理员办理调动；如系兼任，请把原部门的一行也留在表里。"
Refuse = Callable[[str, str, str], None]


def _each(
    read: TableRead, schema: Schema, plan: Callable[[Row, Refuse], dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[Refusal]]:
    """逐行：what each row becomes, and the cells that only the database could refuse — also those of a row of which
    the file itself refused other cells, so that all its faults are put right at once."""
    rows: list[dict[str, Any]] = []
    refused: list[Refusal] = []
    already = frozenset(read.refused_rows)
    for row in read.every_row:
        before = len(refused)

        def refuse(key: str, reason: str, way_out: str, row: Row = row) -> None:
            value = row.values.get(key)
            refused.append(
                Refusal(row.number, read.header(key, schema), "" if value is None else str(value), reason, way_out)
            )

        values = plan(row, refuse)
        if len(refused) == before and row.number not in already:
            rows.append(values)
    return rows, refused


def _case_fields(row: Row, divisions: _Divisions, people: _People, refuse: Refuse) -> dict[str, Any]:
    """A row as the fields of a case. A column the file does not have leaves the case's own value alone; what could not
    be read is not looked at."""
    values = row.values
    fields = {key: value for key, value in values.items() if key not in PERSONAL}
    if "organisation" in values:
        fields["organisation"] = divisions.named("organisation", values["organisation"], refuse)
    for key in ("judge", "clerk"):
        if f"{key}_no" in row.unread:
            continue  # the number would decide: of the name alone nothing can be said
        if key in values or f"{key}_no" in values:
            fields[key] = people.named(key, values.get(f"{key}_no"), values.get(key), refuse)
    if "how_closed" in fields:
        fields["how_closed"] = fields["how_closed"] or ""
    if fields.get("instance", 0) is None:
        del fields["instance"]
    filed_on, closed_on = values.get("filed_on"), values.get("closed_on")
    if filed_on and closed_on and closed_on < filed_on:
        refuse("closed_on", f"早于立案日期 {filed_on}", "请核对两个日期，改正后再导入。")
    if values.get("how_closed") and "closed_on" in values and not closed_on:
        refuse("closed_on", "填了结案方式却没有结案日期", "请补填结案日期；未结案的，请删去结案方式。")
    return fields


PERSONAL = frozenset({"judge_no", "judge", "clerk_no", "clerk"})


class _Divisions:
    """本院部门：by name or code, fetched once."""

    def __init__(self, court: Organisation) -> None:
        self.court = court
        self.by_word: dict[str, list[Organisation]] = defaultdict(list)
        for division in Organisation.objects.filter(path__startswith=court.path, kind=OrganisationKind.DIVISION):
            for word in {joined(division.name), division.code}:
                self.by_word[word].append(division)

    def named(self, key: str, word: str, refuse: Refuse) -> Organisation | None:
        found = self.by_word.get(word, [])
        if len(found) == 1:
            return found[0]
        if found:
            codes = "、".join(division.code for division in found)
            refuse(key, "本院有几个部门叫这个名称", f"请改填部门代码：{codes}。")
        else:
            refuse(key, f"{self.court.name}没有这个部门", "请改为已设立的部门名称或代码；新部门请先由系统管理员设立。")
        return None


class _People:
    """本院人员：whoever has or had a post or a role in the court; by staff number or by name, fetched once."""

    def __init__(self, court: Organisation) -> None:
        here = Q(posts__division__path__startswith=court.path) | Q(
            appointments__organisation__path__startswith=court.path
        )
        self.court = court
        self.by_number: dict[str, User] = {}
        self.by_name: dict[str, list[User]] = defaultdict(list)
        for person in User.objects.filter(here).distinct():
            self.by_number[person.staff_no] = person
            self.by_name[joined(person.name)].append(person)

    def named(self, key: str, number: str | None, name: str | None, refuse: Refuse) -> User | None:
        """谁：the number decides; a name beside it must agree; nobody where both are empty."""
        if number:
            person = self.by_number.get(number)
            if person is None:
                refuse(f"{key}_no", f"{self.court.name}没有登记这个工号", "请核对工号；新到人员请先导入人员表。")
            elif name and joined(person.name) != name:
                refuse(key, f"工号 {number} 登记的是 {person.name}", "请核对工号和姓名，改正后再导入。")
            return person
        if not name:
            return None
        found = self.by_name.get(name, [])
        if len(found) == 1:
            return found[0]
        column = CASES.field(f"{key}_no").header
        if found:
            numbers = "、".join(sorted(person.staff_no for person in found))
            refuse(key, f"本院有 {len(found)} 人同名", f"请在“{column}”列填工号（{numbers}）以分清是哪一位。")
        else:
            refuse(key, f"{self.court.name}没有登记此人", "请核对姓名；新到人员请先导入人员表。")
        return None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return {"new": counts.get(NEW, 0), "changed": counts.get(CHANGED, 0), "same": counts.get(SAME, 0)}


KINDS: dict[str, Callable[..., Outcome]] = {"cases": cases_import, "people": people_import}


def sentences(refused: Iterable[Refusal]) -> list[str]:
    return [refusal.sentence for refusal in refused]
