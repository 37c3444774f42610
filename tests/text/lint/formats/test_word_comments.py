"""写回 Word：each remark is a comment on its very words, and nothing else of the file has changed."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.text.document.made_pdf import typeset
from tests.text.lint.formats.planted import remark, scattered
from tests.text.wrappers import W, in_table, one_run, package, para, run, split_runs, wps_like
from tianping.text.document import Document, Part, from_text, read, read_bytes
from tianping.text.lint.formats.docx import annotate, noqa_of
from tianping.text.lint.formats.word.comments import AUTHOR, Comment, read_comments
from tianping.text.lint.formats.word.names import XML_SPACE
from tianping.text.lint.formats.word.parts import Parts
from tianping.text.lint.remark import Remark

EXAMPLES = sorted((Path(__file__).parents[4] / "examples").glob("*.docx"))
TEXT = """海州省临江市东湖区人民法院
民事判决书
（2026）海0102民初1234号
原告：林知远，女，1990年1月1日出生，汉族，住临江市西山区。
被告：沈一舟，男，1985年4月3日出生，汉族，住临江市西山区。
本院认为，依法成立的合同受法律保护。依照《中华人民共和国民法典》第五百零九条第一款之规定，判决如下：
被告沈一舟于本判决生效之日起十日内支付原告林知远货款80000元。
审判员　　苏　禾
二〇二六年三月八日"""


def reading(data: bytes) -> Document:
    return read_bytes(data, "判决书.docx")


def odt(text: str, header: str = "") -> bytes:
    """An OpenDocument file, a paragraph a line."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    names = f'xmlns:o="{space}:office:1.0" xmlns:s="{space}:style:1.0" xmlns:t="{space}:text:1.0"'
    body = "".join(f"<t:p>{line}</t:p>" for line in text.split("\n"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(
            "content.xml", f"<o:document-content {names}><o:body><o:text>{body}</o:text></o:body></o:document-content>"
        )
        made.writestr(
            "styles.xml", f"<o:document-styles {names}><s:header><t:p>{header}</t:p></s:header></o:document-styles>"
        )
    return out.getvalue()


def comments(data: bytes) -> tuple[Comment, ...]:
    return read_comments(Parts(data, "判决书.docx"))


def ours(data: bytes) -> list[tuple[str, str]]:
    """(code, words it stands on) of our comments."""
    return [(comment.code, comment.words) for comment in comments(data) if comment.code]


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def expected(remarks: tuple[Remark, ...]) -> list[tuple[str, str]]:
    return [(remark.code, remark.text.replace("\n", "\n")) for remark in remarks]


def formatted(data: bytes) -> list[tuple[str, str]]:
    """What a reader sees: every character with its run's properties, comments left out."""
    seen = []
    for text in etree.fromstring(part(data, "word/document.xml").encode()).iter(f"{{{W}}}t"):
        properties = text.getparent().find(f"{{{W}}}rPr")
        how = "" if properties is None else etree.tostring(properties, exclusive=True, with_tail=False).decode()
        words = text.text or ""
        if text.get(XML_SPACE) != "preserve":  # then Word leaves out the blanks at both ends
            words = words.strip(" \t\r\n")
        seen.extend((character, how) for character in words)
    return seen


class TestOnTheVeryWords:
    @pytest.mark.parametrize(
        "made",
        [one_run(TEXT), split_runs(TEXT, 3), wps_like(TEXT, 4), in_table(TEXT)],
        ids=["one", "split", "wps", "table"],
    )
    def test_every_way_a_file_is_written(self, made: bytes) -> None:
        document = reading(made)
        remarks = scattered(document, 25, seed=5)
        annotated = annotate(made, document, remarks)
        assert annotated.placed == remarks and annotated.unplaced == ()
        assert ours(annotated.data) == expected(remarks)
        assert formatted(annotated.data) == formatted(made)
        assert [p.text for p in reading(annotated.data).paragraphs] == [p.text for p in document.paragraphs]

    @settings(max_examples=40, deadline=None)
    @given(seed=st.integers(0, 10_000), number=st.integers(1, 30))
    def test_any_cutting_into_runs_gives_the_same_comments_on_the_same_words(self, seed: int, number: int) -> None:
        whole, cut = one_run(TEXT), split_runs(TEXT, seed)
        remarks = scattered(reading(whole), number, seed)
        here, there = annotate(whole, reading(whole), remarks), annotate(cut, reading(cut), remarks)
        assert ours(here.data) == ours(there.data) == expected(remarks)
        assert formatted(there.data) == formatted(cut)

    def test_a_run_is_split_with_its_format_and_only_where_a_comment_stands(self) -> None:
        bold = '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>'
        made = package(para(run("原告林知远诉称，被告违约。", bold)))
        document = reading(made)
        xml = part(annotate(made, document, [remark(document, "林知远")]).data, "word/document.xml")
        assert xml.count('<w:color w:val="FF0000"/>') == 3
        texts = re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml)
        assert texts == ["原告", "林知远", "诉称，被告违约。"]

    def test_tabs_breaks_and_white_space_word_would_not_keep(self) -> None:
        made = package(para("<w:r><w:t> 甲乙 </w:t><w:tab/><w:t>丙丁</w:t><w:br/></w:r>", run("戊")))
        document = reading(made)
        assert document.paragraphs[0].text == "甲乙\t丙丁\n戊"
        annotated = annotate(made, document, [remark(document, "乙\t丙"), remark(document, "\n戊", "PTY002")])
        assert ours(annotated.data) == [("PTY001", "乙\t丙"), ("PTY002", "\n戊")]
        assert reading(annotated.data).paragraphs[0].text == document.paragraphs[0].text

    def test_characters_nobody_sees_stay_where_they_are(self) -> None:
        made = package(para(run("\u200f本\u200b院认\u00ad为，有理。")))
        document = reading(made)
        annotated = annotate(made, document, [remark(document, "院认为")])
        assert [text for _, text in ours(annotated.data)] == ["院认\u00ad为"]
        assert formatted(annotated.data) == formatted(made)

    def test_characters_xml_cannot_hold_and_marks_of_xml(self) -> None:
        made = package(para(run("甲<乙>&丙")))
        document = reading(made)
        odd = Remark(
            "PTY001", "x", remark(document, "甲").severity, "甲\x01\ufffe<&>", remark(document, "甲").span, "甲"
        )
        assert comments(annotate(made, document, [odd]).data)[0].text == "PTY001 多半要改：甲\ufffd\ufffd<&>"

    def test_a_remark_on_no_words_stands_on_the_next_character(self) -> None:
        made = one_run("本院认为，有理。")
        document = reading(made)
        at = remark(document, "认")
        empty = Remark(at.code, at.name, at.severity, at.message, type(at.span)(0, 2, 2), "")
        assert ours(annotate(made, document, [empty]).data) == [("PTY001", "认")]
        end = Remark(at.code, at.name, at.severity, at.message, type(at.span)(0, 8, 8), "")
        assert ours(annotate(made, document, [end]).data) == [("PTY001", "。")]

    def test_the_comment_says_code_level_message_suggestion_and_basis(self) -> None:
        made = one_run("使用帐户转账。")
        document = reading(made)
        told = remark(document, "帐户", "CHR002", suggestion="账户", basis="《第一批异形词整理表》")
        (comment,) = comments(annotate(made, document, [told]).data)
        assert comment.author == AUTHOR == "天平"
        assert comment.text == "CHR002 多半要改：“帐户”请核对。\n建议：账户\n依据：《第一批异形词整理表》"
        gone = remark(document, "使用", suggestion="")
        assert "建议：删去" in comments(annotate(made, document, [gone]).data)[0].text


class TestPlacesWithoutRoom:
    NOTE = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
        "<w:r><w:t>见卷宗第三页帐户明细</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )

    def test_a_note_is_commented_at_its_mark_in_the_body(self) -> None:
        made = package(
            para(run("转账属实"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run("。")), {"footnotes.xml": self.NOTE}
        )
        document = reading(made)
        assert document.paragraphs[1].part is Part.FOOTNOTE
        annotated = annotate(made, document, [remark(document, "帐户", "CHR002")])
        assert len(annotated.placed) == 1
        (comment,) = comments(annotated.data)
        assert "（注释中“帐户”处）" in comment.text
        xml = part(annotated.data, "word/document.xml")
        assert re.search(r"commentRangeStart[^>]*/><w:r><w:footnoteReference[^>]*/></w:r><w:commentRangeEnd", xml)

    def test_a_header_takes_no_comment_and_the_remark_is_told_to_be_without_place(self) -> None:
        header = f'<w:hdr xmlns:w="{W}">{para(run("帐户查询"))}</w:hdr>'
        made = package(para(run("正文。")), {"header1.xml": header})
        document = reading(made)
        told = remark(document, "帐户")
        annotated = annotate(made, document, [told])
        assert (annotated.placed, annotated.unplaced) == ((), (told,))
        assert annotated.data == made

    def test_a_text_box_is_commented_where_it_hangs(self) -> None:
        box = (
            "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
            f"{para(run('框内帐户'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
        made = package(para(run("正文"), box, run("。")))
        document = reading(made)
        annotated = annotate(made, document, [remark(document, "帐户")])
        (comment,) = comments(annotated.data)
        assert "（文本框中“帐户”处）" in comment.text
        inside = etree.fromstring(part(annotated.data, "word/document.xml").encode()).find(f".//{{{W}}}txbxContent")
        assert not list(inside.iter(f"{{{W}}}commentRangeStart"))

    @pytest.mark.parametrize(
        "held",
        [
            "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>帐户</w:t></w:r></w:sdtContent></w:sdt>",
            '<w:fldSimple w:instr="AUTHOR"><w:r><w:t>帐户</w:t></w:r></w:fldSimple>',
            "<w:r><w:ruby><w:rt><w:r><w:t>zh</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>帐户</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
            "<mc:Choice Requires='w14'><w:r><w:t>帐户</w:t></w:r></mc:Choice>"
            "<mc:Fallback><w:r><w:t>帐户</w:t></w:r></mc:Fallback></mc:AlternateContent>",
        ],
        ids=["text control", "field", "ruby", "two forms"],
    )
    def test_what_no_mark_may_stand_in_is_commented_as_a_whole(self, held: str) -> None:
        made = package(para(run("甲"), held, run("乙")))
        document = reading(made)
        annotated = annotate(made, document, [remark(document, "帐")])
        (comment,) = comments(annotated.data)
        assert "（“帐”处）" in comment.text and "帐户" in comment.words and "甲" not in comment.words

    def test_inside_links_and_tracked_insertions_marks_stand_on_the_words(self) -> None:
        made = package(
            para(
                '<w:hyperlink w:anchor="a"><w:r><w:t>链接帐户</w:t></w:r></w:hyperlink>',
                '<w:ins w:id="9" w:author="甲"><w:r><w:t>新增条款</w:t></w:r></w:ins>',
                '<w:del w:id="10" w:author="甲"><w:r><w:delText>旧</w:delText></w:r></w:del>',
            )
        )
        document = reading(made)
        remarks = [remark(document, "帐户"), remark(document, "户新", "PTY002"), remark(document, "条", "PTY003")]
        annotated = annotate(made, document, remarks)
        assert ours(annotated.data) == [("PTY001", "帐户"), ("PTY002", "户新"), ("PTY003", "条")]
        xml = part(annotated.data, "word/document.xml")
        assert '<w:ins w:id="9" w:author="甲">' in xml and "<w:delText>旧</w:delText>" in xml


class TestOtherPeoplesComments:
    def made(self) -> bytes:
        word = docx.Document()
        paragraph = word.add_paragraph()
        paragraph.add_run("原告林知远")
        noted = paragraph.add_run("与被告沈一舟")
        paragraph.add_run("买卖合同纠纷一案。")
        word.add_comment(noted, text="请核对身份证", author="书记员乙", initials="乙")
        out = io.BytesIO()
        word.save(out)
        return out.getvalue()

    def test_they_stay_as_they_are(self) -> None:
        made = self.made()
        document = reading(made)
        annotated = annotate(
            made, document, [remark(document, "被告沈一舟买卖"[:5]), remark(document, "一舟买卖", "PTY002")]
        )
        assert [(c.author, c.text, c.words) for c in comments(annotated.data) if c.code is None] == [
            ("书记员乙", "请核对身份证", "与被告沈一舟")
        ]
        assert ours(annotated.data) == [("PTY001", "被告沈一舟"), ("PTY002", "一舟买卖")]
        assert len({comment.id for comment in comments(annotated.data)}) == 3

    def test_python_docx_sees_ours_beside_theirs(self) -> None:
        made = self.made()
        document = reading(made)
        opened = docx.Document(io.BytesIO(annotate(made, document, [remark(document, "林知远")]).data))
        assert [(comment.author, comment.text.split("：")[0]) for comment in opened.comments] == [
            ("书记员乙", "请核对身份证"),
            ("天平", "PTY001 多半要改"),
        ]

    def test_a_second_run_replaces_ours_and_changes_nothing_else(self) -> None:
        made = self.made()
        document = reading(made)
        first = annotate(made, document, scattered(document, 9, seed=2))
        again = annotate(first.data, reading(first.data), scattered(document, 9, seed=2))
        assert again.data == first.data
        fewer = annotate(first.data, reading(first.data), [remark(document, "林知远")])
        assert ours(fewer.data) == [("PTY001", "林知远")]
        assert Counter(comment.author for comment in comments(fewer.data)) == {"书记员乙": 1, "天平": 1}
        none = annotate(fewer.data, reading(fewer.data), [])
        assert ours(none.data) == [] and len(comments(none.data)) == 1
        assert "commentRangeStart" in part(none.data, "word/document.xml")

    def test_without_remarks_the_file_is_returned_byte_for_byte(self) -> None:
        made = self.made()
        assert annotate(made, reading(made), []).data == made


class TestWholeExamples:
    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_the_words_the_second_run_and_the_other_parts(self, path: Path) -> None:
        source = path.read_bytes()
        document = read(path)
        remarks = scattered(document, 40, seed=len(source))
        annotated = annotate(source, document, remarks)
        assert ours(annotated.data) == expected(remarks)
        assert annotate(annotated.data, reading(annotated.data), remarks).data == annotated.data
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(io.BytesIO(annotated.data)) as new:
            changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
            assert changed <= {
                "word/document.xml",
                "word/styles.xml",
                "word/_rels/document.xml.rels",
                "[Content_Types].xml",
                "word/comments.xml",
            }

    def test_the_strict_form_of_the_format(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(one_run(TEXT))) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                new.writestr(
                    name, old.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
                )
        document = reading(out.getvalue())
        remarks = scattered(document, 10, seed=1)
        annotated = annotate(out.getvalue(), document, remarks)
        assert ours(annotated.data) == expected(remarks)
        assert "purl.oclc.org/ooxml/officeDocument/relationships/comments" in part(
            annotated.data, "word/_rels/document.xml.rels"
        )


class TestFilesThatAreNoWordFiles:
    def test_a_text_file_is_set_as_a_word_file_with_the_comments(self) -> None:
        source = TEXT.encode("gb18030")
        document = read_bytes(source, "判决书.txt")
        remarks = scattered(document, 20, seed=8)
        annotated = annotate(source, document, remarks)
        assert annotated.placed == remarks
        assert ours(annotated.data) == expected(remarks)
        assert [p.text for p in reading(annotated.data).paragraphs] == [p.text for p in document.paragraphs]
        assert annotate(source, document, remarks).data == annotated.data

    @pytest.mark.parametrize("name", ["判决书.pdf", "判决书.odt"])
    def test_a_pdf_and_an_odt_are_set_as_a_word_file_with_the_comments(self, name: str) -> None:
        source = typeset(TEXT) if name.endswith("pdf") else odt(TEXT)
        document = read_bytes(source, name)
        remarks = scattered(document, 20, seed=8)
        annotated = annotate(source, document, remarks)
        assert (annotated.placed, annotated.unplaced) == (remarks, ())
        assert ours(annotated.data) == expected(remarks)

    def test_notes_and_headers_of_other_files_have_a_place_in_the_copy(self) -> None:
        source = odt("正文。", header="帐户查询")
        document = read_bytes(source, "判决书.odt")
        assert document.paragraphs[1].part is Part.HEADER
        assert ours(annotate(source, document, [remark(document, "帐户")]).data) == [("PTY001", "帐户")]

    def test_a_document_of_another_file_is_refused(self) -> None:
        document = reading(one_run(TEXT))
        with pytest.raises(ValueError, match="not read from this source"):
            annotate(one_run(TEXT[::-1]), document, [remark(document, "林知远")])

    def test_no_silences_in_a_file_that_holds_no_comments(self) -> None:
        assert noqa_of(TEXT.encode(), from_text(TEXT)) == ()
