"""本院旧卷：a folder of a court's own judgments (docx, txt) as a further kind of corpus, without its people.

Nothing leaves the machine and nothing is copied: the folder is read, names, organisations and addresses become ×,
and only counts of what remains go into the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tianping.text.document import Document, ReadError, read
from tianping.text.document.model import Untouchable
from tianping.text.proofread.masks import MASK_CHARACTER, hide_people
from tianping.text.proofread.proofreader import sentences

from .corpus import Kind

READABLE = (".docx", ".txt")
_HIDDEN = {Untouchable.PERSON, Untouchable.ORGANISATION, Untouchable.ADDRESS, Untouchable.IDENTITY}
_CHINESE = re.compile(r"[\u3400-\u9fff]")
LEAST = 8  # Chinese characters of a sentence worth counting


def archive(folder: Path, say: Callable[[str], None]) -> Kind:
    """All readable files of the folder and its folders as one kind, in the order of their names."""
    lines: dict[str, None] = {}
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in READABLE and path.is_file())
    for number, path in enumerate(paths, start=1):
        try:
            document = read(path)
        except ReadError as error:
            say(f"旧卷第 {number} 份没有读入：{error}")
            continue
        for line in hidden(document):
            lines.setdefault(line)
        if number % 500 == 0:
            say(f"旧卷 {number}/{len(paths)} 份")
    return Kind("archive", tuple(lines))


def names_of(document: Document) -> frozenset[str]:
    """Every name the anatomy knows: parties and their other names, people of the head and foot, protected places."""
    names = {party.name for party in document.parties}
    names.update(alias for party in document.parties for alias in party.aliases)
    names.update(one.name for one in document.representatives)
    names.update(one.name for one in document.signatories)
    names.update(document.text_at(place.span) for place in document.protected if place.kind in _HIDDEN)
    return frozenset(name for name in names if len(name) >= 2)


def hidden(document: Document) -> Iterator[str]:
    """去标识: the document's sentences with every name hidden wherever it stands."""
    names = sorted(names_of(document), key=lambda name: (-len(name), name))
    for paragraph in document.paragraphs:
        text = paragraph.text
        for name in names:
            text = text.replace(name, MASK_CHARACTER * len(name))
        text = hide_people(text).replace("\n", " ")
        for start, end in sentences(text):
            if len(_CHINESE.findall(text[start:end])) >= LEAST:
                yield text[start:end]
