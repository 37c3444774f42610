"""引用：how many of the provisions a person sees in real judgments are found, and how many found are right.

    TIANPING_DATA=… python bench/citations.py

The labels (citations_labels.json) hold file hash, place and what is cited, never text. A provision counts as found
only if its place, statute, article, 之, 款 and 项 are all as labelled; ``articles`` asks for statute and article alone.
Speed is reading plus finding plus resolving, on every judgment there is, one core. Prints JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from tianping.law import shipped
from tianping.text.citations import resolve
from tianping.text.document import Document, from_text
from tianping.text.lint.precision import wilson_lower

LABELS = Path(__file__).with_name("citations_labels.json")
Cited = tuple[Any, ...]


def found_in(document: Document, body_until: int) -> set[Cited]:
    return {
        (
            *(one.span.paragraph, one.span.start, one.span.end, citation.effective_title),
            *(one.article, one.insert, one.paragraph, one.item),
        )
        for citation in document.citations
        for one in citation.provisions
        if one.span.paragraph <= body_until
    }


def articles_of(cited: set[Cited]) -> set[Cited]:
    return {(one[0], one[1], *one[3:6]) for one in cited}


def measured(pairs: list[tuple[set[Cited], set[Cited]]]) -> dict[str, Any]:
    right = sum(len(found & labelled) for found, labelled in pairs)
    found, labelled = (sum(len(pair[side]) for pair in pairs) for side in (0, 1))
    return {
        "found": found,
        "labelled": labelled,
        "right": right,
        "precision_and_lower_bound": [round(value, 4) for value in (right / found, wilson_lower(right, found))],
        "recall_and_lower_bound": [round(value, 4) for value in (right / labelled, wilson_lower(right, labelled))],
    }


def main() -> int:
    data = os.environ.get("TIANPING_DATA")
    if not data:
        print("没有设 TIANPING_DATA，无从测量。", file=sys.stderr)
        return 2
    texts = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path.read_text(encoding="utf-8")
        for folder in ("judgments", "judgments-apart")
        for path in sorted((Path(data) / folder).glob("*.txt"))
    }
    pairs = []
    labels = json.loads(LABELS.read_text(encoding="utf-8"))
    for file in labels["files"]:
        document = from_text(texts[file["sha256"]])
        labelled = {tuple(row) for row in file["provisions"]}
        pairs.append((found_in(document, file["body_until"]), labelled))
    law = shipped()
    started = time.perf_counter()
    verdicts: dict[str, int] = {}
    for text in texts.values():
        document = from_text(text)
        if document.decided_on:
            for one in resolve(document, law=law, on=document.decided_on):
                verdicts[str(one.verdict)] = verdicts.get(str(one.verdict), 0) + 1
    seconds = time.perf_counter() - started
    characters = sum(map(len, texts.values()))
    result = {
        "files": len(pairs),
        "provisions": measured(pairs),
        "articles": measured([(articles_of(found), articles_of(labelled)) for found, labelled in pairs]),
        "all_judgments": {
            "files": len(texts),
            "verdicts": dict(sorted(verdicts.items())),
            "characters_per_second": round(characters / seconds),
        },
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
