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
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tianping.law import shipped
from tianping.text.document import read
from tianping.text.lint import VERSION, Profile
from tianping.text.lint.archive import engines, plan
from tianping.text.lint.archive.run import run
from tianping.text.lint.archive.shard import Order
from tianping.text.lint.file import check_file

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
            "local": round((local[1] - alone) / number * 1000, 3),
            "ray": round((nodes[1] - alone) / number * 1000, 3),
        },
        "scaling_1_to_2": {"local": round(local[1] / local[2], 2), "ray": round(nodes[1] / nodes[2], 2)},
        "resume_when_all_is_done_s": round(again, 2),
        "load_average_1_min": round(os.getloadavg()[0], 1),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()},
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
