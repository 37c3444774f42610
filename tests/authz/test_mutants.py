"""拆守卫的清单：every entry of `make authz-mutants` still fits the code, so that the long run watches what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.authz_mutants import MUTANTS, ROOT, Mutant


def test_every_guard_stands_where_its_entry_says_and_so_do_its_tests() -> None:
    misplaced = [f"{mutant}  {why}" for mutant in MUTANTS if (why := mutant.misplaced(ROOT))]
    assert not misplaced, "\n".join(misplaced)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {
        "src/tianping/court/models.py": "one\ntwo\ntwo\n",
        "tests/test_sight.py": "\ndef test_sight() -> None: ...\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "tests", "everywhere", "why"),
    [
        ("one", "tests/test_sight.py", False, ""),
        ("one", "tests/test_sight.py::test_sight", False, ""),
        ("two", "tests/test_sight.py", True, ""),
        ("two", "tests/test_sight.py", False, "有 2 处"),
        ("three", "tests/test_sight.py", False, "找不到"),
        ("three", "tests/test_sight.py", True, "找不到"),
        ("one", "tests/test_hearing.py", False, "没有 tests/test_hearing.py"),
        ("one", "tests/test_sight.py::test_hearing", False, "里没有 test_hearing"),
        ("one", "tests/test_sight.py::test_sight[web]", False, "里没有 test_sight[web]"),
    ],
)
def test_an_entry_that_no_longer_fits_is_named(root: Path, old: str, tests: str, everywhere: bool, why: str) -> None:
    said = Mutant("court/models.py", old, "", tests, everywhere).misplaced(root)
    assert (why in said) if why else not said
