"""SARIF：the log says what the remarks say, and Microsoft's own validator finds no fault in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.text.lint.formats.planted import remark
from tianping.text.document import from_text
from tianping.text.lint.formats import sarif
from tianping.text.lint.report import FileReport

MULTITOOL = Path(__file__).parents[4] / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
DOCUMENT = from_text("民事判决书\n原告𠮷田使用帐户转账。\n本院认为，有理。")
REPORTS = (
    FileReport(
        "一 份/判决书#1.docx",
        (
            remark(DOCUMENT, "帐户", "CHR002", suggestion="账户"),
            remark(DOCUMENT, "有理", "PTY001", basis="某规定第三条"),
        ),
        issues=("有 1 处隐藏文字，未读取",),
    ),
    FileReport("空.docx", fault="“空.docx”是空文件（0 字节），请确认保存成功后重新选择文件。"),
)


def log(*reports: FileReport) -> dict[str, Any]:
    return json.loads(sarif.render(reports, engine="0.1.0"))["runs"][0]


def test_a_place_is_a_paragraph_and_columns_count_characters_from_one() -> None:
    run = log(*REPORTS)
    first = run["results"][0]["locations"][0]["physicalLocation"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert first["region"] == {"startLine": 2, "startColumn": 7, "endColumn": 9, "snippet": {"text": "帐户"}}
    assert first["artifactLocation"]["uri"] == "%E4%B8%80%20%E4%BB%BD/%E5%88%A4%E5%86%B3%E4%B9%A6%231.docx"


def test_level_suggestion_basis_and_the_page_of_the_rule() -> None:
    run = log(*REPORTS)
    account, name = run["results"]
    assert (account["ruleId"], account["level"]) == ("CHR002", "warning")
    (change,) = account["fixes"][0]["artifactChanges"][0]["replacements"]
    assert change["insertedContent"] == {"text": "账户"}
    assert "fixes" not in name and name["message"]["text"].endswith("依据：某规定第三条。")
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["CHR002", "PTY001"]
    assert rules[0]["shortDescription"]["text"] == "账误写为帐"


def test_what_could_not_be_checked_is_a_notification_and_the_run_failed() -> None:
    (invocation,) = log(*REPORTS)["invocations"]
    assert not invocation["executionSuccessful"]
    assert [(told["level"], told["message"]["text"]) for told in invocation["toolExecutionNotifications"]] == [
        ("note", "有 1 处隐藏文字，未读取。"),
        ("error", REPORTS[1].fault),
    ]
    assert log(REPORTS[0])["invocations"][0]["executionSuccessful"]


def test_the_same_reports_give_the_same_bytes() -> None:
    assert sarif.render(REPORTS, engine="0.1.0") == sarif.render(iter(REPORTS), engine="0.1.0")


@pytest.mark.skipif(not MULTITOOL.exists(), reason="缺 sarif-multitool（make assets 时由 npm 取得）")
class TestTheValidator:
    @pytest.fixture
    def multitool(self, tmp_path: Path) -> Path:
        here = tmp_path / "Sarif.Multitool"
        shutil.copy(MULTITOOL, here)  # npm runs no install script here, so the program is not executable where it lies
        here.chmod(0o755)
        return here

    def faults(self, multitool: Path, text: str) -> list[str]:
        written, said = multitool.with_name("log.sarif"), multitool.with_name("said.sarif")
        written.write_text(text, encoding="utf-8")
        command = [multitool, "validate", written, "--output", said, "--log", "ForceOverwrite", "--level", "Error"]
        quiet = {
            **os.environ,
            "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
            "DOTNET_BUNDLE_EXTRACT_BASE_DIR": str(multitool.parent),
        }
        subprocess.run(command, check=False, capture_output=True, env=quiet, timeout=120)
        (run,) = json.loads(said.read_text(encoding="utf-8-sig"))["runs"]
        return [result["ruleId"] for result in run.get("results", ()) if result.get("level", "error") == "error"]

    def test_finds_no_fault_in_ours(self, multitool: Path) -> None:
        assert self.faults(multitool, sarif.render(REPORTS, engine="0.1.0")) == []
        assert self.faults(multitool, sarif.render((), engine="0.1.0")) == []

    def test_the_schema_it_brings_along_holds(self) -> None:
        """The validator passes over a log whose words it cannot read at all, so the schema is asked as well."""
        schema = Draft7Validator(json.loads(MULTITOOL.with_name("sarif-2.1.0.json").read_text(encoding="utf-8-sig")))
        whole = json.loads(sarif.render(REPORTS, engine="0.1.0"))
        assert [error.message for error in schema.iter_errors(whole)] == []
        whole["runs"][0]["results"][0]["level"] = "必改"
        assert [error.message for error in schema.iter_errors(whole)] != []

    def test_finds_a_fault_where_there_is_one(self, multitool: Path) -> None:
        broken = json.loads(sarif.render(REPORTS, engine="0.1.0"))
        broken["runs"][0]["results"][1]["ruleIndex"] = 7
        assert self.faults(multitool, json.dumps(broken)) != []
