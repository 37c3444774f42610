"""浏览器测试：the demo court, built and served as `make demo` does it, and Debian's Chromium in front of it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tianping.demo.people import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "build" / "vendor-test" / "axe.min.js"
WIDE, NARROW = {"width": 1440, "height": 1000}, {"width": 375, "height": 812}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("没有 Chromium（apt-get install chromium）")
    return {"executable_path": chromium, "args": FLAGS}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo court of its own, built by the command a newcomer runs."""
    home = tmp_path_factory.mktemp("demo") / "home"
    _server_command("demo", "--no-serve", "--home", str(home), "--anchor", "2026-11-23")
    return home


def _server_command(*words: str) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("TIANPING_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "tianping.config.commands.main", *words],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def site(demo_home: Path) -> Iterator[str]:
    """http://127.0.0.1:… served by the real server command."""
    port = _free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TIANPING_", "DJANGO_"))} | {
        "TIANPING_SECRET_KEY_FILE": str(demo_home / "secret-key"),
        "TIANPING_HOME": str(demo_home),
        "TIANPING_DATABASE": f"sqlite://{demo_home}/tianping.sqlite3",
        "TIANPING_HTTPS": "false",
    }
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "tianping.config.commands.main", "run", "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/login/", timeout=2)
                break
            except OSError:
                assert server.poll() is None, server.stdout and server.stdout.read().decode()
                time.sleep(0.2)
        else:
            raise AssertionError("服务 20 秒内没有起来")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def signed_in(browser: Browser, site: str, demo_home: Path) -> Iterator[Callable[..., Page]]:
    """signed_in("周既明", width=375) 打开一个已登录的页面；同一个人只登录一次。"""
    cookies: dict[str, Any] = {}
    contexts: list[BrowserContext] = []
    numbers = _staff_numbers(demo_home)

    def open_page(name: str, *, viewport: dict[str, int] = WIDE, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport=viewport,
            locale="zh-CN",
            java_script_enabled=script,
            storage_state=cookies.get(name),
        )
        contexts.append(context)
        page = context.new_page()
        if name not in cookies:
            page.goto("/login/")
            page.fill("input[name=username]", numbers[name])
            page.fill("input[name=password]", PASSWORD)
            page.click("form button[type=submit]")
            page.wait_for_url(re.compile(r"/(administration/)?$"))
            cookies[name] = context.storage_state()
        return page

    yield open_page
    for context in contexts:
        context.close()


def _staff_numbers(home: Path) -> dict[str, str]:
    import sqlite3

    with sqlite3.connect(home / "tianping.sqlite3") as database:
        return dict(database.execute("SELECT name, staff_no FROM accounts_user"))


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("没有 axe（make assets）")
    return AXE.read_text(encoding="utf-8")
