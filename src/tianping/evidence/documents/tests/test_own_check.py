"""文书自查：the remarks stand beside the words, and nothing whatever stays behind."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import tempfile
from base64 import b64decode
from collections import deque
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from docx import Document as WordDocument

from tests.cast import Court
from tianping.evidence.documents import own_check
from tianping.evidence.documents.tests.judgments import as_docx, judgment
from tianping.text import lint

ClientOf = Callable[[str], Client]
PAGE = "/documents/own-check/"
CANARY = "金丝雀七三九一"


written: deque[str] = deque(maxlen=100)
"""写盘：a temporary file is gone by the time anybody looks for it, so each opening of a file for writing is noted."""


def _note_writing(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or "__pycache__" in str(arguments[0]):
        return
    if isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        written.append(str(arguments[0]))


sys.addaudithook(_note_writing)


def draft(name: str = f"草稿{CANARY}.txt", data: bytes | None = None) -> SimpleUploadedFile:
    text = judgment(fact=f"双方曾在{CANARY}茶楼商谈。")
    return SimpleUploadedFile(name, data if data is not None else text.encode())


class TestTheProofreadBox:
    """连同校对：offered where the model is, and nowhere else."""

    @pytest.mark.parametrize("there", [True, False])
    def test_it_is_offered_only_where_a_model_is(
        self, court: Court, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, there: bool
    ) -> None:
        monkeypatch.setattr(lint.proofreading, "available", lambda: there)
        page = client_of("林知远").get(PAGE).content.decode()
        assert ('name="proofread"' in page) is there
        assert ("疑似的错别字、多字、漏字" in page) is there

    @pytest.mark.parametrize(
        ("there", "ticked", "asked"), [(True, True, True), (True, False, False), (False, True, False)]
    )
    def test_the_check_proofreads_only_where_it_was_offered_and_ticked(
        self,
        court: Court,
        client_of: ClientOf,
        monkeypatch: pytest.MonkeyPatch,
        there: bool,
        ticked: bool,
        asked: bool,
    ) -> None:
        said: list[bool] = []
        check = own_check.own_check

        def noting(*given: Any, proofread: bool, **more: Any) -> own_check.OwnCheck:
            said.append(proofread)
            return check(*given, proofread=False, **more)

        monkeypatch.setattr(lint.proofreading, "available", lambda: there)
        monkeypatch.setattr(own_check, "own_check", noting)
        posted = {"file": draft()} | ({"proofread": "on"} if ticked else {})
        assert client_of("林知远").post(PAGE, posted).status_code == 200
        assert said == [asked]


class TestThePage:
    def test_everybody_may_check_but_the_administrators(self, court: Court, client_of: ClientOf) -> None:
        may_not = {name for name in court.people if client_of(name).get(PAGE).status_code == 404}
        assert may_not == {"系统甲", "安全乙", "审计丙"}
        for name in may_not:
            assert client_of(name).post(PAGE, {"file": draft()}).status_code == 404

    def test_it_says_that_nothing_is_kept(self, client_of: ClientOf) -> None:
        page = client_of("林知远").get(PAGE).content.decode()
        assert "不留痕：文件只在内存里读，关闭页面即无" in page
        assert f"检查引擎 {lint.VERSION}" in page

    def test_remarks_stand_beside_the_words_with_engine_rules_and_day(self, client_of: ClientOf) -> None:
        answer = client_of("林知远").post(PAGE, {"file": draft()})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert '<mark class="tp-mark-overdue">卢广廉</mark>' in page
        assert "当事人姓名前后一字之差" in page
        assert "按2026年11月2日的法律检查（文书的落款日期）" in page
        assert f"规则 {len(lint.Profile(mode=lint.Mode.DRAFT).rules())} 条" in page

    def test_the_step_the_document_is_at_decides_which_rules_speak(
        self, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lint.rule_by_code("PTY001"), "modes", frozenset({lint.Mode.PUBLISH}))
        browser = client_of("林知远")
        for mode, speaks in (("", False), ("draft", False), ("issued", False), ("publish", True)):
            page = browser.post(PAGE, {"file": draft(), "mode": mode}).content.decode()
            assert ("PTY001" in page.partition("再查一份")[0]) is speaks, mode
        assert browser.post(PAGE, {"file": draft(), "mode": "final"}).status_code == 422

    def test_a_remark_silenced_in_word_is_counted_and_not_said(self, client_of: ClientOf) -> None:
        word = WordDocument(BytesIO(as_docx(judgment())))
        for paragraph in word.paragraphs:
            if "卢广廉" in paragraph.text:
                word.add_comment(paragraph.runs, text="#noqa PTY001 系另一人", author="林知远")
        data = BytesIO()
        word.save(data)
        page = client_of("林知远").post(PAGE, {"file": draft("草稿.docx", data.getvalue())}).content.decode()
        assert "免报批注（#noqa）免去 1 条" in page
        assert "当事人姓名前后一字之差" not in page.partition("再查一份")[0]


class TestTheCopy:
    def test_it_comes_down_with_the_remarks_on_the_words(self, client_of: ClientOf) -> None:
        posted = {"file": draft("草稿.docx", as_docx(judgment())), "give": "copy"}
        answer = client_of("林知远").post(PAGE, posted)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert "filename*=utf-8''" + quote("草稿.批注.docx") in answer["Content-Disposition"]
        comments = list(WordDocument(BytesIO(answer.content)).comments)
        assert [comment.author for comment in comments] == ["天平"] * len(comments)
        assert any(comment.text.startswith("PTY001") for comment in comments)

    def test_the_page_holds_the_same_copy_in_its_link(self, client_of: ClientOf) -> None:
        data = as_docx(judgment())
        browser = client_of("林知远")
        page = browser.post(PAGE, {"file": draft("草稿.docx", data)}).content.decode()
        found = re.search(r'href="data:[^;]+;base64,([^"]+)" download="草稿\.批注\.docx"', page)
        assert found
        direct = browser.post(PAGE, {"file": draft("草稿.docx", data), "give": "copy"}).content
        assert b64decode(unescape(found[1])) == direct

    def test_what_cannot_be_read_is_refused_on_the_page(self, client_of: ClientOf) -> None:
        answer = client_of("林知远").post(
            PAGE, {"file": draft("坏.docx", b"PK\x03\x04" + b"\x00" * 400), "give": "copy"}
        )
        assert answer.status_code == 422
        assert "“坏.docx”不是完好的 .docx" in answer.content.decode()

    def test_a_draft_without_a_date_is_checked_by_the_day_of_checking(
        self, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = []
        check = lint.check
        monkeypatch.setattr(lint, "check", lambda document, **more: asked.append(document) or check(document, **more))
        page = client_of("林知远").post(PAGE, {"file": draft(data=judgment(date="").encode())}).content.decode()
        assert "文书没有读到落款日期，按今天" in page
        assert asked[0].decided_on is not None

    @pytest.mark.parametrize(
        ("data", "name", "fault"),
        [
            (b"PK\x03\x04" + b"\x00" * 400, "坏.docx", "“坏.docx”不是完好的 .docx"),
            (b"", "空.docx", "“空.docx”是空文件（0 字节）"),
            (b"x" * (21 * 1024 * 1024), "大.txt", "“大.txt”有 21.0 MB，超过 20 MB 的上限"),
            (b"x", "表.xlsx", "“表.xlsx”的类型是“.xlsx”"),
        ],
        ids=["corrupt", "empty", "21 MB", "spreadsheet"],
    )
    def test_what_cannot_be_read_is_refused_in_one_sentence(
        self, client_of: ClientOf, data: bytes, name: str, fault: str
    ) -> None:
        answer = client_of("林知远").post(PAGE, {"file": draft(name, data)})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert answer["Cache-Control"] == "no-store"
        assert fault.replace('"', "&quot;") in page

    def test_gb18030_text_is_read(self, client_of: ClientOf) -> None:
        answer = client_of("林知远").post(PAGE, {"file": draft(data=judgment().encode("gb18030"))})
        assert "卢广廉</mark>" in answer.content.decode()

    def test_a_forged_request_is_refused_also_where_the_file_is_too_large(self, court: Court) -> None:
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(court.people["林知远"], backend="tianping.foundation.accounts.backend.StaffBackend")
        assert browser.post(PAGE, {"file": draft()}).status_code == 403
        browser.get(PAGE)
        token = browser.cookies["csrftoken"].value
        large = draft("大.txt", b"x" * (21 * 1024 * 1024))
        answer = browser.post(PAGE, {"file": large, "csrfmiddlewaretoken": token})
        assert answer.status_code == 422
        assert "“大.txt”有 21.0 MB" in answer.content.decode()


class TestNothingStays:
    @pytest.fixture
    def traces(
        self,
        court: Court,
        files_home: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> Callable[[], dict[str, int]]:
        """痕迹：where the canary is found — tables (the audit chain among them), files, temporary folder, logs."""
        temporary = tmp_path / "tmp"
        temporary.mkdir()
        for variable in ("TMPDIR", "TEMP", "TMP"):
            monkeypatch.setenv(variable, str(temporary))
        monkeypatch.setattr(tempfile, "tempdir", str(temporary))
        caplog.set_level(logging.DEBUG)
        before = len(list(temporary.rglob("*")))
        written.clear()

        def found() -> dict[str, int]:
            in_files = [
                path
                for home in (files_home, temporary, Path(settings.HOME))
                for path in home.rglob("*")
                if CANARY in path.name or (path.is_file() and CANARY.encode() in path.read_bytes())
            ]
            return {
                "tables": sum(CANARY in row for row in every_row()),
                "files": len(in_files),
                "temporary": len(list(temporary.rglob("*"))) - before,
                "written": len(written),
                "logs": caplog.text.count(CANARY),
            }

        return found

    NONE = {"tables": 0, "files": 0, "temporary": 0, "written": 0, "logs": 0}

    def test_a_canary_that_is_kept_would_be_found(
        self, traces: Callable[[], dict[str, int]], court: Court, files_home: Path
    ) -> None:
        court.evidence()
        apps.get_model("register", "Evidence").objects.update(grounds=CANARY)
        files_home.mkdir()
        (files_home / "x").write_text(CANARY, encoding="utf-8")
        Path(tempfile.gettempdir(), "y").write_text(CANARY, encoding="utf-8")
        with tempfile.TemporaryFile() as gone_at_once:
            gone_at_once.write(CANARY.encode())
        logging.getLogger("tianping").warning(CANARY)
        found = traces()
        assert found.pop("written") >= 3
        assert found == {"tables": 1, "files": 2, "temporary": 1, "logs": 1}

    def test_after_a_download(self, client_of: ClientOf, traces: Callable[[], dict[str, int]]) -> None:
        data = as_docx(judgment(fact=f"双方曾在{CANARY}茶楼商谈。"))
        browser = client_of("林知远")
        written.clear()  # building the .docx above may have written
        rows = len(list(every_row()))
        answer = browser.post(PAGE, {"file": draft(f"草稿{CANARY}.docx", data), "give": "copy"})
        assert CANARY in "\n".join(p.text for p in WordDocument(BytesIO(answer.content)).paragraphs)
        assert traces() == self.NONE
        assert len(list(every_row())) == rows

    def test_after_a_crash_in_the_middle_of_a_download(
        self, client_of: ClientOf, traces: Callable[[], dict[str, int]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(source: bytes, document: Any, remarks: object) -> None:
            raise RuntimeError(f"写批注出错，正文为 {document.text}")

        monkeypatch.setattr("tianping.text.lint.formats.docx.annotate", broken)
        data = as_docx(judgment(fact=f"双方曾在{CANARY}茶楼商谈。"))
        browser = client_of("林知远")
        written.clear()
        answer = browser.post(PAGE, {"file": draft(f"草稿{CANARY}.docx", data), "give": "copy"})
        assert answer.status_code == 500
        assert CANARY not in answer.content.decode()
        assert traces() == self.NONE

    def test_after_the_server_is_killed_midway_through_a_download(self, tmp_path: Path) -> None:
        """SIGKILL while the copy is being made: nothing was on the disk that could be left there."""
        (tmp_path / "tmp").mkdir()
        script = f"""
