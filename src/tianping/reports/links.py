"""链接：where a number's records are."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse

from tianping.foundation.figures.period import Period
from tianping.foundation.figures.registry import Boundary

ALL, ME = "all", "me"


def records_url(code: str, boundary: Boundary, *, name: str = "reports:figure") -> str:
    """The page of a figure within a boundary: the boundary stands in the address, so that pages of it keep it."""
    scope = ME if boundary.person_id is not None else boundary.organisation.code
    return reverse(name, args=[code, scope, boundary.period.code, boundary.kind or ALL])


def of_period(boundary: Boundary, period: Period) -> Boundary:
    return replace(boundary, period=period)
