"""临时 PostgreSQL：a cluster of its own in a temporary folder, for tests and benches; gone when they end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


def binaries() -> Path | None:
    """The newest installed server, wherever Debian or the PATH keeps it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parent.parent.name))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str | None]:
    """The address of a running server's database, or None where no server is installed.

    ``durable`` keeps fsync on: a bench must pay for what a court pays for, a test need not.
    """
    folder = binaries()
    if folder is None:
        yield None
        return
    # initdb refuses root; Debian's package brings the user postgres.
    person = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    home = Path(tempfile.mkdtemp(prefix="tianping-postgresql-"))
    data, port = home / "data", _free_port()
    if person:
        shutil.chown(home, "postgres")

    def run(*words: str) -> None:
        subprocess.run([*person, *words], cwd=home, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={home}"]
    options = " ".join(f"-c {s}" for s in settings + ([] if durable else QUICK))
    control = str(folder / "pg_ctl")
    started = False
    try:
        run(str(folder / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C", "-N")
        run(control, "-D", str(data), "-w", "-l", str(home / "log"), "-o", options, "start")
        started = True
        yield f"postgresql://postgres@127.0.0.1:{port}/tianping"
    finally:
        if started:
            run(control, "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(home, ignore_errors=True)
