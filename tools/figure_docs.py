"""数据口径说明：docs/figures/*.md from the registered figures."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tianping.foundation.figures.registry import Figure


def pages() -> dict[str, str]:
    """One page a figure, and their index."""
    every = _registered()
    made = {f"figures/{figure.code}.md": page(figure) for figure in every}
    rows = [f"| [{f.code}]({f.code}.md) | {f.name} | {f.definition} | {f.unit} | {f.version} |" for f in every]
    head = [
        "# 数据口径",
        "",
        "由登记的口径（各应用的 `figures.py`）生成。口径一改即升版；升版前取的快照仍按旧版，不与新版相比。",
        "",
        "| 代码 | 名称 | 定义 | 单位 | 版本 |",
        "|---|---|---|---|---|",
    ]
    return made | {"figures/README.md": "\n".join([*head, *rows]) + "\n"}


def page(figure: Figure) -> str:
    from tianping.foundation.figures.registry import CASES

    lines = [
        f"# {figure.name}",
        "",
        f"`{figure.code}`，第 {figure.version} 版，单位：{figure.unit}。",
        "",
        f"定义：{figure.definition}",
        "",
        f"边界：{figure.boundary}",
        "",
    ]
    if figure.denominator_name:
        lines += [f"分母：{figure.denominator_name}。点开所列的记录是分子。", ""]
    columns = "、".join(label for label, _ in figure.columns)
    records = "快照逐案留存" if figure.page == CASES else "一条记录有"
    return "\n".join([*lines, f"{records}：{columns}。", ""])


def _registered() -> tuple[Figure, ...]:
    """The registry is filled when the apps are loaded; that opens no database, but the settings must be there."""
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tianping.config.settings")
        os.environ.setdefault("TIANPING_SECRET_KEY", "only-to-read-the-figures-" + "0" * 32)
        os.environ.setdefault("TIANPING_HOME", tempfile.gettempdir())
        os.environ.setdefault("TIANPING_DATABASE", "sqlite:///:memory:")
        django.setup()
    from tianping.foundation.figures.registry import figures

    return tuple(sorted(figures(), key=lambda figure: figure.code))
