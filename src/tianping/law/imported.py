"""导入的全文在哪里：where the full text of statutes lies that a person imported, for ``fulltext`` to read."""

from __future__ import annotations

import os
from pathlib import Path

FILE = "fulltext.sqlite3"


def folder_of_user() -> Path:
    """全文库所在：``TIANPING_LAW``, or the data folder of the person (XDG)."""
    if own := os.environ.get("TIANPING_LAW"):
        return Path(own)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "tianping" / "law"
