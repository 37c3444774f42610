"""每日备份：one a day into the folder that was set; old ones of its own go, nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import Court
from tests.conftest import NOW, client_of, court, now
from tianping.foundation.audit.models import Entry
from tianping.foundation.backup import recording
from tianping.foundation.backup.making import BackupRefused, Made
from tianping.foundation.backup.manifest import ArchiveRefused, Contents, Manifest
from tianping.foundation.backup.selectors import backup_state

__all__ = ["client_of", "court", "now"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.BACKUP_DIR, settings.BACKUP_KEEP_DAYS = tmp_path / "daily", 3

    def made(*, out: Path, **_: Any) -> Made:  # the test's own transaction cannot be copied from outside
        out.write_bytes(b"archive")
        return Made(out, Manifest("", "", "sqlite", Contents({}, 7, "h"), "", {}), 7, "sha")

    monkeypatch.setattr(recording, "backup", made)
    monkeypatch.setattr(recording, "verify", lambda out: None)
    return tmp_path / "daily"


def test_nothing_where_no_folder_is_set(settings: Any) -> None:
    settings.BACKUP_DIR = None
    assert "没有设" in recording.daily_backup(NOW)


def test_once_a_day_and_so_many_kept(folder: Path) -> None:
    folder.mkdir()
    (folder / "tianping-by-hand.tar").write_bytes(b"mine")
    for day in range(6):
        recording.daily_backup(NOW + timedelta(days=day))
        assert "已在" in recording.daily_backup(NOW + timedelta(days=day, hours=2))
    assert sorted(p.name for p in folder.iterdir()) == [
        "tianping-2026-11-26.tar",
        "tianping-2026-11-27.tar",
        "tianping-2026-11-28.tar",
        "tianping-by-hand.tar",
    ]
    assert Entry.objects.filter(verb="backup.make", object="backup").count() == 6


class TestWhatTheSystemAdministratorReads:
    def test_nothing_was_ever_backed_up(self, court: Court, settings: Any, client_of: Callable[[str], Client]) -> None:
        settings.BACKUP_DIR = None
        state = backup_state(court.viewer("系统甲"), NOW)
        assert state is not None and (state.word, state.last) == ("还没有备份", None)
        page = client_of("系统甲").get("/jobs/operations/").content.decode()
        assert "还没有备份" in page and "没有设 TIANPING_BACKUP_DIR" in page

    def test_when_how_large_and_read_back(self, court: Court, folder: Path, client_of: Callable[[str], Client]) -> None:
        recording.daily_backup(NOW)
        state = backup_state(court.viewer("系统甲"), NOW + timedelta(hours=20))
        assert state is not None and state.last is not None
        assert (state.word, state.last.verified, state.last.size) == ("正常", True, 7)
        page = client_of("系统甲").get("/jobs/operations/").content.decode()
        assert "tianping-2026-11-23.tar，0.1 MB，已整份重读核对" in page
        assert "sha" not in page.partition("备份")[2].partition("定时工作")[0]
        late = backup_state(court.viewer("系统甲"), NOW + timedelta(days=3))
        assert late is not None and (late.word, late.why) == ("备份过久", "已有 3 天没有备份。请看运行日志。")

    def test_one_made_by_hand_and_not_read_back_says_so(self, court: Court, folder: Path) -> None:
        folder.mkdir()
        recording.backup_make(out=folder / "a.tar", by=court.viewer("系统甲"), at=NOW)
        state = backup_state(court.viewer("系统甲"), NOW)
        assert state is not None and (state.word, state.kind) == ("未核对", "waiting")

    def test_one_that_does_not_read_back_is_no_backup(
        self, court: Court, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(out: Path) -> None:
            raise ArchiveRefused("缺损")

        monkeypatch.setattr(recording, "verify", refuse)
        with pytest.raises(BackupRefused, match="与清单不符"):
            recording.daily_backup(NOW)
        state = backup_state(court.viewer("系统甲"), NOW)
        assert state is not None and (state.word, state.kind) == ("备份有损坏", "overdue")
        monkeypatch.setattr(recording, "verify", lambda out: None)
        assert "MB" in recording.daily_backup(NOW + timedelta(minutes=15)), "坏的不算今天的一份，再做一份"
        assert sorted(p.name for p in folder.iterdir()) == ["tianping-2026-11-23.damaged", "tianping-2026-11-23.tar"]

    @pytest.mark.parametrize("who", ["安全乙", "审计丙", "裴院长", "周既明"])
    def test_nobody_else(self, court: Court, folder: Path, who: str) -> None:
        recording.daily_backup(NOW)
        assert backup_state(court.viewer(who), NOW) is None
