"""查到的不多也不少：what the index finds for everybody of the cast, held against reading every record one may see."""

from __future__ import annotations

import dataclasses

import pytest
from django.urls import reverse

from tests.cast import Court
from tests.conftest import NOW
from tianping.evidence.register import services as register
from tianping.foundation import loop
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.search import pages, registry, rules, selectors, services

pytestmark = pytest.mark.django_db
QUERIES = ("民", "知远", "2026", "审判 庭", "PTY001")


def read(viewer: Viewer, kind: registry.Searchable[object], query: str) -> list[int]:
    """另数一遍：each record one may see, its words read as a person reads them."""
    held = {record.pk: f" {rules.words(kind.words(record))} " for record in kind.records()}  # type: ignore[attr-defined]
    asked = [f" {' '.join(p.tokens)}{'' if p.prefix else ' '}" for p in rules.phrases(query)]
    seen = kind.visible(viewer).values_list("pk", flat=True)
    return sorted((pk for pk in seen if all(one in held[pk] for one in asked)), reverse=True)


@pytest.fixture
def busy(court: Court) -> Court:
    """Cases of every division and another court's; evidence, findings and their duties."""
    for number in range(12):
        division = ("LJ-M1", "LJ-M2", "WS-M1")[number % 3]
        judge = {"LJ-M1": "林知远", "LJ-M2": "韩江临", "WS-M1": "顾长风"}[division]
        court.case(1000 + number, division=division, judge=judge)
    court.evidence()
    loop.run(NOW)
    services.catch_up()
    return court


def test_everybody_finds_what_they_would_find_reading(busy: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = 2
    monkeypatch.setattr(selectors, "COUNTED", counted)
    hit = 0
    for user in User.objects.exclude(appointments=None).order_by("pk"):
        viewer = busy.viewer(user.name)
        for query in QUERIES:
            found = {one.kind.code: one for one in selectors.newest(viewer, registry.kinds(), query)}
            for kind in registry.kinds():
                expected = read(viewer, kind, query)
                one = found.get(kind.code)
                assert list(one.keys if one else []) == expected[: counted + 1], (user.name, query, kind.code)
                assert [r.pk for r in selectors.found(viewer, kind, query)] == expected, (user.name, query, kind.code)
                if one:
                    assert one.number == selectors.Number(min(len(expected), counted), len(expected) > counted)
                hit += len(expected)
    assert hit > 100


def test_pages_of_one_kind_hold_each_record_once_forwards_and_back(
    busy: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE", 3)
    viewer = busy.viewer("周既明")
    kind = selectors.kind_named("case")
    assert kind is not None
    expected = [kind.show(kind.visible(viewer).get(pk=pk)).url for pk in read(viewer, kind, "民间借贷")]

    def walk(**edge: str) -> tuple[list[str], dict[str, str | None]]:
        page = pages.results(viewer, query="民间借贷", kind="case", **{"after": "", "before": "", **edge})
        (section,) = page["sections"]
        return [row["url"] for row in section["rows"]], page["pager"]

    forwards, (rows, pager) = [], walk()
    while True:
        forwards += rows
        if not pager["next_url"]:
            break
        rows, pager = walk(after=pager["next_url"].rpartition("after=")[2])
    assert forwards == expected and len(expected) > 3
    back = list(rows)
    while pager["previous_url"]:
        rows, pager = walk(before=pager["previous_url"].rpartition("before=")[2])
        back = rows + back
    assert back == expected


def test_an_office_that_sees_only_part_of_what_its_branch_holds_is_asked_further(
    busy: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest hits may all be hidden: the walk goes on until what one may see is found."""
    kind = selectors.kind_named("case")
    assert kind is not None
    leader = busy.viewer("裴院长")
    expected = read(leader, kind, "民间借贷")
    oldest = min(expected)
    hidden = dataclasses.replace(kind, visible=lambda viewer: kind.visible(viewer).filter(pk=oldest))
    monkeypatch.setattr(selectors, "COUNTED", 1)
    assert [one.keys for one in selectors.newest(leader, [hidden], "民间借贷")] == [[oldest]]


def test_what_one_has_a_part_in_is_found_outside_ones_branch(busy: Court) -> None:
    """韩江临 registered what another division is answerable for."""
    evidence = busy.evidence()
    services.catch_up()
    kind = selectors.kind_named("evidence")
    assert kind is not None
    viewer = busy.viewer("韩江临")
    assert not viewer.holds(*kind.offices)
    assert evidence.pk in [r.pk for r in selectors.found(viewer, kind, evidence.number)]
    register.evidence_void(evidence_id=evidence.pk, reason="登错。", by=viewer, at=NOW)
    services.catch_up()
    assert evidence.pk in [r.pk for r in selectors.found(viewer, kind, evidence.number)]


def test_the_number_of_a_branch_is_no_word(busy: Court) -> None:
    kind = selectors.kind_named("case")
    assert kind is not None
    for word in ("#1", "# 1", f"#{busy.organisations['LJ'].pk}"):
        assert [r.pk for r in selectors.found(busy.viewer("周既明"), kind, word)] == read(
            busy.viewer("周既明"), kind, word
        )


def test_the_search_page_asks_no_more_for_many_kinds(busy: Court, client_of: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of("周既明")  # type: ignore[operator]
    client.get(reverse("search:results"))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("search:results"), {"q": "民"}).status_code == 200
    assert len(queries) <= 20
