"""案件清单的各支：together they are what may be seen, none has a case of another, and each is answered by its index."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from tests.cast import Court
from tianping.court import models
from tianping.court.models import Case, CaseKind
from tianping.court.selectors import case_narrowings, said_in
from tianping.foundation import keys
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.viewer import system, viewer_of

pytestmark = pytest.mark.django_db


def filled(court: Court) -> None:
    """Cases of three divisions and two courts; of some one person is judge, of others clerk, of one both."""
    people = [*court.people]
    divisions = [code for code, one in court.organisations.items() if one.kind == "division"]
    for number, name in enumerate(people):
        case = court.case(number, judge=name, division=divisions[number % len(divisions)])
        case.clerk = court.people[people[(number + 1) % len(people)]] if number % 3 else case.judge
        case.save()
    unassigned = court.case(9000)
    unassigned.judge = None
    unassigned.clerk = court.people[people[0]]
    unassigned.save()


@pytest.mark.parametrize("most", [models.BRANCHES, 1], ids=["by branch", "too many branches"])
def test_the_branches_are_what_may_be_seen_each_case_once(
    court: Court, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    filled(court)
    monkeypatch.setattr(models, "BRANCHES", most)
    several = 0
    for person in User.objects.all():
        viewer = viewer_of(person, on=court.today)
        by_branch = [list(one.values_list("pk", flat=True)) for one in Case.objects.branches(viewer)]
        together = sorted(pk for one in by_branch for pk in one)
        assert together == sorted(Case.objects.visible_to(viewer).values_list("pk", flat=True)), person.name
        several += sum(map(bool, by_branch)) > 1
    assert several or most == 1  # somebody's list lies in more than one


def test_the_system_sees_no_case(court: Court) -> None:
    filled(court)
    viewer = system("演示", on=court.today)
    assert not any(one.exists() for one in Case.objects.branches(viewer))
    assert keys.key_page(Case.objects.visible_to(viewer), branches=Case.objects.branches(viewer)).total == 0


@pytest.fixture
def crowded(court: Court) -> Court:
    """So many cases that one would rather not read them all for the few that are somebody's, open, or of a kind."""
    own, judge = court.organisations["LJ"], court.people["秦望舒"]
    Case.objects.bulk_create(
        Case(
            court=own,
            organisation=court.organisations["LJ-M2" if number % 61 else "LJ-M1"],
            case_no=f"（2025）江0199民初{number}号",
            kind=CaseKind.CRIMINAL if number % 59 else CaseKind.CIVIL,
            cause="离婚纠纷",
            procedure="ordinary",
            judge=court.people["韩江临"] if number % 47 else judge,
            clerk=court.people["孟怀瑾"] if number % 43 else judge,
            filed_on=court.today,
            closed_on=court.today if number % 53 else None,
        )
        for number in range(6000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return court


def plan(sql: str, params: list[object]) -> str:
    """How the database would answer; that a few thousand rows are as quickly read one by one, is set aside."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in ("seqscan", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        words = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        cursor.execute(words + sql, params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_a_division_is_walked_by_key_whatever_filter(crowded: Court) -> None:
    (division, _, _) = Case.objects.branches(crowded.viewer("秦望舒"))  # 庭长，也办案
    for code, narrow in [("", lambda cases: cases), *((c, n) for c, _, n in case_narrowings(crowded.viewer("秦望舒")))]:
        said = plan(*keys.walk([narrow(division)], 51, newer=False))
        assert re.search(r"(INDEX|using) case_", said), (code, said)
    assert "case_list" in plan(*keys.walk([division], 51, newer=False))


def test_what_one_holds_is_walked_by_key(crowded: Court) -> None:
    (_, held, clerked) = Case.objects.branches(crowded.viewer("秦望舒"))
    for question, index in ((held, "case_judge"), (clerked, "case_clerk")):
        said = plan(*keys.walk([question], 51, newer=False))
        assert re.search(rf"(INDEX|using) {index}\b", said), said


def test_whoever_sees_everything_walks_the_pending_and_a_kind_by_key(
    crowded: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "BRANCHES", 1)
    viewer = crowded.viewer("裴院长")
    (everything,) = Case.objects.branches(viewer)
    narrowings = {code: narrow for code, _, narrow in case_narrowings(viewer)}
    for code, index in (("pending", "case_pending"), ("civil", "case_kind")):
        said = plan(*keys.walk([narrowings[code](everything)], 51, newer=False))
        assert re.search(rf"(INDEX|using) {index}\b", said), said


def test_a_whole_number_is_found_by_its_natural_key(crowded: Court) -> None:
    said = plan(*Case.objects.filter(said_in("(2025)江0199民初17号")).query.sql_with_params())
    assert re.search(r"(INDEX|using) (case_no_unique_in_court|sqlite_autoindex_court_case)", said), said
