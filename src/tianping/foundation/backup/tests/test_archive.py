"""坏的备份：each is refused in one sentence, and nothing of it is unpacked."""

from __future__ import annotations

import io
import json
import random
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tianping.foundation.backup import manifest as manifests
from tianping.foundation.backup.archive import Writer, published, unpack, verify
from tianping.foundation.backup.manifest import ArchiveRefused, Contents, Manifest
from tianping.foundation.backup.tests.conftest import environment, server

DATA = b"SQLite format 3\0" + bytes(range(256)) * 400


def build(path: Path, change: Callable[[Manifest], Manifest] = lambda m: m) -> Path:
    """A small archive like those ``backup`` makes."""
    source = path.parent / "dump"
    source.write_bytes(DATA)
    with published(path) as file:
        writer = Writer(file)
        writer.add("database.sqlite3", source)
        writer.add(f"files/ab/ab{'0' * 62}", source)
        made = Manifest("0.1.0", "2026-11-23T02:00:00+00:00", "sqlite", Contents({}, 0, "0" * 64), "", writer.members)
        writer.close(change(made))
    return path


def rebuilt(path: Path, change: Callable[[tarfile.TarInfo, bytes], list[tuple[tarfile.TarInfo, bytes]]]) -> Path:
    """The same archive, each member as ``change`` gives it back."""
    out = path.with_name("changed.tar")
    with tarfile.open(path) as old, tarfile.open(out, "w") as new:
        for about in old:
            data = old.extractfile(about)
            assert data is not None
            for changed, content in change(about, data.read()):
                changed.size = len(content) if changed.isreg() else 0
                new.addfile(changed, io.BytesIO(content))
    return out


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = build(tmp_path / "good.tar")
    assert verify(path).files == 1
    return path


