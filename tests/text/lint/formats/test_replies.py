"""读回批注：what a person did with our comments is told from the file; #noqa silences at its place."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from lxml import etree

from tests.text.lint.formats.planted import remark
from tests.text.wrappers import W, one_run
from tianping.text.document import ReadError, Span, read_bytes
from tianping.text.lint.formats.docx import annotate, noqa_of
from tianping.text.lint.formats.replies import Answer, Fate, replies
from tianping.text.lint.formats.word.comments import read_comments
from tianping.text.lint.formats.word.names import W14, W15
from tianping.text.lint.formats.word.parts import Parts
from tianping.text.lint.noqa import split

TEXT = "原告林知远诉称，其帐户内的货款被划走。\n被告沈一舟辩称，帐户由原告自行管理。\n本院认为，原告的主张有理。"
PARA = f"{{{W14}}}paraId"


def annotated() -> bytes:
    made = one_run(TEXT)
    document = read_bytes(made, "判决书.docx")
    first = remark(document, "帐户", "CHR002", suggestion="账户")
    second = type(first)(first.code, first.name, first.severity, first.message, Span(1, 8, 10), "帐户", "账户")
    return annotate(made, document, [first, second, remark(document, "林知远", "PTY001")]).data


def edited(data: bytes, changes: dict[str, tuple[str, str]], added: dict[str, str] | None = None) -> bytes:
    """The file with a pattern replaced in some parts, and parts added: what a person's Word would have written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name in changes:
                pattern, by = changes[name]
                text, count = re.subn(pattern, by, content.decode(), flags=re.DOTALL)
                assert count, (name, pattern)
                content = text.encode()
            new.writestr(name, content)
        for name, content in (added or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def para_ids(data: bytes) -> dict[str, str]:
    """Comment id to the id of its last paragraph."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/comments.xml"))
    return {comment.get(f"{{{W}}}id"): comment[-1].get(PARA) for comment in root}


def worked_on(data: bytes, *, done: str = "", reply_to: str = "", reply: str = "") -> bytes:
    """Word's commentsExtended part with one comment resolved, one answered."""
    ids = para_ids(data)
    entries = [f'<w15:commentEx w15:paraId="{para}" w15:done="{int(number == done)}"/>' for number, para in ids.items()]
    changes = {
        "[Content_Types].xml": (
            "</Types>",
            '<Override PartName="/word/commentsExtended.xml" ContentType="'
            'application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"/></Types>',
        ),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            '<Relationship Id="rIdEx" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" '
            'Target="commentsExtended.xml"/></Relationships>',
        ),
    }
    if reply:
        entries.append(f'<w15:commentEx w15:paraId="0000AAAA" w15:paraIdParent="{ids[reply_to]}" w15:done="0"/>')
        changes["word/comments.xml"] = (
            "</w:comments>",
            f'<w:comment w:id="77" w:author="法官甲"><w:p w14:paraId="0000AAAA"><w:r><w:t>{reply}</w:t></w:r></w:p>'
            "</w:comment></w:comments>",
        )
        changes["word/document.xml"] = (
            f'<w:commentRangeStart w:id="{reply_to}"/>(.*?)<w:commentRangeEnd w:id="{reply_to}"/>',
            rf'<w:commentRangeStart w:id="{reply_to}"/><w:commentRangeStart w:id="77"/>\1'
            rf'<w:commentRangeEnd w:id="{reply_to}"/><w:commentRangeEnd w:id="77"/>'
            r'<w:r><w:commentReference w:id="77"/></w:r>',
        )
    extended = f'<w15:commentsEx xmlns:w15="{W15}">{"".join(entries)}</w15:commentsEx>'
    return edited(data, changes, {"word/commentsExtended.xml": extended})


