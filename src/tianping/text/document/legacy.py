"""旧格式：.doc and .wps by way of LibreOffice, where the machine has it.

The only reader that runs another program and the only one that needs the disk: a folder of its own, in memory where
the machine offers that, gone when the program ends. Callers that may leave no trace do not use it (``read_bytes``
refuses these files unless told otherwise).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from .errors import ReadError

TIMEOUT = 90
"""一份文件最多等几秒：a 200-page judgment takes under ten."""
_PROGRAMS = ("soffice", "libreoffice")
_RESAVE = "请用 Word 或 WPS 另存为 .docx 后再试"


def converter() -> str | None:
    """转换程序；None where this machine has none."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def to_docx(data: bytes, name: str) -> bytes:
    """旧式 .doc 转为 .docx, with a LibreOffice profile of its own, so that no other window or job is in its way."""
    program = converter()
    if program is None:
        raise ReadError(name, "是旧式文档，读取它要用 LibreOffice，而本机没有安装", _RESAVE)
    memory = Path("/dev/shm")  # noqa: S108 — a folder in memory, with a private folder made in it
    with tempfile.TemporaryDirectory(prefix="tianping-", dir=memory if os.access(memory, os.W_OK) else None) as made:
        folder = Path(made)
        source = folder / "source.doc"  # LibreOffice looks at the content; WPS writes the same kind of file
        source.write_bytes(data)
        (folder / "out").mkdir()
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(source),
        ]
        if not _run(command, folder):
            raise ReadError(name, f"是旧式文档，LibreOffice 在 {TIMEOUT} 秒内没有转换完", _RESAVE)
        result = folder / "out" / "source.docx"
        if not result.is_file():
            raise ReadError(name, "是旧式文档，LibreOffice 转换不了它（可能设有密码或已损坏）", _RESAVE)
        return result.read_bytes()


def _run(command: list[str], folder: Path) -> bool:
    """Whether it ended in time; its children end with it."""
    environment = {**os.environ, "HOME": str(folder)}
    with subprocess.Popen(  # noqa: S603 — the program is found on the path, the arguments are ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as running:
        try:
            running.wait(TIMEOUT)
        except BaseException as stopped:
            os.killpg(running.pid, signal.SIGKILL)
            if not isinstance(stopped, subprocess.TimeoutExpired):
                raise
            return False
    return True
