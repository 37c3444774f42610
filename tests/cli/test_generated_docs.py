"""生成的文档：what is in docs/ is what the code says, and the check can fail."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "tools" / "generate_docs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate_docs"] = module
    spec.loader.exec_module(module)
    return module


def test_the_rule_pages_and_the_format_example_are_up_to_date(tool: ModuleType) -> None:
    pages = tool.rule_pages() | tool.format_examples()
    assert [name for name in tool.differing(pages, ROOT / "docs") if name in pages] == []


def test_the_check_names_what_differs_and_exits_1(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tool.write(tool.all_pages(), tmp_path)
    assert tool.main(["--check"], tmp_path) == 0
    (tmp_path / "rules" / "LAW002.md").write_text("changed", encoding="utf-8")
    (tmp_path / "rules" / "OLD001.md").write_text("a rule that is gone", encoding="utf-8")
    capsys.readouterr()
    assert tool.main(["--check"], tmp_path) == 1
    told = capsys.readouterr().out
    assert "docs/rules/LAW002.md" in told
    assert "docs/rules/OLD001.md" in told
    assert (tmp_path / "rules" / "LAW002.md").read_text(encoding="utf-8") == "changed"


def test_writing_repairs_it(tool: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "OLD001.md").write_text("a rule that is gone", encoding="utf-8")
    assert tool.main([], tmp_path) == 0
    assert tool.main(["--check"], tmp_path) == 0
    assert not (tmp_path / "rules" / "OLD001.md").exists()
