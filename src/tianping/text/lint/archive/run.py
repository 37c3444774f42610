"""归档检查的进行：give out what waits, keep what comes back, try the lost again, set aside what kills its worker."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tianping.text.lint.archive.engines import Engine
from tianping.text.lint.archive.ledger import Ledger, Shard, State, hash_of
from tianping.text.lint.archive.plan import divide, plan, source_of, target_of
from tianping.text.lint.archive.shard import Order
from tianping.text.lint.archive.statistics import write_statistics
from tianping.text.lint.archive.tally import Tally, total
from tianping.text.lint.file import put

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Done:
    """归档检查的结果。``reused`` shards were done before this run."""

    tally: Tally
    faults: int
    shards: int
    reused: int
    statistics: str


def run(
    archive: Path,
    names: Callable[[], Iterable[str]],
    order: Order,
    engine: Callable[[], Engine],
    *,
    asked: str,
    size: int,
    step: Callable[[int], None] = lambda files: None,
    expect: Callable[[int], None] = lambda files: None,
) -> Done:
    """进行，或接着进行。``expect`` is told how many files are left, ``step`` how many were done just now."""
    archive.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(archive / "ledger.sqlite")
    try:
        plan(archive, ledger, names(), asked=asked, size=size)
        reused = _recover(archive, ledger)
        expect(ledger.files_waiting())
        if ledger.files_waiting():
            runner = engine()
            try:
                _drive(archive, ledger, order, runner, step)
            finally:
                runner.close()
        tally = total(ledger.tallies())
        faults = _write_faults(archive, ledger)
        return Done(tally, faults, ledger.counts().get(State.DONE, 0), reused, write_statistics(archive, tally))
    finally:
        ledger.close()


def _recover(archive: Path, ledger: Ledger) -> int:
    """What was done stays done where its output is still the one the ledger knows."""
    ledger.release()
    kept = 0
    for shard, output_hash in ledger.done():
        if hash_of(target_of(archive, shard.number)) == output_hash:
            kept += 1
        else:
            ledger.move(shard, State.WAITING)
    return kept


def _drive(archive: Path, ledger: Ledger, order: Order, engine: Engine, step: Callable[[int], None]) -> None:
    waiting = ledger.waiting()
    again: list[Shard] = []
    under_way = 0
    while True:
        while engine.room > 0 and (shard := again.pop() if again else next(waiting, None)) is not None:
            ledger.start(shard)
            engine.submit(shard, source_of(archive, shard.number), target_of(archive, shard.number), order)
            under_way += 1
        if not under_way:
            waiting = ledger.waiting()  # files of a shard that was divided came to the end meanwhile
            if (shard := next(waiting, None)) is None:
                return
            again.append(shard)
            continue
        for shard, came in engine.outcomes():
            under_way -= 1
            if isinstance(came, Tally):
                ledger.finish(shard, came, hash_of(target_of(archive, shard.number)))
                step(shard.files)
            elif ledger.attempts(shard) < ATTEMPTS:
                ledger.move(shard, State.WAITING, came)
                again.append(shard)
            elif shard.files > 1:
                divide(archive, ledger, shard)
            else:
                ledger.move(shard, State.SET_ASIDE, came)
                step(1)


def _write_faults(archive: Path, ledger: Ledger) -> int:
    """搁置的文件：those no worker survived, and those that could not be read, each with the reason."""
    lines = []
    for shard, reason in ledger.set_aside():
        name = source_of(archive, shard.number).read_text(encoding="utf-8").strip()
        told = f"“{name}”检查时进程被终止（{reason}），试了 {ATTEMPTS} 次，未能检查。请拆分或另存后再试。"
        lines.append({"path": name, "fault": told})
    for shard, _ in sorted(ledger.done(), key=lambda found: found[0].number):
        with target_of(archive, shard.number).open(encoding="utf-8") as rows:
            lines += [row for row in map(json.loads, rows) if "fault" in row]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in sorted(lines, key=lambda row: row["path"]))
    put(archive / "faults.jsonl", text.encode())
    return len(lines)
