"""The cast of tests/conftest.py, and a judgment taken in and given to a reviewer of another division."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.cast import Court
from tests.conftest import client_of, court, files_home, now, rules_as_shipped
from tianping.evidence.documents import services
from tianping.evidence.documents.models import IssuedDocument, Review
from tianping.evidence.documents.tests.judgments import judgment

__all__ = ["client_of", "court", "files_home", "now", "rules_as_shipped"]


@pytest.fixture
def issued(court: Court, now: datetime, files_home: Path) -> IssuedDocument:
    """已收录的判决书：judged by 林知远 of 民一庭, taken in by 周既明 of 审管办."""
    court.case()
    return services.document_take(data=judgment().encode(), name="判决书.txt", by=court.viewer("周既明"), at=now)


@pytest.fixture
def review(court: Court, now: datetime, issued: IssuedDocument) -> Review:
    """评查中：by 韩江临 of 民二庭; two remarks wait for a verdict."""
    return services.review_assign(document=issued, reviewer=court.people["韩江临"], by=court.viewer("周既明"), at=now)
