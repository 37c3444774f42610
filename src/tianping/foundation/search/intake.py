"""索引的入口：what the audit chain has named since; one batch a walk: no request waits for an import's thousands.

The worker's own turn (``services.catch_up``) takes all the rest within the minute.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tianping.foundation.search import services


class IndexIntake:
    name = "查找索引"

    def waiting(self, at: datetime) -> Iterable[int]:
        return services.behind()[:1]

    def take(self, key: int, at: datetime) -> bool:
        return services.follow(key) > 0
