"""发布关口：on hand-labelled judgments no edit of any preset touches a name, a party, a number, an amount or a date."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from tianping.text.document import Document, from_text
from tianping.text.proofread import Edit, Kind, Preset, in_document, shipped
from tianping.text.proofread.model import SHIPPED

LABELS = Path(__file__).parents[1] / "document" / "labels" / "real.json"
Place = tuple[int, int, int]  # paragraph, start, end


def touched(edit: Edit, paragraph: int, places: list[Place]) -> list[Place]:
    """Labelled places the edit changes; what is put in touches a place only from within."""
    return [
        (number, start, end)
        for number, start, end in places
        if number == paragraph
        and (start < edit.start < end if edit.start == edit.end else edit.start < end and start < edit.end)
    ]


def violations(document: Document, places: list[Place], preset: Preset) -> list[tuple[Place, Edit]]:
    return [
        (place, one.edit)
        for one in in_document.of(shipped(), document, preset)
        for place in touched(one.edit, one.span.paragraph, places)
    ]


@pytest.mark.data
@pytest.mark.skipif("TIANPING_DATA" not in os.environ, reason="needs TIANPING_DATA")
@pytest.mark.skipif(not SHIPPED.exists(), reason="no model shipped")
@pytest.mark.parametrize("preset", list(Preset))
def test_no_edit_touches_a_labelled_place(preset: Preset) -> None:
    folder = Path(os.environ["TIANPING_DATA"], "judgments")
    paths = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.glob("*.txt"))}
    rows = json.loads(LABELS.read_text(encoding="utf-8"))["files"]
    assert len(rows) >= 60
    wrong = []
    for row in rows:
        document = from_text(paths[row["sha256"]].read_text(encoding="utf-8"))
        places = [(paragraph, start, end) for paragraph, start, end, *_ in row["protected"]]
        assert places
        wrong += [(row["sha256"][:8], place, edit.kind_name) for place, edit in violations(document, places, preset)]
    assert wrong == []


@pytest.mark.parametrize(
    ("edit", "place", "touches"),
    [
        (Edit(3, 4, "岚", "蓝", 0.9, Kind.CHARACTER), (0, 1, 4), True),
        (Edit(4, 5, "诉", "述", 0.9, Kind.CHARACTER), (0, 1, 4), False),
        (Edit(3, 4, "岚", "蓝", 0.9, Kind.CHARACTER), (1, 1, 4), False),
        (Edit(2, 2, "", "某", 0.9, Kind.MISSING), (0, 1, 4), True),
        (Edit(4, 4, "", "的", 0.9, Kind.MISSING), (0, 1, 4), False),
        (Edit(0, 2, "被告", "", 0.9, Kind.EXTRA), (0, 1, 4), True),
    ],
)
def test_what_touches_a_place(edit: Edit, place: Place, touches: bool) -> None:
    assert bool(touched(edit, 0, [place])) is touches
