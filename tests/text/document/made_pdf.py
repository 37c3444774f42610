"""手写的 PDF：text at places we choose, in the Chinese font every reader knows, without a program that makes PDFs."""

from __future__ import annotations

from collections.abc import Sequence

Placed = tuple[float, float, str]
"""(x, y, text)；y counts from the foot of the page."""


def pdf(pages: Sequence[Sequence[Placed]], size: float = 16, extra: bytes = b"") -> bytes:
    """A PDF of these pages; ``extra`` goes into the font dictionary's place where a test wants another one."""
    font = extra or (
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>"
    )
    bodies: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        font,
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 80>>",
    ]
    kids = []
    for page in pages:
        stream = b"".join(
            f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n".encode() for x, y, text in page
        )
        bodies.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        bodies.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % len(bodies)
        )
        kids.append(b"%d 0 R" % len(bodies))
    bodies[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start)
    return bytes(out)


def typeset(
    text: str, *, width: int = 28, lines: int = 22, head: str = "", numbered: bool = True, size: float = 16
) -> bytes:
    """排版：a paragraph a line of ``text``, set as a court prints it — two characters of indent, page numbers below."""
    rows: list[tuple[float, str]] = []
    for line in text.split("\n"):
        indent, row, used = 2.0, "", 2.0
        for character in line:
            wide = 0.5 if character.isascii() else 1.0
            if used + wide > width:
                rows.append((indent, row))
                indent, row, used = 0.0, "", 0.0
            row += character
            used += wide
        rows.append((indent, row))
    pages = []
    for number, at in enumerate(range(0, len(rows), lines), 1):
        page: list[Placed] = [
            (80 + indent * size, 720 - row * 1.8 * size, shown)
            for row, (indent, shown) in enumerate(rows[at : at + lines])
        ]
        if head:
            page.insert(0, (200, 790, head))
        if numbered:
            page.append((280, 40, f"- {number} -"))
        pages.append(page)
    return pdf(pages, size)
