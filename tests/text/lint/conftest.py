"""检查引擎的测试：each finds the rules and what was measured of them as they are shipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tianping.text.lint import profile


@pytest.fixture(autouse=True)
def rules_as_shipped() -> Iterator[None]:
    """A test that changes a rule or its measurement must be heard, and must leave nothing to the next."""
    profile.heard.cache_clear()
    yield
    profile.heard.cache_clear()
