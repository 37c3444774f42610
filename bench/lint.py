"""检查引擎的速度：what the linter costs on real judgments, all default rules. Prints JSON.

    python bench/lint.py [--quick] [--eyecite PYTHON]

Speed is per core, in processor time, everything that is computed once per text forgotten between rounds. Linearity and
the fuzz compare within one run, because the speed of a shared machine swings; the first answer and ``--jobs`` go by the
clock and need an idle machine. ``--eyecite`` names the python of a private environment
with eyecite in it (never a dependency of ours), whose citation extraction is then measured beside ours, each on its
own kind of text. Without TIANPING_DATA the examples stand in for real judgments, and the output says so.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from machine import machine
from tianping.law import Law, shipped
from tianping.text.document import from_text, read
from tianping.text.document.citations import citations
from tianping.text.document.folding import fold
from tianping.text.lint import VERSION, Profile, check, consider
from tianping.text.lint.speech import quoted

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000, 100_000, 1_000_000)
FUZZ = (2_000, 8_000, 32_000)


def judgments() -> tuple[str, list[str]]:
    """(dataset, texts)."""
    if data := os.environ.get("TIANPING_DATA"):
        paths = [p for folder in ("judgments", "judgments-apart") for p in sorted(Path(data, folder).glob("*.txt"))]
        return "TIANPING_DATA/judgments and judgments-apart", [p.read_text(encoding="utf-8") for p in paths]
    return "examples", [read(path).text for path in sorted((ROOT / "examples").glob("*.docx"))]


def forget() -> None:
    """Nothing computed for a text may help the next round."""
    quoted.cache_clear()


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, not of the clock: what others do on a shared machine is not ours."""
    forget()
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def speed(texts: list[str], rounds: int) -> dict[str, object]:
    law = shipped()
    characters = sum(map(len, texts))
    reading, checking = zip(*(one_by_one(texts, law) for _ in range(rounds)), strict=True)
    read_s, check_s = statistics.median(reading), statistics.median(checking)
    return {
        "characters": characters,
        "rules": len(Profile().rules()),
        "read_and_check_characters_per_s_per_core": round(characters / (read_s + check_s)),
        "check_characters_per_s_per_core": round(characters / check_s),
        "read_characters_per_s_per_core": round(characters / read_s),
        "slowest_rules": slowest(texts, law),
    }


def one_by_one(texts: list[str], law: Law) -> tuple[float, float]:
    """Seconds of reading and of checking, each text after the other and none kept, as in a run over a folder."""
    forget()
    gc.collect()
    read_s = check_s = 0.0
    for text in texts:
        began = time.process_time()
        document = from_text(text)
        done = time.process_time()
        check(document, law=law)
        read_s += done - began
        check_s += time.process_time() - done
    return read_s, check_s


def slowest(texts: list[str], law: Law) -> dict[str, float]:
    """Share of the checking time of the five slowest rules, in percent."""
    documents = [from_text(text) for text in texts]
    for document in documents:
        check(document, law=law)
    spent: dict[str, float] = {}
    for rule in Profile().rules():
        began = time.process_time()
        for document in documents:
            for _ in consider(rule, document, law):
                pass
        spent[rule.code] = time.process_time() - began
    whole = sum(spent.values())
    return {code: round(100 * s / whole, 1) for code, s in sorted(spent.items(), key=lambda row: -row[1])[:5]}


def first_answer(text: str, runs: int) -> dict[str, object]:
    """From the start of the process to its end, as installed (bytecode there), with the proofreader and without.

    ``cpu_s`` is the processor's, which a busy machine blurs less. ``rss_mb``: the most memory it held.
    """
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder, "short.txt"), Path(folder, "again.txt")
        path.write_text(text[:600], encoding="utf-8")
        other.write_text(text[:20], encoding="utf-8")  # several files are not proofread unless that is asked for
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = folder
        return {
            "with_proofreader": started([path], runs, environment),
            "without": started([path, other], runs, environment),
            "load_average_1_min": round(os.getloadavg()[0], 1),
        }


def started(paths: list[Path], runs: int, environment: dict[str, str]) -> dict[str, float]:
    script = (
        "import resource,sys; from tianping.cli.main import main; main(['check', *sys.argv[1:], '--quiet']);"
        "used = resource.getrusage(resource.RUSAGE_SELF);"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, *map(str, paths)]
    subprocess.run(command, capture_output=True, check=True, env=environment)  # writes the bytecode
    clock, processor, memory = [], [], 0
    for _ in range(runs):
        began = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=True, env=environment)
        clock.append(time.perf_counter() - began)
        cpu, rss = done.stderr.split()[-2:]
        processor.append(float(cpu))
        memory = int(rss)
    return {
        "median_s": round(statistics.median(clock), 3),
        "fastest_s": round(min(clock), 3),
        "cpu_s": round(statistics.median(processor), 3),
        "rss_mb": round(memory / 1024, 1),
    }


