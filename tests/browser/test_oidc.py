"""统一身份认证，走全程：the browser goes to a provider in another process and comes back signed in — or does not."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ROOT, _free_port

SECRET = secrets.token_urlsafe(32)


def _up(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            assert process.poll() is None, process.stdout and process.stdout.read().decode()
            time.sleep(0.2)
    raise AssertionError(f"{address} 30 秒内没有起来")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("oidc")


@pytest.fixture(scope="module")
def court(home: Path) -> Iterator[str]:
    """A court of two people whose sign-in page offers the provider; both servers are real and end with the tests."""
    provided, served = _free_port(), _free_port()
    provider = f"http://127.0.0.1:{provided}"
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("TIANPING_", "DJANGO_"))}
    environment = clean | {
        "TIANPING_SECRET_KEY": "oidc-" + "0" * 32,
        "TIANPING_HOME": str(home),
        "TIANPING_DATABASE": f"sqlite://{home}/court.sqlite3",
        "TIANPING_HTTPS": "false",
        "TIANPING_VENDOR_ASSETS": str(ROOT / "build" / "vendor"),
        "TIANPING_OIDC_ISSUER": provider,
        "TIANPING_OIDC_AUTHORIZATION": f"{provider}/authorize",
        "TIANPING_OIDC_TOKEN": f"{provider}/token",
        "TIANPING_OIDC_USERINFO": f"{provider}/userinfo",
        "TIANPING_OIDC_JWKS": f"{provider}/jwks",
        "TIANPING_OIDC_CLIENT_ID": "tianping",
        "TIANPING_OIDC_CLIENT_SECRET": SECRET,
    }

    def command(*words: str) -> list[str]:
        return [sys.executable, "-m", "tianping.config.commands.main", *words]

    for words in (
        ("migrate",),
        ("court", "open", "--name", "江州市临江区人民法院", "--code", "LJ"),
        ("account", "add", "--staff-no", "J1", "--name", "周既明"),
        ("account", "appoint", "--staff-no", "J1", "--role", "审管办", "--organisation", "LJ"),
        ("account", "add", "--staff-no", "J2", "--name", "叶清禾"),
        ("account", "appoint", "--staff-no", "J2", "--role", "干警", "--organisation", "LJ"),
        ("account", "leave", "--staff-no", "J2", "--last-day", "2026-01-31"),
    ):
        since = ("--since", "2026-01-05") if words[:2] == ("account", "appoint") else ()
        done = subprocess.run(command(*words, *since), env=environment, cwd=ROOT, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stderr.decode()
    running: list[subprocess.Popen[bytes]] = []
    try:
        script = [sys.executable, str(ROOT / "tests" / "browser" / "oidc_provider.py"), str(provided), SECRET]
        for words, address in (
            (script, f"{provider}/jwks"),
            (command("run", "--bind", f"127.0.0.1:{served}"), f"http://127.0.0.1:{served}/login/"),
        ):
            running.append(
                subprocess.Popen(words, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            )
            _up(address, running[-1])
        yield f"http://127.0.0.1:{served}"
    finally:
        for process in running:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def page(browser: Browser, court: str) -> Iterator[Page]:
    context = browser.new_context(base_url=court, locale="zh-CN")
    yield context.new_page()
    context.close()


def come_in(page: Page, staff_no: str) -> None:
    """From our sign-in page to the provider's, and wherever it leads from there."""
    page.goto("/login/")
    page.get_by_role("link", name="用统一身份认证登录").click()
    page.fill("input[name=staff_no]", staff_no)
    page.click("button")
    page.wait_for_load_state()


def people(home: Path) -> int:
    with sqlite3.connect(home / "court.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM accounts_user").fetchone()[0])


def test_whoever_the_provider_knows_comes_in_with_their_own_sight(page: Page, court: str) -> None:
    come_in(page, "J1")
    assert re.fullmatch(rf"{court}/", page.url)
    assert "周既明" in page.inner_text("body")
    page.goto("/cases/import/")
    assert "导入" in page.inner_text("h1"), "the appointment here says what opens, not the provider"
    assert page.goto("/accounts/people/").status == 404  # type: ignore[union-attr]


def test_signing_out_here_leaves_nobody_signed_in(page: Page) -> None:
    come_in(page, "J1")
    page.context.clear_cookies()
    page.goto("/cases/")
    assert "/login/" in page.url


@pytest.mark.parametrize(
    "staff_no",
    ["J9", "j1", "J2", "FORGE-J1"],
    ids=["nobody of ours", "another spelling", "whoever has left", "a token signed by another key"],
)
def test_whoever_is_not_known_here_stays_outside_and_is_not_registered(page: Page, home: Path, staff_no: str) -> None:
    before = people(home)
    come_in(page, staff_no)
    assert "/login/" in page.url
    assert "统一身份认证" in page.inner_text("main")
    page.goto("/cases/")
    assert "/login/" in page.url
    assert people(home) == before


def test_a_code_that_somebody_else_asked_for_opens_nothing(browser: Browser, page: Page, court: str) -> None:
    """An address with a code of one browser, opened in another: the state it carries is not this browser's."""
    page.goto("/login/")
    page.get_by_role("link", name="用统一身份认证登录").click()
    page.wait_for_url("**/authorize?**")
    asked = urlsplit(page.url)
    provider = http.client.HTTPConnection(asked.netloc, timeout=10)
    provider.request("POST", "/authorize", f"{asked.query}&staff_no=J1")
    stolen = provider.getresponse().headers["Location"]
    assert stolen.startswith(f"{court}/oidc/callback/?code=")
    with browser.new_context(base_url=court, locale="zh-CN") as context:
        other = context.new_page()
        other.goto(stolen)
        other.goto("/cases/")
        assert "/login/" in other.url
