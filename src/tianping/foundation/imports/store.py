"""导入的文件：apart from the file store, because these are deleted; readable by this program's account alone."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

REFUSED = ".refused"


def _place(key: str) -> Path:
    return Path(settings.FILES_ROOT).parent / "imports" / key


def keep(key: str, data: bytes) -> None:
    """存：on disk before anybody is told that it arrived."""
    place = _place(key)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    arriving = place.with_name(f"{place.name}.{os.getpid()}")
    with os.fdopen(os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    arriving.replace(place)


def fetch(key: str) -> bytes | None:
    """取：None where it is gone."""
    place = _place(key)
    return place.read_bytes() if place.is_file() else None


def kept() -> set[str]:
    """还在的：the imports of which a file is still here, the table itself or what was refused of it."""
    folder = _place("")
    return {place.name.partition(".")[0] for place in folder.iterdir()} if folder.is_dir() else set()


def remove(key: str) -> None:
    _place(key).unlink(missing_ok=True)
