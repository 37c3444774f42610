"""真实文书：on 307 published judgments nothing is flagged but what a person looked at and found wrong.

real_remarks.json holds those verdicts as file hash, place, rule and why; never the text.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
from pathlib import Path

import pytest

from tianping.text import lint
from tianping.text.document import from_text
from tianping.text.document.folding import compact
from tianping.text.lint.proofreading import VOICE

from .planting import recall

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif("TIANPING_DATA" not in os.environ, reason="needs TIANPING_DATA"),
]
LABELS = json.loads(Path(__file__).with_name("real_remarks.json").read_text(encoding="utf-8"))
MADE = [row for row in LABELS["remarks"] if row.get("made", True)]
PLACE = ("sha256", "code", "paragraph", "start", "end")


def judgments(*folders: str) -> list[Path]:
    data = Path(os.environ["TIANPING_DATA"])
    return [path for folder in folders for path in sorted((data / folder).glob("*.txt"))]


def test_every_remark_was_looked_at_and_is_right() -> None:
    """All rules in all modes; the proofreader's two are sampled and measured by bench/proofread.py."""
    paths = judgments("judgments", "judgments-apart")
    rules = [rule for rule in lint.all_rules() if rule.code not in VOICE]
    found = set()
    for path in paths:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        document = from_text(path.read_text(encoding="utf-8"))
        for rule in rules:
            for remark in lint.consider(rule, document):
                if isinstance(remark, lint.Remark):
                    found.add((sha256, rule.code, remark.span.paragraph, remark.span.start, remark.span.end))
    rows = [row for row in MADE if row["folder"] != "unseen" and row["code"] not in VOICE]
    labelled = {tuple(row[name] for name in PLACE): row["verdict"] for row in rows}
    assert len(paths) == LABELS["files"]
    assert found == set(labelled)
    assert set(labelled.values()) == {"right"}


def test_padding_as_wps_leaves_it_changes_no_remark() -> None:
    chance = random.Random(7)
    differing = []
    for path in judgments("judgments")[:50]:
        plain = path.read_text(encoding="utf-8")
        plain = re.sub(r"(\d{4}年)\d{1,2}月\d{1,2}日", r"\g<1>6月31日", plain, count=3).replace("账户", "帐户")
        padded = "\n".join(
            "　　"
            + "".join(c + (chance.choice(" 　\t") if not c.isascii() and chance.random() < 0.05 else "") for c in line)
            for line in plain.split("\n")
        )
        remarks = [[(r.code, compact(r.text)) for r in lint.check(from_text(text))] for text in (plain, padded)]
        if remarks[0] != remarks[1]:
            differing.append(path.name)
    assert differing == []


@pytest.mark.parametrize("code", ["DAT002", "LAW004", "NUM001", "PUN012", "STR011", "STR013"])
def test_planted_faults_are_found_in_at_least_nine_of_ten(code: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in judgments("judgments")]
    planted, found = recall(code, texts)
    assert planted >= 50
    assert found / planted >= 0.9, f"{found}/{planted}"
