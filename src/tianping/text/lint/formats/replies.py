"""读回批注：what became of our comments in a file the judge has worked on. Nothing leaves the machine.

A comment is found again by what it says and where it stands; what was written is known from the record kept in the
file (``word.record``). A program that drops the record makes deletion invisible: then only what is still there is told.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category

from tianping.text.document.errors import ReadError
from tianping.text.document.model import Paragraph
from tianping.text.document.ole import is_ole
from tianping.text.document.wordml import read_docx
from tianping.text.lint.formats.word.comments import Comment, read_comments, spans, whereabouts
from tianping.text.lint.formats.word.parts import Parts
from tianping.text.lint.formats.word.record import AROUND, Written, read_record
from tianping.text.lint.remark import Severity
from tianping.text.regex import regex

NAME = "文书.docx"
_PLACE = regex(r"（(?:注释中|文本框中)?“.{0,200}?”处）")  # what ``word.wording`` says of a place no mark can stand at


class Fate(StrEnum):
    """去向：of one comment of ours."""

    OPEN = "未处理"
    ANSWERED = "已答复"
    RESOLVED = "已解决"
    DELETED = "已删除"


@dataclass(frozen=True, slots=True)
class Answer:
    """答复：a comment by a person in reply to ours."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """一条批注的去向。

    ``changed``: the words it stood on are no longer there as flagged — most likely the judge followed it. A deleted
    comment whose words stand unchanged was most likely a false alarm.
    """

    code: str
    severity: Severity
    message: str
    words: str
    fate: Fate
    changed: bool
    answers: tuple[Answer, ...] = ()


def replies(source: bytes, name: str = NAME) -> tuple[Reply, ...]:
    """Every comment of ours, in the order written; raises ReadError where the file cannot be read."""
    if not is_ole(source) and not source.startswith(b"PK"):
        raise ReadError(name, "不是 .docx，读不到批注", "请指定写有批注的 .docx 文件")
    parts = Parts(source, name)
    comments = read_comments(parts)
    answers: dict[str, list[Answer]] = {}
    for comment in comments:
        if comment.parent is not None and comment.code is None:
            answers.setdefault(comment.parent, []).append(Answer(comment.author, comment.text))
    ours = [comment for comment in comments if comment.code is not None]
    record = read_record(parts)
    if record is None:
        return tuple(_present(comment, None, answers.get(comment.id, ())) for comment in ours)
    paragraphs, _ = read_docx(source, name)
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    matched = _matched(record, ours, _contexts(ours, paragraphs))
    told = [
        _deleted(written, text) if comment is None else _present(comment, written, answers.get(comment.id, ()))
        for written, comment in zip(record, matched, strict=True)
    ]
    known = {comment.id for comment in matched if comment is not None}
    told += [_present(comment, None, answers.get(comment.id, ())) for comment in ours if comment.id not in known]
    return tuple(told)


def _contexts(ours: Sequence[Comment], paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    """The characters before each comment, by its id."""
    places = whereabouts(paragraphs)
    found = {}
    for comment in ours:
        for span in spans(comment, places)[:1]:
            found[comment.id] = paragraphs[span.paragraph].text[max(span.start - AROUND, 0) : span.start]
    return found


def _matched(record: Sequence[Written], ours: Sequence[Comment], before: Mapping[str, str]) -> list[Comment | None]:
    """Which comment is which of those written: the surest likeness first, and among equals in their order."""
    found: list[Comment | None] = [None] * len(record)
    free = {comment.id: comment for comment in ours}
    looks: tuple[tuple[Callable[[Written], object], Callable[[Comment], object]], ...] = (
        (
            lambda w: (w.code, w.message, w.before, _bare(w.enclosed)),
            lambda c: (*_says(c), before.get(c.id), _bare(c.words)),
        ),
        (lambda w: (w.code, w.message, w.before), lambda c: (*_says(c), before.get(c.id))),
        (lambda w: (w.code, w.message, _bare(w.enclosed)), lambda c: (*_says(c), _bare(c.words))),
        (lambda w: (w.code, w.message), _says),
        (lambda w: w.code, lambda c: c.code),
    )
    for of_written, of_comment in looks:
        alike: dict[object, deque[Comment]] = {}
        for comment in free.values():
            alike.setdefault(of_comment(comment), deque()).append(comment)
        for number, written in enumerate(record):
            same = alike.get(of_written(written)) if found[number] is None else None
            if same:
                found[number] = comment = same.popleft()
                del free[comment.id]
    return found


def _says(comment: Comment) -> tuple[str, str]:
    """(code, message) as the first line has them."""
    code = comment.code or ""
    _, _, told = comment.text.split("\n", 1)[0].removeprefix(code).partition("：")
    return code, _PLACE.sub("", told)


def _present(comment: Comment, written: Written | None, answers: Iterable[Answer]) -> Reply:
    told = tuple(answers)
    fate = Fate.RESOLVED if comment.done else Fate.ANSWERED if told else Fate.OPEN
    if written is None:
        code, message = _says(comment)
        label = comment.text.removeprefix(code).split("：", 1)[0].strip()
        severity = next((level for level in Severity if level.label == label), Severity.INFO)
        return Reply(code, severity, message, comment.words, fate, False, told)
    changed = _bare(comment.words) != _bare(written.enclosed)
    return Reply(written.code, Severity(written.severity), written.message, written.words, fate, changed, told)


def _deleted(written: Written, text: str) -> Reply:
    stands = f"{written.before}{written.words}{written.after}" in text
    return Reply(
        written.code, Severity(written.severity), written.message, written.words, Fate.DELETED, changed=not stands
    )


def _bare(words: str) -> str:
    """What a reader sees, without padding and characters nobody sees."""
    return "".join(character for character in words if not character.isspace() and category(character) != "Cf")
