"""审计的字：every verb the program can write has words, and an entry says what was before and after."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

import tianping
from tests.authz.world import build
from tests.cast import Court
from tests.conftest import client_of, court, files_home, now
from tianping.config.audit_words import FIELDS, RECORDS, STATES, VERBS, WORDS
from tianping.foundation import loop
from tianping.foundation.audit.models import Entry

__all__ = ["client_of", "court", "files_home", "now"]
SOURCE = Path(tianping.__file__).parent


def written() -> Iterator[tuple[str, ast.expr]]:
    """The first argument of each call that writes to the chain."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = ast.unparse(node.func)
            if name in ("audit.write", "services.write", "_audit"):
                yield f"{path.name}:{node.lineno}", node.args[0]


def test_every_verb_that_can_be_written_has_words() -> None:
    found, without = 0, []
    for where, verb in written():
        match verb:
            case ast.Constant(value=str(code)):
                found += 1
                without += [f"{where} {code}"] if code not in VERBS else []
            case ast.JoinedStr(values=[ast.Constant(value=prefix), *_]):
                found += 1
                without += [f"{where} {prefix}…"] if not any(code.startswith(str(prefix)) for code in VERBS) else []
    assert not without, f"tianping/config/audit_words.py 没有这些动作的字：{without}"
    assert found > 50


@pytest.mark.django_db
def test_the_records_and_fields_of_a_court_at_work_have_words(court: Court, files_home: Path) -> None:
    build(court)
    loop.run(court.now)
    without = set()
    for entry in Entry.objects.all():
        without |= {entry.verb} - VERBS.keys()
        without |= {entry.object.partition(":")[0]} - RECORDS.keys()
        without |= json.loads(entry.changes).keys() - FIELDS.keys() - {"was"}
    assert without == set()


class TestAnEntry:
    def test_says_before_and_after(self) -> None:
        stored = json.dumps({"source": "answered", "target": "verified", "round": 1})
        assert WORDS.changes("findings.finding.verify", stored, {}) == [
            f"状态：{STATES['findings.finding']['answered']} → {STATES['findings.finding']['verified']}",
            "第几轮：1",
        ]
        stored = json.dumps({"was": "2026-10-01", "due": "2026-10-09"})
        assert WORDS.changes("findings.finding.postpone", stored, {}) == ["期限：2026年10月1日 → 2026年10月9日"]
        stored = json.dumps({"source": ["LJ-M1"], "target": "LJ-M2", "since": "2026-12-01"})
        assert WORDS.changes("court.person.transfer", stored, {}) == ["部门：LJ-M1 → LJ-M2", "自：2026年12月1日"]

    def test_says_roles_people_and_nothing_in_words(self) -> None:
        stored = json.dumps({"role": "trial_office", "until": None, "owner": 7})
        assert WORDS.changes("accounts.appoint", stored, {"7": "林知远（A1）"}) == [
            "角色：审管办",
            "至：未定",
            "承办人：林知远（A1）",
        ]

    def test_names_the_kind_of_a_job_as_its_page_does(self) -> None:
        assert WORDS.changes("jobs.job.start", json.dumps({"kind": "court.cases.write", "attempts": 1}), {}) == [
            "种类：案件导入",
            "第几次运行：1",
        ]
        kinds = ["court.cases.try", "court.cases.write", "of.an.older.version"]
        assert WORDS.changes("jobs.prune", json.dumps({"kinds": kinds}), {}) == [
            "种类：案件试导、案件导入、of.an.older.version"
        ]

    def test_names_a_few_of_a_batch_and_counts_the_rest(self) -> None:
        stored = json.dumps({"records": [f"court.case:c{n}" for n in range(500)], "new": 500})
        first, second = WORDS.changes("court.cases.batch", stored, {})
        assert first == "涉及的记录：案件 c0、案件 c1、案件 c2、案件 c3、案件 c4等 500 项"
        assert second == "新增：500"

    def test_what_has_no_words_yet_is_shown_as_it_is(self) -> None:
        assert WORDS.verb("later.thing.do") == "later.thing.do"
        assert WORDS.changes("later.thing.do", json.dumps({"odd": "a" * 64}), {}) == ["odd：aaaaaaaaaaaa…"]


@pytest.mark.django_db
def test_the_page_names_the_person_and_the_entry_shows_what_is_stored(
    court: Court, client_of: Callable[[str], Client]
) -> None:
    lin = court.people["林知远"]
    auditor = client_of("审计丙")
    listed = auditor.get(f"/audit/?number={lin.staff_no}").content.decode()
    assert f"人员 林知远（{lin.staff_no}）" in listed
    table = listed.partition("<tbody")[2].partition("</tbody>")[0]
    assert "accounts.appoint" not in table and "{" not in table and "角色：干警" in table
    entry = Entry.objects.filter(verb="accounts.appoint", object=f"accounts.user:{lin.public_id}").earliest("seq")
    page = auditor.get(f"/audit/entries/{entry.seq}/").content.decode()
    for words in ("任职", "角色：干警", entry.hash, entry.previous, "accounts.appoint"):
        assert words in page
    assert auditor.get("/audit/entries/999999/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["系统甲", "安全乙", "裴院长", "程砚之"])
def test_nobody_else_opens_an_entry(court: Court, client_of: Callable[[str], Client], who: str) -> None:
    assert client_of(who).get("/audit/entries/1/").status_code == 404
