"""校对命令：``tianping proofread`` reads lines on standard input and writes a JSON object for each."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from tianping.cli.exits import Exit, UsageError
from tianping.text.proofread import Edit, ModelError, Preset, Proofreader, applied, load, shipped

HELP = {
    "zh": """\
用法：tianping proofread [选项] < 文本

逐行读标准输入（一行一句或一段；或每行一个 JSON：{"id","source"}），逐行写出 JSON：
{"id","source","target","edits":[{"start","end","old","new","score","kind","evidence"}]}
start、end 按字符计，score 是把握（0 到 1），evidence 是法条或裁判中含有改后文字的用语。只提建议，不改原文。

  --preset quiet|normal|thorough   安静、普通、仔细三档，默认 normal
  --model 文件                     另用一个模型，如本院训练的模型
  --quiet                          不输出汇总
  --lang zh|en                     语言，默认 zh

退出码  0 没有建议   1 有建议   2 没能校对
""",
    "en": """\
usage: tianping proofread [options] < text

Reads standard input line by line (a sentence or paragraph a line, or a JSON object {"id","source"} a line), writes
{"id","source","target","edits":[{"start","end","old","new","score","kind","evidence"}]} for each.
Offsets count characters, score is the probability, evidence a phrase of statutes or judgments that holds the new words.

  --preset quiet|normal|thorough   normal by default
  --model FILE                     another model, such as one a court has trained for itself
  --quiet                          no summary
  --lang zh|en                     language, zh by default

exit codes  0 nothing to say   1 suggestions   2 could not proofread
""",
}
AT_ONCE = 8_000  # characters read before they are proofread together


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--preset", choices=[preset.value for preset in Preset], default=Preset.NORMAL.value)
    parser.add_argument("--model", metavar="文件")
    parser.add_argument("--quiet", action="store_true")


def run(options: argparse.Namespace, out: TextIO, talk: TextIO, given: TextIO | None = None) -> int:
    """Proofread standard input line by line."""
    try:
        proofreader = Proofreader(load(Path(options.model))) if options.model else shipped()
    except ModelError as error:
        talk.write(f"{error}\n")
        return Exit.FAILED
    source = given or sys.stdin
    if given is None and hasattr(source, "reconfigure"):
        source.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    preset = Preset(options.preset)
    lines = proposals = 0
    for part in _parts(source):
        found = proofreader.each([text for _, text in part], preset=preset)
        for (name, text), edits in zip(part, found, strict=True):
            out.write(_line(_row(name, text, edits)))
            lines += 1
            proposals += len(edits)
    if not options.quiet:
        told = (
            f"{lines} lines, {proposals} suggestions."
            if options.lang == "en"
            else (f"校对 {lines} 行：{f'建议 {proposals} 处' if proposals else '没有建议'}。")
        )
        talk.write(told + "\n")
    return Exit.REMARKS if proposals else Exit.CLEAN


def _parts(source: TextIO) -> Iterator[list[tuple[object, str]]]:
    """Lines as (id, text), some thousand characters at a time; a line without an id goes by its number."""
    part: list[tuple[object, str]] = []
    size = 0
    for number, line in enumerate(source, start=1):
        line = line.rstrip("\n").removesuffix("\r")
        part.append(_read(line, number))
        size += len(line)
        if size >= AT_ONCE:
            yield part
            part, size = [], 0
    if part:
        yield part


def _read(line: str, number: int) -> tuple[object, str]:
    if line.startswith("{"):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            return number, line
        if isinstance(row, dict) and "source" in row:
            if not isinstance(row["source"], str):
                raise UsageError(f"第 {number} 行的 source 不是文字。每行应为一句文字，或含 id 和 source 的 JSON。")
            return row.get("id", number), row["source"]
    return number, line


def _line(row: dict[str, object]) -> str:
    """JSON in plain characters; escaped where the text holds half a character that no encoding can write."""
    line = json.dumps(row, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(row)
    return line + "\n"


def _row(name: object, text: str, edits: tuple[Edit, ...]) -> dict[str, object]:
    return {
        "id": name,
        "source": text,
        "target": applied(text, edits),
        "edits": [
            {
                "start": edit.start,
                "end": edit.end,
                "old": edit.old,
                "new": edit.new,
                "score": edit.score,
                "kind": edit.kind_name,
                "evidence": edit.evidence,
            }
            for edit in edits
        ],
    }
