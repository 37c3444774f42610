"""归档检查的开销：what the shards, the ledger and Ray cost on top of checking, and one node against two. Prints JSON.

    python bench/archive.py [--files 3000]

Real judgments where TIANPING_DATA is set, else the examples, copied until there are enough files. ``overhead`` is
processor-free waiting too: it is what a run takes beyond checking the same files in one process, per document. Two
nodes are two Ray nodes of one CPU each on this machine, so that scaling needs two idle cores.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from machine import machine
from tianping.law import shipped
from tianping.text.document import read
from tianping.text.lint import VERSION, Profile
from tianping.text.lint.archive import engines, plan, shard
from tianping.text.lint.archive.ledger import Shard
from tianping.text.lint.archive.run import run
from tianping.text.lint.archive.shard import Order, check_shard
from tianping.text.lint.file import check_file
from tianping.text.lint.report import FileReport

ROOT = Path(__file__).resolve().parent.parent


def files(folder: Path, number: int) -> list[str]:
    if data := os.environ.get("TIANPING_DATA"):
        texts = [path.read_text(encoding="utf-8") for path in sorted(Path(data, "judgments").glob("*.txt"))]
    else:
        texts = [read(path).text for path in sorted((ROOT / "examples").glob("*.docx"))]
    names = [f"{count:06d}.txt" for count in range(number)]
    for count, name in enumerate(names):
        (folder / name).write_text(texts[count % len(texts)], encoding="utf-8")
    return names


def bare(folder: Path, names: list[str]) -> float:
    """检查本身：the same files, one process, nothing around it."""
    law = shipped()
    began = time.perf_counter()
    for name in names:
        check_file(folder / name, name, law=law, profile=Profile())
    return time.perf_counter() - began


def archived(folder: Path, names: list[str], archive: Path, engine: Callable[[], engines.Engine]) -> float:
    began = time.perf_counter()
    done = run(archive, lambda: names, Order(Profile(), None, folder), engine, asked="bench", size=plan.FILES)
    took = time.perf_counter() - began
    assert done.tally.files == len(names), done
    return took


class Here:
    """在本进程里执行：shards, ledger and results as ever, so that processor time tells what they cost."""

    def __init__(self) -> None:
        self._came: list[engines.Outcome] = []

    @property
    def room(self) -> int:
        return 1 - len(self._came)

    def submit(self, given: Shard, source: Path, target: Path, order: Order) -> None:
        self._came.append((given, check_shard(source, target, order)))

    def outcomes(self) -> Iterator[engines.Outcome]:
        came, self._came = self._came, []
        yield from came

    def close(self) -> None:
        pass


def processor_overhead(folder: Path, names: list[str], archive: Path) -> float:
    """每份文书的额外处理器时间, in ms: all that one run spends outside the checking of a file; the least of three."""
    found = []
    for count in range(3):
        inside = 0.0

        def timed(*given: Any, **more: Any) -> FileReport:
            nonlocal inside
            began = time.process_time()
            report = check_file(*given, **more)
            inside += time.process_time() - began
            return report

        shard.check_file = timed  # type: ignore[assignment]
        began = time.process_time()
        try:
            archived(folder, names, archive.with_name(f"here-{count}"), Here)
        finally:
            shard.check_file = check_file
        found.append(time.process_time() - began - inside)
    return min(found) / len(names) * 1000


def on_nodes(number: int, folder: Path, names: list[str], archive: Path) -> float:
    """On Ray nodes of one CPU each, started before the clock; workers warm, as in a long run."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray
    from ray.cluster_utils import Cluster

    cluster: Any = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    try:
        for _ in range(number):
            cluster.add_node(num_cpus=1, include_dashboard=False)
        ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")
        cluster.wait_for_nodes()
        archived(folder, names[: plan.FILES * number], archive.with_name(f"warm-{number}"), lambda: engines.Cluster(1))
        return archived(folder, names, archive, lambda: engines.Cluster(1))
    finally:
        ray.shutdown()
        cluster.shutdown()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=3000)
    number = parser.parse_args().files
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home, "files")
        folder.mkdir()
        names = files(folder, number)
        bare(folder, names[:50])
        processor = processor_overhead(folder, names, Path(home, "here"))
        alone = bare(folder, names)
        local = {
            jobs: archived(folder, names, Path(home, f"local-{jobs}"), partial(engines.Local, jobs)) for jobs in (1, 2)
        }
        nodes = {count: on_nodes(count, folder, names, Path(home, f"ray-{count}")) for count in (1, 2)}
        again = archived(folder, names, Path(home, "local-1"), lambda: engines.Local(1))
    result = {
        "bench": "archive",
        "engine": VERSION,
        "files": number,
        "shards": -(-number // plan.FILES),
        "bare_s": round(alone, 2),
        "local_s": {str(jobs): round(took, 2) for jobs, took in local.items()},
        "ray_nodes_s": {str(count): round(took, 2) for count, took in nodes.items()},
        "overhead_ms_per_document": {
            "processor_time": round(processor, 3),
            "local": round((local[1] - alone) / number * 1000, 3),
            "ray": round((nodes[1] - alone) / number * 1000, 3),
        },
        "scaling_1_to_2": {"local": round(local[1] / local[2], 2), "ray": round(nodes[1] / nodes[2], 2)},
        "resume_when_all_is_done_s": round(again, 2),
        "load_average_1_min": round(os.getloadavg()[0], 1),
        "machine": machine(),
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
