"""单份检查：what a judge waits for when one judgment of 6,000 characters is checked. Prints JSON.

    python bench/check_one.py

The judgment is put together from real ones where TIANPING_DATA is set, else from examples/; the output says which.
``end_to_end_s`` starts with the process and ends with its last line.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docx import Document as Word

from machine import machine
from tianping.law import shipped
from tianping.text.document import read
from tianping.text.lint import VERSION, check
from tianping.text.lint.speech import quoted

WANTED = 6_000
RUNS = 9
WORK_SECONDS = 3.0
ROOT = Path(__file__).resolve().parent.parent


def judgment() -> tuple[str, str]:
    """(dataset, text) of a judgment of about 6,000 characters."""
    data = os.environ.get("TIANPING_DATA")
    if data:
        paths = sorted(Path(data, "judgments").glob("*.txt"))
        return "TIANPING_DATA/judgments, the longest with findings of others added", _lengthened(paths)
    paths = sorted((ROOT / "examples").glob("*.docx"))
    return "examples, the longest with findings of others added", _lengthened(paths)


def _lengthened(paths: list[Path]) -> str:
    """Published judgments are mostly shorter: long paragraphs of others, each once, go before 本院认为."""
    texts = sorted((read(path).text for path in paths), key=len, reverse=True)
    lines = texts[0].splitlines()
    at = next((number for number, line in enumerate(lines) if line.startswith("本院认为")), len(lines) // 2)
    others = (line for text in texts[1:] for line in text.splitlines() if len(line) > 150 and "本院" not in line)
    while sum(map(len, lines)) < WANTED:
        lines.insert(at, next(others))
    return "\n".join(lines)


def end_to_end(path: Path) -> dict[str, float]:
    """Seconds of the whole command, process start included, as installed: the bytecode is there."""
    command = [sys.executable, "-m", "tianping.cli.main", "check", str(path), "--quiet"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(path.parent)
    subprocess.run(command, capture_output=True, check=False, env=environment)  # writes it
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False, env=environment)
        seconds.append(time.perf_counter() - started)
        assert done.returncode in (0, 1), done.stderr.decode()
    return {
        "median": round(statistics.median(seconds), 3),
        "fastest": round(min(seconds), 3),
        "slowest": round(max(seconds), 3),
    }


def characters_per_second(path: Path, characters: int) -> dict[str, int]:
    """Read and check again and again in one process, after a first time that is not counted; nothing stays cached."""
    check(read(path), law=shipped())
    times = {"read": 0.0, "check": 0.0}
    rounds = 0
    started = time.perf_counter()
    while time.perf_counter() - started < WORK_SECONDS:
        quoted.cache_clear()
        begin = time.perf_counter()
        document = read(path)
        middle = time.perf_counter()
        check(document, law=shipped())
        times["read"] += middle - begin
        times["check"] += time.perf_counter() - middle
        rounds += 1
    done = characters * rounds
    return {
        "read_and_check": round(done / (times["read"] + times["check"])),
        "check_alone": round(done / times["check"]),
    }


def main() -> int:
    dataset, text = judgment()
    with tempfile.TemporaryDirectory() as folder:
        txt, docx, short = (Path(folder, name) for name in ("judgment.txt", "judgment.docx", "short.txt"))
        txt.write_text(text, encoding="utf-8")
        short.write_text(text[:600], encoding="utf-8")
        word = Word()
        for line in text.splitlines():
            word.add_paragraph(line)
        word.save(str(docx))
        characters = len(text)
        result = {
            "bench": "check_one",
            "engine": VERSION,
            "dataset": dataset,
            "characters": characters,
            "runs": RUNS,
            "txt": {
                "end_to_end_s": end_to_end(txt),
                "characters_per_second_per_core": characters_per_second(txt, characters),
            },
            "docx": {
                "end_to_end_s": end_to_end(docx),
                "characters_per_second_per_core": characters_per_second(docx, characters),
            },
            "import_to_first_answer_s": end_to_end(short),
            "load_average_1_min": round(os.getloadavg()[0], 1),
            "machine": machine(),
        }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
