"""SARIF 格式：version 2.1.0, as other programs' viewers read it. Same reports, same bytes: no times, no machine.

A judgment has no lines, so a place is a paragraph: ``startLine`` is the paragraph from 1, columns count its Unicode
characters from 1, ``endColumn`` is past the last one. A file that could not be checked is a notification of the run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import quote

from tianping.text.lint.page import page_of
from tianping.text.lint.registry import all_rules
from tianping.text.lint.remark import Remark, Severity
from tianping.text.lint.report import FileReport

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
VERSION = "2.1.0"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(reports: Iterable[FileReport], *, engine: str) -> str:
    """The whole output as one JSON text, ending with a line break."""
    artifacts: list[dict[str, object]] = []
    notifications: list[dict[str, object]] = []
    found: list[tuple[int, str, Remark]] = []
    failed = False
    for number, report in enumerate(reports):
        artifacts.append({"location": {"uri": _uri(report.path)}})
        if report.fault is not None:
            failed = True
            notifications.append(_notification(number, report.path, "error", report.fault))
            continue
        notifications += [_notification(number, report.path, "note", issue) for issue in report.issues]
        found += [(number, report.path, remark) for remark in report.remarks]
    used = sorted({remark.code for _, _, remark in found})
    driver = {"name": "天平", "semanticVersion": engine, "rules": _rules(used)}
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": not failed, "toolExecutionNotifications": notifications}],
        "artifacts": artifacts,
        "results": [_result(used.index(remark.code), number, path, remark) for number, path, remark in found],
        "columnKind": "unicodeCodePoints",
        "language": "zh-CN",
    }
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rules(codes: list[str]) -> list[dict[str, object]]:
    """The rules that spoke, each with the first two parts of its page."""
    known = {rule.code: rule for rule in all_rules()}
    told: list[dict[str, object]] = []
    for code in codes:
        rule = known.get(code)
        if rule is None:  # a profile's own rule, or one of another version
            told.append({"id": code})
            continue
        page = page_of(rule)
        told.append(
            {
                "id": code,
                "name": "".join(word.capitalize() for word in rule.name.split("-")),
                "shortDescription": {"text": page.title},
                "fullDescription": {"text": _sentence(page.part("查什么"))},
                "help": {"text": _sentence(page.part("为何要紧"))},
                "defaultConfiguration": {"level": _LEVELS[rule.severity]},
            }
        )
    return told


def _result(rule: int, number: int, path: str, remark: Remark) -> dict[str, object]:
    told = _sentence(remark.message)
    if remark.basis:
        told += f"依据：{_sentence(remark.basis)}"
    region: dict[str, object] = {
        "startLine": remark.span.paragraph + 1,
        "startColumn": remark.span.start + 1,
        "endColumn": remark.span.end + 1,
        "snippet": {"text": remark.text},
    }
    place = {"uri": _uri(path), "index": number}
    result: dict[str, object] = {
        "ruleId": remark.code,
        "ruleIndex": rule,
        "level": _LEVELS[remark.severity],
        "message": {"text": told},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
    }
    if remark.suggestion is not None:
        deleted = {name: region[name] for name in ("startLine", "startColumn", "endColumn")}
        change = {"deletedRegion": deleted, "insertedContent": {"text": remark.suggestion}}
        result["fixes"] = [
            {
                "description": {"text": f"建议：{remark.suggestion or '删去'}。"},
                "artifactChanges": [{"artifactLocation": place, "replacements": [change]}],
            }
        ]
    return result


def _notification(number: int, path: str, level: str, message: str) -> dict[str, object]:
    return {
        "level": level,
        "message": {"text": _sentence(message)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path), "index": number}}}],
    }


def _uri(path: str) -> str:
    """相对地址：a path as a URI reference; Chinese names are percent-encoded as the format asks."""
    return quote(path.replace("\\", "/"), safe="/")


def _sentence(text: str) -> str:
    """One line that ends as a sentence does."""
    line = "".join(part.strip() for part in text.splitlines())
    return line if line.endswith(("。", "！", "？", ".")) else f"{line}。"
