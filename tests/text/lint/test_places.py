"""找词：looking only where a rule can find something finds what looking everywhere finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tianping.law import shipped
from tianping.text import lint
from tianping.text.document import Document, Section, read
from tianping.text.lint.places import find
from tianping.text.lint.proofreading import VOICE
from tianping.text.regex import regex

from .casebook import cases

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.docx"))
EVERY_CLAUSE = regex(r"[^，。]+")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_paragraphs_of_a_section_hold_all_its_places(path: Path) -> None:
    document = read(path)
    everywhere = list(find(document, EVERY_CLAUSE))
    assert everywhere
    for section in Section:
        told = [span for _, span in find(document, EVERY_CLAUSE, section)]
        assert told == [span for _, span in everywhere if document.section_at(span) is section]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_paragraphs_that_hold_a_word_are_those_it_is_written_in(path: Path) -> None:
    document = read(path)
    for words in (("本院",), ("原告", "被告"), ("。",), ("没有的词",)):
        told = document.paragraphs_holding(*words)
        assert told == [
            number for number, line in enumerate(document.lines) if any(word in line.text for word in words)
        ]


def test_no_rule_passes_over_a_paragraph_it_would_have_spoken_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule on every case and example, once looking where its words stand and once everywhere."""
    documents = [case.document for case in cases()] + [read(path) for path in EXAMPLES]
    rules = [rule for rule in lint.all_rules() if rule.code not in VOICE]

    def outcomes() -> list[list[lint.Remark | lint.Spared]]:
        return [list(lint.consider(rule, document, shipped())) for rule in rules for document in documents]

    looked = outcomes()
    assert sum(map(len, looked)) > len(rules)
    monkeypatch.setattr(Document, "paragraphs_holding", lambda self, *words: range(len(self.paragraphs)))
    assert outcomes() == looked
