"""50 × 5：whole real judgments read the same from every kind of file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from wrappers import five_ways

from tianping.text.document import Document, from_text, read_bytes
from tianping.text.document.folding import compact

DATA = os.environ.get("TIANPING_DATA", "")


def reading(document: Document) -> dict[str, object]:
    """What a reading says, without where in the file it was found and without padding."""
    return {
        "paragraphs": [compact(p.text) for p in document.paragraphs],
        "sections": document.sections,
        "stretches": [(s.span.paragraph, s.section, compact(document.text_at(s.span))) for s in document.stretches],
        "head": (document.title, document.court, document.case_no, document.is_judgment),
        "parties": [
            (p.role, p.name, p.aliases, p.identities, p.is_organisation, p.span.paragraph) for p in document.parties
        ],
        "representatives": [(r.title, r.name, r.span.paragraph) for r in document.representatives],
        "dates": [(d.value, d.year, d.month, d.day, compact(d.text), d.span.paragraph) for d in document.dates],
        "citations": [
            (c.title, c.effective_title, c.span.paragraph, [(n, compact(document.text_at(s))) for n, s in c.articles])
            for c in document.citations
        ],
        "days": (document.decided_on, document.facts_from, document.facts_to),
    }


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="TIANPING_DATA is not set: no real judgments to read")
def test_fifty_real_judgments_read_the_same_five_ways() -> None:
    files = sorted((Path(DATA) / "judgments").glob("*.txt"))[:50]
    assert len(files) == 50
    differing = []
    for seed, file in enumerate(files):
        text = file.read_text(encoding="utf-8").strip("\n")
        expected = reading(from_text(text))
        assert expected["head"][0], file.name  # type: ignore[index]
        for way, (name, data) in five_ways(text, seed).items():
            found = reading(read_bytes(data, name))
            differing.extend(f"{file.name} {way}: {what}" for what in expected if found[what] != expected[what])
    print(f"50 × 5: {len(differing)} differing readings")
    assert differing == []