class TestRefused:
    def test_a_flipped_byte_in_any_member(self, good: Path) -> None:
        whole, dice = good.read_bytes(), random.Random(7)
        with tarfile.open(good) as tar:
            inside = [(about.offset_data, about.size) for about in tar if about.size]
        for offset, size in inside * 10:
            place = offset + dice.randrange(size)
            good.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << dice.randrange(8))]) + whole[place + 1 :])
            with pytest.raises(ArchiveRefused):
                verify(good)

    def test_a_flipped_byte_in_a_header(self, good: Path) -> None:
        whole = good.read_bytes()
        with tarfile.open(good) as tar:
            headers = [about.offset for about in tar]
        for offset in headers:
            for place in (0, 100, 124, 148, 156):  # name, mode, size, checksum, type
                good.write_bytes(
                    whole[: offset + place] + bytes([whole[offset + place] ^ 1]) + whole[offset + place + 1 :]
                )
                with pytest.raises(ArchiveRefused):
                    verify(good)

    def test_cut_off_anywhere(self, good: Path) -> None:
        whole = good.read_bytes()
        for length in (0, 1, 511, 512, 10_240, len(whole) // 2, len(whole) - 10_240, len(whole) - 512, len(whole) - 1):
            good.write_bytes(whole[:length])
            with pytest.raises(ArchiveRefused):
                verify(good)

    def test_something_hung_on(self, good: Path) -> None:
        good.write_bytes(good.read_bytes() + b"x" * 10_240)
        with pytest.raises(ArchiveRefused, match="末尾"):
            verify(good)

    @pytest.mark.parametrize("gone", ["database.sqlite3", "files/", "manifest.json"])
    def test_a_missing_member(self, good: Path, gone: str) -> None:
        without = rebuilt(good, lambda about, data: [] if about.name.startswith(gone) else [(about, data)])
        with pytest.raises(ArchiveRefused, match="没有清单" if gone == "manifest.json" else f"缺“{gone}"):
            verify(without)

    def test_a_member_more(self, good: Path) -> None:
        def add(about: tarfile.TarInfo, data: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
            more = tarfile.TarInfo(f"files/cd/cd{'1' * 62}")
            return [(more, b"x"), (about, data)] if about.name == manifests.NAME else [(about, data)]

        with pytest.raises(ArchiveRefused, match="多出"):
            verify(rebuilt(good, add))

    @pytest.mark.parametrize(
        "name", ["../x", "/etc/passwd", "files/ab/../../x", "files/../../x", "files/ab/cd", "manifest.json/../x"]
    )
    def test_a_name_that_leads_elsewhere(self, good: Path, name: str) -> None:
        def add(about: tarfile.TarInfo, data: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
            return [(tarfile.TarInfo(name), b"x"), (about, data)]

        with pytest.raises(ArchiveRefused, match="不认识的"):
            verify(rebuilt(good, add))

    @pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
    def test_a_link_or_a_folder_under_a_good_name(self, good: Path, kind: bytes) -> None:
        def turn(about: tarfile.TarInfo, data: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
            if about.name == "database.sqlite3":
                about.type, about.linkname = kind, "/etc/passwd"
            return [(about, data)]

        with pytest.raises(ArchiveRefused):
            verify(rebuilt(good, turn))

    def test_the_same_name_twice(self, good: Path) -> None:
        with pytest.raises(ArchiveRefused, match="两个"):
            verify(rebuilt(good, lambda about, data: [(about, data)] * (2 if "files" in about.name else 1)))

    def test_a_newer_format(self, tmp_path: Path) -> None:
        from dataclasses import replace

        newer = build(tmp_path / "newer.tar", lambda made: replace(made, format=manifests.FORMAT + 1))
        with pytest.raises(ArchiveRefused, match="先升级"):
            verify(newer)

    def test_a_manifest_somebody_edited(self, good: Path) -> None:
        def edit(about: tarfile.TarInfo, data: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
            if about.name == manifests.NAME:
                data = json.dumps(json.loads(data) | {"created_at": "2020-01-01"}).encode()
            return [(about, data)]

        with pytest.raises(ArchiveRefused, match="校验值"):
            verify(rebuilt(good, edit))

    def test_what_is_no_archive_at_all(self, tmp_path: Path) -> None:
        path = tmp_path / "x.tar"
        path.write_bytes(b"PK\3\4" + bytes(5000))
        with pytest.raises(ArchiveRefused):
            verify(path)

    def test_one_that_changes_between_the_two_readings(self, good: Path, tmp_path: Path) -> None:
        manifest = verify(good)
        whole = good.read_bytes()
        place = whole.index(DATA) + 50
        good.write_bytes(whole[:place] + b"!" + whole[place + 1 :])
        with pytest.raises(ArchiveRefused, match="核对之后变了"):
            unpack(good, manifest, tmp_path / "out")

    def test_the_command_says_it_in_one_sentence_and_leaves_nothing(self, good: Path, tmp_path: Path) -> None:
        good.write_bytes(good.read_bytes()[:-20_000])
        done = server("restore", str(good), "--home", str(tmp_path / "new" / "home"), env=environment())
        assert done.returncode == 1
        assert done.stderr.startswith("未办成：") and done.stderr.count("\n") == 1
        assert not (tmp_path / "new").exists()


class TestPublishing:
    def test_nothing_is_seen_until_it_is_whole(self, tmp_path: Path) -> None:
        out = tmp_path / "out.tar"
        with pytest.raises(RuntimeError), published(out) as file:
            file.write(b"half")
            raise RuntimeError("the disk is full")
        assert list(tmp_path.iterdir()) == []

    def test_never_over_what_came_in_between(self, tmp_path: Path) -> None:
        out = tmp_path / "out.tar"
        with pytest.raises(FileExistsError), published(out) as file:
            file.write(b"ours")
            out.write_bytes(b"theirs")
        assert out.read_bytes() == b"theirs"
        assert [p.name for p in tmp_path.iterdir()] == ["out.tar"]

    def test_only_the_owner_may_read_it(self, tmp_path: Path) -> None:
        with published(tmp_path / "out.tar") as file:
            file.write(b"x")
        assert (tmp_path / "out.tar").stat().st_mode & 0o777 == 0o600
