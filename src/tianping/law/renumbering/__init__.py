"""重编号：where an article of an old version or an ended statute stands in what took its place.

``articles.csv`` holds pairs made by aligning the full text of both versions (proof ``aligned``), or seen in judgments
that quote the old words (``quoted``). Pairs nobody has checked are not in it. The civil procedure law is complete: its
three numberings differ by fixed offsets, written as functions of the article.
"""

from __future__ import annotations

from tianping.law.renumbering.civil_procedure import Unmapped, renumbered
from tianping.law.renumbering.dated import as_numbered_on
from tianping.law.renumbering.table import Moved, moved_from, moved_to, pairs
from tianping.law.renumbering.topics import Topic, topics

__all__ = ["Moved", "Topic", "Unmapped", "as_numbered_on", "moved_from", "moved_to", "pairs", "renumbered", "topics"]