def deleted(data: bytes, identity: str) -> bytes:
    return edited(
        data,
        {
            "word/comments.xml": (f'<w:comment w:id="{identity}".*?</w:comment>', ""),
            "word/document.xml": (
                f'<w:commentRange(?:Start|End) w:id="{identity}"/>|<w:r><w:rPr><w:rStyle [^>]*/></w:rPr>'
                f'<w:commentReference w:id="{identity}"/></w:r>',
                "",
            ),
        },
    )


class TestWhatBecameOfEach:
    def test_untouched(self) -> None:
        told = replies(annotated())
        assert [(reply.code, reply.words, reply.fate, reply.changed) for reply in told] == [
            ("CHR002", "帐户", Fate.OPEN, False),
            ("CHR002", "帐户", Fate.OPEN, False),
            ("PTY001", "林知远", Fate.OPEN, False),
        ]
        assert told[0].message == "“帐户”请核对。"

    def test_resolved_and_answered(self) -> None:
        told = replies(worked_on(annotated(), done="2", reply_to="0", reply="此处系银行原文"))
        assert [reply.fate for reply in told] == [Fate.ANSWERED, Fate.OPEN, Fate.RESOLVED]
        assert told[0].answers == (Answer("法官甲", "此处系银行原文"),)

    def test_deleted_with_the_words_as_they_were_and_which_of_two_alike(self) -> None:
        told = replies(deleted(annotated(), "1"))
        assert [(reply.fate, reply.changed) for reply in told] == [
            (Fate.OPEN, False),
            (Fate.DELETED, False),
            (Fate.OPEN, False),
        ]

    def test_deleted_after_the_words_were_put_right(self) -> None:
        data = edited(
            deleted(annotated(), "0"), {"word/document.xml": ("(>)帐户(</w:t></w:r><w:r><w:t[^>]*>内)", r"\1账户\2")}
        )
        assert next((reply.fate, reply.changed) for reply in replies(data)) == (Fate.DELETED, True)

    def test_left_standing_with_the_words_put_right(self) -> None:
        data = edited(
            annotated(), {"word/document.xml": ('(<w:commentRangeStart w:id="0"/><w:r><w:t[^>]*>)帐户', r"\1账户")}
        )
        told = replies(data)
        assert [(reply.fate, reply.changed) for reply in told] == [
            (Fate.OPEN, True),
            (Fate.OPEN, False),
            (Fate.OPEN, False),
        ]

    def test_without_the_record_what_is_there_is_told(self) -> None:
        data = edited(annotated(), {"word/_rels/document.xml.rels": (r"<Relationship [^>]*customXml[^>]*/>", "")})
        told = replies(data)
        assert [(reply.code, reply.severity.label, reply.message, reply.words) for reply in told][2] == (
            "PTY001",
            "多半要改",
            "“林知远”请核对。",
            "林知远",
        )

    def test_a_file_without_our_comments_and_a_file_of_another_kind(self) -> None:
        assert replies(one_run(TEXT)) == ()
        with pytest.raises(ReadError, match=r"“判决书.txt”不是 .docx"):
            replies(TEXT.encode(), "判决书.txt")


class TestARunAfterAPersonWorkedOnIt:
    def test_a_reply_and_the_resolved_mark_survive(self) -> None:
        data = worked_on(annotated(), done="2", reply_to="0", reply="此处系银行原文")
        document = read_bytes(data, "判决书.docx")
        remarks = [remark(document, "帐户", "CHR002", suggestion="账户"), remark(document, "林知远", "PTY001")]
        again = annotate(data, document, remarks)
        assert [reply.fate for reply in replies(again.data)] == [Fate.ANSWERED, Fate.RESOLVED]
        assert annotate(again.data, document, remarks).data == again.data

    def test_a_thread_whose_remark_is_gone_stays_and_is_resolved(self) -> None:
        data = worked_on(annotated(), reply_to="0", reply="已改")
        document = read_bytes(data, "判决书.docx")
        again = annotate(data, document, [])
        (left,) = replies(again.data)
        assert (left.code, left.fate, left.answers) == ("CHR002", Fate.RESOLVED, (Answer("法官甲", "已改"),))
        assert annotate(again.data, document, []).data == again.data

    def test_a_comment_of_ours_a_person_wrote_into_is_theirs(self) -> None:
        data = edited(annotated(), {"word/comments.xml": ("“林知远”请核对。", "“林知远”请核对。系另一人，不改")})
        document = read_bytes(data, "判决书.docx")
        again = annotate(data, document, [])
        assert [comment.text for comment in read_comments(Parts(again.data, "判决书.docx"))] == [
            "PTY001 多半要改：“林知远”请核对。系另一人，不改"
        ]


