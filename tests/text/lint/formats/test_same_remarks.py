"""拆不乱的批注：cut into runs at random, a judgment gets the same remarks, and its comments stand on the same words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.lint.formats.test_word_comments import ours
from tests.text.wrappers import in_table, one_run, split_runs
from tianping.text.document import read, read_bytes
from tianping.text.lint import Remark, check
from tianping.text.lint.formats.docx import annotate

EXAMPLES = sorted((Path(__file__).parents[4] / "examples").glob("*.docx"))


@cache
def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in read(path).paragraphs)


@cache
def whole(path: Path) -> tuple[Remark, ...]:
    return check(read_bytes(one_run(text_of(path)), "判决书.docx"))


@settings(max_examples=25, deadline=None)
@given(path=st.sampled_from(EXAMPLES), seed=st.integers(0, 1_000_000))
def test_random_runs_give_the_same_remarks_at_the_same_words(path: Path, seed: int) -> None:
    cut = split_runs(text_of(path), seed)
    document = read_bytes(cut, "判决书.docx")
    remarks = check(document)
    assert remarks == whole(path)
    annotated = annotate(cut, document, remarks)
    assert annotated.placed == remarks
    assert ours(annotated.data) == [(remark.code, remark.text) for remark in remarks]


def test_the_examples_do_get_remarks() -> None:
    assert sum(len(whole(path)) for path in EXAMPLES) > 20


def test_a_table_changes_no_comment() -> None:
    path = max(EXAMPLES, key=lambda path: len(whole(path)))
    data = in_table(text_of(path))
    document = read_bytes(data, "判决书.docx")
    remarks = check(document)
    assert [(remark.code, remark.text) for remark in remarks] == [(r.code, r.text) for r in whole(path)]
    assert ours(annotate(data, document, remarks).data) == [(remark.code, remark.text) for remark in remarks]
