"""示例文书：the demo court's judgments are whole, rebuilt to the byte, and say truly what is planted in them."""

from __future__ import annotations

import importlib.util
import json
import sys
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from lxml import etree

from tianping.text import lint
from tianping.text.document.model import Part
from tianping.text.document.reading import read

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
PLANTED = {"LAW002", "LAW004", "STR011", "STR013", "NUM001", "DAT001", "DAT002", "PTY001", "PUN012", "CHR002"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("examples_builder", ROOT / "tools" / "examples.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


builder = _builder()
DOCUMENTS: list[dict[str, Any]] = json.loads((EXAMPLES / "truths.json").read_text(encoding="utf-8"))["documents"]
each_document = pytest.mark.parametrize("entry", DOCUMENTS, ids=[entry["file"] for entry in DOCUMENTS])


def body_paragraphs(path: Path) -> list[str]:
    """A second reader, independent of ours: non-empty paragraphs outside tables, without the blanks around them."""
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml")).find(f"{W}body")
    texts = ["".join(node.text or "" for node in p.iter(f"{W}t")) for p in body.findall(f"{W}p")]
    return [text.strip() for text in texts if text.strip()]


def overlaps(remark: lint.Remark, mark: dict[str, Any]) -> bool:
    return bool(remark.span.start < mark["end"] and remark.span.end > mark["start"])


def remarks_by_paragraph(entry: dict[str, Any]) -> list[tuple[int, lint.Remark]]:
    """Remarks of the ten rules, with the number of their paragraph as truths.json counts."""
    document = read(EXAMPLES / entry["file"])
    body = [p.index for p in document.paragraphs if p.part is Part.BODY and p.text.strip()]
    number = {index: place for place, index in enumerate(body)}
    found = [remark for remark in lint.check(document) if remark.code in PLANTED]
    return [(number.get(remark.span.paragraph, -1), remark) for remark in found]


class TestTheBuilder:
    def test_files_on_disk_are_what_the_sources_make(self) -> None:
        assert builder.differences(builder.build()) == []

    def test_the_same_sources_give_the_same_bytes(self) -> None:
        assert builder.build() == builder.build()

    def test_a_changed_file_is_reported(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        files = {tmp_path / path.name: content for path, content in builder.build().items()}
        for path, content in files.items():
            path.write_bytes(content)
        monkeypatch.setattr(builder, "HERE", tmp_path)
        assert builder.differences(files) == []
        (tmp_path / "03-traffic-shen.docx").write_bytes(b"PK")
        (tmp_path / "99-stray.docx").write_bytes(b"PK")
        assert builder.differences(files) == ["03-traffic-shen.docx：与原文不符", "99-stray.docx：没有原文"]

    def test_check_answers_with_its_exit_code(self) -> None:
        assert builder.main(["--check"]) == 0

    @pytest.mark.parametrize(
        ("change", "complaint"),
        [
            (("⟦PTY001:卢广廉⟧", "⟦PTY001:卢广廉"), "标记不成对"),
            (("case_no: ", "number: "), "文首缺 case_no"),
            (("lure: 陈景岳 |", "lure: 陈景山 |"), "对不上"),
            (("⟪陈景岳⟫", "陈景岳"), "近似项 2 处，理由 3 条"),
        ],
    )
    def test_a_faulty_source_is_refused(self, tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
        text = (EXAMPLES / "sources" / "01-loan-lin.txt").read_text(encoding="utf-8")
        faulty = tmp_path / "01-loan-lin.txt"
        faulty.write_text(text.replace(*change), encoding="utf-8")
        with pytest.raises(builder.SourceFault, match=complaint):
            builder.read_source(faulty)


class TestTheList:
    def test_each_rule_is_planted_two_to_four_times(self) -> None:
        planted = Counter(truth["code"] for entry in DOCUMENTS for truth in entry["truths"])
        assert set(planted) == PLANTED
        assert all(2 <= count <= 4 for count in planted.values()), planted

    def test_there_are_enough_documents_clean_ones_and_lures(self) -> None:
        assert len(DOCUMENTS) >= 20
        assert sum(not entry["truths"] for entry in DOCUMENTS) >= 7
        assert sum(len(entry["lures"]) for entry in DOCUMENTS) >= 15
        assert all(lure["why"] for entry in DOCUMENTS for lure in entry["lures"])

    def test_the_slip_comes_back_after_two_months_without_it(self) -> None:
        def months(judge: str, code: str) -> list[str]:
            days = [
                e["decided_on"] for e in DOCUMENTS for t in e["truths"] if (e["presiding"], t["code"]) == (judge, code)
            ]
            return sorted(day[:7] for day in days)

        assert months("林知远", "PTY001") == ["2026-03", "2026-04", "2026-09"]
        assert months("韩江临", "LAW002") == ["2026-02", "2026-05"]

    @each_document
    def test_dates_and_case_numbers_agree_with_the_text(self, entry: dict[str, Any]) -> None:
        filed, decided = date.fromisoformat(entry["filed_on"]), date.fromisoformat(entry["decided_on"])
        assert filed <= decided and date(2025, 9, 1) <= decided <= date(2026, 10, 31)
        texts = body_paragraphs(EXAMPLES / entry["file"])
        assert texts[:3] == [entry["court"], entry["kind"], entry["case_no"]]
        assert f"（{filed.year}）" in entry["case_no"]
        assert any(f"{filed.year}年{filed.month}月{filed.day}日" in text for text in texts[3:])
        signed = ["".join(text.split()) for text in texts[-6:]]
        assert all(any(text.endswith(judge) for text in signed) for judge in [*entry["judges"], *entry["assessors"]])
        assert signed[-1] == f"书记员{entry['clerk']}"

    @each_document
    def test_a_place_holds_the_words_it_names(self, entry: dict[str, Any]) -> None:
        ours = [p.text for p in read(EXAMPLES / entry["file"]).paragraphs if p.part is Part.BODY and p.text.strip()]
        texts = body_paragraphs(EXAMPLES / entry["file"])
        assert ours == texts
        for mark in [*entry["truths"], *entry["lures"]]:
            assert texts[mark["paragraph"]][mark["start"] : mark["end"]] == mark["text"]


class TestTheDocuments:
    def test_they_are_whole(self) -> None:
        lengths = [sum(map(len, body_paragraphs(EXAMPLES / entry["file"]))) for entry in DOCUMENTS]
        assert min(lengths) >= 900
        assert sum(2000 <= length <= 5000 for length in lengths) >= 8

    @each_document
    def test_pages_are_set_as_the_court_sets_them(self, entry: dict[str, Any]) -> None:
        with zipfile.ZipFile(EXAMPLES / entry["file"]) as package:
            assert {info.date_time for info in package.infolist()} == {builder.ZIP_TIME}
            root = etree.fromstring(package.read("word/document.xml"))
        size = root.find(f".//{W}pgSz")
        assert (int(size.get(f"{W}w")), int(size.get(f"{W}h"))) == (11906, 16838)  # A4
        paragraphs = root.find(f"{W}body").findall(f"{W}p")
        sides = [p.find(f"{W}pPr/{W}jc").get(f"{W}val") for p in paragraphs]
        assert sides[:3] == ["center", "center", "right"]
        typed_spaces = "".join(paragraphs[-1].itertext()).startswith("　")
        assert sides[-1] == ("left" if typed_spaces else "right")
        fonts = [p.find(f".//{W}rFonts").get(f"{W}eastAsia") for p in paragraphs]
        assert fonts[:2] == ["方正小标宋简体"] * 2 and set(fonts[2:]) == {"仿宋_GB2312"}


class TestTheLinterOnThem:
    @each_document
    def test_it_flags_what_is_planted_and_nothing_else(self, entry: dict[str, Any]) -> None:
        remarks = remarks_by_paragraph(entry)
        planted = [(truth["paragraph"], truth) for truth in entry["truths"]]
        stray = [
            (remark.code, remark.text)
            for place, remark in remarks
            if not any(at == place and t["code"] == remark.code and overlaps(remark, t) for at, t in planted)
        ]
        missed = {
            (entry["file"], truth["code"])
            for at, truth in planted
            if not any(at == place and truth["code"] == r.code and overlaps(r, truth) for place, r in remarks)
        }
        assert stray == []
        assert missed == set()
