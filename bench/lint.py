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
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tianping.law import Law, shipped
from tianping.text.document import from_text, read
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


def jobs(texts: list[str], copies: int) -> dict[str, object]:
    """``--jobs 2`` against one process, the same files, start of the processes included."""
    with tempfile.TemporaryDirectory() as folder:
        for copy in range(copies):
            for number, text in enumerate(texts):
                Path(folder, f"{copy}-{number}.txt").write_text(text, encoding="utf-8")
        took = {}
        for number in (1, 2, 1, 2):
            began = time.perf_counter()
            command = [sys.executable, "-m", "tianping.cli.main", "check", folder, "--quiet", "--jobs", str(number)]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
            took[number] = min(took.get(number, 1e9), time.perf_counter() - began)
        load = os.getloadavg()[0]
    return {
        "files": copies * len(texts),
        "one_process_s": round(took[1], 2),
        "two_processes_s": round(took[2], 2),
        "speed_up": round(took[1] / took[2], 2),
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
import json, time
from eyecite import get_citations
line = ("Mass. Gen. Laws ch. 1, § 2 (West 1999). Foo v. Bar, 1 U.S. 2, 3-4 (1999). Id. at 3. Foo, supra, at 5. "
        "The court held in Lissner v. Test, 1 U.S. 12, 347-348 (4th Cir. 1982) that the claim was barred; "
        "see 2 F.3d 100. ")
texts = [f"Case {number}. {line * 8}" for number in range(100)]
get_citations(texts[0])
began = time.process_time()
found = sum(len(get_citations(text)) for text in texts)
took = time.process_time() - began
print(json.dumps({"mb_per_s": round(sum(len(t.encode()) for t in texts) / took / 1e6, 3), "citations": found}))
"""


def eyecite(python: str | None, texts: list[str]) -> dict[str, object]:
    """引用提取：ours on Chinese judgments (bytes of UTF-8), eyecite on English text of its own kind."""
    size = sum(len(text.encode()) for text in texts)
    found = [len(from_text(text).citations) for text in texts]
    took = seconds(lambda: [from_text(text) for text in texts])
    told: dict[str, object] = {
        "ours_whole_anatomy": {"mb_per_s": round(size / took / 1e6, 3), "citations": sum(found)},
    }
    if python:
        done = subprocess.run([python, "-c", EYECITE], capture_output=True, text=True, check=True)
        told["eyecite"] = json.loads(done.stdout)
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
        "jobs": jobs(texts, 1 if quick else 6),
        "linearity": linearity(texts, SIZES[:3] if quick else SIZES),
        "fuzz": fuzz(FUZZ, 4 if quick else 12),
        "citations": eyecite(options.eyecite, texts),
        "rss_mb_after_all": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()},
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
