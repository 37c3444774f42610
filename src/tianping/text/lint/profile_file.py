"""检查方案文件：the YAML a court keeps beside its documents — which rules speak, what is silenced and why.

mode: draft                 # draft 起草稿 · issued 已签发 · publish 拟公开
select: [LAW, PTY]
ignore: [PUN]
noqa:
  - code: PTY001
    text: 卢广廉            # 被批注的文字；不写则该规则全部免报
    file: 判决书*.docx      # 文件名；不写则不限
    reason: 系另一当事人
parameters:                 # 本院的值；写法同 law/parameters
  remedy.reply_days:
    2026-01-01: {value: 7, basis: 本院规定}
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tianping.text.lint.mode import Mode
from tianping.text.lint.noqa import Silence
from tianping.text.lint.profile import LocalNumber, Profile

FIELDS = ("mode", "select", "ignore", "noqa", "parameters")
_NOQA = ("code", "text", "file", "reason")


class MalformedProfile(ValueError):
    """方案文件写错：place, fault, way out."""


def profile_file(path: Path | str) -> Profile:
    """读方案文件。Refuses what it does not know: a misspelt field would silently check something else."""
    path = Path(path)
    name = path.name or str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise MalformedProfile(f"检查方案“{name}”不存在，请核对 --profile 后的文件名。") from None
    except (OSError, UnicodeDecodeError):
        raise MalformedProfile(f"检查方案“{name}”读不出来，请确认是 UTF-8 文本且有权读取。") from None
    return profile_from(text, name)


def profile_from(text: str, name: str = "方案") -> Profile:
    import yaml  # here, because a check without a profile file should not pay for the parser

    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f"第 {line + 1} 行" if line is not None else ""
        raise MalformedProfile(f"检查方案“{name}”{where}不是完好的 YAML，请核对缩进、冒号和引号。") from None
    except ValueError:  # what looks like a date and is none: PyYAML makes a date of it at once
        raise MalformedProfile(f"检查方案“{name}”里有不存在的日期。请改为存在的日期，如 2026-01-01。") from None
    if content is None:
        return Profile()
    if not isinstance(content, dict):
        raise MalformedProfile(f"检查方案“{name}”应写成“字段: 值”，可用字段 {'、'.join(FIELDS)}。")
    unknown = [str(field) for field in content if field not in FIELDS]
    if unknown:
        raise MalformedProfile(f"检查方案“{name}”有不认识的字段 {'、'.join(unknown)}，可用 {'、'.join(FIELDS)}。")
    return Profile(
        select=_codes(content.get("select"), "select", name),
        ignore=_codes(content.get("ignore"), "ignore", name),
        mode=_mode(content.get("mode"), name),
        silences=_silences(content.get("noqa"), name),
        numbers=_numbers(content.get("parameters"), name),
    )


def _codes(given: Any, field: str, name: str) -> tuple[str, ...]:
    if given is None:
        return ()
    codes = [given] if isinstance(given, str) else given
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise MalformedProfile(f"检查方案“{name}”的 {field} 应是规则编码的列表，如 [LAW, PTY001]。")
    return tuple(code.strip().upper() for code in codes)


def _mode(given: Any, name: str) -> Mode:
    if given is None:
        return Mode.ISSUED
    try:
        return Mode(given)
    except ValueError:
        modes = "、".join(f"{mode}（{mode.label}）" for mode in Mode)
        raise MalformedProfile(f"检查方案“{name}”的 mode 不能是“{given}”，可用 {modes}。") from None


def _silences(given: Any, name: str) -> tuple[Silence, ...]:
    if given is None:
        return ()
    if not isinstance(given, list):
        raise MalformedProfile(f"检查方案“{name}”的 noqa 应是一个列表，每项写 code 和 reason。")
    return tuple(_silence(entry, number, name) for number, entry in enumerate(given, start=1))


def _silence(entry: Any, number: int, name: str) -> Silence:
    where = f"检查方案“{name}”noqa 第 {number} 项"
    if not isinstance(entry, Mapping) or set(entry) - set(_NOQA):
        raise MalformedProfile(f"{where}只能写 {'、'.join(_NOQA)}。")
    codes = _codes(entry.get("code"), "code", name)
    if not codes or not all(codes):
        raise MalformedProfile(f"{where}没有写规则编码（code）。")
    reason = str(entry.get("reason") or "").strip()
    if not reason:
        raise MalformedProfile(f"{where}没有写理由（reason）。免报须写明理由，以便日后有人问起。")
    return Silence(codes, reason, text=str(entry.get("text") or ""), file=str(entry.get("file") or ""))


def _numbers(given: Any, name: str) -> tuple[LocalNumber, ...]:
    """本院的值：each on a shipped parameter, with its first day and its basis."""
    if given is None:
        return ()
    if not isinstance(given, Mapping):
        raise MalformedProfile(f"检查方案“{name}”的 parameters 应写成“参数名: {{起始日: {{value, basis}}}}”。")
    return tuple(number for code, values in given.items() for number in _of_parameter(str(code), values, name))


def _of_parameter(code: str, values: Any, name: str) -> list[LocalNumber]:
    from tianping.law.parameters import UnknownParameter, parameter

    where = f"检查方案“{name}”的参数“{code}”"
    try:
        parameter(code)
    except UnknownParameter:
        raise MalformedProfile(f"{where}不存在，请核对名称。") from None
    if not isinstance(values, Mapping) or not values:
        raise MalformedProfile(f"{where}应逐个起始日写 value 和 basis。")
    found = []
    for since, entry in values.items():
        if not isinstance(since, date):
            raise MalformedProfile(f"{where}：“{since}”不是日期，应写作 2026-01-01。")
        if not isinstance(entry, Mapping) or isinstance(entry.get("value"), bool):
            raise MalformedProfile(f"{where}：{since.isoformat()} 起应写 value 和 basis。")
        if not isinstance(entry.get("value"), int | float):
            raise MalformedProfile(f"{where}：{since.isoformat()} 起的 value 应是一个数。")
        basis = str(entry.get("basis") or "").strip()
        if not basis:
            raise MalformedProfile(f"{where}：{since.isoformat()} 起的值没有写明依据（basis）。")
        found.append(LocalNumber(code, since, str(entry["value"]), basis))
    return sorted(found, key=lambda number: number.since)