import sys, time
from datetime import date
from tianping.evidence.documents import own_check
from tianping.evidence.documents.tests.judgments import as_docx, judgment
from tianping.text.lint.formats import docx
annotate = docx.annotate
def slow(*words):
    made = annotate(*words)
    print("middle", flush=True)
    time.sleep(60)
docx.annotate = slow
data = as_docx(judgment(fact="双方曾在{CANARY}茶楼商谈。"))
checked = own_check.own_check(data, "草稿{CANARY}.docx", on=date(2026, 11, 23))
own_check.copy_with_comments(data, "草稿{CANARY}.docx", checked)
"""
        there = {**os.environ, "TMPDIR": str(tmp_path / "tmp"), "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-c", script]
        path = os.pathsep.join(filter(None, sys.path))
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, cwd=tmp_path, env={**there, "PYTHONPATH": path}
        ) as process:
            assert process.stdout
            assert process.stdout.readline().strip() == b"middle"
            process.kill()
        assert [path.name for path in tmp_path.rglob("*")] == ["tmp"]

    @pytest.mark.parametrize("kind", ["txt", "docx", "txt past the size at which uploads usually go to disk"])
    def test_after_a_check(self, client_of: ClientOf, traces: Callable[[], dict[str, int]], kind: str) -> None:
        line = f"双方曾在{CANARY}茶楼商谈。"
        text = judgment(fact=line + ("\n" + line * 60) * (2_000 if "past" in kind else 1))
        data, name = (as_docx(text), f"草稿{CANARY}.docx") if kind == "docx" else (text.encode(), f"草稿{CANARY}.txt")
        assert len(data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE or "past" not in kind
        browser = client_of("林知远")
        written.clear()  # building the .docx above may have written
        rows = len(list(every_row()))
        answer = browser.post(PAGE, {"file": draft(name, data)})
        assert answer.status_code == 200
        assert CANARY in answer.content.decode()
        assert traces() == self.NONE
        assert len(list(every_row())) == rows

    def test_after_a_crash_in_the_middle(
        self, client_of: ClientOf, traces: Callable[[], dict[str, int]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(document: Any, **more: object) -> None:
            raise RuntimeError(f"规则出错，正文为 {document.text}")

        monkeypatch.setattr(lint, "check", broken)
        answer = client_of("林知远").post(PAGE, {"file": draft()})
        page = answer.content.decode()
        assert answer.status_code == 500
        assert "检查中途出错，没有得出结果" in page
        assert "RuntimeError" in page
        assert CANARY not in page
        assert traces() == self.NONE

    def test_after_a_crash_while_the_answer_is_drawn(
        self, court: Court, traces: Callable[[], dict[str, int]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise KeyError("没有这一项")

        monkeypatch.setattr("tianping.evidence.documents.pages.own.paragraphs", broken)
        browser = Client(raise_request_exception=False)
        browser.force_login(court.people["林知远"], backend="tianping.foundation.accounts.backend.StaffBackend")
        answer = browser.post(PAGE, {"file": draft()})
        assert answer.status_code == 500
        assert traces() == self.NONE

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            (f"{CANARY}.docx", f"{CANARY}".encode()),
            (f"{CANARY}.txt", CANARY.encode() + b"\xff\xff\xff"),
            (f"{CANARY}.txt", (CANARY * 1_100_000).encode()),
            (f"{CANARY}.pdf", CANARY.encode()),
        ],
        ids=["no docx", "wrong encoding", "too large", "another kind"],
    )
    def test_after_a_refusal(
        self, client_of: ClientOf, traces: Callable[[], dict[str, int]], name: str, data: bytes
    ) -> None:
        answer = client_of("林知远").post(PAGE, {"file": draft(name, data)})
        assert answer.status_code == 422
        assert traces() == self.NONE


def every_row() -> list[str]:
    """全部表的全部行，as text: also tables no model stands for."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [str(row) for row in cursor.fetchall()]
    return rows


def test_the_fault_of_a_crash_names_our_code_and_not_the_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes, name: str) -> None:
        raise ValueError(data.decode())

    monkeypatch.setattr(own_check, "read_bytes", broken)
    with pytest.raises(own_check.CheckFailed) as failed:
        own_check.own_check(CANARY.encode(), "草稿.txt", on=date(2026, 11, 23))
    assert CANARY not in str(failed.value)
    assert "ValueError" in failed.value.place
    assert failed.value.__suppress_context__
