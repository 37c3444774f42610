"""批注的文字：one remark as the lines of a Word comment — code and message, what to write instead, on what basis."""

from __future__ import annotations

from tianping.text.document.model import Part
from tianping.text.lint.remark import Remark
from tianping.text.regex import regex

_NOT_XML = regex("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def lines_of(remark: Remark, *, exact: bool, part: Part) -> list[str]:
    """各行。Where the comment cannot stand on the very words, the first line names them and where they are."""
    where = ""
    if not exact:
        inside = {Part.FOOTNOTE: "注释中", Part.TEXTBOX: "文本框中"}.get(part, "")
        where = f"（{inside}“{one_line(remark.text)}”处）"
    lines = [f"{remark.code} {remark.severity.label}：{where}{remark.message}"]
    if remark.suggestion is not None:
        lines.append(f"建议：{remark.suggestion or '删去'}")
    if remark.basis:
        lines.append(f"依据：{remark.basis}")
    return [xml_safe(one_line(line)) for line in lines]


def one_line(text: str) -> str:
    return text.replace("\r\n", " ").translate({10: " ", 13: " ", 9: " "})


def xml_safe(text: str) -> str:
    """XML 写不下的字符 show as U+FFFD, one for one, so that offsets hold."""
    return _NOT_XML.sub("\ufffd", text)
