"""两节点集群：run by test_archive in a process of its own, because Ray leaves threads and processes behind.

    python on_a_cluster.py ROOT FOLDER

The head node has no CPU for tasks; the work is done on two others. The worker of the first shard is killed while it
works, and then the node of another. Writes what happened to said.json: Ray's own processes talk into our output.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from pathlib import Path

import ray
from ray.cluster_utils import Cluster

from tests.text.lint.test_archive import PER_SHARD, names, order
from tianping.text.lint.archive import engines, run, shard

ROOT, FOLDER = Path(sys.argv[1]), Path(sys.argv[2])
SEEN = FOLDER / "seen"


def traced(source: Path, target: Path, order: shard.Order) -> shard.Tally:
    """The same pure function, with a footprint before it and time for us to kill whoever works."""
    node = ray.get_runtime_context().get_node_id()
    (SEEN / f"{source.stem}-{os.getpid()}").write_text(node, encoding="utf-8")
    if not (SEEN / "over").exists():
        time.sleep(1.5)
    return shard.check_shard(source, target, order)


class Hunted(engines.Cluster):
    """An engine that, after the first results, kills a worker and then a node."""

    def __init__(self, cluster: Cluster, nodes: list[object]) -> None:
        super().__init__(2)
        self._task = ray.remote(traced).options(num_cpus=1, max_retries=0)
        self._cluster, self._nodes, self.hunts = cluster, nodes, 0

    def outcomes(self):  # type: ignore[no-untyped-def]
        if self.hunts == 0:
            self.hunts = 1
            prey = _first(_footprints)
            os.kill(int(prey.name.split("-")[1]), 9)
        elif self.hunts == 1:
            self.hunts = 2
            before = {path.name for path in _footprints()}
            doomed = self._nodes[1]
            _first(lambda: [p for p in _footprints() if p.name not in before and p.read_text() == doomed.node_id])
            self._cluster.remove_node(doomed, allow_graceful=False)
            (SEEN / "over").touch()
        yield from super().outcomes()


def _footprints() -> list[Path]:
    return sorted(path for path in SEEN.iterdir() if "-" in path.name)


def _first(found):  # type: ignore[no-untyped-def]
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if paths := found():
            return paths[0]
        time.sleep(0.05)
    raise TimeoutError("a minute has passed")


def main() -> None:
    SEEN.mkdir()
    impatient = {"health_check_initial_delay_ms": 0, "health_check_period_ms": 300, "health_check_failure_threshold": 3}
    head = {"num_cpus": 0, "include_dashboard": False, "_system_config": impatient}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    nodes = [cluster.add_node(num_cpus=1, include_dashboard=False) for _ in range(2)]
    ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")
    cluster.wait_for_nodes()
    before = _alive()
    ran = {node.node_id for node in nodes}
    done = run.run(
        FOLDER / "集群", lambda: names(ROOT), order(ROOT), lambda: Hunted(cluster, nodes), asked="甲", size=PER_SHARD
    )
    with sqlite3.connect(FOLDER / "集群" / "ledger.sqlite") as db:
        (lost,) = db.execute("SELECT sum(attempts - 1) FROM shard").fetchone()
    _first(lambda: [True] if _alive() < before else [])  # a busy head hears of a death some seconds later
    told = {
        "nodes": {"before": before, "after": _alive()},
        "files": done.tally.files,
        "faults": done.faults,
        "lost": lost,
        "ran_on_both": {path.read_text() for path in _footprints()} == ran,
    }
    (FOLDER / "said.json").write_text(json.dumps(told), encoding="utf-8")
    ray.shutdown()
    cluster.shutdown()


def _alive() -> int:
    return sum(node["Alive"] and node["Resources"].get("CPU", 0) > 0 for node in ray.nodes())


if __name__ == "__main__":
    main()
