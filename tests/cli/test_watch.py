"""值守：a file dropped in comes back with comments; half a file is left alone; nothing else is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tianping.cli import watch
from tianping.text.lint import Profile
from tianping.text.lint.report import FileReport

from .conftest import CLEAN, FAULTY, as_docx, comments_of, names

ONLY = Profile(select=("DAT001", "PUN012"))


class Over(Exception):
    """The looks of a test have come to their end."""


def looks(folder: Path, *meanwhile: Callable[[], object]) -> list[list[FileReport]]:
    """What was reported at each look; ``meanwhile`` is done between one look and the next."""
    found: list[list[FileReport]] = [[]]
    left = iter(meanwhile)

    def pause() -> None:
        step = next(left, None)
        if step is None:
            raise Over
        step()
        found.append([])

    reports: Iterator[FileReport] = watch.watched(folder, ONLY, None, pause=pause)
    with pytest.raises(Over):
        for report in reports:
            found[-1].append(report)
    return found


def nothing() -> None:
    pass


class TestDroppedIn:
    def test_a_file_that_stands_still_for_a_look_comes_back_with_comments(self, here: Path) -> None:
        drop = lambda: Path("判决书.docx").write_bytes(as_docx(FAULTY))  # noqa: E731
        found = looks(here, drop, nothing, nothing)
        assert [len(reports) for reports in found] == [0, 0, 1, 0]
        assert names() == ["判决书.docx", "判决书.批注.docx"]
        assert [line[:6] for _, line in comments_of(here / "判决书.批注.docx")] == ["DAT001", "PUN012"]

    def test_a_file_still_growing_is_left_alone(self, here: Path) -> None:
        data = as_docx(FAULTY)

        def grow(share: int) -> Callable[[], object]:
            return lambda: Path("判决书.docx").write_bytes(data[: len(data) * share // 3])

        found = looks(here, grow(1), grow(2), grow(3), nothing)
        assert [len(reports) for reports in found] == [0, 0, 0, 0, 1]
        assert found[-1][0].fault is None

    def test_half_a_file_that_pauses_is_told_once_and_read_when_it_is_whole(self, here: Path) -> None:
        data = as_docx(FAULTY)
        half = lambda: Path("判决书.docx").write_bytes(data[:2000])  # noqa: E731
        whole = lambda: Path("判决书.docx").write_bytes(data)  # noqa: E731
        found = looks(here, half, nothing, nothing, whole, nothing)
        assert [len(reports) for reports in found] == [0, 0, 1, 0, 0, 1]
        assert found[2][0].fault is not None
        assert found[5][0].fault is None
        assert len(comments_of(here / "判决书.批注.docx")) == 2

    def test_a_changed_original_is_written_anew(self, here: Path) -> None:
        Path("判决书.docx").write_bytes(as_docx(FAULTY))
        mend = lambda: Path("判决书.docx").write_bytes(as_docx(CLEAN + "\n"))  # noqa: E731
        found = looks(here, nothing, mend, nothing)
        assert [len(reports) for reports in found] == [0, 1, 0, 1]
        assert comments_of(here / "判决书.批注.docx") == []

    def test_started_again_it_does_not_write_what_is_fresh(self, here: Path) -> None:
        Path("判决书.docx").write_bytes(as_docx(FAULTY))
        looks(here, nothing)
        written = (here / "判决书.批注.docx").stat().st_mtime_ns
        assert [len(reports) for reports in looks(here, nothing, nothing)] == [0, 0, 0]
        assert (here / "判决书.批注.docx").stat().st_mtime_ns == written

    def test_a_copy_open_in_word_is_told_once_and_written_later(
        self, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from tianping.text.lint import file

        put, closed = file.put, []

        def held(target: Path, data: bytes) -> None:
            if not closed:
                raise PermissionError(13, "Permission denied")
            put(target, data)

        monkeypatch.setattr(file, "put", held)
        Path("判决书.docx").write_bytes(as_docx(FAULTY))
        found = looks(here, nothing, nothing, lambda: closed.append(1), nothing)
        assert [len(reports) for reports in found] == [0, 1, 0, 0, 0]
        assert "写不进去" in str(found[1][0].unwritten)
        assert len(comments_of(here / "判决书.批注.docx")) == 2

    def test_lock_files_and_our_own_copies_are_nobody_s_judgment(self, here: Path) -> None:
        for name in ("~$判决书.docx", ".隐藏.docx", "孤儿.批注.docx"):
            Path(name).write_bytes(as_docx(FAULTY))
        before = names()
        assert [len(reports) for reports in looks(here, nothing, nothing)] == [0, 0, 0]
        assert names() == before


class TestTheCommand:
    def test_ctrl_c_ends_it_with_0(
        self, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from tianping.cli.main import main

        Path("判决书.docx").write_bytes(as_docx(FAULTY))
        slept: list[float] = []

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            if len(slept) == 3:
                raise KeyboardInterrupt

        monkeypatch.setattr(watch.time, "sleep", sleep)
        assert main(["watch", ".", "--every", "2", "--select", "DAT001"]) == 0
        told = capsys.readouterr().err
        assert slept == [2.0, 2.0, 2.0]
        assert "“判决书.docx”批注 1 处，已写出副本。" in told

    def test_what_is_no_folder_is_refused(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        from tianping.cli.main import main

        assert main(["watch", "没有"]) == 2
        assert "不是目录" in capsys.readouterr().err
