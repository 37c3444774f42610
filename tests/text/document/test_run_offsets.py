"""文本串：any way a file is cut into runs reads to the same text, and every span leads back to the file."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from invented_judgments import CIVIL
from lxml import etree
from wrappers import package, para, run

from tianping.text.document import Document, Span, from_text, read_bytes
from tianping.text.document.wordml import text_nodes

WORDS = st.text(
    st.sampled_from(list("原告张三：第一百条，《》〇0O（） \t　\u200b\u200f\ufeff\u00a0abc-é𠮷")), max_size=40
)


def docx(lines: list[str], cuts: list[int]) -> bytes:
    body = []
    chance = iter(cuts * (1 + sum(map(len, lines)) // max(len(cuts), 1)))
    for line in lines:
        runs, at = [], 0
        while at < len(line):
            size = next(chance)
            runs.append(run(line[at : at + size]))
            at += size
        body.append(para(*runs))
    return package("".join(body))


def from_file(data: bytes, document: Document, span: Span) -> str:
    """The characters of a span, taken from the file's own text nodes by way of the runs."""
    found = ""
    for piece in document.paragraphs[span.paragraph].runs:
        start, end = max(piece.start, span.start), min(piece.end, span.end)
        if start < end:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                nodes = list(text_nodes(etree.fromstring(archive.read(piece.part))))
            node, _, left = nodes[piece.node]
            text = node.text if node.tag.endswith("}t") else {"tab": "\t", "br": "\n"}[node.tag.rsplit("}")[-1]]
            at = (piece.offset if node.tag.endswith("}t") else 0) + start - piece.start
            assert left <= at
            found += (text or "")[at : at + end - start]
    return found


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(WORDS, min_size=1, max_size=5),
    cuts=st.lists(st.integers(1, 9), min_size=1, max_size=12),
    ends=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_any_cutting_reads_to_the_same_text_and_every_span_leads_back(
    lines: list[str], cuts: list[int], ends: tuple[float, float]
) -> None:
    data = docx([*lines, "文"], cuts)
    document = read_bytes(data, "一.docx")
    whole = read_bytes(docx([*lines, "文"], [10_000]), "一.docx")
    assert [p.text for p in document.paragraphs] == [p.text for p in whole.paragraphs]
    for para_ in document.paragraphs:
        assert para_.text == para_.text.strip() != ""
        assert para_.runs[0].start == 0
        assert para_.runs[-1].end == len(para_.text)
        assert all(left.end == right.start for left, right in zip(para_.runs, para_.runs[1:], strict=False))
        start, end = sorted(round(end * len(para_.text)) for end in ends)
        span = Span(para_.index, start, end)
        assert from_file(data, document, span) == document.text_at(span)


@settings(max_examples=15, deadline=None)
@given(cuts=st.lists(st.integers(1, 30), min_size=1, max_size=20))
def test_a_judgment_cut_into_any_runs_is_the_same_document(cuts: list[int]) -> None:
    document = read_bytes(docx(CIVIL.split("\n"), cuts), "一.docx")
    plain = from_text(CIVIL)
    assert [p.text for p in document.paragraphs] == [p.text for p in plain.paragraphs]
    assert (document.stretches, document.parties, document.citations, document.dates) == (
        plain.stretches,
        plain.parties,
        plain.citations,
        plain.dates,
    )


def test_in_a_text_file_a_run_names_its_line_and_column() -> None:
    document = read_bytes("\ufeff\r\n　　甲\u200b乙\r\n\r\n丙".encode(), "一.txt")
    assert [p.text for p in document.paragraphs] == ["甲乙", "丙"]
    assert [(r.start, r.end, r.node, r.offset) for r in document.paragraphs[0].runs] == [(0, 1, 1, 2), (1, 2, 1, 4)]
    assert document.paragraphs[1].runs[0].node == 3


def test_reading_twice_gives_equal_documents() -> None:
    assert from_text(CIVIL) == from_text(CIVIL)
