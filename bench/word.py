"""Word 文件：how fast judgments are read from each kind of file and commented in Word. Prints JSON.

    python bench/word.py

Put together from real judgments where TIANPING_DATA is set, else from examples/; the output says which. The PDF is made
by LibreOffice where the machine has it, else that figure is null. Comments are set on random words, one to 250
characters, which is more than any judgment gets.
"""

from __future__ import annotations

import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from docx import Document as Word

from machine import machine
from tianping.text.document import Document, Span, read, read_bytes
from tianping.text.document.legacy import converter
from tianping.text.lint import VERSION, Remark, Severity
from tianping.text.lint.formats.docx import annotate, noqa_of
from tianping.text.lint.formats.replies import replies

CHARACTERS = {"20 pages": 12_000, "200 pages": 120_000}
RUNS = 5
ROOT = Path(__file__).resolve().parent.parent


def lines() -> tuple[str, list[str]]:
    """(dataset, paragraphs of judgments one after another)."""
    data = os.environ.get("TIANPING_DATA")
    paths = sorted(Path(data, "judgments").glob("*.txt")) if data else sorted((ROOT / "examples").glob("*.docx"))
    return (
        "TIANPING_DATA/judgments" if data else "examples",
        [line for path in paths for line in read(path).text.splitlines()],
    )


def as_word(paragraphs: list[str], seed: int = 1) -> bytes:
    """A .docx with runs as Word leaves them: cut anywhere, some of them formatted."""
    chance = random.Random(seed)
    word = Word()
    for text in paragraphs:
        paragraph = word.add_paragraph()
        at = 0
        while at < len(text):
            end = min(len(text), at + chance.choice((1, 3, 8, 20, 40)))
            paragraph.add_run(text[at:end]).bold = chance.random() < 0.1
            at = end
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def remarks_on(document: Document, seed: int = 2) -> tuple[Remark, ...]:
    chance = random.Random(seed)
    made = []
    for number in range(len(document.text) // 250):
        paragraph = chance.choice(document.paragraphs)
        start = chance.randrange(len(paragraph.text))
        span = Span(paragraph.index, start, min(len(paragraph.text), start + chance.randrange(1, 12)))
        told = f"第 {number} 处请核对。"
        made.append(Remark("TST001", "bench", Severity.WARNING, told, span, document.text_at(span), "改", "某规定"))
    return tuple(sorted(made, key=lambda remark: remark.order))


def seconds(work: Callable[[], object]) -> float:
    """The median of some runs after a first that does not count."""
    work()
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def printed(source: bytes) -> bytes | None:
    """As LibreOffice prints it."""
    program = converter()
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.docx").write_bytes(source)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(folder / "a.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return (folder / "a.pdf").read_bytes()


def measured(paragraphs: list[str]) -> dict[str, object]:
    source = as_word(paragraphs)
    text = "\n".join(paragraphs).encode()
    document = read_bytes(source, "a.docx")
    characters = len(document.text)
    remarks = remarks_on(document)
    annotated = annotate(source, document, remarks)
    again = read_bytes(annotated.data, "a.docx")
    paper = printed(source)

    def rate(data: bytes, name: str) -> int:
        return round(characters / seconds(lambda: read_bytes(data, name)))

    return {
        "characters": characters,
        "paragraphs": len(document.paragraphs),
        "read_characters_per_second": {
            "docx": rate(source, "a.docx"),
            "txt": rate(text, "a.txt"),
            "pdf": rate(paper, "a.pdf") if paper else None,
        },
        "comments": len(remarks),
        "placed": len(annotated.placed),
        "annotate_s": round(seconds(lambda: annotate(source, document, remarks)), 4),
        "annotate_own_output_s": round(seconds(lambda: annotate(annotated.data, again, remarks)), 4),
        "second_run_is_the_same_bytes": annotate(annotated.data, again, remarks).data == annotated.data,
        "replies_s": round(seconds(lambda: replies(annotated.data)), 4),
        "noqa_s": round(seconds(lambda: noqa_of(annotated.data, again)), 4),
    }


def main() -> int:
    dataset, paragraphs = lines()
    result: dict[str, object] = {"bench": "word", "engine": VERSION, "dataset": dataset, "runs": RUNS}
    for size, wanted in CHARACTERS.items():
        taken: list[str] = []
        length = 0
        while length < wanted:
            for line in paragraphs:
                taken.append(line)
                length += len(line)
                if length >= wanted:
                    break
        result[size] = measured(taken)
    result["machine"] = machine()
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
