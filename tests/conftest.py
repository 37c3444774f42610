"""演员表：the court of the tests and the people in it, a line each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import settings

from tests.cast import Court, court_with_its_people
from tianping.foundation.audit import triggers
from tianping.text.lint import profile

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, a Monday

# 持续集成里同一提交只有一个结果：every other run searches from a new seed, .ci/run from the same one.
settings.register_profile("repeatable", derandomize=True)
if os.environ.get("TIANPING_NO_SKIPS") == "true":
    settings.load_profile("repeatable")

# marker: (what it needs, whether this machine has it). tools/run_tests.py names what is missing in its last line.
CAPABILITIES = {
    "browser": ("Chromium", any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))),
    "libreoffice": ("LibreOffice", shutil.which("soffice") is not None),
    "data": ("TIANPING_DATA", bool(os.environ.get("TIANPING_DATA"))),
    "postgres": ("PostgreSQL", os.environ.get("TIANPING_TEST_DATABASE", "").startswith("postgresql")),
}
# Few tests that take minutes: begun first, so that no worker is left alone with them at the end.
LONG = ("tests/authz/", "tests/browser/", "tests/api/test_walk_api", "tests/demo/", "tests/text/lint/gate/")
SQL_FIXTURES = {"db", "transactional_db", "live_server", "database"}


def _asks_postgresql(item: pytest.Item) -> bool:
    """第二遍要跑的：how a page looks in a browser does not hang on the database behind it."""
    if item.get_closest_marker("postgres"):
        return True
    touches = item.get_closest_marker("django_db") or SQL_FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(touches) and not item.get_closest_marker("browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """缺什么跳过什么；TIANPING_TEST_ONLY_SQL=true 只留碰数据库的测试（第二遍在 PostgreSQL 上跑）。"""
    for item in items:
        for marker, (need, here) in CAPABILITIES.items():
            if item.get_closest_marker(marker) and not here:
                item.add_marker(pytest.mark.skip(reason=f"缺 {need}"))
    if os.environ.get("TIANPING_TEST_ONLY_SQL") == "true":
        sql = [item for item in items if _asks_postgresql(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(sql)])
        items[:] = sql
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def _flush_past_the_triggers(flush: Callable[[TransactionTestCase], None]) -> Callable[[TransactionTestCase], None]:
    """Between transactional tests the tables are emptied, which the audit triggers refuse: they are there for that."""

    def teardown(self: TransactionTestCase) -> None:
        triggers.remove(connection)
        flush(self)
        triggers.install(connection)

    return teardown


TransactionTestCase._fixture_teardown = _flush_past_the_triggers(TransactionTestCase._fixture_teardown)  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def rules_as_shipped() -> Iterator[None]:
    """A test that changes a lint rule or its measurement must be heard, and must leave nothing to the next."""
    profile.heard.cache_clear()
    yield
    profile.heard.cache_clear()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def court(db: None) -> Court:
    """临江区人民法院及一所外院，各人任职见 tests/cast.py。"""
    return court_with_its_people(NOW)


@pytest.fixture
def files_home(settings: object, tmp_path: Path) -> Iterator[Path]:
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    yield tmp_path / "files"


@pytest.fixture
def client_of(court: Court) -> Callable[[str], Client]:
    """以某人登录的浏览器：client_of("林知远")."""

    def client(name: str) -> Client:
        browser = Client()
        browser.force_login(court.people[name], backend="tianping.foundation.accounts.backend.StaffBackend")
        return browser

    return client
