"""读 .pdf：the text layer of a PDF as paragraphs.

A PDF holds characters on pages. Here they become lines (by base line, from left to right: programs draw quotation marks
out of order), then paragraphs (by indent, by the room left at a line's end, by the gap above). Page numbers and running
heads are set aside, and the spaces a program puts between Chinese characters and digits for the eye are taken off. A
page without text is a picture: said, not guessed.

``Run.part`` is the page ("page 3"), ``Run.node`` the line on it from 0, ``offset`` the characters into that line.
"""

from __future__ import annotations

import ctypes
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from tianping.text.regex import regex

from .errors import ReadError
from .model import Paragraph
from .paragraphs import Piece, paragraph

MAX_PAGES = 1_000
"""页数上限。"""
MAX_CHARACTERS = 1_000_000
"""字数上限 of the whole file: a judgment of 200 pages holds 150,000."""
_LOCK = threading.Lock()  # the library behind keeps one state for the whole process
_NUMBER = r"[\d０-９一二三四五六七八九十]{1,4}"
_PAGE_NUMBER = regex(
    rf"[-—–－·\s]{{0,6}}(?:第\s{{0,3}})?{_NUMBER}(?:\s{{0,3}}页)?"
    rf"(?:[\s，,]{{0,3}}[/／共]\s{{0,3}}{_NUMBER}(?:\s{{0,3}}页)?)?[-—–－·\s]{{0,6}}"
)
_DIGITS = regex(r"\d+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_EYE_SPACE = regex(f"(?<=[{_WIDE}])[ \u00a0]{{1,2}}(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%.])[ \u00a0]{{1,2}}(?=[{_WIDE}])")
_IS_WIDE = regex(f"[{_WIDE}\u3000-\u303f\u2014\u2018-\u201d\u2026]")
_LATIN = regex("[A-Za-z]")
_WORD = r"[“‘《〈（(【]{0,4}(?:[0-9A-Za-z.,%]{1,40}|.)[，。、；：？！”’》〉）)】%]{0,6}"
_TOKEN = regex(rf"{_WORD}(?:(?<=[“‘《〈（(【]){_WORD}|(?=[“‘《〈（(【]){_WORD}){{0,2}}")
_RESAVE = "请改用 .docx 原件，或先做文字识别再试"
EDGE_LINES = 2
"""页眉、页脚：looked for among so many first and last lines of a page."""


class _Glyph(NamedTuple):
    char: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """一行：``left`` and ``right`` edges and base line in points, ``em`` the width of one Chinese character."""

    page: int
    number: int
    text: str
    left: float
    right: float
    base: float
    em: float
    cells: int = 1  # stretches of text with wide gaps between them, as in the row of a table


def read_pdf(data: bytes, name: str) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """读 .pdf：the paragraphs, and what was left out, in Chinese."""
    import pypdfium2  # type: ignore[import-untyped]  # here: most checks never read a PDF

    pages: list[list[Line]] = []
    characters = unreadable = 0
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refused(name, str(error)) from None
        try:
            count = len(document)
            if count > MAX_PAGES:
                raise ReadError(name, f"有 {count} 页，超过 {MAX_PAGES} 页的上限", "请拆分后再试")
            for number in range(count):
                glyphs = _glyphs(document, number, MAX_CHARACTERS + 1 - characters)
                characters += len(glyphs)
                unreadable += sum(glyph.char == "\ufffd" for glyph in glyphs)
                if characters > MAX_CHARACTERS:
                    raise ReadError(name, f"超过 {MAX_CHARACTERS // 10_000} 万字的上限", "请拆分后再试")
                pages.append(_lines(glyphs, number + 1))
        except pypdfium2.PdfiumError:
            raise ReadError(name, f"的第 {len(pages) + 1} 页损坏，读不出来", _RESAVE) from None
        finally:
            document.close()
    if not any(pages):
        raise ReadError(name, f"的 {count} 页里没有文字，多半是扫描件", _RESAVE)
    if unreadable * 5 > characters:
        raise ReadError(name, "的字体没有文字对照表，取不出文字", _RESAVE)
    return _assembled(pages)


def _refused(name: str, error: str) -> ReadError:
    if "password" in error.lower():
        return ReadError(name, "设有打开密码", "请取消密码后再试")
    if "security" in error.lower():
        return ReadError(name, "的加密方式不能识别", "请取消加密后再试")
    return ReadError(name, "不是完好的 .pdf（损坏或被截断）", "请重新导出后再试")


def _glyphs(document: Any, number: int, most: int) -> list[_Glyph]:
    """一页的字 with their places; what the library itself put in (its guesses at spaces and line ends) left out."""
    from pypdfium2 import raw

    page = document[number]
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    handle = text.raw
    glyphs = []
    high = 0
    try:
        for at in range(min(raw.FPDFText_CountChars(handle), 2 * most)):
            code = raw.FPDFText_GetUnicode(handle, at)
            if code in (0x0D, 0x0A) or (code == 0x20 and raw.FPDFText_IsGenerated(handle, at) == 1):
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
            raw.FPDFText_GetCharOrigin(handle, at, at_x, at_y)
            glyphs.append(_Glyph(chr(code) if 0 < code < 0x110000 else "\ufffd", x.value, y.value))
    finally:
        text.close()
        page.close()
    return glyphs


