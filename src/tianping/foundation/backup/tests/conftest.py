"""演示法院的备份：built once by the commands themselves, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[5]
Server = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(**more: str) -> dict[str, str]:
    """Of this machine, without what the test run itself has set."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TIANPING_") and k != "DJANGO_SETTINGS_MODULE"}
    return {**kept, "TIANPING_HTTPS": "false", "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), **more}


def at_home(home: Path, key: Path) -> dict[str, str]:
    return environment(
        TIANPING_HOME=str(home),
        TIANPING_DATABASE=f"sqlite://{home}/tianping.sqlite3",
        TIANPING_SECRET_KEY_FILE=str(key),
    )


def server(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tianping.config.commands.main", *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=240)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """演示法院的目录；密钥在 secret-key."""
    home = tmp_path_factory.mktemp("court") / "demo"
    done = server("demo", "--home", str(home), "--no-serve", env=environment())
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def key(demo: Path) -> Path:
    return demo / "secret-key"


@pytest.fixture(scope="module")
def archive(demo: Path, key: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("backups") / "court.tar"
    done = server("backup", str(out), env=at_home(demo, key))
    assert done.returncode == 0, done.stderr
    return out
