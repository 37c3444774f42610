"""备份清单：what an archive holds and what it must come to when restored. Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = 1
NAME = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}  # 数据库种类: 归档里的名称
MEMBER = re.compile(r"database\.sqlite3|database\.pgdump|files/([0-9a-f]{2})/\1[0-9a-f]{62}")
"""归档只收这些名称：nothing else is ever unpacked, so no name can lead out of the folder."""


class ArchiveRefused(ValueError):
    """备份不能用：one sentence with what is wrong and the way out."""


@dataclass(frozen=True, slots=True)
class Contents:
    """数据库的内容：rows of every table, and where the audit chain ends."""

    tables: dict[str, int]
    audit_seq: int
    audit_hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """清单：``members`` are name → SHA-256; ``damaged`` names files that no longer matched their hash in the store."""

    software: str
    created_at: str
    database: str
    contents: Contents
    key_check: str
    members: dict[str, str]
    damaged: tuple[str, ...] = ()
    format: int = FORMAT
    kept_apart: str = field(default="密钥（TIANPING_SECRET_KEY）不在本备份内，须另行保管。")

    @property
    def files(self) -> int:
        return sum(name.startswith("files/") for name in self.members)


def _seal(words: dict[str, Any]) -> str:
    plain = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def to_json(manifest: Manifest) -> bytes:
    words = asdict(manifest) | {"damaged": list(manifest.damaged)}
    return json.dumps({**words, "seal": _seal(words)}, ensure_ascii=False, indent=1).encode()


def from_json(data: bytes) -> Manifest:
    """读清单：a newer format is refused before anything else of it is believed."""
    try:
        words = json.loads(data)
        declared, seal = int(words["format"]), words.pop("seal")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ArchiveRefused("备份清单读不懂，备份已损坏。请改用另一份备份。") from None
    if declared > FORMAT:
        raise ArchiveRefused(f"备份是第 {declared} 版格式，本软件只认到第 {FORMAT} 版。请先升级本机软件再恢复。")
    if seal != _seal(words):
        raise ArchiveRefused("备份清单与其校验值不符，已被改动或损坏。请改用另一份备份。")
    try:
        contents = Contents(**words.pop("contents"))
        return Manifest(contents=contents, damaged=tuple(words.pop("damaged")), **words)
    except (KeyError, TypeError):
        raise ArchiveRefused("备份清单缺项，备份已损坏。请改用另一份备份。") from None


def key_check(secret: str) -> str:
    """密钥核对值：tells whether a key is the one of the backup, and nothing about the key."""
    return hmac.new(secret.encode(), b"tianping backup: is this the same key?", hashlib.sha256).hexdigest()[:32]
