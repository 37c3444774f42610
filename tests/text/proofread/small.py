"""小模型：a corpus of made-up sentences and a model trained on it in seconds."""

from __future__ import annotations

import json
import random
from pathlib import Path

from tianping.text.proofread.train.build import Recipe, build

WHO = ("原告", "被告", "第三人", "上诉人", "被上诉人", "双方当事人", "保证人", "出借人")
WHAT = (
    "未按照合同约定支付剩余货款",
    "应当承担相应的违约责任",
    "对上述证据的真实性没有异议",
    "主张返还借款本金及利息",
    "提交的证据不足以证明其主张",
    "要求解除双方签订的租赁合同",
    "在庭审中认可了欠款的事实",
    "没有在举证期限内提供证据",
    "依法享有优先受偿的权利",
    "已经履行了全部付款义务",
)
WHY = ("本院予以支持", "本院不予采信", "于法有据", "理由不能成立", "应予驳回", "本院予以确认", "符合法律规定")


def sentences(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [
        f"{chance.choice(WHO)}{chance.choice(WHAT)}，{chance.choice(WHO)}{chance.choice(WHAT)}，{chance.choice(WHY)}。"
        for _ in range(count)
    ]


def corpus(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(["# source: made up", *sentences(1500, 1)])
    (folder / "judgment.txt").write_text(text + "\n", encoding="utf-8")
    (folder / "statute.txt").write_text("\n".join(sentences(1500, 2)) + "\n", encoding="utf-8")
    return folder


def trained(folder: Path, name: str = "small", **changes: object) -> Path:
    out = folder / f"{name}.bin"
    given = corpus(folder / "corpus")
    thresholds = folder / "thresholds.json"  # the shipped ones were chosen for the shipped model
    thresholds.write_text(json.dumps({"quiet": [0.8] * 5, "normal": [0.5] * 5, "thorough": [0.3] * 5}), "utf-8")
    recipe = Recipe(
        corpus=given, out=out, work=folder / f"{name}.work", passes=4, trees=20, thresholds=thresholds, **changes
    )
    build(recipe, lambda line: None)
    return out
