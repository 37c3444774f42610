"""JSON 格式：the versioned envelope of docs/formats/check.json.

``version`` rises when a field changes meaning or goes; a new field leaves it. Offsets are Unicode characters of the
paragraph, from 0, end exclusive; ``paragraph`` counts from 0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from tianping.text.lint.remark import Remark
from tianping.text.lint.report import FileReport

FORMAT = "tianping.check"
VERSION = 1


def document(reports: Iterable[FileReport], *, engine: str) -> str:
    """The whole output as one JSON text, ending with a line break."""
    files: list[object] = []
    remarks: list[object] = []
    faults: list[object] = []
    for report in reports:
        if report.fault is not None:
            faults.append({"path": report.path, "message": report.fault})
            continue
        files.append({"path": report.path, "is_judgment": report.is_judgment, "issues": list(report.issues)})
        remarks += [as_object(report.path, remark) for remark in report.remarks]
    head: dict[str, object] = {"format": FORMAT, "version": VERSION, "engine": engine}
    content = head | {"files": files, "remarks": remarks, "faults": faults}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def as_object(path: str, remark: Remark) -> dict[str, object]:
    """One remark, with the fields other programs rely on, in their order."""
    return {
        "code": remark.code,
        "name": remark.name,
        "severity": str(remark.severity),
        "message": remark.message,
        "path": path,
        "paragraph": remark.span.paragraph,
        "start": remark.span.start,
        "end": remark.span.end,
        "text": remark.text,
        "suggestion": remark.suggestion,
        "basis": remark.basis,
    }
