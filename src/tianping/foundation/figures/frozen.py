"""冻结：records as canonical text, packed, and the hashes over them. Pure."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tianping.foundation.audit import chain

Row = list[Any]


def plain(row: Iterable[Any]) -> Row:
    """A record's fields as they are kept: days as text, everything else as it is."""
    return [value.isoformat() if isinstance(value, date) else value for value in row]


def canonical(rows: Sequence[Row]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def packed(rows: Sequence[Row]) -> tuple[bytes, str]:
    """Compressed, and the hash of what was compressed."""
    text = canonical(rows)
    return zlib.compress(text, 6), hashed(text)


def unpacked(data: bytes) -> tuple[list[Row], bytes]:
    text = zlib.decompress(data)
    return json.loads(text), text


def hashed(text: bytes, algorithm: str = chain.ALGORITHM) -> str:
    return hashlib.new(algorithm, text).hexdigest()


def hash_of(frozen: Mapping[str, Any], algorithm: str) -> str:
    return hashed(chain.canonical(frozen).encode(), algorithm)
