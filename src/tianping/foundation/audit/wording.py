"""审计的字：an entry as a sentence — who did what to which record, what it was before and what it is after.

What is stored and hashed stays as it is; these are only the words around it. Which words, the stages know:
``settings.AUDIT_WORDS`` names them, since the foundation may not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"
HASH = re.compile(r"[0-9a-f]{64}")
HASH_SHOWN = 12
MOST_SHOWN = 5  # 一批里点名几条，其余计数


@dataclass(frozen=True, slots=True)
class Words:
    """用语：verbs by their whole code; states by the first two parts of it; values and people by field."""

    verbs: Mapping[str, str]
    groups: Mapping[str, str]
    records: Mapping[str, str]
    fields: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    states: Mapping[str, Mapping[str, str]]
    people: frozenset[str]

    def verb(self, code: str) -> str:
        return self.verbs.get(code, code)

    def group(self, code: str) -> str:
        return self.groups.get(code.partition(".")[0], code.partition(".")[0])

    def record(self, name: str) -> str:
        """哪一类记录：without its number."""
        return self.records.get(name.partition(":")[0], name.partition(":")[0])

    def changes(self, verb: str, stored: str, names: Mapping[str, str]) -> list[str]:
        """改了什么：one sentence a change; what has a before says both."""
        said: dict[str, Any] = json.loads(stored)
        labels = self.states.get(verb.rpartition(".")[0], {})
        lines = []
        if {"source", "target"} <= said.keys():
            before, after = (self._words(said.pop(field)) for field in ("source", "target"))
            before, after = labels.get(before, before), labels.get(after, after)
            what = "状态" if labels else "部门"
            lines.append(f"{what}：{before} → {after}" if before != after else f"{what}不变：{after}")
        if {"was", "due"} <= said.keys():
            lines.append(f"{self.fields['due']}：{self._words(said.pop('was'))} → {self._words(said.pop('due'))}")
        return lines + [self._line(field, value, names) for field, value in said.items()]

    def _line(self, field: str, value: Any, names: Mapping[str, str]) -> str:
        known = self.values.get(field, {})
        parts = value if isinstance(value, list) else [value]
        if field in self.people:
            words = [names.get(str(part), self._words(part)) for part in parts]
        else:
            words = [known.get(str(part), self._words(part)) for part in parts]
        if field == "records":
            words = [self._record_words(str(part)) for part in parts]
        more = f"等 {len(words)} 项" if len(words) > MOST_SHOWN else ""
        return f"{self.fields.get(field, field)}：{'、'.join(words[:MOST_SHOWN]) or '无'}{more}"

    def _record_words(self, name: str) -> str:
        return f"{self.record(name)} {name.partition(':')[2]}".strip()

    def _words(self, value: Any) -> str:
        match value:
            case None:
                return "未定"
            case bool():
                return "是" if value else "否"
            case str() if DAY.fullmatch(value):
                day = date.fromisoformat(value)
                return f"{day.year}年{day.month}月{day.day}日"
            case str() if HASH.fullmatch(value):
                return f"{value[:HASH_SHOWN]}…"
            case str() if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", value):
                at = moment(value)
                return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
            case list():
                return "、".join(self._words(one) for one in value)
            case _:
                return str(value)


def words() -> Words:
    found: Words = import_string(settings.AUDIT_WORDS)
    return found


def moment(stored: str) -> datetime:
    """时间：as it is stored, in the time of the court."""
    return timezone.localtime(datetime.strptime(stored, INSTANT).replace(tzinfo=UTC))
