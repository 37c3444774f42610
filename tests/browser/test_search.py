"""查找与接口说明：from the top bar without script, by the key /, and with nothing the security policy forbids."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import ConsoleMessage, Page, expect

from tests.browser.conftest import NARROW


def test_the_top_bar_finds_without_script(signed_in: Callable[..., Page]) -> None:
    signed_in("周既明")
    page = signed_in("周既明", script=False)
    page.goto("/findings/")
    page.fill("#search", "知远")
    page.press("#search", "Enter")
    expect(page.locator("h1")).to_have_text("查找")
    expect(page.locator(".tp-found mark").first).to_have_text("知远")
    page.locator(".tp-found li a").first.click()
    expect(page.locator("main")).to_contain_text("林知远")


def test_the_key_leads_to_the_list_s_own_box_where_there_is_one(signed_in: Callable[..., Page]) -> None:
    page = signed_in("周既明")
    for address, box in (("/", "search"), ("/findings/", "find")):
        page.goto(address)
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == box
        assert page.input_value(f"#{box}") == ""


def test_on_a_phone_the_box_fits_beside_the_rest(signed_in: Callable[..., Page]) -> None:
    page = signed_in("周既明", viewport=NARROW)
    for address in ("/", "/search/?q=知远", "/tokens/", "/api/docs/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], address
        box = page.locator("#search").bounding_box()
        assert box is not None
        assert box["width"] >= 90


def test_the_description_of_the_interface_breaks_no_rule_of_the_page(signed_in: Callable[..., Page]) -> None:
    said: list[str] = []
    page = signed_in("林知远")

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    page.on("console", hear)
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if "127.0.0.1" not in request.url else None)
    page.goto("/api/docs/")
    expect(page.locator("#op-finding_answer")).to_contain_text("POST /api/v1/findings/{public_id}/answer")
    assert (said, outside) == ([], [])


def test_a_token_is_made_and_shown_once(signed_in: Callable[..., Page]) -> None:
    page = signed_in("林知远")
    page.goto("/tokens/")
    page.fill("#id_name", "月度汇总")
    page.fill("#id_expires_on", page.get_attribute("#id_expires_on", "min") or "")
    page.click("main form[action='/tokens/create/'] button")
    expect(page.locator(".tp-secret")).to_contain_text("tianping_")
    page.goto("/tokens/")
    expect(page.locator("main")).to_contain_text("月度汇总")
    expect(page.locator("main")).not_to_contain_text("tianping_")
