"""文书模型：a judgment as paragraphs, sections, parties and places, whatever file it came from."""

from __future__ import annotations

from .errors import ReadError
from .model import (
    COURT_SPEECH,
    Amount,
    Citation,
    Document,
    Paragraph,
    Part,
    Party,
    Representative,
    Role,
    Run,
    Section,
    Span,
    Stretch,
    WrittenDate,
)
from .reading import from_text, read, read_bytes

__all__ = [
    "COURT_SPEECH",
    "Amount",
    "Citation",
    "Document",
    "Paragraph",
    "Part",
    "Party",
    "ReadError",
    "Representative",
    "Role",
    "Run",
    "Section",
    "Span",
    "Stretch",
    "WrittenDate",
    "from_text",
    "read",
    "read_bytes",
]
