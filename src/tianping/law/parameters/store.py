"""法定参数文件：reading the YAML beside this module, each file once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from tianping.law.parameters.model import Parameter, UnknownParameter, Value

CODE = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")
UNITS = frozenset({"day", "workday", "month", "year", "yuan", "percent", "count", "times"})


class MalformedParameter(ValueError):
    """参数文件写错：place, fault, reason."""


Local = Mapping[str, tuple[Value, ...]]
_local: ContextVar[Local] = ContextVar("local", default={})  # noqa: B039 — nobody writes into it


def parameter(code: str) -> Parameter:
    """法定参数 by its dotted code; where a court's own values are laid over it, with them from their first day on."""
    found, own = _shipped(code), _local.get().get(code)
    if not own:
        return found
    before = tuple(value for value in found.values if value.since < own[0].since)
    return replace(found, values=(*before, *own))


@contextmanager
def laid_over(own: Local) -> Iterator[None]:
    """本院的值：a court's own values, by code and the oldest first, for as long as something is done with them."""
    token = _local.set(own)
    try:
        yield
    finally:
        _local.reset(token)


@cache
def _shipped(code: str) -> Parameter:
    source = Path(__file__).parent.joinpath(*code.split(".")[:-1], code.rpartition(".")[2] + ".yaml")
    if not CODE.fullmatch(code) or not source.is_file():
        raise UnknownParameter(code)
    return parameter_from(code, source.read_text(encoding="utf-8"))


def codes() -> tuple[str, ...]:
    """Every shipped parameter, sorted."""
    root = Path(__file__).parent
    return tuple(sorted(".".join(path.relative_to(root).with_suffix("").parts) for path in root.rglob("*.yaml")))


def parameter_from(code: str, text: str) -> Parameter:
    """Read one file's text, refusing what a reply to a citizen could not rest on: no basis, days out of order."""
    import yaml  # here, because a check of one judgment needs no parameter and should not pay for the parser

    content: dict[str, Any] = yaml.safe_load(text)
    unknown = set(content) - {"name", "unit", "values", "checked_on", "confirmed"}
    if unknown:
        raise MalformedParameter(f"{code}：不认识的字段 {'、'.join(sorted(unknown))}。")
    unit, confirmed = content["unit"], content.get("confirmed", True)
    if unit not in UNITS:
        raise MalformedParameter(f"{code}：单位 {unit} 不在 {'、'.join(sorted(UNITS))} 之内。")
    if not isinstance(content["checked_on"], date):
        raise MalformedParameter(f"{code}：checked_on 应为核对官方文本的日期。")
    values = tuple(_value(code, since, entry, unit, confirmed) for since, entry in content["values"].items())
    days = [value.since for value in values]
    if not days or any(later <= earlier for earlier, later in pairwise(days)):
        raise MalformedParameter(f"{code}：各项日期应由早到晚，且不重复。")
    return Parameter(code, content["name"], unit, values, content["checked_on"])


def _value(code: str, since: object, entry: dict[str, Any], unit: str, confirmed: bool) -> Value:
    if not isinstance(since, date):
        raise MalformedParameter(f"{code}：{since} 不是日期，应写作 2022-05-01。")
    if not str(entry.get("basis", "")).strip():
        raise MalformedParameter(f"{code}：{since.isoformat()} 起的值没有写明依据（basis）。")
    number = entry["value"]
    return Value(
        value=number if isinstance(number, int) else Decimal(str(number)),
        unit=unit,
        basis=entry["basis"],
        since=since,
        confirmed=entry.get("confirmed", confirmed),
        scope=entry.get("scope", ""),
    )
