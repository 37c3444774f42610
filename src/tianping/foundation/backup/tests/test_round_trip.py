"""备份、恢复一来一回：the demo court, while somebody goes on writing; served again from the restored home."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

from tianping.demo.people import PASSWORD
from tianping.foundation.backup.archive import verify
from tianping.foundation.backup.tests.conftest import ROOT, at_home, environment, server

WRITER = """
import os, django
django.setup()
from django.db import transaction
from django.utils import timezone
from tianping.foundation import files
from tianping.foundation.accounts.viewer import system
from tianping.foundation.audit import services as audit
now = timezone.now()
while True:
    sha256 = files.keep(os.urandom(3000))
    with transaction.atomic():
        audit.write("test.kept", on="test", by=system("测试", on=now.date()), at=timezone.now(), sha256=sha256)
    print(sha256, flush=True)
"""

PEOPLE = """
import django
django.setup()
from django.utils import timezone
from tests.cast import court_with_its_people
from tianping.foundation import files
court_with_its_people(timezone.now())
files.keep(b"proof")
"""


def tables(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}


def hashes(home: Path) -> dict[str, str]:
    files = (p for p in (home / "files").rglob("*") if p.is_file())
    return {str(p.relative_to(home)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def restore(archive: Path, home: Path, key: Path, *more: str, **env: str) -> subprocess.CompletedProcess[str]:
    around = environment(TIANPING_SECRET_KEY_FILE=str(key), **env)
    return server("restore", str(archive), "--home", str(home), *more, env=around)


def test_while_a_writer_goes_on(demo: Path, tmp_path: Path) -> None:
    home, key = tmp_path / "court", tmp_path / "secret-key"
    shutil.copytree(demo, home, ignore=shutil.ignore_patterns("static"))
    shutil.move(home / "secret-key", key)
    env = {**at_home(home, key), "DJANGO_SETTINGS_MODULE": "tianping.config.settings"}
    out = tmp_path / "court.tar"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as writer:
        assert writer.stdout is not None
        before = [writer.stdout.readline().strip() for _ in range(5)]
        done = server("backup", str(out), env=env)
        after = writer.stdout.readline().strip()
        assert writer.poll() is None, "写的一方没有被备份挡住"
        writer.kill()
    assert done.returncode == 0, done.stderr
    manifest = verify(out)
    assert set(manifest.contents.tables) == set(tables(home / "tianping.sqlite3"))
    assert manifest.contents.tables["audit_entry"] < tables(home / "tianping.sqlite3")["audit_entry"]

    new = tmp_path / "new"
    new.mkdir()
    done = restore(out, new, key)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(home)  # a restored court stands on its own
    restored = tables(new / "tianping.sqlite3")
    assert restored == manifest.contents.tables | {"audit_entry": manifest.contents.tables["audit_entry"] + 1}
    for table, rows in manifest.contents.tables.items():
        assert re.search(rf"^  {table}  {rows}$", done.stdout, re.MULTILINE)
    on_disk = hashes(new)
    assert on_disk == {name: sha for name, sha in manifest.members.items() if name.startswith("files/")}
    with closing(sqlite3.connect(new / "tianping.sqlite3")) as connection:
        kept = [
            json.loads(row)["sha256"]
            for (row,) in connection.execute("SELECT changes FROM audit_entry WHERE verb='test.kept'")
        ]
    assert set(before) <= set(kept) and after not in before
    assert {f"files/{sha[:2]}/{sha}" for sha in kept} <= set(on_disk), "库里写到的文件都在"
    assert {p.name for p in new.parent.iterdir()} == {"court.tar", "new", "secret-key"}, "旁边不留东西"
    checked = server("audit", "verify", env=at_home(new, key))
    assert checked.returncode == 0 and "全链完好" in checked.stdout


def test_the_restored_court_serves_its_pages(archive: Path, key: Path, tmp_path: Path) -> None:
    home = tmp_path / "new"
    assert restore(archive, home, key).returncode == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = at_home(home, key) | {"TIANPING_DEBUG": "true"}  # static files are served where they lie
    command = [
        sys.executable,
        "-m",
        "tianping.config.commands.main",
        "run",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "1",
    ]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
            address = f"http://127.0.0.1:{port}"
            page = _open(browser, f"{address}/login/?next=/findings/")
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
            assert token
            said = {"csrfmiddlewaretoken": token[1], "username": "LJ0019", "password": PASSWORD, "next": "/findings/"}
            page = _open(browser, f"{address}/login/", urlencode(said).encode())
            assert "问题" in page and re.search(r"2026-问-\d{4}", page)
        finally:
            running.terminate()


def _open(browser: urllib.request.OpenerDirector, address: str, data: bytes | None = None) -> str:
    for _ in range(100):
        try:
            with browser.open(address, data, timeout=10) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            if data is not None:
                raise
            time.sleep(0.2)
    raise AssertionError("服务没有起来")


class TestBackupRefused:
    def test_over_what_is_there(self, archive: Path, demo: Path, key: Path) -> None:
        was = archive.read_bytes()
        done = server("backup", str(archive), env=at_home(demo, key))
        assert (done.returncode, done.stderr.count("\n")) == (1, 1) and "不覆盖" in done.stderr
        assert archive.read_bytes() == was

    def test_into_a_folder_that_is_not_there(self, demo: Path, key: Path, tmp_path: Path) -> None:
        done = server("backup", str(tmp_path / "no" / "x.tar"), env=at_home(demo, key))
        assert done.returncode == 1 and "先建好目录" in done.stderr

    def test_the_secret_key_is_not_in_it(self, archive: Path, key: Path) -> None:
        assert key.read_bytes().strip() not in archive.read_bytes()
        assert "密钥" in verify(archive).kept_apart

    def test_a_damaged_file_is_kept_as_it_is_and_named(self, demo: Path, key: Path, tmp_path: Path) -> None:
        home = tmp_path / "court"
        shutil.copytree(demo, home, ignore=shutil.ignore_patterns("static"))
        victim = sorted((home / "files").rglob("*"))[-1]
        victim.write_bytes(b"not what it was")
        out = tmp_path / "x.tar"
        done = server("backup", str(out), env=at_home(home, key))
        assert done.returncode == 1 and victim.name in done.stderr
        assert verify(out).damaged == (f"files/{victim.parent.name}/{victim.name}",)
        done = restore(out, tmp_path / "new", key)
        assert done.returncode == 1 and victim.name in done.stderr
        assert (tmp_path / "new/files" / victim.parent.name / victim.name).read_bytes() == b"not what it was"


class TestRestoreRefused:
    def test_into_a_home_with_something_in_it(self, archive: Path, key: Path, tmp_path: Path) -> None:
        (tmp_path / "home").mkdir()
        (tmp_path / "home" / "note").write_text("mine")
        done = restore(archive, tmp_path / "home", key)
        assert done.returncode == 1 and "不是空目录" in done.stderr and done.stderr.count("\n") == 1
        assert [p.name for p in (tmp_path / "home").iterdir()] == ["note"]

    def test_a_sqlite_archive_into_postgresql(self, archive: Path, key: Path, tmp_path: Path) -> None:
        done = restore(archive, tmp_path / "home", key, TIANPING_DATABASE="postgresql://x@127.0.0.1:1/x")
        assert done.returncode == 1 and "不提供两种数据库之间的恢复" in done.stderr
        assert not (tmp_path / "home").exists()

    def test_a_database_outside_the_home(self, archive: Path, key: Path, tmp_path: Path) -> None:
        done = restore(archive, tmp_path / "home", key, TIANPING_DATABASE=f"sqlite://{tmp_path}/elsewhere.sqlite3")
        assert done.returncode == 1 and "不在" in done.stderr

    def test_without_the_key(self, archive: Path, tmp_path: Path) -> None:
        done = server("restore", str(archive), "--home", str(tmp_path / "home"), env=environment())
        assert done.returncode == 2 and "缺密钥" in done.stderr and not (tmp_path / "home").exists()

    def test_with_another_key_unless_one_says_so(self, archive: Path, tmp_path: Path) -> None:
        other = tmp_path / "other-key"
        other.write_text("another " * 8)
        done = restore(archive, tmp_path / "home", other)
        assert done.returncode == 1 and "不是同一把" in done.stderr and not (tmp_path / "home").exists()
        assert restore(archive, tmp_path / "home", other, "--other-key").returncode == 0

    def test_a_file_that_is_not_there(self, key: Path, tmp_path: Path) -> None:
        done = restore(tmp_path / "none.tar", tmp_path / "home", key)
        assert done.returncode == 2 and done.stderr.count("\n") == 1


@pytest.mark.postgres
class TestPostgresql:
    """Each test has databases of its own beside the test run's."""

    @pytest.fixture
    def address(self) -> str:
        url = urlsplit(os.environ["TIANPING_TEST_DATABASE"])
        return f"{url.scheme}://{url.netloc}"

    @pytest.fixture
    def databases(self, address: str) -> tuple[str, str]:
        names = ("tianping_backup_old", "tianping_backup_new")
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            for name in names:
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
                connection.execute(f"CREATE DATABASE {name}")
        return f"{address}/{names[0]}", f"{address}/{names[1]}"

    def test_there_and_back(self, databases: tuple[str, str], tmp_path: Path) -> None:
        old, new = databases
        key = tmp_path / "key"
        key.write_text("a key for a test " * 3)
        env = environment(
            TIANPING_HOME=str(tmp_path / "home"), TIANPING_DATABASE=old, TIANPING_SECRET_KEY_FILE=str(key)
        )
        assert server("migrate", env=env).returncode == 0
        script = [sys.executable, "-c", PEOPLE]
        subprocess.run(script, cwd=ROOT, env={**env, "DJANGO_SETTINGS_MODULE": "tianping.config.settings"}, check=True)
        out = tmp_path / "court.tar"
        done = server("backup", str(out), env=env)
        assert done.returncode == 0, done.stderr
        manifest = verify(out)
        assert manifest.database == "postgresql" and manifest.contents.tables["accounts_user"] > 10

        done = restore(out, tmp_path / "new", key, TIANPING_DATABASE=new)
        assert done.returncode == 0, done.stderr
        with psycopg.connect(new) as connection:
            for table, rows in manifest.contents.tables.items():
                (now,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # type: ignore[misc]
                assert now == rows + (table == "audit_entry"), table
        assert len(hashes(tmp_path / "new")) == 1
        checked = server("audit", "verify", env={**env, "TIANPING_DATABASE": new})
        assert checked.returncode == 0, checked.stderr

        again = restore(out, tmp_path / "again", key, TIANPING_DATABASE=new)
        assert again.returncode == 1 and "张表，不往里恢复" in again.stderr and not (tmp_path / "again").exists()
        crossing = restore(out, tmp_path / "again", key, TIANPING_DATABASE=f"sqlite://{tmp_path}/again/x.sqlite3")
        assert crossing.returncode == 1 and "不提供两种数据库之间的恢复" in crossing.stderr

    def test_without_the_client(self, databases: tuple[str, str], tmp_path: Path) -> None:
        env = environment(
            TIANPING_HOME=str(tmp_path),
            TIANPING_DATABASE=databases[0],
            TIANPING_SECRET_KEY="x" * 40,
            PATH=str(tmp_path),
        )
        done = server("backup", str(tmp_path / "x.tar"), env=env)
        assert done.returncode == 2 and "本机没有 pg_dump" in done.stderr and done.stderr.count("\n") == 1
        assert not (tmp_path / "x.tar").exists()