class TestSilences:
    def test_written_into_our_own_comment(self) -> None:
        data = edited(annotated(), {"word/comments.xml": ("“林知远”请核对。", "“林知远”请核对。#noqa 系另一人")})
        (silence,) = noqa_of(data, read_bytes(data, "判决书.docx"))
        assert (silence.codes, silence.reason, silence.span) == (("PTY001",), "系另一人", Span(0, 2, 5))

    @pytest.mark.parametrize(
        ("said", "codes", "reason"),
        [
            ("#noqa: PTY001 系另一人", ("PTY001",), "系另一人"),
            ("#noqa PTY001，CHR002：银行原文", ("PTY001", "CHR002"), "银行原文"),
            ("＃noqa：pty 系另一人", ("PTY",), "系另一人"),
            ("#NOQA 系另一人", (), "系另一人"),
            ("#noqa", (), ""),
            ("请看 #noqa PTY001\n系另一人", ("PTY001",), "系另一人"),
        ],
    )
    def test_what_a_comment_asks(self, said: str, codes: tuple[str, ...], reason: str) -> None:
        word = docx.Document()
        paragraph = word.add_paragraph("原告")
        word.add_comment(paragraph.add_run("林知远"), text=said, author="法官甲", initials="甲")
        out = io.BytesIO()
        word.save(out)
        document = read_bytes(out.getvalue(), "判决书.docx")
        (silence,) = noqa_of(out.getvalue(), document)
        assert (silence.codes, silence.reason, silence.span) == (codes, reason, Span(0, 2, 5))

    def test_a_comment_that_only_talks_silences_nothing(self) -> None:
        word = docx.Document()
        word.add_comment(word.add_paragraph().add_run("林知远"), text="请核对 #noqaX", author="法官甲", initials="甲")
        out = io.BytesIO()
        word.save(out)
        assert noqa_of(out.getvalue(), read_bytes(out.getvalue(), "判决书.docx")) == ()

    def test_a_reply_to_our_comment_needs_no_code(self) -> None:
        data = worked_on(annotated(), reply_to="2", reply="#noqa 系另一人")
        document = read_bytes(data, "判决书.docx")
        (silence,) = noqa_of(data, document)
        assert (silence.codes, silence.reason, silence.span) == (("PTY001",), "系另一人", Span(0, 2, 5))
        said, silent = split([remark(document, "林知远"), remark(document, "沈一舟")], [silence])
        assert [r.text for r in said] == ["沈一舟"] and [r.text for r in silent] == ["林知远"]

    def test_over_two_paragraphs_and_on_no_words(self) -> None:
        word = docx.Document()
        first, last = word.add_paragraph().add_run("原告"), word.add_paragraph().add_run("被告")
        word.add_comment([first, last], text="#noqa LAW 全段", author="法官甲", initials="甲")
        out = io.BytesIO()
        word.save(out)
        document = read_bytes(out.getvalue(), "判决书.docx")
        assert [silence.span for silence in noqa_of(out.getvalue(), document)] == [Span(0, 0, 2), Span(1, 0, 2)]
        bare = edited(out.getvalue(), {"word/document.xml": (r"<w:commentRange[^>]*/>", "")})
        assert [silence.span for silence in noqa_of(bare, document)] == [Span(1, 0, 0)]
