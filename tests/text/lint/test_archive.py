"""归档检查：nothing is done twice, nothing is lost, and what cannot be checked is set aside with its reason."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tianping.text.lint import Profile
from tianping.text.lint.archive import engines, run
from tianping.text.lint.archive.ledger import Ledger, LedgerBusy, Shard, hash_of
from tianping.text.lint.archive.plan import PlanRefused, plan
from tianping.text.lint.archive.shard import Order, check_shard
from tianping.text.lint.archive.statistics import COLUMNS
from tianping.text.lint.archive.tally import tally_from, total

from .casebook import judgment

FAULTY = judgment({"节": "主文"}, ["被告于2024年6月31日前返还借款捌仟叁元（8300元）。"])
CLEAN = judgment({}, ["双方没有其他往来。"])
PER_SHARD = 4


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """卷宗：16 files in 4 shards; every fourth faulty, one that cannot be read."""
    root = tmp_path / "卷宗"
    root.mkdir()
    for number in range(16):
        text = FAULTY if number % 4 == 0 else CLEAN
        (root / f"{number:02d}.txt").write_text(text, encoding="utf-8")
    (root / "05.txt").write_bytes(b"")
    return root


def names(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir())


def order(root: Path) -> Order:
    return Order(Profile(select=("DAT001", "NUM001")), None, root)


class Inline:
    """An engine of this process, that loses what a test wants lost."""

    def __init__(self, lost: Callable[[Shard, Path], str | None] = lambda shard, source: None) -> None:
        self._lost = lost
        self._came: list[engines.Outcome] = []
        self.given: list[int] = []

    @property
    def room(self) -> int:
        return 1 - len(self._came)

    def submit(self, shard: Shard, source: Path, target: Path, order: Order) -> None:
        self.given.append(shard.number)
        why = self._lost(shard, source)
        self._came.append((shard, why if why is not None else check_shard(source, target, order)))

    def outcomes(self) -> Iterator[engines.Outcome]:
        came, self._came = self._came, []
        yield from came

    def close(self) -> None:
        pass


def checked(root: Path, archive: Path, engine: Any = Inline, files: Iterable[str] | None = None) -> run.Done:
    wanted = names(root) if files is None else files
    return run.run(archive, lambda: wanted, order(root), engine, asked="甲", size=PER_SHARD)


def outputs(archive: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((archive / "remarks").iterdir())}


def states(archive: Path) -> dict[str, int]:
    with sqlite3.connect(archive / "ledger.sqlite") as db:
        return dict(db.execute("SELECT state, count(*) FROM shard GROUP BY state"))


class TestOneShard:
    def test_same_list_same_bytes_and_same_tally(self, root: Path, tmp_path: Path) -> None:
        source = tmp_path / "in.txt"
        source.write_text("00.txt\n01.txt\n05.txt\n", encoding="utf-8")
        tallies = [check_shard(source, tmp_path / name, order(root)) for name in ("a", "b")]
        assert tallies[0] == tallies[1]
        assert hash_of(tmp_path / "a") == hash_of(tmp_path / "b") != ""
        rows = [json.loads(line) for line in (tmp_path / "a").read_text(encoding="utf-8").splitlines()]
        assert [row["path"] for row in rows] == ["00.txt", "01.txt", "05.txt"]
        assert [remark["code"] for remark in rows[0]["remarks"]] == ["DAT001", "NUM001"]
        assert rows[0]["month"] == "2024-09"
        assert "是空文件" in rows[2]["fault"]

    def test_tallies_survive_the_ledger_and_add_up(self, root: Path, tmp_path: Path) -> None:
        source = tmp_path / "in.txt"
        source.write_text("00.txt\n04.txt\n05.txt\n", encoding="utf-8")
        tally = check_shard(source, tmp_path / "out", order(root))
        assert tally_from(tally.as_json()) == tally
        both = total([tally, tally])
        assert (both.files, both.faults, both.remarks) == (6, 2, 8)
        assert both.said["2024-09", "DAT001"] == both.touched["2024-09", "DAT001"] == 4
        assert both.characters["2024-09"] == 2 * tally.characters["2024-09"] > 0


class TestAWholeArchive:
    def test_every_file_once_bad_ones_set_aside_statistics_with_denominators(self, root: Path, tmp_path: Path) -> None:
        done = checked(root, tmp_path / "归档")
        assert (done.tally.files, done.tally.remarks, done.faults, done.shards) == (16, 8, 1, 4)
        faults = [json.loads(row) for row in (tmp_path / "归档" / "faults.jsonl").read_text("utf-8").splitlines()]
        assert [fault["path"] for fault in faults] == ["05.txt"]
        parquet = pytest.importorskip("pyarrow.parquet")
        rows = parquet.read_table(tmp_path / "归档" / done.statistics).to_pylist()
        assert tuple(rows[0]) == COLUMNS
        assert [(row["month"], row["code"], row["remarks"], row["documents_with"]) for row in rows] == [
            ("2024-09", "DAT001", 4, 4),
            ("2024-09", "NUM001", 4, 4),
        ]
        assert {row["documents"] for row in rows} == {15}
        assert {row["characters"] for row in rows} == {sum(done.tally.characters.values())}

    def test_without_pyarrow_the_same_table_is_csv(
        self, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        assert checked(root, tmp_path / "归档").statistics == "statistics.csv"
        assert (tmp_path / "归档" / "statistics.csv").read_text("utf-8-sig").startswith(",".join(COLUMNS))

    def test_processes_give_the_same_bytes_as_one(self, root: Path, tmp_path: Path) -> None:
        checked(root, tmp_path / "一")
        checked(root, tmp_path / "二", lambda: engines.Local(2))
        assert outputs(tmp_path / "一") == outputs(tmp_path / "二")

    def test_no_file_is_no_archive(self, root: Path, tmp_path: Path) -> None:
        assert checked(root, tmp_path / "归档", files=[]).tally.files == 0


class TestGoingOn:
    def test_what_is_done_is_not_done_again(self, root: Path, tmp_path: Path) -> None:
        checked(root, tmp_path / "归档")
        again = Inline()
        done = checked(root, tmp_path / "归档", lambda: again)
        assert (again.given, done.reused, done.tally.files) == ([], 4, 16)

    def test_a_run_broken_off_goes_on_with_the_rest(self, root: Path, tmp_path: Path) -> None:
        def breaks(shard: Shard, source: Path) -> str | None:
            if shard.number == 3:
                raise KeyboardInterrupt
            return None

        with pytest.raises(KeyboardInterrupt):
            checked(root, tmp_path / "归档", lambda: Inline(breaks))
        assert states(tmp_path / "归档") == {"done": 2, "running": 1, "waiting": 1}
        rest = Inline()
        done = checked(root, tmp_path / "归档", lambda: rest)
        assert (rest.given, done.reused, done.tally.files) == ([3, 4], 2, 16)

    def test_an_output_that_was_changed_or_lost_is_made_again(self, root: Path, tmp_path: Path) -> None:
        checked(root, tmp_path / "归档")
        whole = outputs(tmp_path / "归档")
        (tmp_path / "归档" / "remarks" / "000001.jsonl").write_text("{}\n", encoding="utf-8")
        (tmp_path / "归档" / "remarks" / "000002.jsonl").unlink()
        rest = Inline()
        assert checked(root, tmp_path / "归档", lambda: rest).reused == 2
        assert rest.given == [1, 2]
        assert outputs(tmp_path / "归档") == whole

    def test_another_question_to_the_same_archive_is_refused(self, root: Path, tmp_path: Path) -> None:
        checked(root, tmp_path / "归档")
        with pytest.raises(PlanRefused, match="请另换一个 --archive 目录"):
            run.run(tmp_path / "归档", list, order(root), Inline, asked="乙", size=PER_SHARD)

    def test_a_plan_cut_short_is_made_anew(self, root: Path, tmp_path: Path) -> None:
        def cut() -> Iterator[str]:
            yield from names(root)[:6]
            raise KeyboardInterrupt

        (tmp_path / "归档").mkdir()
        ledger = Ledger(tmp_path / "归档" / "ledger.sqlite")
        with pytest.raises(KeyboardInterrupt):
            plan(tmp_path / "归档", ledger, cut(), asked="甲", size=PER_SHARD)
        ledger.close()
        assert checked(root, tmp_path / "归档").tally.files == 16

    def test_two_runs_cannot_meet(self, tmp_path: Path) -> None:
        first = Ledger(tmp_path / "ledger.sqlite")
        with pytest.raises(LedgerBusy):
            Ledger(tmp_path / "ledger.sqlite")
        first.close()
        Ledger(tmp_path / "ledger.sqlite").close()


class TestLostWorkers:
    def test_a_shard_lost_once_is_tried_again(self, root: Path, tmp_path: Path) -> None:
        lost: list[int] = []

        def once(shard: Shard, source: Path) -> str | None:
            if shard.number == 2 and not lost:
                lost.append(shard.number)
                return "WorkerCrashedError"
            return None

        done = checked(root, tmp_path / "归档", lambda: Inline(once))
        assert (done.tally.files, done.faults) == (16, 1)
        with sqlite3.connect(tmp_path / "归档" / "ledger.sqlite") as db:
            assert db.execute("SELECT attempts FROM shard ORDER BY number").fetchall() == [(1,), (2,), (1,), (1,)]

    def test_a_file_no_worker_survives_is_found_and_set_aside_alone(self, root: Path, tmp_path: Path) -> None:
        def deadly(shard: Shard, source: Path) -> str | None:
            return "OutOfMemory" if "09.txt" in source.read_text(encoding="utf-8") else None

        done = checked(root, tmp_path / "归档", lambda: Inline(deadly))
        assert (done.tally.files, done.faults) == (15, 2)
        assert states(tmp_path / "归档") == {"done": 3 + 3, "split": 1, "set_aside": 1}
        faults = [json.loads(row) for row in (tmp_path / "归档" / "faults.jsonl").read_text("utf-8").splitlines()]
        assert [fault["path"] for fault in faults] == ["05.txt", "09.txt"]
        assert "OutOfMemory" in faults[1]["fault"]
        again = Inline()
        assert checked(root, tmp_path / "归档", lambda: again).faults == 2
        assert again.given == []

    def test_a_killed_process_of_this_machine_costs_only_the_file_that_kills(
        self, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from tianping.text.lint.archive import shard

        check = shard.check_file

        def deadly(path: Path, *words: Any, **more: Any) -> Any:
            if path.name == "09.txt":
                os.kill(os.getpid(), signal.SIGKILL)
            return check(path, *words, **more)

        monkeypatch.setattr(shard, "check_file", deadly)  # the processes are forked and inherit it
        done = checked(root, tmp_path / "归档", lambda: engines.Local(2))
        assert (done.tally.files, done.faults) == (15, 2)
        assert states(tmp_path / "归档") == {"done": 3 + 3, "split": 1, "set_aside": 1}

    def test_a_killed_run_leaves_no_half_output_and_goes_on(self, root: Path, tmp_path: Path) -> None:
        """SIGKILL to the whole run in the middle of a shard: the ledger is free and what was done is kept."""
        script = f"""
