"""分片统计：what came of the files of one shard, small enough for the ledger; tallies add up. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tianping.text.lint.remark import Severity
from tianping.text.lint.report import FileReport


@dataclass(slots=True)
class Tally:
    """统计：by month (of the day at the foot), and by month and rule: documents with a remark of it, and remarks."""

    files: int = 0
    faults: int = 0
    remarks: int = 0
    silenced: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)  # checked, by month
    characters: Counter[str] = field(default_factory=Counter)  # by month
    touched: Counter[tuple[str, str]] = field(default_factory=Counter)  # (month, code) → documents
    said: Counter[tuple[str, str]] = field(default_factory=Counter)  # (month, code) → remarks

    def take(self, report: FileReport) -> None:
        self.files += 1
        if report.fault is not None:
            self.faults += 1
            return
        self.remarks += len(report.remarks)
        self.silenced += report.silenced
        self.levels.update(str(remark.severity) for remark in report.remarks)
        self.documents[report.month] += 1
        self.characters[report.month] += report.characters
        self.said.update((report.month, remark.code) for remark in report.remarks)
        self.touched.update({(report.month, remark.code) for remark in report.remarks})

    def add(self, other: Tally) -> None:
        self.files += other.files
        self.faults += other.faults
        self.remarks += other.remarks
        self.silenced += other.silenced
        for mine, theirs in (
            (self.levels, other.levels),
            (self.documents, other.documents),
            (self.characters, other.characters),
        ):
            mine.update(theirs)
        self.touched.update(other.touched)
        self.said.update(other.said)

    @property
    def errors(self) -> int:
        return self.levels[str(Severity.ERROR)]

    def as_json(self) -> str:
        content = {
            "files": self.files,
            "faults": self.faults,
            "remarks": self.remarks,
            "silenced": self.silenced,
            "levels": dict(sorted(self.levels.items())),
            "documents": dict(sorted(self.documents.items())),
            "characters": dict(sorted(self.characters.items())),
            "touched": [[*key, count] for key, count in sorted(self.touched.items())],
            "said": [[*key, count] for key, count in sorted(self.said.items())],
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def tally_from(text: str) -> Tally:
    content = json.loads(text)
    return Tally(
        content["files"],
        content["faults"],
        content["remarks"],
        content["silenced"],
        Counter(content["levels"]),
        Counter(content["documents"]),
        Counter(content["characters"]),
        Counter({(month, code): count for month, code, count in content["touched"]}),
        Counter({(month, code): count for month, code, count in content["said"]}),
    )


def total(tallies: Iterable[Tally]) -> Tally:
    every = Tally()
    for tally in tallies:
        every.add(tally)
    return every
