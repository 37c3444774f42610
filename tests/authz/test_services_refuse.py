"""服务自己也拒绝：a page that forgot to ask who it is would still not let an office of another court act."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.authz.world import Place, build
from tests.cast import Court
from tianping.evidence.documents import selectors
from tianping.evidence.documents import services as documents
from tianping.findings import services as findings
from tianping.foundation.accounts import services as accounts
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, system
from tianping.foundation.imports import services as imports
from tianping.foundation.moves import MoveRefused
from tianping.foundation.tables import Headings
from tianping.remedy import services as remedy

pytestmark = pytest.mark.django_db


def test_an_office_of_another_court_is_refused_by_every_service(court: Court, files_home: Path) -> None:
    own, by, at = build(court)["own"], court.viewer("陶思源"), court.now
    refused: list[Callable[[Place, Viewer], object]] = [
        lambda p, v: documents.review_assign(document=p.records["issued"], reviewer=p.other_reviewer, by=v, at=at),
        lambda p, v: documents.review_void(review_id=p.records["review"].pk, reason="误指派。", by=v, at=at),
        lambda p, v: documents.review_finish(review_id=p.records["review settled"].pk, by=v, at=at),
        lambda p, v: findings.finding_verify(finding_id=p.records["finding answered"].pk, reason="属实。", by=v, at=at),
        lambda p, v: findings.finding_dismiss(finding_id=p.records["finding answered"].pk, reason="否。", by=v, at=at),
        lambda p, v: findings.finding_void(finding_id=p.records["finding answered"].pk, reason="误登。", by=v, at=at),
        lambda p, v: remedy.duty_close(duty_id=p.records["duty submitted"].pk, reason="可。", by=v, at=at),
        lambda p, v: remedy.duty_return(duty_id=p.records["duty submitted"].pk, reason="不可。", by=v, at=at),
        lambda p, v: remedy.duty_void(duty_id=p.records["duty open"].pk, reason="误交。", by=v, at=at),
        lambda p, v: imports.import_receive(
            court=court.organisations["LJ"],
            schema="cases",
            source="案件系统",
            name="案件.csv",
            data="案号\n".encode(),
            headings=Headings("案件", ("案号",), {}, ()),
            by=v,
            at=at,
        ),
        lambda p, v: imports.import_start(import_id=p.records["import received"].pk, move="try", by=v, at=at),
        lambda p, v: imports.import_start(import_id=p.records["import tried"].pk, move="write", by=v, at=at),
        lambda p, v: imports.import_start(import_id=p.records["import written"].pk, move="undo", by=v, at=at),
        lambda p, v: imports.import_drop(import_id=p.records["import received"].pk, by=v, at=at),
        lambda p, v: remedy.postponement_decide(
            duty_id=p.records["duty asked"].pk, grant=True, reason="可。", by=v, at=at
        ),
    ]
    for act in refused:
        with pytest.raises((MoveRefused, documents.ReviewRefused, imports.ImportRefused)):
            act(own, by)


def test_a_judge_who_joins_the_trial_office_does_not_see_the_review_of_the_own_judgment(
    court: Court, files_home: Path
) -> None:
    own = build(court)["own"]
    accounts.appoint(
        user=own.subject,
        role=Role.TRIAL_OFFICE,
        organisation=court.organisations["LJ"],
        since=court.today,
        until=None,
        by=system("测试准备", on=court.today),
        at=court.now,
    )
    seen = set(selectors.reviews(court.viewer("林知远")).values_list("document__judge__name", flat=True))
    assert seen == {"叶青河"}
