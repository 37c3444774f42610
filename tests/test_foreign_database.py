"""别人的库：what already holds tables is never built into, on SQLite and PostgreSQL alike; a sentence says so."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tianping.config.commands.main import not_ready

ROOT = Path(__file__).parents[1]
TABLE = "CREATE TABLE ledger (line integer)"
OPEN = ("court", "open", "--name", "某人民法院", "--code", "M")


def server(home: Path, database: str, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TIANPING_", "DJANGO_"))}
    said = {
        "TIANPING_SECRET_KEY": "foreign-" + "0" * 32,
        "TIANPING_HOME": str(home),
        "TIANPING_DATABASE": database,
        "TIANPING_HTTPS": "false",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    command = [sys.executable, "-m", "tianping.config.commands.main", *words]
    return subprocess.run(command, env={**kept, **said}, cwd=ROOT, capture_output=True, text=True, timeout=120)


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    for word in ("未办成：", *words):
        assert word in done.stderr, done.stderr


def test_sqlite(tmp_path: Path) -> None:
    place = tmp_path / "other.sqlite3"
    with sqlite3.connect(place) as connection:
        connection.execute(TABLE)
    address = f"sqlite://{place}"
    refused(server(tmp_path, address, "migrate"), "已有 1 张别的表", "请新建一个空库")
    refused(server(tmp_path, address, *OPEN), "请先运行 tianping-server migrate")
    with sqlite3.connect(place) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("ledger",)]


def test_a_database_that_cannot_be_reached_is_said_to_be_so(tmp_path: Path) -> None:
    refused(server(tmp_path, f"sqlite://{tmp_path}/none/there.sqlite3", *OPEN), "连不上数据库")
    refused(server(tmp_path, "postgresql://nobody@127.0.0.1:1/none", *OPEN), "连不上数据库")


@pytest.mark.postgres
def test_postgresql(tmp_path: Path) -> None:
    whole = urlsplit(os.environ["TIANPING_TEST_DATABASE"])
    name = f"other_{os.getpid()}"
    with psycopg.connect(urlunsplit(whole._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        address = urlunsplit(whole._replace(path=f"/{name}"))
        try:
            with psycopg.connect(address, autocommit=True) as inside:
                inside.execute(TABLE)
            refused(server(tmp_path, address, "migrate"), "已有 1 张别的表", "请新建一个空库")
            refused(server(tmp_path, address, *OPEN), "请先运行 tianping-server migrate")
            home = tmp_path / "demo"
            made = server(tmp_path, address, "demo", "--data", "province", "--no-serve", "--home", str(home))
            refused(made, "已有 1 张表，不往里建演示法院")
            assert not home.exists()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize(
    "words", [("loop",), ("audit", "verify"), ("migrate",), ("backup", "{home}/x.tar")], ids=" ".join
)
def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path, words: tuple[str, ...]) -> None:
    place = tmp_path / "notes.sqlite3"
    place.write_text("这是一份会议记录，不是数据库。" * 40, encoding="utf-8")
    said = [word.format(home=tmp_path) for word in words]
    refused(server(tmp_path, f"sqlite://{place}", *said), "不是 SQLite 数据库，或已损坏", "tianping-server restore")
    assert [one.name for one in tmp_path.iterdir()] == ["notes.sqlite3"]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://court:geheim@127.0.0.1:x/court", "端口应是数字"),
        ("postgresql://court:[geheim@127.0.0.1/court", "%5B"),
        ("sqlite://var/court.sqlite3", "应写绝对路径"),
        ("sqlite://", "应写绝对路径"),
        ("mysql://127.0.0.1/court", "应为 sqlite:///… 或 postgresql://…"),
    ],
)
def test_an_address_that_cannot_be_meant_is_refused(tmp_path: Path, address: str, sentence: str) -> None:
    done = server(tmp_path, address, "loop")
    assert (done.returncode, sentence in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr
    assert "geheim" not in done.stderr, "口令不说出来"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("database is locked", "正被别的程序占用"),
        ("attempt to write a readonly database", "数据库文件只读"),
        ("database or disk is full", "磁盘已满"),
        ("database disk image is malformed", "或已损坏"),
        ("no such table: audit_entry", "请先运行 tianping-server migrate"),
        ("something else", "数据库出错（something else）"),
    ],
)
def test_what_the_database_says_is_said_in_our_words(fault: str, words: str) -> None:
    assert words in not_ready(fault)
