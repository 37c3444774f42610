"""模型文件：what is written is read, and anything else is refused in one Chinese sentence."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tianping.text import lint
from tianping.text.document import from_text
from tianping.text.proofread import ModelError, Proofreader, in_document, load, proofreader
from tianping.text.proofread.model import SHIPPED, save


def refused(path: Path) -> str:
    with pytest.raises(ModelError) as caught:
        load(path)
    told = str(caught.value)
    assert "校对未进行" in told
    assert told.endswith("。")
    assert "\n" not in told
    return told


def test_a_model_read_and_written_again_has_the_same_bytes(small_model: Path, tmp_path: Path) -> None:
    model = load(small_model)
    again = tmp_path / "again.bin"
    assert save(model.tables, model.notes, again) == model.sha256
    assert again.read_bytes() == small_model.read_bytes()


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "没有找到" in refused(tmp_path / "none.bin")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.bin").write_bytes(b"")
    assert "空文件" in refused(tmp_path / "empty.bin")


@pytest.mark.parametrize("share", [0.0001, 0.3, 0.999])
def test_a_file_cut_short_is_refused(small_model: Path, tmp_path: Path, share: float) -> None:
    whole = small_model.read_bytes()
    (tmp_path / "cut.bin").write_bytes(whole[: int(len(whole) * share)])
    assert "不完整" in refused(tmp_path / "cut.bin")


@pytest.mark.parametrize("place", [60, 5_000, -1])
def test_a_file_with_one_bit_turned_is_refused_with_both_checksums(
    small_model: Path, tmp_path: Path, place: int
) -> None:
    whole = bytearray(small_model.read_bytes())
    whole[place] ^= 1
    (tmp_path / "turned.bin").write_bytes(whole)
    told = refused(tmp_path / "turned.bin")
    assert "被改动过" in told
    assert load(small_model).sha256[:12] in told


def test_another_version_is_refused_by_number(small_model: Path, tmp_path: Path) -> None:
    whole = bytearray(small_model.read_bytes())
    whole[8:12] = struct.pack("<I", 99)
    (tmp_path / "later.bin").write_bytes(whole)
    assert "第 99 版" in refused(tmp_path / "later.bin")


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.bin").write_text("这不是模型。" * 100, encoding="utf-8")
    assert "不是校对模型" in refused(tmp_path / "text.bin")


def test_the_command_says_so_and_exits_with_two(tmp_path: Path) -> None:
    (tmp_path / "bad.bin").write_bytes(b"TPPROOF\n" + bytes(100))
    told = subprocess.run(
        [sys.executable, "-m", "tianping.cli.main", "proofread", "--model", str(tmp_path / "bad.bin")],
        input="本院认为。\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert told.stdout == ""
    assert "校对未进行" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_linter_runs_on_without_a_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken() -> Proofreader:
        return Proofreader(load(tmp_path / "none.bin"))

    monkeypatch.setattr(in_document, "shipped", broken)
    in_document.forget()
    document = from_text("双方约定2024年6月31日还款。\n本院依法追救其责任。")
    assert in_document.fault() is not None
    assert lint.check(document, rules=lint.Profile(select=("CHR018", "GRM005"))) == ()
    assert "DAT001" in {remark.code for remark in lint.check(document, rules=lint.Profile(proofread="normal"))}
    in_document.forget()


@pytest.mark.skipif(not SHIPPED.exists(), reason="no model shipped")
def test_the_shipped_model_is_within_its_size() -> None:
    assert SHIPPED.stat().st_size <= 40_000_000
    assert proofreader.shipped().model.notes["thresholds"]
