"""Word 文件：what of a .docx is read, and in which order."""

from __future__ import annotations

import io

import docx
import pytest
from wrappers import W, package, para, run

from tianping.text.document import Document, Part, ReadError, Section, read, read_bytes

HEADER = f'<w:hdr xmlns:w="{W}">{{}}</w:hdr>'
FOOTER = f'<w:ftr xmlns:w="{W}">{{}}</w:ftr>'
NOTES = f'<w:footnotes xmlns:w="{W}">{{}}</w:footnotes>'


def texts(document: Document) -> list[str]:
    return [p.text for p in document.paragraphs]


def body(xml: str, **parts: str) -> Document:
    return read_bytes(package(xml, {f"{name}.xml": part for name, part in parts.items()}), "一.docx")


class TestWhereTextStands:
    def test_the_body_comes_first_then_notes_headers_and_footers(self) -> None:
        document = body(
            para(run("正文")),
            header1=HEADER.format(para(run("页眉"))),
            footer1=FOOTER.format(para(run("页脚"))),
            footnotes=NOTES.format(f'<w:footnote w:id="2">{para(run("脚注"))}</w:footnote>'),
        )
        assert [(p.text, p.part) for p in document.paragraphs] == [
            ("正文", Part.BODY),
            ("脚注", Part.FOOTNOTE),
            ("页眉", Part.HEADER),
            ("页脚", Part.FOOTER),
        ]
        assert document.paragraphs[2].runs[0].part == "word/header1.xml"

    def test_words_of_a_header_do_not_open_a_section(self) -> None:
        document = body(para(run("本院认为，有理。")), header1=HEADER.format(para(run("刑事判决书"))))
        assert document.sections == (Section.REASON, Section.UNKNOWN)
        assert document.title == ""

    def test_a_table_is_read_row_by_row_and_a_nested_one_inside_its_cell(self) -> None:
        def cell(*inside: str) -> str:
            return f"<w:tc><w:tcPr/>{''.join(inside)}</w:tc>"

        nested = f"<w:tbl><w:tr>{cell(para(run('丙')))}</w:tr></w:tbl>"
        table = f"<w:tbl><w:tr>{cell(para(run('甲')))}{cell(para(run('乙')), nested, para(run('丁')))}</w:tr></w:tbl>"
        document = body(para(run("前")) + table + para(run("后")))
        assert texts(document) == ["前", "甲", "乙", "丙", "丁", "后"]
        assert [p.part for p in document.paragraphs][1:5] == [Part.TABLE] * 4

    def test_a_text_box_written_twice_is_read_once_after_its_paragraph(self) -> None:
        box = f"<w:txbxContent>{para(run('框内'))}</w:txbxContent>"
        drawing = (
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        )
        document = body(para(run("前"), f"<w:r>{drawing}</w:r>", run("后")))
        assert [(p.text, p.part) for p in document.paragraphs] == [("前后", Part.BODY), ("框内", Part.TEXTBOX)]
        # The second copy is not read, but counts: a node's number is its place among all text nodes of the part.
        assert [r.node for r in document.paragraphs[0].runs] == [0, 3]

    def test_an_alternative_with_nothing_in_it_is_nothing(self) -> None:
        empty = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/>'
        assert texts(body(empty + para(run("甲"), f"<w:r>{empty}</w:r>"))) == ["甲"]

    def test_content_controls_links_and_fields_are_part_of_the_text(self) -> None:
        document = body(
            "<w:sdt><w:sdtContent>"
            + para(
                run("甲"),
                f"<w:hyperlink>{run('乙')}</w:hyperlink>",
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>',
                f"<w:fldSimple w:instr='PAGE'>{run('丙')}</w:fldSimple>",
            )
            + "</w:sdtContent></w:sdt>"
        )
        assert texts(document) == ["甲乙丙"]


class TestTrackedChanges:
    def test_insertions_are_taken_as_accepted_and_deletions_passed_over(self) -> None:
        document = body(
            para(
                run("支付"),
                "<w:del><w:r><w:delText>8</w:delText></w:r></w:del>",
                f"<w:ins>{run('9')}</w:ins>",
                f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>",
                run("万元"),
            )
        )
        assert texts(document) == ["支付9新万元"]

    def test_a_deleted_paragraph_mark_joins_the_next_paragraph(self) -> None:
        joined = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
        document = body(para(run("驳回"), properties=joined) + para(run("上诉。")) + para(run("下段")))
        assert texts(document) == ["驳回上诉。", "下段"]

    def test_comments_are_ignored(self) -> None:
        mark = '<w:commentRangeStart w:id="0"/>'
        comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="0">{para(run("批注"))}</w:comment></w:comments>'
        document = body(para(mark, run("正文"), '<w:r><w:commentReference w:id="0"/></w:r>'), comments=comments)
        assert texts(document) == ["正文"]


