"""审计员的页面：the chain in pages, the verdict, the exported heads beside the chain as it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.cast import Court
from tests.conftest import client_of, court, now
from tianping.foundation.audit import selectors, services, triggers
from tianping.foundation.audit.models import Entry
from tianping.foundation.audit.selectors import Wanted

__all__ = ["client_of", "court", "now"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client_of: Callable[[str], Client], settings: Any, tmp_path: Path) -> Client:
    settings.HOME = tmp_path
    return client_of("审计丙")


def export(day: str, **changed: Any) -> None:
    last = services.last()
    assert last
    words = {"seq": last.seq, "hash": last.hash, "algorithm": last.algorithm, "at": last.at, "rows": last.seq}
    selectors.heads_folder().mkdir(exist_ok=True)
    (selectors.heads_folder() / f"{day}.json").write_text(json.dumps(words | {"faults": []} | changed))


def test_narrowed_by_person_verb_record_and_day(court: Court, auditor: Client) -> None:
    court.case()
    person = court.people["林知远"].public_id
    for query, words in (
        ("actor=周既明", "收案"),
        ("verb=court.", "收案"),
        ("verb=court.case.take", "收案"),
        (f"kind=accounts.user&number={person}", "登记账号"),
        (f"number={court.people['林知远'].staff_no}", "登记账号"),
        ("kind=court.case", "收案"),
        ("day=2026-11-23", "收案"),
    ):
        page = auditor.get(f"/audit/?{query}").content.decode()
        table = page.partition("<tbody")[2]
        assert words in table and "没有符合条件的审计记录" not in page, query
    assert "收案" not in auditor.get("/audit/?kind=accounts.user").content.decode().partition("<tbody")[2]
    assert "没有符合条件的审计记录" in auditor.get("/audit/?day=2020-01-01").content.decode()
    assert "没有符合条件的审计记录" in auditor.get("/audit/?actor=无此人").content.decode()


def test_pages_by_number_leave_none_out_and_repeat_none(court: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "PAGE_SIZE", 7)
    viewer, seen = court.viewer("审计丙"), []
    page = selectors.entry_page(viewer, Wanted())
    while True:
        seen += [entry.seq for entry in page.rows]
        if page.older is None:
            break
        page = selectors.entry_page(viewer, Wanted(), after=page.older)
    assert seen == list(range(Entry.objects.count(), 0, -1))
    back = selectors.entry_page(viewer, Wanted(), before=seen[-1])
    assert [entry.seq for entry in back.rows] == list(range(8, 1, -1))


def test_nobody_else_reads_an_entry(court: Court) -> None:
    for name in ("系统甲", "安全乙", "裴院长", "程砚之"):
        assert not selectors.entries(court.viewer(name), Wanted()).exists()
        assert selectors.heads(court.viewer(name)) == []


def test_the_verdict_names_what_was_changed(court: Court, auditor: Client) -> None:
    export("2026-11-22")
    whole = auditor.post("/audit/verify/").content.decode()
    assert "没有断点" in whole and "已与2026年11月22日导出的链头" in whole
    assert Entry.objects.latest("seq").verb == "audit.verify"
    triggers.remove(connection)
    Entry.objects.filter(seq=3).update(actor_name="他人")
    broken = auditor.post("/audit/verify/").content.decode()
    assert "第 3 号：内容与哈希不符：本条被改动。" in broken
    assert "防改触发器不全" in broken


def test_a_head_that_no_longer_matches_is_shown(court: Court, auditor: Client) -> None:
    export("2026-11-20")
    export("2026-11-21", hash="f" * 64)
    export("2026-11-22", seq=10**6)
    (selectors.heads_folder() / "2026-11-23.json").write_text("[1]")
    told = {one.day[-2:]: one.match for one in selectors.heads(court.viewer("审计丙"))}
    assert told == {"20": "相符", "21": "不符", "22": "已被截去", "23": "读不出"}
    assert "有 3 份链头与现在的链不符" in auditor.get("/audit/heads/").content.decode()
    assert "现在的链与这一份不符" in auditor.get("/audit/heads/2026-11-21/").content.decode()
    assert "审计员签字" in auditor.get("/audit/heads/2026-11-20/").content.decode()
    assert "读不出" in auditor.get("/audit/heads/2026-11-23/").content.decode()
    assert auditor.get("/audit/heads/2026-01-01/").status_code == 404
