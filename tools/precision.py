"""精确率表：writes src/tianping/text/lint/precision.csv from hand verdicts and planted faults.

    python tools/precision.py            write; plants anew where TIANPING_DATA is set, else keeps what was planted
    python tools/precision.py --check    change nothing; exit 1 where the verdicts say otherwise than the table

The verdicts stand in tests/text/lint/real_remarks.json as file hash, place, rule, verdict and why, in two passes: right
is what both call right. A rule that said nothing has a row too: silence on so many characters bounds its false alarms.
Faults are planted in every judgment and invented document at hand; the table tells of the half nobody tuned on.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.text.lint.planting import CODES, TOLD, half, invented, recall  # noqa: E402
from tianping.text import lint  # noqa: E402
from tianping.text.lint.precision import TABLE, Measured, table  # noqa: E402
from tianping.text.lint.proofreading import VOICE  # noqa: E402

VERDICTS = ROOT / "tests" / "text" / "lint" / "real_remarks.json"
FOLDERS = ("judgments", "judgments-apart")
FIELDS = ("code", "judged", "right", "characters", "planted", "found", "corpus", "measured_on")


def judged() -> tuple[Counter[str], Counter[str], dict[str, object]]:
    """(judged, right) by rule, and the head of the verdicts."""
    content = json.loads(VERDICTS.read_text(encoding="utf-8"))
    rows = [row for row in content.pop("remarks") if row.get("made", True)]
    every = Counter(row["code"] for row in rows)
    right = Counter(row["code"] for row in rows if {row["verdict"], row.get("second", "right")} == {"right"})
    return every, right, content


def rows(planted: dict[str, tuple[int, int]]) -> list[Measured]:
    """One row for every rule, 提示 and other modes too; of the proofreader's only what was sampled."""
    every, right, head = judged()
    sampled: dict[str, int] = head.get("sampled", {})  # type: ignore[assignment]
    corpus = str(head.get("corpus") or f"{head['files']}份一审刑事判决书")
    return [
        Measured(
            rule.code,
            every[rule.code],
            right[rule.code],
            int(str(sampled.get(rule.code, head["characters"]))),
            *planted.get(rule.code, (0, 0)),
            corpus,
            str(head["labelled_on"]),
        )
        for rule in lint.all_rules()
        if every[rule.code] or rule.code not in VOICE
    ]


def written(found: list[Measured]) -> str:
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(FIELDS)
    for row in found:
        sheet.writerow([getattr(row, field) for field in FIELDS])
    return text.getvalue()


def texts() -> list[str]:
    data = Path(os.environ["TIANPING_DATA"])
    return [path.read_text(encoding="utf-8") for folder in FOLDERS for path in sorted((data / folder).glob("*.txt"))]


def disagreeing() -> list[str]:
    """Rules of which the table says otherwise than the verdicts. A rule without a row is not measured: no fault."""
    every, right, _ = judged()
    known = table()
    said = {code: (row.judged, row.right) for code, row in known.items()}
    return sorted(code for code in every.keys() | known.keys() if said.get(code) != (every[code], right[code]))


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        wrong = disagreeing()
        if wrong:
            print(f"precision.csv 与人工判定不一致：{'、'.join(wrong)}。请运行 tools/precision.py 重新生成。")
        return 1 if wrong else 0
    if arguments:
        print("用法：precision.py [--check]", file=sys.stderr)
        return 2
    planted = {code: (row.planted, row.found) for code, row in table().items()}
    if "TIANPING_DATA" in os.environ:
        told = [text for text in (*texts(), *invented()) if half(text) == TOLD]
        planted = {code: recall(code, told) for code in CODES}
    found = rows(planted)
    TABLE.write_text(written(found), encoding="utf-8")
    print(f"{TABLE.name}：{len(found)} 条规则，其中植入过错误的 {sum(row.planted > 0 for row in found)} 条。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
