"""审计链测试的陈设：a writer, and a chain of a dozen entries with the head exported halfway."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tianping.foundation.accounts.viewer import Viewer, system
from tianping.foundation.audit import services
from tianping.foundation.audit.chain import Head

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def writer() -> Viewer:
    return system("测试", on=date(2026, 11, 23))


@pytest.fixture
def head(db: None, writer: Viewer) -> Head:
    """十二条记录，链头在写满时导出。"""
    for number in range(1, 13):
        services.write("test.record.change", on=f"test.record:{number}", by=writer, at=NOW, number=number)
    return services.verify().head
