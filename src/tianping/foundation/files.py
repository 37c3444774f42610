"""文件库：accepted files kept by their hash, on disk before anybody is told 「已保存」."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings


def _place(sha256: str) -> Path:
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256


def keep(data: bytes) -> str:
    """存：returns the SHA-256 under which the bytes are found again. The same bytes are kept once."""
    sha256 = hashlib.sha256(data).hexdigest()
    place = _place(sha256)
    if _young_again(place):
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    arriving = place.with_name(f"{sha256}.{os.getpid()}")
    with arriving.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    arriving.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha256


def _young_again(place: Path) -> bool:
    """已有：with the time of now, because a row is about to name it; False where it is not, or was just swept away."""
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


def sweep(*, older_than: datetime, named: Callable[[set[str]], set[str]]) -> tuple[int, int]:
    """清无主文件：removes what is older and what ``named`` does not name; returns how many, and their bytes.

    Somebody may be keeping the same bytes at this moment. So a file is first put aside, and only then asked whether it
    is still old and still unnamed: whoever kept it before found it and made it young, whoever comes after writes anew.
    """
    root, gone, size = Path(settings.FILES_ROOT), 0, 0
    for aside in root.glob(f"??/*{ASIDE}"):  # of a sweep that was cut short
        _put_back(aside)
    for folder in sorted(root.glob("??")):
        old = [p for p in folder.iterdir() if HASH.fullmatch(p.name) and _age(p) < older_than.timestamp()]
        known = named({place.name for place in old}) if old else set()
        for place in (place for place in old if place.name not in known):
            aside = place.with_name(place.name + ASIDE)
            place.rename(aside)
            if _age(aside) >= older_than.timestamp() or named({place.name}):
                _put_back(aside)
                continue
            size += aside.stat().st_size
            aside.unlink()
            gone += 1
    return gone, size


ASIDE = ".aside"
HASH = re.compile(r"[0-9a-f]{64}")


def _age(place: Path) -> float:
    return place.stat().st_mtime


def _put_back(aside: Path) -> None:
    place = aside.with_name(aside.name.removesuffix(ASIDE))
    if place.exists():  # kept anew meanwhile, the same bytes under the same hash
        aside.unlink()
    else:
        aside.rename(place)


class FileDamaged(OSError):
    """文件损坏：what is on disk is not what was kept."""


def fetch(sha256: str) -> bytes:
    """取：refuses bytes that no longer match their hash."""
    data = _place(sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileDamaged(f"库存文件 {sha256[:12]}… 与登记时的哈希不符，可能已损坏。请从备份恢复后重试。")
    return data
