"""文书解剖：precision and recall of each field against labels made by hand. Prints JSON.

    python bench/anatomy.py

Two sets: the invented documents in tests/text/document/fictional (all fields), and, where TIANPING_DATA is set, whole
published judgments (the fields labels/real.json has: places and hashes, never words). docs/formats/anatomy-labels.md
says how both are written. Speed is measured on the same judgments.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tianping.text.document import Document, Section, from_text
from tianping.text.document.anatomy import dissect
from tianping.text.document.paragraphs import from_lines

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "tests" / "text" / "document" / "labels" / "real.json"
FICTIONAL = ROOT / "tests" / "text" / "document" / "fictional"
PROTECTED = {"人名": "PERSON", "单位": "ORGANISATION", "号码": "IDENTITY", "地址": "ADDRESS", "文号": "CASE_NO"}

Place = tuple[int, int, int]


class Score:
    """计数：right, found and wanted of one field."""

    def __init__(self) -> None:
        self.right = self.found = self.wanted = self.hit = 0

    def add(self, found: Counter[Any], wanted: Counter[Any]) -> None:
        """Exact: the same place (or words) with the same value, each as often."""
        same = sum((found & wanted).values())
        self.right += same
        self.hit += same
        self.found += sum(found.values())
        self.wanted += sum(wanted.values())

    def cover(self, found: Iterable[Place], wanted: Iterable[Place]) -> None:
        """For what must not be touched: a found place is right where it meets one wanted; one wanted is hit where
        every character of it lies in some found place."""
        found, wanted = list(found), list(wanted)
        held = {(paragraph, at) for paragraph, start, end in found for at in range(start, end)}
        meant = {(paragraph, at) for paragraph, start, end in wanted for at in range(start, end)}
        self.found += len(found)
        self.wanted += len(wanted)
        self.right += sum(any((p, at) in meant for at in range(start, end)) for p, start, end in found)
        self.hit += sum(all((p, at) in held for at in range(start, end)) for p, start, end in wanted)

    def result(self) -> dict[str, object]:
        return {
            "precision": round(self.right / self.found, 4) if self.found else None,
            "recall": round(self.hit / self.wanted, 4) if self.wanted else None,
            "right": self.right,
            "found": self.found,
            "hit": self.hit,
            "wanted": self.wanted,
        }


Scores = dict[str, Score]


def _of(scores: Scores, field: str) -> Score:
    return scores.setdefault(field, Score())


def fictional(folder: Path = FICTIONAL) -> Scores:
    """虚构文书：every field, by the words of its places."""
    scores: Scores = {}
    for path in sorted(folder.glob("*.txt")):
        head, _, text = path.read_text(encoding="utf-8").partition("\n---\n")
        document = from_text(text)
        wanted = _wanted(head)
        for field, words in _fields(document).items():
            _of(scores, field).add(Counter(words), Counter(wanted.get(field, [])))
        names = {kind: list(_everywhere(document, wanted.get(field, []))) for field, kind in PROTECTED.items()}
        found = {kind: [_at(p) for p in document.protected if p.kind.name == kind] for kind in names}
        _kinds(scores, found, names, [_at(p) for p in document.protected], "protected ")
    return scores


def _alone(found: list[Place], wanted: list[Place]) -> Score:
    score = Score()
    score.cover(found, wanted)
    return score


def _wanted(head: str) -> dict[str, list[str]]:
    """标注头：字段：值；值."""
    wanted: dict[str, list[str]] = {}
    for line in head.splitlines():
        field, _, values = line.partition("：")
        wanted[field] = [value for value in values.split("｜") if value]
    return wanted


def _fields(document: Document) -> dict[str, list[str]]:
    def words(span: Any) -> str:
        return re.sub(r"\s", "", document.text_at(span))

    return {
        "种类": [one.value for one in (document.instrument, document.matter, document.instance, document.track) if one],
        "案号": [document.case_no],
        "当事人": [f"{party.role.value} {party.name}" for party in document.parties],
        "代理人": [f"{one.title} {one.name}" for one in document.representatives],
        "请求": [f"{item.number} {words(item.span)}" for item in document.claims],
        "判项": [f"{item.number} {words(item.span)}" for item in document.dispositions],
        "金额": [f"{amount.yuan.normalize():f}" for amount in document.amounts],
        "条款": [_place(c.effective_title, p) for c in document.citations for p in c.provisions],
        "期间": [words(interval.span) for interval in document.intervals],
        "署名": [f"{one.title} {one.name}" for one in document.signatories],
        "证据": [item.name for item in document.evidence],
    }


def _place(title: str, provision: Any) -> str:
    number = f"{provision.article}-{provision.insert}" if provision.insert else f"{provision.article}"
    below = [provision.paragraph, provision.item, provision.point]
    while below and below[-1] is None:
        below.pop()
    return ".".join([f"{title.removeprefix('中华人民共和国')} {number}", *(str(one or 0) for one in below)])


def _everywhere(document: Document, names: Iterable[str]) -> Iterator[Place]:
    for paragraph in document.paragraphs:
        reached = 0
        hits = sorted(
            (found.start(), -len(name)) for name in names for found in re.finditer(re.escape(name), paragraph.text)
        )
        for start, length in hits:
            if start - length > reached and start >= reached:
                reached = start - length
                yield paragraph.index, start, reached


def real(data: Path, labels: Path = LABELS) -> Scores:
    """真实文书：the fields labelled there. A label whose words are not those of the file any more is an error."""
    scores: Scores = {}
    by_hash = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted((data / "judgments").glob("*.txt"))
    }
    for row in json.loads(labels.read_text(encoding="utf-8"))["files"]:
        document = from_text(by_hash[row["sha256"]].read_text(encoding="utf-8"))
        for field in ("protected", "parties", "representatives", "signatories", "dispositions", "amounts"):
            for paragraph, start, end, _, words in row[field]:
                if _hash(row["sha256"], document.paragraphs[paragraph].text[start:end]) != words:
                    raise ValueError(f"{row['sha256']}: {field} {paragraph}:{start} is not what was labelled")
        _of(scores, "case_no").add(Counter([_hash(row["sha256"], document.case_no)]), Counter([row["case_no"]]))
        kinds = [document.instrument.name, document.matter.name, document.instance.name, document.track.name]
        _of(scores, "kinds").add(Counter(enumerate(kinds)), Counter(enumerate(row["kinds"])))
        for field, found in _labelled(document).items():
            _of(scores, field).add(Counter(found), Counter(tuple(label[:4]) for label in row[field]))
        _protected(scores, document, row["protected"])
    return scores


def _labelled(document: Document) -> dict[str, list[tuple[Any, ...]]]:
    def at(span: Any, value: object) -> tuple[Any, ...]:
        return span.paragraph, span.start, span.end, value

    body = [a for a in document.amounts if document.section_at(a.span) is not Section.ANNEX]
    return {
        "parties": [at(one.span, one.role.name) for one in document.parties],
        "representatives": [at(one.span, "") for one in document.representatives],
        "signatories": [at(one.span, one.title) for one in document.signatories],
        "dispositions": [at(one.span, one.number) for one in document.dispositions],
        "amounts": [at(one.span, str(one.yuan)) for one in body],
    }


def _protected(scores: Scores, document: Document, labels: list[list[Any]]) -> None:
    spans = [p for p in document.protected if document.section_at(p.span) is not Section.ANNEX]
    kinds = sorted({label[3] for label in labels})
    found = {kind: [_at(p) for p in spans if p.kind.name == kind] for kind in kinds}
    wanted = {kind: [(label[0], label[1], label[2]) for label in labels if label[3] == kind] for kind in kinds}
    _of(scores, "protected").cover(map(_at, spans), [place for places in wanted.values() for place in places])
    _kinds(scores, found, wanted, [_at(p) for p in spans], "protected ")


def _kinds(
    scores: Scores, found: dict[str, list[Place]], wanted: dict[str, list[Place]], held: list[Place], prefix: str
) -> None:
    """By kind; whatever kind holds a place, it is held (a town in the name of its court)."""
    everything = [place for places in wanted.values() for place in places]
    for kind, places in wanted.items():
        right, covered = _alone(found[kind], everything), _alone(held, places)
        score = _of(scores, prefix + kind)
        score.right += right.right
        score.found += right.found
        score.hit += covered.hit
        score.wanted += covered.wanted


def _at(place: Any) -> Place:
    return place.span.paragraph, place.span.start, place.span.end


def _hash(file: str, words: str) -> str:
    return hashlib.sha256(f"{file}:{words}".encode()).hexdigest()[:8]


def speed(paths: list[Path]) -> dict[str, int]:
    """Characters a second of one core, the best of five rounds; patterns made for one document are made anew."""
    texts = [from_lines(path.read_text(encoding="utf-8")) for path in paths]
    characters = sum(len(paragraph.text) for text in texts for paragraph in text)
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for text in texts:
            dissect(text)
        best = min(best, time.process_time() - began)
    return {"characters": characters, "characters_per_second_per_core": round(characters / best)}


def main() -> int:
    result: dict[str, object] = {
        "bench": "anatomy",
        "fictional": {field: score.result() for field, score in fictional().items()},
    }
    data = os.environ.get("TIANPING_DATA")
    if data:
        result["real"] = {field: score.result() for field, score in real(Path(data)).items()}
        result["speed"] = speed(sorted(Path(data, "judgments").glob("*.txt")))
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
