"""校对：what the proofreader finds, what it wrongly changes, how fast it is and what it costs. Prints JSON.

    python bench/proofread.py --gold DEV.jsonl…             scores, speed, start-up, memory, leakage
    python bench/proofread.py --gold DEV.jsonl… --ablations the same without one part at a time (not retrained)
    python bench/proofread.py --judgments DIR               remarks on whole judgments at the natural rate of errors
    python bench/proofread.py --judgments DIR --labels FILE precision by band, from verdicts given by hand

GOLD lines: {"id","source","target"}. Labels: {"file","paragraph","start","end","verdict"} a line, no text;
``file`` is the first twelve digits of the file's SHA-256, ``verdict`` 对 or 错.
The language model knows the corpus; ``leakage`` counts runs of twenty characters it shares with the gold sentences.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from machine import machine
from tianping.text.document import from_text
from tianping.text.proofread import Preset, Proofreader, applied, in_document, load, proofreader
from tianping.text.proofread.batch import Batch
from tianping.text.proofread.candidates import propose
from tianping.text.proofread.features import BACKWARD, NAMES
from tianping.text.proofread.features import rows as feature_rows
from tianping.text.proofread.masks import hide_people, mask
from tianping.text.proofread.model import SHIPPED
from tianping.text.proofread.trees import Trees

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.proofread_score import edits, score

RUN = 20  # characters of a leak
Row = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--model", type=Path, default=SHIPPED)
    parser.add_argument("--ablations", action="store_true")
    parser.add_argument("--judgments", type=Path)
    parser.add_argument("--labels", type=Path)
    given = parser.parse_args()
    reader = Proofreader(load(given.model))
    gold = {path.stem: _rows(path) for path in given.gold}
    report: Row = {
        "machine": machine(),
        "model": {"sha256": reader.model.sha256, "MB": round(given.model.stat().st_size / 1e6, 1)},
    }
    if gold:
        report["presets"] = {preset.value: _scores(reader, gold, preset) for preset in Preset}
        report["speed"] = _speed(reader, gold)
        report["start"] = _start(given.model)
        report["leakage"] = _leakage(gold)
        report["coverage"] = {name: _coverage(reader, rows) for name, rows in gold.items()}
    if given.ablations:
        report["ablations"] = {name: _without(reader, gold, how) for name, how in ABLATIONS.items()}
    if given.judgments:
        report["judgments"] = _natural(reader, given.judgments, given.labels)
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 0


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _scores(reader: Proofreader, gold: dict[str, list[Row]], preset: Preset) -> Row:
    found = {}
    for name, rows in gold.items():
        read = reader.each([row["source"] for row in rows], preset=preset)
        found[name] = score(
            [(row["source"], row["target"], applied(row["source"], own)) for row, own in zip(rows, read, strict=True)]
        )
    return found


def _speed(reader: Proofreader, gold: dict[str, list[Row]]) -> Row:
    """Characters a second of processor time, on all gold sources at once."""
    texts = [row["source"] for rows in gold.values() for row in rows]
    list(reader.each(texts[:20]))
    wall, began = time.perf_counter(), time.process_time()
    list(reader.each(texts))
    used = time.process_time() - began
    size = sum(map(len, texts))
    return {
        "characters": size,
        "per_core_second": round(size / used),
        "per_wall_second": round(size / (time.perf_counter() - wall)),
    }


def _coverage(reader: Proofreader, rows: list[Row]) -> Row:
    """How many reference edits are among the candidates, and how many of the others stand where nothing may change."""
    tables = reader.model.tables
    wanted = proposed = closed = 0
    for row in rows:
        source, reference = row["source"], edits(row["source"], row["target"])
        if not reference:
            continue
        shut, found = mask(source), set()
        for first, stop in proofreader.sentences(source):
            batch = Batch.of(tables, [hide_people(source)[first:stop]], [shut[first:stop]])
            changes, _ = propose(batch)
            for at in range(len(changes)):
                start, end = (int(place[at] - batch.starts[0]) + first for place in (changes.start, changes.end))
                new = tables.alphabet.text(changes.new[at, : changes.length[at]].astype(np.int64))
                made = edits(source, source[:start] + new + source[end:])
                found.update(made if len(made) == 1 else ())
        wanted += len(reference)
        proposed += sum(edit in found for edit in reference)
        closed += sum(bool(shut[edit[0] : max(edit[1], edit[0] + 1)].any()) for edit in reference if edit not in found)
    return {"wanted": wanted, "proposed": proposed, "not_proposed_and_closed": closed}


_FIRST = """
import time, sys, resource
began = time.perf_counter()
from pathlib import Path
from tianping.text.proofread import Proofreader, load
reader = Proofreader(load(Path(sys.argv[1])))
reader.proofread("本院依法追救其刑事责任。")
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def _start(model: Path) -> Row:
    """A new process from import to its first answer (best of three), and its resident memory then and at most."""
    runs = []
    for _ in range(3):
        told = subprocess.run([sys.executable, "-c", _FIRST, str(model)], capture_output=True, text=True, check=True)
        runs.append([float(number) for number in told.stdout.split()])
    return {
        "first_answer_s": round(min(run[0] for run in runs), 2),
        "resident_MB_first": round(max(run[1] for run in runs)),
        "resident_MB_bench": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _leakage(gold: dict[str, list[Row]]) -> Row | str:
    """Gold sentences that share a run of twenty characters with the corpus."""
    data = os.environ.get("TIANPING_DATA")
    if not data:
        return "TIANPING_DATA not set: not checked"
    from tianping.text.proofread.train.corpus import kinds

    wanted: set[int] = set()
    owners: dict[int, set[str]] = {}
    for name, rows in gold.items():
        for row in rows:
            for text in {row["source"], row["target"]}:
                for value in _runs(text).tolist():
                    owners.setdefault(value, set()).add(f"{name}/{row['id']}")
    wanted = set(owners)
    asked = np.array(sorted(wanted), dtype=np.uint64)
    hits: set[str] = set()
    for kind in kinds(Path(data, "corpus")):
        for start in range(0, len(kind.sentences), 20_000):
            runs = _runs("\n".join(kind.sentences[start : start + 20_000]))
            for value in asked[np.isin(asked, runs)].tolist():
                hits |= owners[value]
    return {"runs_of": RUN, "gold_runs": len(wanted), "sentences_that_leak": len(hits), "which": sorted(hits)[:20]}


def _runs(text: str) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """Hashes of all runs of twenty content characters that stay within a line."""
    codes = np.frombuffer(
        "".join(one for one in text if one == "\n" or one.isalnum()).encode("utf-32-le", "surrogatepass"), np.uint32
    ).astype(np.uint64)
    if len(codes) < RUN:
        return np.zeros(0, np.uint64)
    size = len(codes) - RUN + 1
    hashes = np.zeros(size, np.uint64)
    whole = np.ones(size, dtype=bool)
    for offset in range(RUN):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + codes[offset : offset + size]
        whole &= codes[offset : offset + size] != 10
    return hashes[whole]


@contextmanager
def _no_trees() -> Iterator[None]:
    """Gain adjusted for length alone decides; a gain of ten counts as even odds."""
    adjusted, smaller = NAMES.index("adjusted"), NAMES.index("smaller")

    def by_gain(self: Trees, rows: Any) -> Any:
        return np.where(rows[:, smaller] > 1, 1 / (1 + np.exp(10.0 - rows[:, adjusted])), 0.0)

    with mock.patch.object(Trees, "score", by_gain):
        yield


@contextmanager
def _no_masks() -> Iterator[None]:
    with mock.patch.object(proofreader, "mask", lambda text, names=(): np.zeros(len(text), dtype=bool)):
        yield


@contextmanager
def _no_backward() -> Iterator[None]:
    """The trees are told the forward numbers in place of the backward ones."""
    whole = feature_rows
    pairs = {"backward": "forward", "smaller": "forward", "old_backward": "old_forward", "new_backward": "new_forward"}
    assert set(pairs) == set(BACKWARD)

    def blind(*given: Any) -> Any:
        table = whole(*given)
        for gone, left in pairs.items():
            table[:, NAMES.index(gone)] = table[:, NAMES.index(left)]
        return table

    with mock.patch.object(proofreader, "rows", blind):
        yield


ABLATIONS: dict[str, Callable[[], Any]] = {
    "without trees": _no_trees,
    "without backward numbers": _no_backward,
    "without masks": _no_masks,
}


def _without(reader: Proofreader, gold: dict[str, list[Row]], how: Callable[[], Any]) -> Row:
    with how():
        return _scores(reader, gold, Preset.NORMAL)


def _natural(reader: Proofreader, folder: Path, labels: Path | None) -> Row:
    """Remarks of probability 0.5 and more on whole judgments; with labels, how many of each band are right."""
    remarks: list[Row] = []
    size = 0
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        size += len(text)
        mark = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        document = from_text(text)
        for one in in_document.of(reader, document, Preset.NORMAL):
            place = one.span.paragraph
            remarks.append(
                {
                    "file": mark,
                    "paragraph": place,
                    "start": one.edit.start,
                    "end": one.edit.end,
                    "new": one.edit.new,
                    "score": one.edit.score,
                    "kind": one.edit.kind_name,
                    "around": document.paragraphs[place].text[max(0, one.edit.start - 14) : one.edit.end + 12],
                    "old": one.edit.old,
                }
            )
    report: Row = {"characters": size, "remarks": len(remarks), "per_10000": round(len(remarks) / size * 10_000, 2)}
    if labels is None:
        return {**report, "to_label": remarks}
    verdicts = {_key(row): row["verdict"] for row in _rows(labels)}
    bands = [(0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)]
    told: list[Row] = []
    for low, high in bands:
        own = [verdicts.get(_key(one)) for one in remarks if low <= one["score"] < high]
        judged = [verdict for verdict in own if verdict]
        right = judged.count("对")
        told.append({"from": low, "remarks": len(own), "judged": len(judged), "right": right})
    seen, good = sum(int(band["judged"]) for band in told), sum(int(band["right"]) for band in told)
    return {**report, "judged": seen, "right": good, "share_right": round(good / max(seen, 1), 3), "bands": told}


def _key(row: Row) -> Sequence[Any]:
    return (row["file"], row["paragraph"], row["start"], row["end"])


if __name__ == "__main__":
    sys.exit(main())
