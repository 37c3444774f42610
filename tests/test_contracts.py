"""依赖方向：the import contracts of pyproject.toml hold, and each of them catches the violation it was written for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONTRACTS = [
    c["name"] for c in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
]
STAGES, DOORS, INSIDE, VIEWS, SERVICES, SELECTORS, PURE, LIBRARY, CLI, OWN_CHECK, AUDIT = CONTRACTS


@dataclass(frozen=True)
class Plant:
    """一处故意的违规：a line put into a file of a copy of the source, and the contract that must break."""

    contract: str
    file: str
    line: str


PLANTS = [
    Plant(STAGES, "findings/rules.py", "from tianping.remedy import rules as later"),
    Plant(STAGES, "foundation/loop.py", "from tianping.court import models as nouns"),
    Plant(STAGES, "court/services.py", "from tianping.evidence.register import states as later"),
    Plant(STAGES, "law/workdays.py", "from tianping.text import document"),
    Plant(STAGES, "remedy/rules.py", "from tianping.cli import main as command"),
    Plant(STAGES, "gossip/__init__.py", '"""A stage that nobody put into the sentence."""'),
    Plant(DOORS, "evidence/register/states.py", "from tianping.evidence.documents import states as door"),
    Plant(DOORS, "evidence/hearsay/__init__.py", '"""A door that nobody listed."""'),
    Plant(INSIDE, "findings/models.py", "from tianping.findings import selectors as questions"),
    Plant(INSIDE, "remedy/states.py", "from tianping.remedy import models as nouns"),
    Plant(INSIDE, "evidence/documents/services.py", "from tianping.evidence.documents import urls"),
    Plant(VIEWS, "remedy/views.py", "from tianping.remedy.models import Duty"),
    Plant(VIEWS, "web/overview.py", "from tianping.findings.models import Finding"),
    Plant(SERVICES, "findings/services.py", "from tianping.findings import views"),
    Plant(SERVICES, "court/services.py", "from tianping.foundation.accounts.access import StaffRequest"),
    Plant(SELECTORS, "remedy/selectors.py", "from tianping.findings import services as verbs"),
    Plant(PURE, "findings/states.py", "from django.db import models"),
    Plant(PURE, "remedy/rules.py", "from django.utils import timezone"),
    Plant(PURE, "foundation/moves.py", "from django.utils import timezone"),
    Plant(LIBRARY, "text/lint/engine.py", "from django.conf import settings"),
    Plant(LIBRARY, "methods/agreement.py", "import django"),
    Plant(CLI, "cli/probe.py", "from tianping.findings import rules"),
    Plant(OWN_CHECK, "evidence/documents/own_check.py", "from tianping.foundation import files"),
    Plant(AUDIT, "remedy/services.py", "from tianping.foundation.audit.models import Entry"),
]


def lint(source: Path, *, contract_file: Path = ROOT / "pyproject.toml") -> tuple[bool, str]:
    run = subprocess.run(
        [
            str(Path(sys.executable).with_name("lint-imports")),
            "--no-logo",
            "--config",
            str(contract_file),
            "--cache-dir",
            str(source / ".cache"),
        ],
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return run.returncode == 0, run.stdout + run.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy in which violations are planted; the source itself is never touched."""
    source = tmp_path_factory.mktemp("source")
    shutil.copytree(
        ROOT / "src/tianping",
        source / "tianping",
        ignore=lambda _, names: [n for n in names if (not n.endswith(".py") and "." in n) or n == "__pycache__"],
    )
    return source


def test_the_source_keeps_every_contract(copy: Path) -> None:
    kept, said = lint(copy)
    assert kept, said
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in said


def test_every_planted_violation_is_caught(copy: Path) -> None:
    missed = []
    for plant in PLANTS:
        place = copy / "tianping" / plant.file
        before = place.read_text("utf-8") if place.exists() else None
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"{before or ''}\n{plant.line}\n", "utf-8")
        kept, said = lint(copy)
        if kept or f"{plant.contract} BROKEN" not in said:
            missed.append(f"{plant.file}: {plant.line}\n{said}")
        if before is None:
            place.unlink()
            if not any(place.parent.iterdir()):
                place.parent.rmdir()
        else:
            place.write_text(before, "utf-8")
    print(f"{len(PLANTS) - len(missed)}/{len(PLANTS)} planted violations caught")
    assert not missed, "\n\n".join(missed)
    assert lint(copy)[0], "a plant was left behind"


def test_every_contract_has_a_violation_planted_against_it() -> None:
    assert {plant.contract for plant in PLANTS} == set(CONTRACTS)
