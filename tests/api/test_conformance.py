"""接口与其描述一致：requests made up from the description, right and wrong ones; each answer must be as described.

Seeded, so that the same requests are made every time; some three hundred through the real application.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as examples
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from tests.authz.world import build
from tests.cast import Court
from tianping.config.wsgi import application

pytestmark = pytest.mark.django_db
EXAMPLES = 8  # of each operation, right and wrong ones each


@contextmanager
def one_connection() -> Iterator[None]:
    """The application itself answers here, not the test client: it must not close the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def test_every_answer_is_as_described(
    court: Court,
    files_home: Path,
    caller_of: Callable[[str], Client],
    client_of: Callable[[str], Client],
) -> None:
    place = build(court)["own"]
    known = {  # half of the addresses lead to a record, so that more than refusals is compared
        "case": place.id("case"),
        "evidence_one": place.id("evidence answering"),
        "document": place.id("issued"),
        "finding": place.id("finding relapsed"),
        "finding_answer": place.id("finding answering"),
        "duty": place.id("duty open"),
        "duty_submit": place.id("duty open"),
    }
    paths_known = {name: {"public_id": key} for name, key in known.items()} | {"figure": {"code": "caseload.accepted"}}
    token = caller_of("周既明").defaults["HTTP_AUTHORIZATION"]
    description = client_of("周既明").get("/api/openapi.json").json()
    schema = schemathesis.openapi.from_dict(description)
    schema.app = application
    statuses: Counter[int] = Counter()
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        identifier = operation.definition.raw["operationId"]
        for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:
            paths = [None, paths_known[identifier]] if identifier in paths_known else [None]
            for path in paths:
                if mode is GenerationMode.NEGATIVE and path is not None:
                    continue

                @seed(20261123)
                @examples(
                    max_examples=EXAMPLES,
                    deadline=None,
                    database=None,
                    phases=[Phase.explicit, Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )
                @given(case=operation.as_strategy(generation_mode=mode, path_parameters=path))
                def check(case: schemathesis.Case) -> None:
                    # A request made wrong by leaving out the token is made right by ours, so what must be refused is
                    # not for it to judge; that wrong requests are refused shows in the statuses below.
                    answer = case.call_and_validate(
                        headers={"Authorization": token}, excluded_checks=[negative_data_rejection]
                    )
                    statuses[answer.status_code] += 1

                with one_connection():
                    check()
    print(f"{len(operations)} 项接口，{statuses.total()} 次请求，按状态码 {dict(sorted(statuses.items()))}")
    assert len(operations) >= 16
    assert {200, 404, 422} <= set(statuses)
    assert max(statuses) < 500
