"""别的程序打开批注：LibreOffice keeps every comment on its words, and an OOXML validator finds nothing new."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from tests.text.lint.formats.planted import scattered
from tests.text.lint.formats.test_word_comments import EXAMPLES, TEXT, comments, ours
from tests.text.wrappers import in_table, one_run, split_runs, wps_like
from tianping.text.document import read, read_bytes
from tianping.text.lint.formats.docx import annotate
from tianping.text.lint.formats.replies import Fate, replies

WAYS = {
    "one run": one_run(TEXT),
    "split runs": split_runs(TEXT, 11),
    "WPS-like": wps_like(TEXT, 12),
    "in a table": in_table(TEXT),
    "example with tables": EXAMPLES[2].read_bytes(),
    "example": EXAMPLES[0].read_bytes(),
}


def audited(data: bytes, folder: Path) -> Counter[str]:
    """What the validator holds against a file."""
    file = folder / "audited.docx"
    file.write_bytes(data)
    return Counter(f"{error.part_uri}: {error.description}" for error in OpenXmlValidator().validate(file).errors)


@pytest.mark.parametrize("way", WAYS)
def test_the_validator_finds_nothing_that_was_not_there_before(way: str, tmp_path: Path) -> None:
    source = WAYS[way]
    document = read_bytes(source, "判决书.docx")
    before = audited(source, tmp_path)
    once = annotate(source, document, scattered(document, 30, seed=3))
    assert audited(once.data, tmp_path) - before == Counter()
    assert audited(annotate(once.data, document, ()).data, tmp_path) - before == Counter()


def test_a_whole_file_of_words_own_passes(tmp_path: Path) -> None:
    source = EXAMPLES[0].read_bytes()
    document = read_bytes(source, "判决书.docx")
    assert audited(annotate(source, document, scattered(document, 60, seed=4)).data, tmp_path) == Counter()


def test_the_validator_sees_a_fault(tmp_path: Path) -> None:
    source = EXAMPLES[0].read_bytes()
    document = read_bytes(source, "判决书.docx")
    good = annotate(source, document, scattered(document, 3, seed=4)).data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name, content.replace(b"<w:annotationRef/>", b"<w:noSuchThing/>") if "comments" in name else content
            )
    assert audited(out.getvalue(), tmp_path) != Counter()


@pytest.mark.libreoffice
def test_libreoffice_opens_and_saves_every_comment_on_its_words(tmp_path: Path) -> None:
    expected = {}
    for number, source in enumerate(WAYS.values()):
        document = read_bytes(source, "判决书.docx")
        remarks = tuple(r for r in scattered(document, 20, seed=number) if r.text.strip())
        annotated = annotate(source, document, remarks)
        assert annotated.unplaced == ()
        (tmp_path / f"{number}.docx").write_bytes(annotated.data)
        expected[number] = (
            [(remark.code, remark.text) for remark in remarks],
            [paragraph.text for paragraph in document.paragraphs],
        )
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path / "saved"),
            *(str(tmp_path / f"{number}.docx") for number in expected),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    for number, (remarks, paragraphs) in expected.items():
        saved = (tmp_path / "saved" / f"{number}.docx").read_bytes()
        assert sorted(ours(saved)) == sorted(remarks), list(WAYS)[number]
        assert {comment.author for comment in comments(saved)} == {"天平"}
        told = [(reply.code, reply.fate) for reply in replies(saved)]
        assert sorted(told) == sorted((code, Fate.OPEN) for code, _ in remarks)
        again = read_bytes(saved, "判决书.docx")
        assert [paragraph.text for paragraph in again.paragraphs] == paragraphs


@pytest.mark.libreoffice
def test_an_old_doc_is_converted_and_commented(tmp_path: Path) -> None:
    source = EXAMPLES[0]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    old = tmp_path / f"{source.stem}.doc"
    document = read(old)
    remarks = tuple(remark for remark in scattered(document, 12, seed=6) if remark.text.strip())
    annotated = annotate(old.read_bytes(), document, remarks)
    assert annotated.placed == remarks
    assert ours(annotated.data) == [(remark.code, remark.text) for remark in remarks]