def _lines(glyphs: Sequence[_Glyph], page: int) -> list[Line]:
    """成行 from top to bottom."""
    if not any(not glyph.char.isspace() for glyph in glyphs):
        return []
    em = _em(glyphs)
    rows: list[list[_Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y):
        if rows and rows[-1][0].y - glyph.y < 0.45 * em:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines: list[Line] = []
    for row in rows:
        row.sort(key=lambda glyph: glyph.x)
        text, cells = _spaced(row, em)
        bare = text.strip()
        if bare:
            inked = [glyph for glyph in row if not glyph.char.isspace()]
            right = inked[-1].x + _width(inked[-1].char, em)
            lines.append(Line(page, len(lines), bare, inked[0].x, right, row[0].y, em, cells))
    return lines


def _em(glyphs: Sequence[_Glyph]) -> float:
    """字宽：the usual step from one Chinese character to the next."""
    steps = [
        after.x - before.x
        for before, after in pairwise(glyphs)
        if abs(after.y - before.y) < 0.5 and 2 < after.x - before.x < 60 and _IS_WIDE.match(before.char)
    ]
    return median(steps) if steps else 12.0


def _spaced(row: Sequence[_Glyph], em: float) -> tuple[str, int]:
    """一行的文字 and in how many cells: a gap a reader would see is a space; a character drawn twice is a bold one."""
    text: list[str] = []
    edge = row[0].x
    last: _Glyph | None = None
    cells = 1
    for glyph in row:
        if last is not None and glyph.char == last.char and glyph.x - last.x < 0.12 * em:
            continue
        if glyph.x - edge > 0.9 * em and text and not text[-1].isspace() and not glyph.char.isspace():
            text.append("\u3000")
            cells += glyph.x - edge > 1.5 * em
        text.append(glyph.char)
        edge = glyph.x + _width(glyph.char, em)
        last = glyph
    return "".join(text), cells


def _width(char: str, em: float) -> float:
    return em if _IS_WIDE.match(char) else 0.5 * em


def _assembled(pages: Sequence[Sequence[Line]]) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    margins = _margins(pages)
    lines = [line for page in pages for line in page if (line.page, line.number) not in margins]
    paragraphs: list[Paragraph] = []
    for group in _groups(lines):
        made = paragraph(list(_pieces(group)), index=len(paragraphs))
        if made is not None:
            paragraphs.append(made)
    issues = []
    empty = [number for number, page in enumerate(pages, 1) if not page]
    if empty:
        shown = "、".join(map(str, empty[:10])) + ("等" if len(empty) > 10 else "")
        issues.append(f"第 {shown} 页没有文字（可能是扫描图像），未检查")
    if margins:
        issues.append(f"有 {len(margins)} 行页眉、页脚或页码，未作为正文")
    issues.append("段落由版面推定，页面上的自动编号按所见文字读取")
    return tuple(paragraphs), tuple(issues)


def _margins(pages: Sequence[Sequence[Line]]) -> set[tuple[int, int]]:
    """页眉、页脚、页码：page numbers at an edge, and lines that come again at the edge of most pages."""
    edges = [{*page[:EDGE_LINES], *page[-EDGE_LINES:]} for page in pages]
    seen = Counter(same for page in edges for same in {_DIGITS.sub("#", line.text) for line in page})
    often = max(2, round(0.6 * sum(1 for page in pages if page)))
    found = set()
    for page, edge in zip(pages, edges, strict=True):
        for line in edge:
            is_number = line in (page[0], page[-1]) and _PAGE_NUMBER.fullmatch(line.text) is not None
            if is_number or seen[_DIGITS.sub("#", line.text)] >= often:
                found.add((line.page, line.number))
    return found


def _groups(lines: Sequence[Line]) -> Iterable[list[Line]]:
    """归段：lines that make one paragraph."""
    if not lines:
        return
    em = median(line.em for line in lines)
    left = _edge([line.left for line in lines], em, outermost=min)
    right = _edge([line.right for line in lines], em, outermost=max)
    pitches = [
        before.base - after.base
        for before, after in pairwise(lines)
        if before.page == after.page and before.base > after.base
    ]
    pitch = median(pitches) if pitches else 0.0
    group = [lines[0]]
    for before, line in pairwise(lines):
        far = before.page == line.page and before.base - line.base > 1.6 * pitch
        fits = right - before.right > _token_width(line.text, em) + 0.8 * em
        if line.left > left + 1.2 * em or fits or far or max(before.cells, line.cells) > 2:
            yield group
            group = []
        group.append(line)
    yield group


def _token_width(text: str, em: float) -> float:
    """不可拆的开头：what of a line would have had to go up to the line before as one."""
    found = _TOKEN.match(text)
    return sum(_width(char, em) for char in found[0]) if found else em


def _edge(edges: Sequence[float], em: float, *, outermost: Callable[[Iterable[int]], int]) -> float:
    """版心的一边：the outermost edge that comes more than a few times, to half a character; one line may stick out."""
    step = em / 2
    counts = Counter(round(edge / step) for edge in edges)
    often = 3 if len(edges) >= 12 else 1
    return outermost([edge for edge, count in counts.items() if count >= often] or list(counts)) * step


def _pieces(group: Sequence[Line]) -> Iterable[Piece]:
    for number, line in enumerate(group):
        part = f"page {line.page}"
        if number and _LATIN.match(line.text) and _LATIN.match(group[number - 1].text[-1]):
            yield Piece(" ", part, line.number)
        at = 0
        for space in _EYE_SPACE.finditer(line.text):
            yield Piece(line.text[at : space.start()], part, line.number, at)
            at = space.end()
        yield Piece(line.text[at:], part, line.number, at)
