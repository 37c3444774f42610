"""检查方式：what stage of its life a document is in when it is checked; some rules make sense at one stage only."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """检查方式：a draft may still lack its number and date, a text for publication must not show a private address."""

    DRAFT = "draft"  # 起草稿
    ISSUED = "issued"  # 已签发
    PUBLISH = "publish"  # 拟公开

    @property
    def label(self) -> str:
        return {"draft": "起草稿", "issued": "已签发", "publish": "拟公开"}[self.value]


ALL_MODES = frozenset(Mode)
