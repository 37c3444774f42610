"""在浏览器里办事：with the keyboard, without script, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CANARY = "独一无二的金丝雀甲乙丙"


def test_a_judge_checks_a_draft_without_script_and_sees_remarks_beside_the_words(
    signed_in: Callable[..., Page],
) -> None:
    signed_in("林知远")
    page = signed_in("林知远", script=False)
    page.goto("/documents/own-check/")
    page.set_input_files("input[type=file]", EXAMPLES / "02-sale-han.docx")
    page.click("main form button[type=submit]")
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("LAW002")


def test_a_draft_handed_in_for_a_check_is_nowhere_on_the_disk(
    signed_in: Callable[..., Page], demo_home: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "草稿.txt"
    source = (EXAMPLES / "sources" / "02-sale-han.txt").read_text(encoding="utf-8").split("\n\n", 1)[1]
    draft.write_text(source.replace("本院认为", f"{CANARY}。本院认为", 1), encoding="utf-8")
    page = signed_in("林知远")
    page.goto("/documents/own-check/")
    page.set_input_files("input[type=file]", draft)
    page.click("main form button[type=submit]")
    expect(page.locator("main")).to_contain_text(CANARY)
    kept = [path for path in demo_home.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert kept == []


def test_keys_open_the_registers(signed_in: Callable[..., Page]) -> None:
    page = signed_in("周既明")
    page.goto("/")
    page.keyboard.press("g")
    page.keyboard.press("f")
    page.wait_for_url("**/findings/")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/remedy/")


def test_the_first_tab_stop_leads_past_the_rail(signed_in: Callable[..., Page]) -> None:
    page = signed_in("周既明")
    page.goto("/findings/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"


def test_somebody_without_sight_gets_a_page_that_tells_nothing(signed_in: Callable[..., Page]) -> None:
    office = signed_in("周既明")
    office.goto("/findings/")
    record = office.eval_on_selector("main table a", "a => a.getAttribute('href')")
    stranger = signed_in("白露晞")
    answer = stranger.goto(record)
    assert answer and answer.status == 404
    assert "问-" not in stranger.content()


def test_on_a_phone_a_list_is_cards_with_every_field_named(signed_in: Callable[..., Page]) -> None:
    page = signed_in("周既明", viewport=NARROW)
    page.goto("/findings/")
    labels = page.eval_on_selector_all(
        "main tbody tr:first-child td", "cells => cells.map(c => getComputedStyle(c, '::before').content)"
    )
    assert labels and all(label not in ("none", '""') for label in labels)


def test_a_record_prints_without_the_rail(signed_in: Callable[..., Page], tmp_path: Path) -> None:
    page = signed_in("周既明")
    page.goto("/findings/")
    page.goto(page.eval_on_selector("main table a", "a => a.getAttribute('href')"))
    page.emulate_media(media="print")
    assert not page.locator(".tp-rail").is_visible()
    page.pdf(path=tmp_path / "问题.pdf")
    assert (tmp_path / "问题.pdf").read_bytes().startswith(b"%PDF")
