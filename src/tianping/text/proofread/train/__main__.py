"""训练命令：``python -m tianping.text.proofread.train --corpus DIR --out MODEL``."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from .build import THRESHOLDS, Recipe, build


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and print the report as JSON; progress goes to stderr."""
    parser = argparse.ArgumentParser(prog="python -m tianping.text.proofread.train", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="语料文件夹：*.txt 或 *.txt.zst，每行一句")
    parser.add_argument("--out", type=Path, required=True, help="模型文件")
    parser.add_argument("--archive", type=Path, help="本院旧卷文件夹（docx、txt），去标识后并入")
    parser.add_argument("--work", type=Path, help="中间结果文件夹，默认在模型文件旁；中断后再运行即接着做")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--passes", type=int, default=2, help="每句留出的句子造错几遍")
    parser.add_argument("--trees", type=int, default=300)
    parser.add_argument("--thresholds", type=Path, default=THRESHOLDS, help="各档各类的最低把握（JSON）")
    given = parser.parse_args(arguments)
    began = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - began:7.0f} 秒  {line}", file=sys.stderr, flush=True)

    recipe = Recipe(
        corpus=given.corpus,
        out=given.out,
        work=given.work or given.out.with_name(given.out.name + ".work"),
        archive=given.archive,
        seed=given.seed,
        passes=given.passes,
        trees=given.trees,
        thresholds=given.thresholds,
    )
    report = build(recipe, say)
    print(json.dumps({**report, "seconds": round(time.monotonic() - began)}, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
