"""法规：statutes, their versions, and which of them was in force on a day (现行有效).

``Law`` is what a rule may ask; ``shipped()`` answers it from the table in this folder, written by
``tools/statutes_slice.py``.
"""

from __future__ import annotations

from tianping.law.statutes.model import Law, Shape, Statute, Version, plain_title
from tianping.law.statutes.table import StatuteTable, shipped

__all__ = ["Law", "Shape", "Statute", "StatuteTable", "Version", "plain_title", "shipped"]