import sys, time
from pathlib import Path
from tests.text.lint import test_archive as t
from tianping.text.lint.archive import shard
check = shard.check_file
def slow(path, *words, **more):
    if path.name == "06.txt":
        print("middle", flush=True)
        time.sleep(60)
    return check(path, *words, **more)
shard.check_file = slow
t.checked(Path({str(root)!r}), Path({str(tmp_path / "归档")!r}))
"""
        process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        assert process.stdout
        assert process.stdout.readline().strip() == b"middle"
        process.kill()
        process.wait()
        assert states(tmp_path / "归档") == {"done": 1, "running": 1, "waiting": 2}
        assert list(outputs(tmp_path / "归档")) == ["000001.jsonl"]
        rest = Inline()
        assert checked(root, tmp_path / "归档", lambda: rest).tally.files == 16
        assert rest.given == [2, 3, 4]


class TestOnACluster:
    """Two nodes on this machine; one worker killed, then one node. Ray is an extra; without it this is skipped."""

    def test_it_survives_a_killed_worker_and_a_killed_node(self, root: Path, tmp_path: Path) -> None:
        script = Path(__file__).with_name("on_a_cluster.py")
        pytest.importorskip("ray")
        checked(root, tmp_path / "一")
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, str(script), str(root), str(tmp_path)],
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
            env={**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert done.returncode == 0, done.stderr[-3000:]
        said = json.loads((tmp_path / "said.json").read_text(encoding="utf-8"))
        assert said["nodes"] == {"before": 2, "after": 1}
        assert said["files"] == 16
        assert said["faults"] == 1
        assert said["lost"] >= 2  # attempts beyond the first: the killed worker's shard, and the killed node's
        assert said["ran_on_both"]
        assert outputs(tmp_path / "集群") == outputs(tmp_path / "一")
        assert time.monotonic() - began < 150
