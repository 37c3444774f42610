"""归档：an uncompressed tar, written and read in one stream. The manifest comes last, so what was cut off lacks it."""

from __future__ import annotations

import hashlib
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

from tianping.foundation.backup import manifest as manifests
from tianping.foundation.backup.manifest import DATABASES, MEMBER, ArchiveRefused, Manifest

PIECE = 1024 * 1024
MANIFEST_MOST = 256 * PIECE
_BLOCKS = tarfile.RECORDSIZE


class _Hashing:
    """Reads on, and hashes what goes by."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._hash.update(piece)
        return piece

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


class Writer:
    """写归档：each member is hashed as it goes in."""

    def __init__(self, file: IO[bytes]) -> None:
        self._tar = tarfile.TarFile(fileobj=file, mode="w", format=tarfile.PAX_FORMAT, copybufsize=PIECE)
        self.members: dict[str, str] = {}

    def add(self, name: str, path: Path) -> str:
        with path.open("rb") as file:
            about = tarfile.TarInfo(name)
            about.size, about.mode = os.fstat(file.fileno()).st_size, 0o600
            hashing = _Hashing(file)
            self._tar.addfile(about, hashing)
        self._tar.members = []  # type: ignore[attr-defined]  # it would keep one for every file
        self.members[name] = hashing.hexdigest()
        return self.members[name]

    def close(self, manifest: Manifest) -> None:
        data = manifests.to_json(manifest)
        about = tarfile.TarInfo(manifests.NAME)
        about.size, about.mode = len(data), 0o600
        self._tar.addfile(about, BytesIO(data))
        self._tar.close()


@contextmanager
def published(path: Path) -> Iterator[IO[bytes]]:
    """写成才见：under another name until it is whole and on the disk; never over a file that is there."""
    half = path.with_name(f".{path.name}.{os.getpid()}.half")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        try:
            half.hardlink_to(path)
        except FileExistsError:
            raise
        except OSError:  # a share without hard links
            if path.exists():
                raise FileExistsError(path) from None
            half.replace(path)
        fsync_folder(path.parent)
    finally:
        half.unlink(missing_ok=True)


def fsync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _readable() -> Iterator[None]:
    """What tar itself cannot read, in our words; the fault may come up while a member is being read."""
    try:
        yield
    except (tarfile.TarError, EOFError):
        raise ArchiveRefused("备份读到一半读不下去：文件不完整或已损坏。请重新拷贝，或改用另一份备份。") from None


@_readable()
def verify(path: Path, progress: Callable[[int], None] = lambda _: None) -> Manifest:
    """验归档：every hash, before anything is unpacked. Refuses what is cut off, changed, foreign or too new."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    for name, file, size in _members(path):
        if manifest is not None:
            raise ArchiveRefused(f"备份在清单之后还有内容（{name[:60]}），不是本系统所做。请改用另一份备份。")
        if name == manifests.NAME:
            if size > MANIFEST_MOST:
                raise ArchiveRefused("备份清单过大，不是本系统所做。请改用另一份备份。")
            manifest = manifests.from_json(file.read())
            continue
        if name in found:
            raise ArchiveRefused(f"备份里有两个“{name}”，不是本系统所做。请改用另一份备份。")
        found[name] = _drained(file)
        progress(size)
    if manifest is None:
        raise ArchiveRefused("备份没有清单：文件不完整，或不是本系统所做。请重新拷贝，或改用另一份备份。")
    _tail_is_empty(path)
    if DATABASES.get(manifest.database) not in manifest.members:
        raise ArchiveRefused("备份清单里没有数据库，备份已损坏。请改用另一份备份。")
    for name, sha256 in manifest.members.items():
        if name not in found:
            raise ArchiveRefused(f"备份缺“{name}”，已不完整。请重新拷贝，或改用另一份备份。")
        if found.pop(name) != sha256:
            raise ArchiveRefused(f"“{name}”与清单所记的哈希不符，备份已损坏。请重新拷贝，或改用另一份备份。")
    if found:
        raise ArchiveRefused(f"备份里多出“{next(iter(found))}”，清单没有记它。请改用另一份备份。")
    return manifest


@_readable()
def unpack(path: Path, manifest: Manifest, into: Path) -> None:
    """解包：only after ``verify``; hashed once more, because a file on a share can change between two readings."""
    folders = set()
    for name, file, _ in _members(path):
        if name == manifests.NAME:
            continue
        place = into / name
        place.parent.mkdir(parents=True, exist_ok=True)
        folders.add(place.parent)
        with place.open("wb") as out:
            hashing = _Hashing(file)
            while piece := hashing.read(PIECE):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if hashing.hexdigest() != manifest.members.get(name):
            raise ArchiveRefused(f"“{name}”在核对之后变了，恢复已停。请把备份拷到本机磁盘后重试。")
    for folder in folders:
        fsync_folder(folder)


def _drained(file: IO[bytes]) -> str:
    hashing = _Hashing(file)
    while hashing.read(PIECE):
        pass
    return hashing.hexdigest()


def _members(path: Path) -> Iterator[tuple[str, IO[bytes], int]]:
    with tarfile.open(path, mode="r:") as tar:
        while (about := tar.next()) is not None:
            tar.members = []  # type: ignore[attr-defined]  # it would keep one for every file
            if about.name != manifests.NAME and not MEMBER.fullmatch(about.name):
                raise ArchiveRefused(f"备份里有不认识的“{about.name[:60]}”，一个文件也没有解开。请核对这份备份的来历。")
            if about.type not in (tarfile.REGTYPE, tarfile.AREGTYPE):
                raise ArchiveRefused(f"备份里的“{about.name}”不是普通文件，一个文件也没有解开。请核对这份备份的来历。")
            file = tar.extractfile(about)
            assert file is not None
            yield about.name, file, about.size


def _tail_is_empty(path: Path) -> None:
    """A tar ends in zeros and fills a whole number of blocks; else something was cut off or added."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 2 * tarfile.BLOCKSIZE))
        if size % _BLOCKS or any(file.read()):
            raise ArchiveRefused("备份的末尾不完整，或被添了内容。请重新拷贝，或改用另一份备份。")
