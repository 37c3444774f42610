"""到期清理：what is over goes after its days, what is needed stays, and the chain counts both."""

from __future__ import annotations

import json
import os
import re
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as configured
from django_tasks_db.models import DBTaskResult

import tianping
from tests.authz.world import JUDGMENT
from tests.cast import Court
from tests.conftest import court, files_home, now
from tianping.evidence.documents.services import document_take
from tianping.foundation import files
from tianping.foundation.accounts.viewer import system
from tianping.foundation.audit.models import Entry
from tianping.foundation.imports.models import Import, ImportBatch
from tianping.foundation.jobs import keeping, services
from tianping.foundation.jobs.models import Job, JobStep
from tianping.foundation.jobs.registry import job
from tianping.foundation.parameters import services as parameters

__all__ = ["court", "files_home", "now"]
pytestmark = pytest.mark.django_db


@job("keeping", title="清理的试样")
def _nothing(progress: object) -> None:
    return None


def told(verb: str) -> list[dict[str, Any]]:
    return [json.loads(entry.changes) for entry in Entry.objects.filter(verb=verb).order_by("seq")]


def finished(court: Court, who: str, days: int, state: str = "succeeded") -> Job:
    made = services.job_enqueue(kind="keeping", title="试样", arguments={}, by=court.viewer(who), at=court.now)
    Job.objects.filter(pk=made.pk).update(state=state, finished_at=court.now - timedelta(days=days))
    return made


class TestJobs:
    def test_what_is_over_goes_with_its_timeline_and_ticket(self, court: Court) -> None:
        old, young = finished(court, "周既明", 181), finished(court, "周既明", 179)
        assert keeping.prune_jobs(system("清理", on=court.today), court.now) == 1
        assert list(Job.objects.values_list("pk", flat=True)) == [young.pk]
        assert not JobStep.objects.filter(job_id=old.pk).exists()
        assert not DBTaskResult.objects.filter(pk=old.ticket).exists()
        assert DBTaskResult.objects.filter(pk=young.ticket).exists()
        assert told("jobs.prune") == [{"count": 1, "kinds": ["keeping"]}]

    def test_what_waits_or_runs_stays_however_old(self, court: Court) -> None:
        finished(court, "周既明", 999, state="queued")
        assert keeping.prune_jobs(system("清理", on=court.today), court.now) == 0
        assert told("jobs.prune") == []

    def test_each_court_has_its_own_days(self, court: Court) -> None:
        proposed = parameters.value_propose(
            court=court.organisations["LJ"],
            code=keeping.JOBS,
            value=Decimal(30),
            basis="院务会决定",
            since=court.today,
            by=court.viewer("周既明"),
            at=court.now,
        )
        parameters.value_approve(value_id=proposed.pk, reason="同意", by=court.viewer("裴院长"), at=court.now)
        finished(court, "周既明", 31)
        theirs = finished(court, "陶思源", 31)
        assert keeping.prune_jobs(system("清理", on=court.today), court.now) == 1
        assert list(Job.objects.values_list("pk", flat=True)) == [theirs.pk]


class TestImports:
    def one(self, court: Court, state: str, days: int) -> Import:
        moment = court.now - timedelta(days=days)
        found = Import.objects.create(
            court=court.organisations["LJ"],
            schema="cases",
            source="案件系统",
            file_name="案件.xlsx",
            sha256="0" * 64,
            size=1,
            state=state,
            samples=[["（2026）江0102民初1号"]],
            refusals=[{"row": 2}],
            received_at=moment,
            expires_at=moment,
            written_at=moment if state in ("written", "undone") else None,
            undone_at=moment if state == "undone" else None,
        )
        ImportBatch.objects.create(source=found, digest="0" * 64, packed=b"")
        return found

    def test_the_rows_of_what_was_never_written_or_taken_back_go_and_the_import_stays(self, court: Court) -> None:
        gone = [self.one(court, "dropped", 91), self.one(court, "undone", 91)]
        kept = [self.one(court, "dropped", 89), self.one(court, "written", 999), self.one(court, "tried", 999)]
        assert keeping.prune_imports(system("清理", on=court.today), court.now) == 2
        assert {one.pk for one in Import.objects.filter(samples=[])} == {one.pk for one in gone}
        assert set(ImportBatch.objects.values_list("source_id", flat=True)) == {one.pk for one in kept}
        assert told("imports.prune") == [{"batches": 2, "count": 2}]
        assert keeping.prune_imports(system("清理", on=court.today), court.now) == 0, "nothing is left to remove"


class TestFiles:
    def keep(self, data: bytes, days: int, now: datetime) -> Path:
        sha256 = files.keep(data)
        place = files._place(sha256)
        moment = (now - timedelta(days=days)).timestamp()
        os.utime(place, (moment, moment))
        return place

    def test_what_no_row_names_goes_after_its_days(self, court: Court, files_home: Path) -> None:
        orphan, young = self.keep(b"rolled back", 31, court.now), self.keep(b"perhaps still coming", 29, court.now)
        assert keeping.prune_files(system("清理", on=court.today), court.now) == 1
        assert (orphan.exists(), young.exists()) == (False, True)
        assert told("files.prune") == [{"count": 1, "size": len(b"rolled back")}]

    def test_what_a_row_names_stays_however_old(self, court: Court, files_home: Path) -> None:
        court.case(9001)
        text = JUDGMENT.format(court=court.organisations["LJ"].name[3:6], number=9001, judge="林知远")
        document_take(data=text.encode(), name="判决书.txt", by=court.viewer("周既明"), at=court.now)
        for place in files_home.glob("??/*"):
            os.utime(place, (0, 0))
        assert keeping.prune_files(system("清理", on=court.today), court.now) == 0
        assert len(list(files_home.glob("??/*"))) == 1

    def test_whoever_keeps_the_same_bytes_meanwhile_keeps_them(self, court: Court, files_home: Path) -> None:
        place = self.keep(b"the same", 31, court.now)
        asked: list[set[str]] = []

        def named(hashes: set[str]) -> set[str]:
            asked.append(hashes)
            if len(asked) == 1:  # between the first look and the sweeping
                files.keep(b"the same")
            return set()

        assert files.sweep(older_than=court.now - timedelta(days=30), named=named) == (0, 0)
        assert place.read_bytes() == b"the same"

    def test_a_sweep_cut_short_is_put_right_by_the_next(self, court: Court, files_home: Path) -> None:
        place = self.keep(b"put aside", 1, court.now)
        place.rename(place.with_name(place.name + files.ASIDE))
        assert files.sweep(older_than=court.now - timedelta(days=30), named=lambda hashes: set()) == (0, 0)
        assert place.read_bytes() == b"put aside"

    def test_every_place_that_keeps_files_is_asked(self) -> None:
        """A module that calls files.keep has a model among those that are asked."""
        asked = {apps.get_model(model).__module__.rpartition(".")[0] for model, _ in configured.FILES_NAMED_BY}
        root = Path(tianping.__file__).parent
        for path in root.rglob("*.py"):
            if "tests" not in path.parts and re.search(r"\bfiles\.keep\(", path.read_text("utf-8")):
                package = "tianping." + ".".join(path.relative_to(root).parent.parts)
                assert package in asked, f"{path} 存文件，但 settings.FILES_NAMED_BY 没有列出哪一列指向它"


def test_all_of_it_is_one_line_for_the_schedule(court: Court, files_home: Path) -> None:
    finished(court, "周既明", 181)
    done = keeping.prune(court.now)
    assert done == "清理已结束的任务 1 项，未写入的导入数据 0 项，无主文件 0 个"