PROCESSES = """
import json, os, sys, time
from tianping.cli import pool
from tianping.cli.main import main

each, forked, real = pool._each, [], os.fork

def noted(work, items):
    came = each(work, items)
    with open(os.path.join(sys.argv[2], str(os.getpid())), "w") as file:
        file.write(str(time.process_time()))
    return came

def fork():
    forked.append(time.process_time())
    return real()

noted.__module__, noted.__qualname__ = each.__module__, each.__qualname__
pool._each, os.fork = noted, fork
main(["check", sys.argv[1], "--quiet", "--jobs", sys.argv[3]])
workers = [float(open(os.path.join(sys.argv[2], name)).read()) for name in os.listdir(sys.argv[2])]
own = time.process_time()
start = forked[0] if forked else own
shared = start + (own - start + sum(workers)) / int(sys.argv[3])
critical = max(start + max(workers, default=0), shared)
print(json.dumps({"sum": own + sum(workers), "critical": critical}), file=sys.stderr)
"""


def jobs(texts: list[str], copies: int) -> dict[str, object]:
    """``--jobs 2`` against one process, the same files, start of the processes included.

    By the clock, and by processor time along the critical path — what the parent does before there are processes, then
    the busiest of them, or what all do shared by two cores where that is longer — which a busy machine does not blur.
    """
    with tempfile.TemporaryDirectory() as folder:
        for copy in range(copies):
            for number, text in enumerate(texts):
                Path(folder, f"{copy}-{number}.txt").write_text(text, encoding="utf-8")
        took: dict[int, float] = {}
        processor: dict[int, dict[str, float]] = {}
        for number in (1, 2, 1, 2):
            with tempfile.TemporaryDirectory() as notes:
                began = time.perf_counter()
                command = [sys.executable, "-c", PROCESSES, folder, notes, str(number)]
                done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
                took[number] = min(took.get(number, 1e9), time.perf_counter() - began)
                told = json.loads(done.stderr.splitlines()[-1])
                processor[number] = min(processor.get(number, told), told, key=lambda one: one["critical"])
        load = os.getloadavg()[0]
    return {
        "files": copies * len(texts),
        "one_process_s": round(took[1], 2),
        "two_processes_s": round(took[2], 2),
        "speed_up": round(took[1] / took[2], 2),
        "processor_s": {str(number): round(one["sum"], 2) for number, one in processor.items()},
        "critical_path_s": {str(number): round(one["critical"], 2) for number, one in processor.items()},
        "speed_up_by_processor_time": round(processor[1]["critical"] / processor[2]["critical"], 2),
        "cores": os.cpu_count(),
        "load_average_1_min": round(load, 1),
    }


def linearity(texts: list[str], sizes: tuple[int, ...]) -> dict[str, object]:
    """One text ever longer: real paragraphs, over and over. ``exponent`` 1 is linear."""
    lines = [line for text in texts for line in text.splitlines()]
    law, took = shipped(), {}
    for size in sizes:
        whole, at = [], 0
        while sum(map(len, whole[-50:])) + at < size:
            at += sum(map(len, whole[-50:])) if len(whole) % 50 == 0 else 0
            whole.append(lines[len(whole) % len(lines)])
        text = "\n".join(whole)[:size]
        took[size] = min(
            seconds(lambda given=text: check(from_text(given), law=law))  # type: ignore[misc]
            for _ in range(3 if size < 1_000_000 else 1)
        )
    return {
        "microseconds_per_character": {str(size): round(s / size * 1e6, 2) for size, s in took.items()},
        "exponent_from_10k": exponent({size: s for size, s in took.items() if size >= 10_000}),
    }


def exponent(took: dict[int, float]) -> float:
    """The slope of log time over log length between the ends."""
    from math import log

    small, large = min(took), max(took)
    return round(log(took[large] / took[small]) / log(large / small), 2)


ALPHABET = [
    *"的一被告原告人民法院第条款项（）()《》“”，。；：、1234567890零〇○一二三四五六七八九十百千万元角分年月日",
    *(" ", "　", "\t", "\u200b", "\u202e", "\ue000", "×", "某", "-", "—", "_", "￥"),
]
UNITS = [
    *(
        "（",
        "《",
        "“",
        "1",
        "一",
        "零",
        "第一",
        "第一条、",
        "1,",
        "2024年",
        "6月31日",
        "壹",
        "元（",
        " ",
        "　",
        "\u200b",
        "是",
    ),
    *(
        "被告",
        "被告人张三、",
        "自2024年1月1日起至",
        "（2024）",
        "《中华人民共和国",
        "判决如下：",
        "一、",
        "×",
        "某某",
        "____",
    ),
    *("依照《民法典》第一条、第二条第三款", "壹拾贰万叁仟肆佰伍拾陆元", "100+", "住所地", "以下简称", "审判员　"),
]


