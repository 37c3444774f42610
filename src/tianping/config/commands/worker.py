"""`tianping-server worker`：run the jobs people have submitted, and the scheduled work beside them.

Each worker of a machine has its own number, and so a name that outlives a kill: what it was doing when it was killed
it takes up again when it starts. The number is held by a lock on a file, which the system drops with the process.
"""

from __future__ import annotations

import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tianping.config.commands.parsing import Parser

HOST_MOST = 50  # 运行者名称至多 64 字


def main(words: list[str]) -> int:
    parser = Parser(prog="tianping-server worker", description="运行后台任务和定时工作")
    parser.add_argument("--batch", action="store_true", help="办完排队的任务就结束")
    parser.add_argument("--interval", type=float, default=1.0, metavar="秒", help="没有任务时隔多久再看，默认 1")
    parser.add_argument("--number", type=int, default=1, metavar="号", help="本机第几个运行者，默认 1")
    parser.add_argument("--queue", choices=["default", "batch"], help="只取这一队（批量任务排在 batch），默认都取")
    options = parser.parse_args(words)
    if options.interval <= 0:
        parser.error("--interval 应大于 0")

    import django

    django.setup()
    from django.conf import settings
    from django.db.utils import OperationalError, ProgrammingError

    from tianping.config.commands.words import CannotDo, cannot
    from tianping.foundation.jobs import tickets, worker

    name = f"{socket.gethostname()[:HOST_MOST]}-{options.number}"
    try:
        tickets.drawn_by(name)
    except (OperationalError, ProgrammingError):
        return cannot("数据库连不上，或还没有建好、升级。请先运行 tianping-server migrate。")
    try:
        with _alone(settings.HOME / f"worker-{name}.lock", options.number):
            print(f"运行者 {name} 开始工作，按 Ctrl-C 停止（办完手头的任务再停）。", flush=True)
            worker.work(worker=name, queues=options.queue or "*", batch=options.batch, interval=options.interval)
            print(f"{'排队的任务已办完，' if options.batch else ''}运行者 {name} 已停止。", flush=True)
    except CannotDo as lack:
        return cannot(lack)
    return 0


@contextmanager
def _alone(path: Path, number: int) -> Iterator[None]:
    from tianping.config.commands.words import CannotDo

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotDo(f"本机第 {number} 号运行者已在工作。要再开一个，请加 --number {number + 1}。") from None
        yield
