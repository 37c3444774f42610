"""别的文件：a judgment reads the same from PDF, OpenDocument and old Word files; what cannot be read is said."""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from invented_judgments import CIVIL, CRIMINAL, SECOND_INSTANCE
from made_pdf import pdf, typeset
from test_bad_files import OLE, refusal
from test_fifty_by_five import reading
from wrappers import one_run, package, para, run

from tianping.text.document import Document, Part, ReadError, Section, from_text, legacy, read, read_bytes

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.docx"))
JUDGMENTS = (CIVIL, SECOND_INSTANCE, CRIMINAL)


def bare(document: Document) -> list[str]:
    return ["".join(paragraph.text.split()) for paragraph in document.paragraphs]


class TestPdf:
    @pytest.mark.parametrize("text", JUDGMENTS, ids=["civil", "second", "criminal"])
    @pytest.mark.parametrize(("width", "head"), [(28, ""), (22, "海州省临江市东湖区人民法院文书"), (40, "")])
    def test_a_typeset_judgment_reads_as_its_text(self, text: str, width: int, head: str) -> None:
        document = read_bytes(typeset(text, width=width, head=head), "判决书.pdf")
        assert bare(document) == bare(from_text(text))
        assert document.sections == from_text(text).sections
        assert document.parties and document.case_no == from_text(text).case_no

    def test_spaces_between_characters_and_digits_are_layout(self) -> None:
        made = pdf([[(80, 700, "于 2026 年 3 月 8 日支付 80000 元，见 A 楼 and B")]])
        (paragraph,) = read_bytes(made, "判决书.pdf").paragraphs
        assert paragraph.text == "于2026年3月8日支付80000元，见A楼and B"
        for piece in paragraph.runs:
            raw = "于 2026 年 3 月 8 日支付 80000 元，见 A 楼 and B"
            assert raw[piece.offset : piece.offset + piece.end - piece.start] == paragraph.text[piece.start : piece.end]

    def test_characters_drawn_out_of_order_or_twice_read_once_from_left_to_right(self) -> None:
        made = pdf([[(80, 700, "载明"), (128, 700, "借到"), (112, 700, "“"), (80.4, 700, "载"), (160, 700, "”")]])
        assert bare(read_bytes(made, "判决书.pdf")) == ["载明“借到”"]

    def test_page_numbers_and_running_heads_are_set_aside_and_said(self) -> None:
        document = read_bytes(typeset(CIVIL, width=24, lines=10, head="第号文书"), "判决书.pdf")
        assert not any("第号文书" in text or text.startswith("-") for text in bare(document))
        assert any("页眉、页脚或页码" in issue for issue in document.issues)

    def test_a_page_number_is_not_taken_for_one_inside_a_page(self) -> None:
        rows = [
            (80.0, 700.0 - 28 * number, text) for number, text in enumerate(("民事判决书", "12", "本院认为，有理。"))
        ]
        assert "12" in bare(read_bytes(pdf([rows]), "判决书.pdf"))

    def test_places_lead_back_to_page_and_line(self) -> None:
        made = typeset(CIVIL, width=24, lines=10)
        document = read_bytes(made, "判决书.pdf")
        last = document.paragraphs[-1].runs[-1]
        assert last.part == f"page {len(pypdfium2.PdfDocument(made))}"
        assert {run.part for paragraph in document.paragraphs for run in paragraph.runs} > {"page 1", "page 2"}

    def test_a_scan_is_refused_and_a_scanned_page_is_named(self) -> None:
        assert "的 2 页里没有文字，多半是扫描件" in refusal(pdf([[], []]), "判决书.pdf")
        document = read_bytes(pdf([[(80, 700, "民事判决书")], [], [(80, 700, "本院认为，有理。")]]), "判决书.pdf")
        assert "第 2 页没有文字（可能是扫描图像），未检查" in document.issues

    def test_a_password_a_torn_file_and_one_of_another_kind(self, tmp_path: Path) -> None:
        whole = typeset(CIVIL)
        assert "不是完好的 .pdf" in refusal(b"%PDF-1.7 torn", "判决书.pdf")
        assert "不是完好的 .pdf" in refusal(one_run("甲"), "判决书.pdf")
        for end in range(20, len(whole), 997):
            try:
                read_bytes(whole[:end], "判决书.pdf")
            except ReadError as refused:
                assert str(refused).startswith("“判决书.pdf”")
        locked = whole.replace(
            b"/Root 1 0 R",
            b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
            + b"11" * 32
            + b">/U<"
            + b"22" * 32
            + b">>>",
        )
        assert "设有打开密码" in refusal(locked, "判决书.pdf")

    def test_a_font_without_a_table_of_characters(self) -> None:
        font = b"<</Type/Font/Subtype/Type0/BaseFont/Seal/Encoding/Identity-H/DescendantFonts[4 0 R]>>"
        made = pdf([[(80, 700, "\ue001\ue002\ue003" * 9)]], extra=font)
        try:
            document = read_bytes(made, "判决书.pdf")
        except ReadError as refused:
            assert "取不出文字" in str(refused) or "没有文字" in str(refused)
        else:
            assert any("私用区字符" in issue or "无法解读" in issue for issue in document.issues)

    def test_too_many_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tianping.text.document.pdf.MAX_PAGES", 2)
        assert "有 3 页，超过 2 页的上限" in refusal(pdf([[(80, 700, "甲")]] * 3), "判决书.pdf")


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
SPACES = (
    f'xmlns:office="{OFFICE}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)


def odt(body: str, styles: str = "", manifest: str = "<manifest/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
        made.writestr("META-INF/manifest.xml", manifest)
        if styles:
            made.writestr("styles.xml", f"<office:document-styles {SPACES}>{styles}</office:document-styles>")
    return out.getvalue()


class TestOpenDocument:
    def test_paragraphs_spaces_tabs_breaks_and_layout_white_space(self) -> None:
        body = (
            "<text:h>民事判决书</text:h>"
            '<text:p>原告<text:s text:c="3"/>林\n   <text:span>知</text:span>远'
            "<text:tab/>诉<text:line-break/>称</text:p>"
        )
        assert [p.text for p in read_bytes(odt(body), "一.odt").paragraphs] == ["民事判决书", "原告   林 知远\t诉\n称"]

    def test_tables_notes_boxes_headers_and_what_is_passed_over(self) -> None:
        body = (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>删去的话</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>"
            "<text:p>正文<office:annotation><text:p>别人的批注</text:p></office:annotation>甲"
            '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            "<text:note-body><text:p>脚注</text:p></text:note-body></text:note>乙"
            "<draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box></draw:frame></text:p>"
            "<table:table><table:table-row><table:table-cell><text:p>表内</text:p></table:table-cell></table:table-row>"
            "</table:table><text:list><text:list-item><text:p>支付货款；</text:p></text:list-item></text:list>"
        )
        styles = "<office:master-styles><style:header><text:p>页眉</text:p></style:header></office:master-styles>"
        document = read_bytes(odt(body, styles), "一.odt")
        assert [(p.text, p.part) for p in document.paragraphs] == [
            ("正文甲乙", Part.BODY),
            ("框内", Part.TEXTBOX),
            ("表内", Part.TABLE),
            ("支付货款；", Part.BODY),
            ("脚注", Part.FOOTNOTE),
            ("页眉", Part.HEADER),
        ]
        assert document.issues == ("有 1 段使用自动编号，编号不是正文文字，序号未检查",)

    def test_what_is_refused(self) -> None:
        assert "密码" in refusal(odt("", manifest="<a><encryption-data/></a>"), "一.odt")
        assert "content.xml" in refusal(one_run("甲"), "一.odt")
        assert "不是完好的 .odt" in refusal(b"PK torn", "一.odt")
        hostile = odt("&x;").replace(b"<office:document-content", b"<office:document-content", 1)
        assert "XML" in refusal(hostile, "一.odt")

    def test_a_count_of_spaces_nobody_would_type(self) -> None:
        body = '<text:p>甲<text:s text:c="99999999999"/>乙</text:p>'
        assert len(read_bytes(odt(body), "一.odt").paragraphs[0].text) == 1002


def leftovers(folder: Path) -> set[Path]:
    """What conversions leave where they work."""
    return {path for place in (folder, Path("/dev/shm")) for path in place.glob("tianping-*")}


@pytest.mark.libreoffice
class TestThroughLibreOffice:
    @pytest.fixture(scope="class")
    @classmethod
    def converted(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        """All examples as PDF and OpenDocument, one as an old .doc."""
        folder = tmp_path_factory.mktemp("converted")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        for kind, paths in (("pdf", EXAMPLES), ("odt", EXAMPLES), ("doc", EXAMPLES[:1])):
            subprocess.run(
                ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, paths)],
                check=True,
                capture_output=True,
                timeout=300,
            )
        return folder

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_the_examples_read_the_same_from_pdf_and_opendocument(self, converted: Path, path: Path) -> None:
        word = read(path)
        assert bare(read(converted / f"{path.stem}.odt")) == bare(word)
        printed = read(converted / f"{path.stem}.pdf")
        if any(paragraph.part is Part.TABLE for paragraph in word.paragraphs):
            assert "".join(bare(printed)) == "".join(bare(word))  # a printed table is rows, not cells
        else:
            assert bare(printed) == bare(word)
            assert reading(printed)["parties"] == reading(word)["parties"]

    def test_an_old_doc_reads_the_same_and_leaves_nothing_behind(
        self, converted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        before = leftovers(tmp_path)
        old = converted / f"{EXAMPLES[0].stem}.doc"
        assert bare(read(old)) == bare(read(EXAMPLES[0]))
        renamed = tmp_path / "判决书.wps"
        renamed.write_bytes(old.read_bytes())
        assert bare(read(renamed)) == bare(read(EXAMPLES[0]))
        assert leftovers(tmp_path) - before == set()

    def test_bytes_are_not_converted_unless_asked(self, converted: Path) -> None:
        assert "旧式 .doc" in refusal((converted / f"{EXAMPLES[0].stem}.doc").read_bytes(), "判决书.doc")

    def test_a_doc_that_is_none(self, tmp_path: Path) -> None:
        broken = tmp_path / "判决书.doc"
        broken.write_bytes(OLE + "WordDocument".encode("utf-16-le"))
        with pytest.raises(ReadError, match=r"“判决书\.doc”"):
            read(broken)


class TestOldEndings:
    @pytest.mark.parametrize("name", ["判决书.doc", "判决书.wps"])
    def test_the_new_format_under_an_old_ending_is_read_as_what_it_is(self, name: str) -> None:
        assert bare(read_bytes(one_run(CIVIL), name)) == bare(from_text(CIVIL))

    def test_rtf_is_not_converted_unless_asked(self) -> None:
        assert "RTF" in refusal(b"{\\rtf1 hello}", "判决书.doc")

    @pytest.mark.libreoffice
    def test_rtf_under_the_ending_of_word_is_read(self, tmp_path: Path) -> None:
        old = tmp_path / "判决书.doc"
        old.write_bytes(b"{\\rtf1\\ansi\\uc1 \\u26412 ?\\u38498 ?\\u35748 ?\\u20026 ?\\par}")
        assert bare(read(old)) == ["本院认为"]


class TestWithoutLibreOffice:
    def test_it_is_named_as_missing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(legacy, "converter", lambda: None)
        old = tmp_path / "判决书.doc"
        old.write_bytes(OLE + "WordDocument".encode("utf-16-le"))
        with pytest.raises(ReadError, match=r"“判决书.doc”是旧式文档，读取它要用 LibreOffice，而本机没有安装，请"):
            read(old)

    def test_a_conversion_that_hangs_is_ended(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        slow = tmp_path / "slow"
        slow.write_text("#!/bin/sh\nsleep 600\n")
        slow.chmod(0o755)
        monkeypatch.setattr(legacy, "converter", lambda: str(slow))
        monkeypatch.setattr(legacy, "TIMEOUT", 0.3)
        old = tmp_path / "判决书.doc"
        old.write_bytes(OLE + "WordDocument".encode("utf-16-le"))
        with pytest.raises(ReadError, match="没有转换完"):
            read(old)


class TestHugeAndOddTexts:
    def test_ten_thousand_paragraphs_and_two_hundred_pages(self) -> None:
        body = "".join(para(run(f"第{number}段，本院认为，依法成立的合同受法律保护。")) for number in range(10_000))
        document = read_bytes(package(body), "一.docx")
        assert len(document.paragraphs) == 10_000 and document.paragraphs[-1].text.startswith("第9999段")
        words = (
            "双方签订合同",
            "原告交付货物",
            "被告没有付款",
            "本院予以采信",
            "证据相互印证",
            "当事人没有异议",
            "有发票为证",
        )
        lines = (f"{words[number % 7]}，{words[number % 6]}，{words[number % 5]}。" for number in range(5000))
        long = "\n".join((CIVIL, *lines))
        printed = read_bytes(typeset(long), "一.pdf")
        assert len(printed.paragraphs) == len(from_text(long).paragraphs)

    def test_tables_inside_tables(self) -> None:
        inner = para(run("最里"))
        for _ in range(20):
            inner = f"<w:tbl><w:tr><w:tc>{inner}{para()}</w:tc></w:tr></w:tbl>"
        document = read_bytes(package(inner), "一.docx")
        assert [(p.text, p.part) for p in document.paragraphs] == [("最里", Part.TABLE)]

    def test_private_use_characters_and_half_width_kana_are_told_once(self) -> None:
        text = "民事判决书\n原告：\ue123某\ue124。\nﾊﾝｹﾂ\n本院认为\ufffd，有理。"
        document = read_bytes(text.encode(), "一.txt")
        assert document.issues == (
            "有 2 个私用区字符（自造字），换一台电脑可能显示成别的字（首见于第 2 段）",
            "有 4 个半角片假名，多半是编码错乱（首见于第 3 段）",
            "有 1 个无法解读的字符（首见于第 4 段）",
        )

    def test_direction_marks_and_zero_width_characters_part_no_word(self) -> None:
        document = read_bytes("\u202b本院\u200d认为\u200f，有理。\u2069".encode(), "一.txt")
        assert document.paragraphs[0].text == "本院认为，有理。"
        assert document.sections == (Section.REASON,)

    def test_a_text_that_is_no_judgment(self) -> None:
        assert not read_bytes("会议通知\n定于3月8日召开会议。".encode(), "通知.txt").is_judgment