def fuzz(sizes: tuple[int, ...], seeds: int) -> dict[str, object]:
    """Strings made to hurt: one unit over and over, and random mixtures. Worst exponent, slowest character."""
    law = shipped()
    head = "南浦市清河区人民法院\n民事判决书\n（2024）南0102民初12号\n原告：罗青山\n被告：方若水\n本院认为，"
    worst, slow = (0.0, ""), (0.0, "")
    makers: dict[str, Callable[[int], str]] = {f"×{unit}": (lambda n, u=unit: u * (n // len(u))) for unit in UNITS}  # type: ignore[misc]
    for seed in range(seeds):
        chance = random.Random(seed)
        made = "".join(chance.choice(ALPHABET) for _ in range(max(sizes)))
        makers[f"随机 {seed}"] = lambda n, text=made: text[:n]  # type: ignore[misc]
    for name, make in makers.items():
        took = {}
        for size in sizes:
            text = f"{head}{make(size)}\n判决如下：\n一、驳回。"
            took[size] = min(seconds(lambda given=text: check(from_text(given), law=law)) for _ in range(2))  # type: ignore[misc]
        large = {size: s for size, s in took.items() if size > min(sizes)}
        worst = max(worst, (exponent(large), name))
        slow = max(slow, (took[max(sizes)] / max(sizes) * 1e6, name))
    return {
        "strings": len(makers),
        "characters_each": list(sizes),
        "worst_exponent": {"value": worst[0], "string": worst[1]},
        "slowest": {"microseconds_per_character": round(slow[0], 1), "string": slow[1]},
    }


EYECITE = """
import json, sys, time
from importlib.metadata import version
from itertools import cycle
from eyecite import get_citations
from eyecite.tokenizers import default_tokenizer

SAID = [
    "The plaintiff bought the mill from the defendant and paid half of the price on the day of the sale. ",
    "The parties had agreed that the machines would be in working order, and the court found that they were not. ",
    "On appeal the defendant argues that the promise was never put in writing and cannot be enforced. ",
    "We review that question without deference to the court below. ",
    "Nothing in the record shows that the notice was received before the term had ended, and the burden was on him. ",
    "The remaining arguments were not raised at trial and we do not consider them. ",
]
CITED = [
    "A promise of this kind binds the seller. Harlow v. Fenwick, {0} U.S. {1}, {2} (19{3}). ",
    "The rule is older than the statute. See Orchard Mills, Inc. v. Tate, {0} F.2d {1}, {2} (9th Cir. 19{3}). ",
    "See id. at {2}. ",
    "The remedy is set out in {0} U.S.C. § {1}. ",
    "Other courts have held the same. Dunmore v. Pell, {0} F. Supp. {1}, {2} (S.D.N.Y. 19{3}). ",
]
texts = []
for number in range(40):
    said, cited, parts = cycle(SAID), cycle(CITED), []
    for place in range(40):
        parts += [next(said), next(said), next(said)]
        parts.append(next(cited).format(100 + number, 10 + place * 7, 12 + place * 7, 60 + place % 40))
    texts.append("".join(parts))
for text in texts[:2]:
    get_citations(text)
began = time.process_time()
found = sum(len(get_citations(text)) for text in texts[2:])
took = time.process_time() - began
size = sum(len(text.encode()) for text in texts[2:])
print(json.dumps({
    "mb_per_s": round(size / took / 1e6, 3), "citations": found, "characters": size,
    "version": version("eyecite"), "tokenizer": type(default_tokenizer).__name__,
}))
"""


def eyecite(python: str | None, texts: list[str]) -> dict[str, object]:
    """引用提取：ours on Chinese judgments (bytes of UTF-8), eyecite on English text written here, a citation in four
    sentences: warm, with the tokenizer it uses where nothing else is said."""
    size = sum(len(text.encode()) for text in texts)
    documents = [from_text(text) for text in texts]
    folds = [[fold(paragraph.text) for paragraph in document.paragraphs] for document in documents]
    whole = seconds(lambda: [from_text(text) for text in texts])
    alone = seconds(lambda: [citations(one.paragraphs, folded) for one, folded in zip(documents, folds, strict=True)])
    found = sum(len(document.citations) for document in documents)
    told: dict[str, object] = {
        "ours_finding_alone": {"mb_per_s": round(size / alone / 1e6, 3), "citations": found},
        "ours_whole_anatomy": {"mb_per_s": round(size / whole / 1e6, 3), "citations": found},
        "eyecite": "not measured: --eyecite names no python that has it",
    }
    if python:
        done = subprocess.run([python, "-c", EYECITE], capture_output=True, text=True, check=True)
        told["eyecite"] = json.loads(done.stdout.splitlines()[-1])
    return told


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="fewer rounds and shorter texts")
    parser.add_argument("--eyecite", metavar="PYTHON")
    options = parser.parse_args()
    dataset, texts = judgments()
    quick = options.quick
    result = {
        "bench": "lint",
        "engine": VERSION,
        "dataset": dataset,
        "speed": speed(texts, 1 if quick else 5),
        "first_answer": first_answer(max(texts, key=len), 3 if quick else 9),
        "jobs": jobs(texts, 1 if quick else 12),
        "linearity": linearity(texts, SIZES[:3] if quick else SIZES),
        "fuzz": fuzz(FUZZ, 4 if quick else 12),
        "citations": eyecite(options.eyecite, texts),
        "rss_mb_after_all": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "machine": machine(),
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
