"""文件库：kept by hash, once; damaged bytes are refused."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tianping.foundation import files

DATA = "证明材料".encode()


@pytest.fixture(autouse=True)
def _home(files_home: Path) -> Path:
    return files_home


class TestKeeping:
    def test_bytes_are_found_again_under_their_hash(self) -> None:
        sha256 = files.keep(DATA)
        assert sha256 == hashlib.sha256(DATA).hexdigest()
        assert files.fetch(sha256) == DATA

    def test_the_same_bytes_are_kept_once(self, files_home: Path) -> None:
        assert files.keep(DATA) == files.keep(DATA)
        assert len([path for path in files_home.rglob("*") if path.is_file()]) == 1

    def test_nothing_half_written_stands_under_a_hash(self, files_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            files.keep(DATA)
        sha256 = hashlib.sha256(DATA).hexdigest()
        assert not (files_home / sha256[:2] / sha256).exists()
        monkeypatch.undo()
        files.keep(DATA)
        assert files.fetch(sha256) == DATA

    def test_is_on_disk_before_anybody_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        synced: list[int] = []
        real = os.fsync
        monkeypatch.setattr(os, "fsync", lambda number: (synced.append(number), real(number)))
        files.keep(DATA)
        assert len(synced) == 2  # the file, then the folder that names it


class TestFetching:
    def test_a_damaged_file_is_refused_in_a_sentence(self, files_home: Path) -> None:
        sha256 = files.keep(DATA)
        (files_home / sha256[:2] / sha256).write_bytes(DATA + b"!")
        with pytest.raises(
            files.FileDamaged, match=f"库存文件 {sha256[:12]}… 与登记时的哈希不符.*请从备份恢复后重试。"
        ):
            files.fetch(sha256)

    def test_a_lost_file_is_not_an_empty_one(self) -> None:
        with pytest.raises(FileNotFoundError):
            files.fetch("0" * 64)
