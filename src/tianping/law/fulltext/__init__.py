"""法规全文（用户自备）：full text of statutes, imported by the person who has it, kept in a folder of theirs.

    taken = take(from_sqlite(path), shipped(), folder_of_user())
    full_text()              # None where nothing was imported

With it a rule can see paragraphs and items of more statutes and compare quoted words with the article they are from.
"""

from __future__ import annotations

from tianping.law.fulltext.model import Article, Refused, StatuteText, shape_of
from tianping.law.fulltext.sources import from_lines, from_markdown, from_sqlite, from_wheel, installed
from tianping.law.fulltext.store import FullText, Taken, full_text, take
from tianping.law.imported import folder_of_user

__all__ = [
    "Article",
    "FullText",
    "Refused",
    "StatuteText",
    "Taken",
    "folder_of_user",
    "from_lines",
    "from_markdown",
    "from_sqlite",
    "from_wheel",
    "full_text",
    "installed",
    "shape_of",
    "take",
]
