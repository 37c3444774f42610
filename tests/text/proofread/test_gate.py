"""发布关口：no edit of any preset touches a name, a party, a case number, an amount or a date.

Two kinds of texts. On the judgments with hand-labelled places no edit may lie in one. On the dev sentences and on
further whole judgments every edit was read by hand: ``judged.jsonl`` holds the verdicts, without a word of the texts.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest

from tianping.text.document import Document, from_text
from tianping.text.proofread import Edit, Kind, Preset, in_document, proofreader, shipped
from tianping.text.proofread.model import SHIPPED

LABELS = Path(__file__).parents[1] / "document" / "labels" / "real.json"
JUDGED = Path(__file__).with_name("judged.jsonl")
TOUCHES, CLEAR = "触及", "未及"
Place = tuple[int, int, int]  # paragraph, start, end
Key = tuple[str, int, int, int, str]  # text, paragraph, start, end, replacement

pytestmark = pytest.mark.skipif(not SHIPPED.exists(), reason="no model shipped")
needs_data = pytest.mark.skipif("TIANPING_DATA" not in os.environ, reason="needs TIANPING_DATA")


def data(*names: str) -> Path:
    return Path(os.environ["TIANPING_DATA"], *names)


@contextmanager
def every_preset() -> Iterator[None]:
    """One reading tells the edits of all presets: they differ only in what is chosen from the same proposals."""
    choose = proofreader.choose
    levels = [np.array([shipped().least(preset, kind) for kind in Kind]) for preset in Preset]

    def chosen_by_any(changes: Any, chance: Any, thresholds: Any) -> list[int]:
        return sorted({index for level in levels for index in choose(changes, chance, level)})

    with mock.patch.object(proofreader, "choose", chosen_by_any):
        yield


def touched(edit: Edit, paragraph: int, places: list[Place]) -> list[Place]:
    """Labelled places the edit changes; what is put in touches a place only from within."""
    return [
        (number, start, end)
        for number, start, end in places
        if number == paragraph
        and (start < edit.start < end if edit.start == edit.end else edit.start < end and start < edit.end)
    ]


def violations(document: Document, places: list[Place]) -> list[tuple[Place, Edit]]:
    return [
        (place, one.edit)
        for one in in_document.of(shipped(), document, Preset.THOROUGH)
        for place in touched(one.edit, one.span.paragraph, places)
    ]


@pytest.mark.data
@needs_data
def test_no_edit_touches_a_labelled_place() -> None:
    paths = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(data("judgments").glob("*.txt"))}
    rows = json.loads(LABELS.read_text(encoding="utf-8"))["files"]
    assert len(rows) >= 60
    wrong = []
    with every_preset():
        for row in rows:
            document = from_text(paths[row["sha256"]].read_text(encoding="utf-8"))
            places = [(paragraph, start, end) for paragraph, start, end, *_ in row["protected"]]
            assert places
            found = violations(document, places)
            wrong += [(row["sha256"][:8], place, edit.kind_name, edit.score) for place, edit in found]
    assert wrong == []


def digest(what: bytes | str) -> str:
    return hashlib.sha256(what.encode() if isinstance(what, str) else what).hexdigest()[:12]


def verdicts() -> dict[Key, str]:
    rows = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    return {(row["text"], row["paragraph"], row["start"], row["end"], row["new"]): row["verdict"] for row in rows}


def complaints(found: list[tuple[str, int, str, Edit]], known: dict[Key, str]) -> list[str]:
    """What is wrong with edits (digest of the text, paragraph, its words, edit): unjudged, or judged to touch."""
    told = []
    for text, paragraph, words, edit in found:
        place = (text, paragraph, edit.start, edit.end, digest(edit.new))
        verdict = known.get(place)
        if verdict == CLEAR:
            continue
        around = (
            f"{words[max(0, edit.start - 20) : edit.start]}【{edit.old}→{edit.new}】{words[edit.end : edit.end + 20]}"
        )
        if verdict == TOUCHES:
            told.append(f"changes a name, number, amount or date; close the place in masks.py: {around}")
            continue
        row = dict(zip(("text", "paragraph", "start", "end", "new"), place, strict=True))
        told.append(
            f"nobody has judged {around} (把握 {edit.score:.2f}). Read it: does it change a character of a person's, "
            f"party's, firm's or place's name, a case number, an amount or a date? If so, close the place in masks.py. "
            f"Either way add to {JUDGED.name}, with a verdict of {CLEAR} or {TOUCHES} and a word why: {json.dumps(row)}"
        )
    return told


@pytest.mark.data
@needs_data
@pytest.mark.parametrize("name", ["lawbench-2-1", "ecspell-law-test", "clean-judgment"])
def test_every_edit_of_the_dev_sentences_was_judged(name: str) -> None:
    lines = data("proofread", f"{name}.dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    texts = list(dict.fromkeys(text for row in rows for text in (row["source"], row["target"])))
    with every_preset():
        edits = list(shipped().each(texts))
    found = [(digest(text), 0, text, edit) for text, own in zip(texts, edits, strict=True) for edit in own]
    assert found
    assert complaints(found, verdicts()) == []


@pytest.mark.data
@needs_data
def test_every_edit_of_whole_judgments_was_judged() -> None:
    paths = sorted(data("judgments-apart").glob("*.txt"))
    assert len(paths) >= 100
    found = []
    with every_preset():
        for path in paths:
            content = path.read_bytes()
            document = from_text(content.decode())
            for one in in_document.of(shipped(), document, Preset.THOROUGH):
                number = one.span.paragraph
                found.append((digest(content), number, document.paragraphs[number].text, one.edit))
    assert found
    assert complaints(found, verdicts()) == []


WRONG = ["本院依法追救其刑事责任。", "本案案件受理费由被告负但。", "原告提供的证具不足以证明其注张。"]


def test_one_reading_tells_the_edits_of_all_presets() -> None:
    apart = [[set(own) for own in shipped().each(WRONG, preset=preset)] for preset in Preset]
    with every_preset():
        together = [set(own) for own in shipped().each(WRONG, preset=Preset.QUIET)]
    assert together == [set.union(*one) for one in zip(*apart, strict=True)]
    assert any(together)


def test_an_edit_is_to_be_judged_and_not_to_touch() -> None:
    text = "被告罗青岚经传换未到庭。"
    edit = Edit(7, 8, "换", "唤", 0.9, Kind.CHARACTER)
    found = [(digest(text), 0, text, edit)]
    place = (digest(text), 0, 7, 8, digest("唤"))
    assert complaints(found, {place: CLEAR}) == []
    assert "masks.py" in complaints(found, {place: TOUCHES})[0]
    assert "nobody has judged" in complaints(found, {(*place[:4], digest("还")): CLEAR})[0]


def test_verdicts_hold_no_text() -> None:
    rows = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    assert {tuple(row) for row in rows} == {("text", "paragraph", "start", "end", "new", "verdict", "why")}
    assert {row["verdict"] for row in rows} == {TOUCHES, CLEAR}
    assert all(len(row[name]) == 12 for row in rows for name in ("text", "new"))
    assert max(len(row["why"]) for row in rows) <= 4
    assert len(verdicts()) == len(rows)


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