class TestCharacters:
    def test_tabs_breaks_and_tab_stops(self) -> None:
        stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="400"/></w:tabs></w:pPr>'
        document = body(para(run("甲\t乙\n丙"), properties=stops))
        assert texts(document) == ["甲\t乙\n丙"]
        assert [r.node for r in document.paragraphs[0].runs] == [0, 1, 2, 3, 4]

    def test_white_space_word_would_not_keep_is_not_read(self) -> None:
        document = body(para("<w:r><w:t> 甲 </w:t></w:r>", '<w:r><w:t xml:space="preserve"> 乙</w:t></w:r>'))
        assert texts(document) == ["甲 乙"]
        assert document.paragraphs[0].runs[0].offset == 1

    def test_hidden_text_is_left_out_and_said(self) -> None:
        document = body(
            para(run("甲", "<w:rPr><w:vanish/></w:rPr>"), run("乙", '<w:rPr><w:vanish w:val="0"/></w:rPr>'))
        )
        assert texts(document) == ["乙"]
        assert document.issues == ("有 1 处隐藏文字，未读取",)

    def test_other_documents_embedded_are_said_to_be_unread(self) -> None:
        assert body(para(run("甲")) + "<w:altChunk/>").issues == ("有 1 处嵌入的其他文档，未读取",)

    def test_soft_and_unbreakable_hyphens_symbols_and_fields(self) -> None:
        document = body(
            para(
                run("甲"),
                '<w:r><w:softHyphen/><w:t>乙</w:t><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>三月</w:t></w:r>'
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            )
        )
        assert texts(document) == ["甲乙-\uf0fe三月"]
        assert document.issues == ("有 1 个私用区字符（自造字），换一台电脑可能显示成别的字（首见于第 1 段）",)

    def test_automatic_numbers_are_said_to_be_missing(self) -> None:
        numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        document = body(para(run("被告支付货款；"), properties=numbered))
        assert texts(document) == ["被告支付货款；"]
        assert "自动编号" in document.issues[0]

    @pytest.mark.parametrize("unseen", ["\u200b", "\u200f", "\u202e", "\ufeff", "\u00ad", "\u2066"])
    def test_characters_nobody_sees_do_not_part_a_word(self, unseen: str) -> None:
        document = body(para(run(f"{unseen}本院{unseen}认为，有理。{unseen}")))
        assert texts(document) == ["本院认为，有理。"]
        assert document.sections == (Section.REASON,)


class TestOtherProgramsFiles:
    def test_a_file_made_by_python_docx(self) -> None:
        made = docx.Document()
        made.add_paragraph("刑事判决书")
        made.add_table(1, 1).cell(0, 0).text = "表内"
        made.sections[0].header.paragraphs[0].text = "页眉"
        out = io.BytesIO()
        made.save(out)
        document = read_bytes(out.getvalue(), "一.docx")
        assert [(p.text, p.part) for p in document.paragraphs] == [
            ("刑事判决书", Part.BODY),
            ("表内", Part.TABLE),
            ("页眉", Part.HEADER),
        ]
        assert document.title == "刑事判决书"

    def test_the_strict_form_of_the_format(self) -> None:
        strict = package(para(run("甲")), extra={})
        import zipfile

        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(strict)) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                new.writestr(
                    name, old.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
                )
        assert texts(read_bytes(out.getvalue(), "一.docx")) == ["甲"]

    def test_reading_a_path_leaves_nothing_beside_it(self, tmp_path) -> None:  # type: ignore[no-untyped-def]
        file = tmp_path / "判决书.docx"
        file.write_bytes(package(para(run("甲"))))
        assert texts(read(file)) == ["甲"]
        assert [p.name for p in tmp_path.iterdir()] == ["判决书.docx"]

    def test_a_file_without_a_word_is_refused(self) -> None:
        with pytest.raises(ReadError, match="没有文字"):
            body(para() + para(run("　\t")))
