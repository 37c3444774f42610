"""接口里的数：what each figure is, and its value for the holder of the token — the very number their page shows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from tianping.court.caseload import branches
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.figures.registry import FEW, Figure, figures
from tianping.reports import views as pages
from tianping.reports.links import ME, records_url
from tianping.reports.selectors import figure_visible

CODE = r"^[a-z_]{1,40}\.[a-z_]{1,40}$"
SCOPE = r"^[A-Za-z0-9_-]{0,20}$"
KINDS = Literal["all", "civil", "criminal", "administrative", "enforcement", "other"]


class PeriodRefused(ValueError):
    """期间不成：ends before it begins."""


class FigureOut(Schema):
    """数据口径：what is counted, and how; no number stands here."""

    code: str
    name: str
    definition: str
    unit: str
    boundary: str
    version: int = Field(description="口径改动即升版；两版的数不可比")
    denominator_name: str | None = Field(description="是比值的，分母数的是什么；不是则为 null")
    page: str = Field(description="口径在网页上的地址")

    @classmethod
    def of(cls, figure: Figure) -> FigureOut:
        return cls(
            code=figure.code,
            name=figure.name,
            definition=figure.definition,
            unit=figure.unit,
            boundary=figure.boundary,
            version=figure.version,
            denominator_name=figure.denominator_name or None,
            page=f"{reverse('reports:figures')}#{figure.code}",
        )


class FiguresOut(Schema):
    """全部口径。"""

    items: list[FigureOut]


class FigureValueOut(FigureOut):
    """一个数：of one scope, period and kind; only of the cases its asker may see."""

    scope: str = Field(description="范围的代码；me 为本人承办的案件")
    scope_name: str
    since: date
    until: date
    kind: KINDS
    numerator: int = Field(description="件数；不取整、不折算")
    denominator: int | None = Field(description="是比值的，分母；不是则为 null")
    counts_only: bool = Field(description=f"分母不足 {FEW}：只列件数和人数，不要相除")
    records: str = Field(description="所计的记录在网页上的地址")
    counted_at: datetime


def all_figures() -> FiguresOut:
    return FiguresOut(items=[FigureOut.of(one) for one in figures()])


def one_figure(viewer: Viewer, code: str, *, scope: str, since: date, until: date, kind: KINDS) -> FigureValueOut:
    """一个数：whoever cannot open its page does not find it here either."""
    if not viewer.holds(*getattr(pages.figure, "open_to", ())):
        raise Http404
    if until < since:
        raise PeriodRefused(f"期间止于 {until}，早于起始 {since}。请核对 since 和 until。")
    if not scope:
        over = branches(viewer)
        scope = over[0].code if over else ME
    figure, boundary = figure_visible(viewer, code, scope, f"{since.isoformat()}--{until.isoformat()}", kind)
    value = figure.value(viewer, boundary)
    return FigureValueOut(
        **FigureOut.of(figure).model_dump(),
        scope=scope,
        scope_name="本人承办" if scope == ME else boundary.organisation.name,
        since=since,
        until=until,
        kind=kind,
        numerator=value.numerator,
        denominator=value.denominator,
        counts_only=value.small,
        records=records_url(code, boundary),
        counted_at=timezone.now(),
    )
