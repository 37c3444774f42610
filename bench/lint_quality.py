"""检查的质量：precision by hand, recall of planted faults, remarks per 10,000 characters. Prints JSON.

    python bench/lint_quality.py [--plant]

The verdicts are those of tests/text/lint/real_remarks.json (two passes, no text). ``clean`` are the invented labelled
documents, ``real`` the judgments under TIANPING_DATA. ``--plant`` plants faults anew in both halves (minutes); without
it recall is what precision.csv says of the half nobody tuned on.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.text.lint.gate.touching import fictional, violations  # noqa: E402
from tests.text.lint.planting import CODES, TOLD, TUNE, half, invented, recall  # noqa: E402
from tianping.text.document import from_text  # noqa: E402
from tianping.text.lint import Mode, Profile, Status, all_rules, check  # noqa: E402
from tianping.text.lint.precision import poisson_upper, wilson_lower  # noqa: E402

VERDICTS = ROOT / "tests/text/lint/real_remarks.json"
FICTIONAL = ROOT / "tests/text/document/fictional"


def precision() -> dict[str, object]:
    """两遍判定：agreement of the passes, and what was right at first sight on judgments no rule was made on."""
    content = json.loads(VERDICTS.read_text(encoding="utf-8"))
    rows = content["remarks"]
    twice = [row for row in rows if "second" in row]
    made = [row for row in rows if row.get("made", True)]
    right = sum({row["verdict"], row.get("second", "right")} == {"right"} for row in made)
    first = content["unseen"]["first_look"]
    seen, wrong = first["default_rules"], first["default_rules_wrong"]
    return {
        "judged": len(rows),
        "judged_twice": len(twice),
        "passes_agree": sum(row["verdict"] == row["second"] for row in twice),
        "still_made": len(made),
        "still_made_and_right": right,
        "at_first_sight_on_unseen_judgments": {
            **first,
            "default_rules_precision": round(1 - wrong / seen, 3),
            "default_rules_wilson_lower": round(wilson_lower(seen - wrong, seen), 3),
            "default_rules_false_alarms_per_10k_at_most": round(
                poisson_upper(wrong) / content["unseen"]["characters"] * 10_000, 3
            ),
        },
    }


def rates(texts: list[str]) -> dict[str, object]:
    """每万字批注数, by mode; all selected: 提示 and weak rules too, without the proofreader."""
    documents = [from_text(text) for text in texts]
    characters = sum(map(len, texts))
    everything = tuple(rule.code for rule in all_rules() if rule.code not in ("CHR018", "GRM005"))
    profiles = {mode.value: Profile(mode=mode) for mode in Mode} | {"issued, all selected": Profile(select=everything)}
    found = {name: Counter(r.code for d in documents for r in check(d, rules=p)) for name, p in profiles.items()}
    return {
        "files": len(texts),
        "characters": characters,
        "remarks_per_10k": {name: round(count.total() / characters * 10_000, 2) for name, count in found.items()},
        "remarks": {name: dict(sorted(count.items())) for name, count in found.items()},
    }


def planted(texts: list[str], anew: bool) -> dict[str, object]:
    if anew:
        halves = {side: [t for t in texts if half(t) == side] for side in (TUNE, TOLD)}
        return {code: {"tuned": recall(code, halves[TUNE]), "told": recall(code, halves[TOLD])} for code in CODES}
    known = {rule.code: rule.measured for rule in all_rules()}
    return {code: {"told": (row.planted, row.found)} for code, row in known.items() if row and row.planted}


def main() -> int:
    parser = argparse.ArgumentParser(description="检查的质量")
    parser.add_argument("--plant", action="store_true", help="重新植入错误")
    asked = parser.parse_args()
    clean = [path.read_text(encoding="utf-8") for path in sorted(FICTIONAL.glob("*.txt"))]
    real = []
    if data := os.environ.get("TIANPING_DATA"):
        paths = sorted((*Path(data).glob("judgments/*.txt"), *Path(data).glob("judgments-apart/*.txt")))
        real = [path.read_text(encoding="utf-8") for path in paths]
    rules = all_rules()
    result = {
        "bench": "lint_quality",
        "rules": len(rules),
        "stable": sorted(rule.code for rule in rules if rule.status is Status.STABLE),
        "below_the_floor": sorted(rule.code for rule in rules if rule.is_weak),
        "precision": precision(),
        "clean": rates([text.partition("\n---\n")[2] for text in clean]),
        "real": rates(real) if real else None,
        "suggestions_that_touch_labelled_places": sum(len(violations(*fictional(text))) for text in clean),
        "planted_and_found": planted(real + invented(), asked.plant),
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
