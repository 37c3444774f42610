from __future__ import annotations

from pathlib import Path

import pytest

from tianping.text.proofread import Proofreader, load

from .small import trained


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("lightgbm")
    return trained(tmp_path_factory.mktemp("proofread"))


@pytest.fixture(scope="session")
def small(small_model: Path) -> Proofreader:
    return Proofreader(load(small_model))
