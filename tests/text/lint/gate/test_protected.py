"""发布关口：no suggestion of any rule in any mode changes a name, a party, a case number, an amount or a date."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from tests.text.lint.casebook import cases
from tianping.text import lint
from tianping.text.document import Document, Span, from_text, read
from tianping.text.lint.proofreading import VOICE
from tianping.text.lint.registry import RULES

from .touching import changed, fictional, remarks, touches, violations

ROOT = Path(__file__).parents[4]
FICTIONAL = sorted((ROOT / "tests/text/document/fictional").glob("*.txt"))
LABELS = ROOT / "tests/text/document/labels/real.json"
needs_data = pytest.mark.skipif("TIANPING_DATA" not in os.environ, reason="needs TIANPING_DATA")


def held(document: Document) -> list[Span]:
    """What the anatomy itself protects."""
    return [place.span for place in document.protected]


@pytest.mark.data
@needs_data
def test_on_labelled_real_judgments() -> None:
    folder = Path(os.environ["TIANPING_DATA"], "judgments")
    paths = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.glob("*.txt"))}
    rows = json.loads(LABELS.read_text(encoding="utf-8"))["files"]
    assert len(rows) >= 60
    wrong = []
    for row in rows:
        document = from_text(paths[row["sha256"]].read_text(encoding="utf-8"))
        places = [Span(paragraph, start, end) for paragraph, start, end, *_ in row["protected"]]
        assert places
        wrong += [(code, row["sha256"][:8], place) for code, place in violations(document, places)]
    assert wrong == []


@pytest.mark.data
@needs_data
def test_on_all_real_judgments_against_what_the_anatomy_protects() -> None:
    """Without the proofreader, which takes minutes here and is held to the labelled judgments above."""
    data = Path(os.environ["TIANPING_DATA"])
    wrong = []
    for path in sorted((*data.glob("judgments/*.txt"), *data.glob("judgments-apart/*.txt"))):
        document = from_text(path.read_text(encoding="utf-8"))
        wrong += [(path.stem, code, place) for code, place in violations(document, held(document), VOICE)]
    assert wrong == []


@pytest.mark.parametrize("path", FICTIONAL, ids=lambda path: path.stem)
def test_on_labelled_invented_documents(path: Path) -> None:
    document, places = fictional(path.read_text(encoding="utf-8"))
    assert len(places) >= 5
    assert violations(document, places) == []
    assert violations(document, held(document)) == []


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.docx")), ids=lambda path: path.stem)
def test_on_the_examples(path: Path) -> None:
    document = read(path)
    assert violations(document, held(document)) == []


def test_on_every_case_of_every_rule() -> None:
    wrong = []
    for case in cases():
        rule = lint.rule_by_code(case.code)
        for outcome in lint.consider(rule, case.document):
            change = changed(outcome) if isinstance(outcome, lint.Remark) else None
            if change is not None and any(touches(change, place) for place in held(case.document)):
                wrong.append(str(case))
    assert wrong == []


class TestNamesThatLookLikeMistakes:
    """A name may be made of the very characters a rule corrects; it is a name all the same."""

    @pytest.mark.parametrize("firm", ["帐务", "签定", "座落", "其它", "法人代表", "的的", "鉴定结论", "截止日"])
    def test_a_company_named_after_a_mistake(self, firm: str) -> None:
        text = FICTIONAL[3].read_text(encoding="utf-8").replace("望禾", firm)
        document, places = fictional(text)
        assert violations(document, places) == []

    def test_a_person_named_after_a_listed_mistake(self) -> None:
        words = [line.split("\t")[0] for line in _list() if line and line[0] != "#"]
        text = FICTIONAL[3].read_text(encoding="utf-8")
        wrong = []
        for word in [word for word in words if len(word) == 2][::40]:
            document, places = fictional(text.replace("白砚秋", "白" + word))
            wrong += [(word, place) for _, place in violations(document, places)]
        assert wrong == []


def _list() -> list[str]:
    return (RULES / "characters" / "misspelt_legal_word.tsv").read_text(encoding="utf-8").splitlines()


class TestTheGateItself:
    """A gate that nothing fails proves nothing."""

    DOCUMENT = from_text("某某省高级人民法院\n民事判决书\n经审理查明，双方在其帐户内签订合同。")

    def test_a_change_of_a_protected_place_is_seen(self) -> None:
        found = next(remark for remark in remarks(self.DOCUMENT) if remark.code == "CHR002")
        change = changed(found)
        assert change is not None
        assert self.DOCUMENT.text_at(change) == "帐"
        assert violations(self.DOCUMENT, [Span(change.paragraph, change.start, change.end + 3)])
        assert not violations(self.DOCUMENT, [Span(change.paragraph, change.end, change.end + 3)])

    @pytest.mark.parametrize(
        ("old", "new", "start", "end"),
        [("被告被告", "被告", 2, 4), ("帐户", "账户", 0, 1), ("法人代表", "法定代表人", 1, 4), ("，。", "。", 0, 1)],
    )
    def test_only_what_differs_counts_as_changed(self, old: str, new: str, start: int, end: int) -> None:
        rule = lint.rule_by_code("CHR002")
        remark = lint.Remark(rule.code, rule.name, rule.severity, "", Span(0, 0, len(old)), old, new)
        assert changed(remark) == Span(0, start, end)
