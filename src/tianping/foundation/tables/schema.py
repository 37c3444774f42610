"""表式：which columns a table may have, under which headings, and what stands in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tianping.foundation.tables.cells import Kind


def heading(text: str) -> str:
    """表头比对：without spaces, widths, stars and colons, so that 「*案号：」 is 「案号」."""
    return re.sub(r"[\s*:()]+", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True, slots=True)
class Field:
    """字段：``required`` means the column must be there and no cell of it empty."""

    key: str
    header: str
    kind: Kind = Kind.TEXT
    also: tuple[str, ...] = ()
    required: bool = False
    choices: Mapping[str, Any] = field(default_factory=dict)  # 表中的写法 → 取值
    most: int = 0  # 文字的最多字数，0 为不限
    least: int | None = None  # 整数的下限
    clean: Callable[[str], str] | None = None  # 文字统一写法；认不出的以 CellFault 拒绝

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.header, *self.also)


@dataclass(frozen=True, slots=True)
class Schema:
    """表式：``key`` names the fields that together tell one row from another."""

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]

    def field(self, key: str) -> Field:
        return next(f for f in self.fields if f.key == key)

    def field_of(self, header: str) -> Field | None:
        wanted = heading(header)
        return next((f for f in self.fields if wanted in map(heading, f.headings)), None)
