"""每个人、每一页：no serious accessibility violation, nothing beyond the screen's edge, nothing from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE

DEPTH = 2  # from the home page to the lists, from the lists to their first records
SAME_KIND = 2  # so many records of one list are opened


def _kind(address: str) -> str:
    """An address without its record: /findings/abc123/ and /findings/xyz789/ are one page."""
    parts = [part for part in address.split("?")[0].split("/") if part]
    return "/".join(part if part.islower() and part.isascii() and "_" not in part else "*" for part in parts)


def _pages(page: Page) -> list[str]:
    """What can be reached by links from the home page, a few of each kind."""
    seen, queue, kinds = ["/"], [("/", 0)], {"": 1}
    while queue:
        address, depth = queue.pop(0)
        if depth == DEPTH:
            continue
        page.goto(address)
        for link in page.eval_on_selector_all("a[href^='/']", "links => links.map(a => a.getAttribute('href'))"):
            link = link.split("#")[0]
            if "format=xlsx" in link or link.endswith("/file/") or "/proofs/" in link or link in seen:
                continue
            kind = _kind(link)
            if kinds.get(kind, 0) >= SAME_KIND or "?" in link:
                continue
            kinds[kind] = kinds.get(kind, 0) + 1
            seen.append(link)
            queue.append((link, depth + 1))
    return seen


def _serious(page: Page, axe: str) -> list[str]:
    # Playwright evaluates through the debugger, so the page's own content security policy stays as it is.
    page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{v['id']}: {v['help']} — {v['nodes'][0]['html'][:160]}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("name", ["林知远", "贺清和", "周既明", "裴景行", "簿鉴明"])
def test_every_page_a_person_can_reach_is_sound(name: str, signed_in: Callable[..., Page], axe: str, site: str) -> None:
    page = signed_in(name)
    faults: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda m: faults.append(f"{page.url} 控制台：{m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda e: faults.append(f"{page.url} 脚本：{e}"))
    page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith((site, "data:")) else None)
    reached = _pages(page)
    for address in reached:
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            answer = page.goto(address)
            assert answer and answer.status == 200, f"{address} 答 {answer and answer.status}"
            assert page.locator("h1").count() == 1, f"{address} 应有且只有一个大标题"
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if beyond > 0:
                faults.append(f"{address} 在 {size['width']} 像素宽处超出 {beyond} 像素")
        faults += [f"{address} {fault}" for fault in _serious(page, axe)]
    assert faults == []
    assert foreign == []


def test_the_sign_in_page_is_sound(browser: Any, site: str, axe: str) -> None:
    page = browser.new_page(viewport=NARROW)
    page.goto(f"{site}/login/")
    assert _serious(page, axe) == []
    page.close()
