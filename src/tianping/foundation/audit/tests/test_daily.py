"""审计日报：the page that is printed and signed each day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.cast import Court
from tests.conftest import court, now
from tianping.config.commands import main as server
from tianping.foundation.audit import daily, services, triggers
from tianping.foundation.audit.models import Entry

__all__ = ["court", "now"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_it_says_where_the_chain_stands_and_what_was_done_that_day(court: Court, now: datetime) -> None:
    court.case()
    one = daily.daily(court.today, at=timezone.localtime(now))
    last = services.last()
    assert last is not None
    assert (one.seq, one.hash, one.faults) == (last.seq, last.hash, ())
    assert one.total == sum(n for _, verbs in one.counts for _, n in verbs) == Entry.objects.count()
    counts = {word: n for _, verbs in one.counts for word, n in verbs}
    assert counts["收案"] == 1
    assert counts["登记账号"] == Entry.objects.filter(verb="accounts.user.register").count()
    text, page = daily.as_text(one), daily.as_html(one)
    for words in (one.pieces, f"第 {last.seq} 号", "收案", "2026年11月23日", "没有断点", "审计员签字"):
        assert words in text and words in page, words


def test_it_names_no_record_and_nobody(court: Court, now: datetime) -> None:
    case = court.case()
    one = daily.daily(court.today, at=timezone.localtime(now))
    for printed in (daily.as_text(one), daily.as_html(one)):
        assert case.public_id not in printed and case.case_no not in printed
        assert not any(name in printed for name in court.people)


def test_another_day_has_its_own_counts_and_the_head_of_now(court: Court, now: datetime) -> None:
    one = daily.daily(court.today - timedelta(1), at=timezone.localtime(now))
    assert (one.total, one.counts) == (0, ())
    assert one.seq == Entry.objects.count()
    assert "当日记录　没有。" in daily.as_text(one)


def test_a_break_is_on_the_page_and_in_the_exit_code(
    court: Court, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = home / "日报.html"
    assert server.main(["audit", "print", "--html", str(target)]) == 0
    assert f"第 {services.last().seq} 号" in capsys.readouterr().out  # type: ignore[union-attr]
    whole = target.read_text("utf-8")
    assert whole.startswith("<!doctype html>") and not re.search(r"(src|href)=", whole), "it needs no other file"
    assert server.main(["audit", "print", "--html", str(target)]) == 2
    assert "已有的文件不覆盖" in capsys.readouterr().err
    triggers.remove(connection)
    Entry.objects.filter(seq=3).update(actor_name="他人")
    assert server.main(["audit", "print", "--day", "2026-11-23"]) == 1
    said = capsys.readouterr().out
    assert "有 2 处断点" in said and "第 3 号：内容与哈希不符：本条被改动。" in said and "防改触发器不全" in said


def test_a_day_turns_in_shanghai(court: Court, now: datetime) -> None:
    from django.db import transaction

    from tianping.foundation.accounts.viewer import system

    late = datetime.fromisoformat("2026-11-24T00:30:00+08:00")
    with transaction.atomic():
        services.write("audit.protect", on="audit.entry", by=system("测试", on=date(2026, 11, 24)), at=late)
    assert daily.daily(date(2026, 11, 24), at=timezone.localtime(late)).total == 1
