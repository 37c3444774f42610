"""任意排版：whatever Word puts between the words, comments neither change a reading nor each other, twice over."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.text.lint.formats.planted import scattered
from tests.text.lint.formats.test_word_comments import comments, formatted, part, reading
from tests.text.wrappers import W, package, para, run
from tianping.text.lint.formats.docx import annotate
from tianping.text.lint.formats.replies import Fate, replies

WORDS = st.text(
    st.sampled_from(list("本院认为原告林知远帐户第一百条，。《》（） \t\u200b\ue123&<a1𠮷")), min_size=1, max_size=12
)
NOTES = (
    f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">'
    "<w:p><w:r><w:t>见卷宗帐户</w:t></w:r></w:p></w:footnote></w:footnotes>"
)
THEIRS = (
    f'<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="书记员乙">'
    "<w:p><w:r><w:t>请核对</w:t></w:r></w:p></w:comment></w:comments>"
)
BOX = (
    "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
    "<w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def plain(words: str) -> str:
    return run(words, "<w:rPr><w:i/></w:rPr>" if len(words) % 2 else "")


PIECES = st.one_of(
    WORDS.map(plain),
    WORDS.map(plain),
    WORDS.map(lambda words: f'<w:ins w:id="90" w:author="甲">{plain(words)}</w:ins>'),
    WORDS.map(lambda words: f'<w:hyperlink w:anchor="a">{plain(words)}{plain(words)}</w:hyperlink>'),
    WORDS.map(lambda words: f"<w:smartTag>{plain(words)}</w:smartTag>"),
    WORDS.map(lambda words: f"<w:sdt><w:sdtPr/><w:sdtContent>{plain(words)}</w:sdtContent></w:sdt>"),
    WORDS.map(lambda words: f"<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>{plain(words)}</w:sdtContent></w:sdt>"),
    WORDS.map(lambda words: f'<w:moveFrom w:id="91" w:author="甲">{plain("移" * len(words))}</w:moveFrom>'),
    WORDS.map(
        lambda words: f"<w:r><w:ruby><w:rt>{plain('注')}</w:rt><w:rubyBase>{plain(words)}</w:rubyBase></w:ruby></w:r>"
    ),
    st.sampled_from(
        (
            '<w:del w:id="92" w:author="甲"><w:r><w:delText>旧</w:delText></w:r></w:del>',
            '<w:bookmarkStart w:id="1" w:name="b"/><w:bookmarkEnd w:id="1"/>',
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            '<w:commentRangeStart w:id="99"/>',
            "<w:r><w:t> 不留空白 </w:t><w:br/><w:t>下一行</w:t></w:r>",
            '<w:commentRangeStart w:id="7"/><w:r><w:t>有人批注</w:t></w:r><w:commentRangeEnd w:id="7"/>'
            '<w:r><w:commentReference w:id="7"/></w:r>',
            BOX,
        )
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    paragraphs=st.lists(st.lists(PIECES, max_size=6), min_size=1, max_size=5),
    number=st.integers(1, 12),
    seed=st.integers(0, 1000),
)
def test_nothing_but_comments_is_added(paragraphs: list[list[str]], number: int, seed: int) -> None:
    made = package(
        para(run("正文")) + "".join(para(*pieces) for pieces in paragraphs),
        {"footnotes.xml": NOTES, "comments.xml": THEIRS},
    )
    document = reading(made)
    remarks = scattered(document, number, seed)
    once = annotate(made, document, remarks)
    assert once.placed + once.unplaced == remarks or set(once.placed) | set(once.unplaced) == set(remarks)

    again = reading(once.data)
    assert [(p.text, p.part) for p in again.paragraphs] == [(p.text, p.part) for p in document.paragraphs]
    assert again.issues == document.issues
    assert formatted(once.data) == formatted(made)

    found = comments(once.data)
    assert Counter(comment.author for comment in found) == Counter(["书记员乙", *("天平" for _ in once.placed)])
    for comment, remark in zip([c for c in found if c.code], once.placed, strict=True):
        exact = "”处）" not in comment.text.split("\n")[0]
        assert bare(comment.words) == bare(remark.text) if exact else True

    assert annotate(once.data, again, remarks).data == once.data
    assert [reply.fate for reply in replies(once.data)] == [Fate.OPEN] * len(once.placed)
    none = annotate(once.data, again, ())
    assert formatted(none.data) == formatted(made)
    assert marks(none.data) == marks(made)


def bare(words: str) -> str:
    """Without what nobody sees, and without what was moved away or stands beside in a box or as a reading."""
    return "".join(character for character in words if character not in "\u200b移框内注")


def marks(data: bytes) -> Counter[str]:
    root = etree.fromstring(part(data, "word/document.xml").encode())
    return Counter(
        f"{etree.QName(element).localname} {element.get(f'{{{W}}}id')}"
        for element in root.iter()
        if "comment" in etree.QName(element).localname
    )
