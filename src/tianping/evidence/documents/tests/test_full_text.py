"""有法规全文时：what the court has imported is asked by the own check and by reviews as by the command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Court
from tianping.evidence.documents import services
from tianping.evidence.documents.tests.judgments import judgment
from tianping.law import shipped
from tianping.law.fulltext import StatuteText, take
from tianping.law.fulltext.model import Article

ClientOf = Callable[[str], Client]
PAGE = "/documents/own-check/"
TITLE = "最高人民法院关于适用财产刑若干问题的规定"
CITED = f"根据《{TITLE}》第六条第二款的规定，应予适用。"
SAID = "只有一款，请核对款、项"


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """导入一部：of eleven invented articles, each of one paragraph."""
    articles = tuple(Article(number, f"第{number}号内容。") for number in range(1, 12))
    assert take([StatuteText(TITLE, date(2000, 12, 13), articles, "试验")], shipped(), tmp_path / "law").refused == ()
    monkeypatch.setenv("TIANPING_LAW", str(tmp_path / "law"))


def own_check(browser: Client) -> str:
    posted = {"file": SimpleUploadedFile("草稿.txt", judgment(fact=CITED).encode())}
    return browser.post(PAGE, posted).content.decode().partition("再查一份")[0]


def test_the_own_check_says_what_only_the_text_tells(
    court: Court, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    browser = client_of("林知远")
    assert SAID not in own_check(browser)
    request.getfixturevalue("imported")
    assert SAID in own_check(browser)


@pytest.mark.parametrize("there", [False, True])
def test_a_review_says_it_too(
    court: Court,
    client_of: ClientOf,
    files_home: Path,
    now: datetime,
    request: pytest.FixtureRequest,
    there: bool,
) -> None:
    if there:
        request.getfixturevalue("imported")
    court.case()
    office = court.viewer("周既明")
    issued = services.document_take(data=judgment(fact=CITED).encode(), name="判决书.txt", by=office, at=now)
    review = services.review_assign(document=issued, reviewer=court.people["韩江临"], by=office, at=now)
    page = client_of("韩江临").get(f"/documents/reviews/{review.public_id}/").content.decode()
    assert (SAID in page) is there
