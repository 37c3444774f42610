"""关于通报汇报的提问：the viewer first."""

from __future__ import annotations

from django.http import Http404

from tianping.court.caseload import branches, court_over
from tianping.court.models import CaseKind
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.figures.period import period_of
from tianping.foundation.figures.registry import CASES, Boundary, Figure, figure_of
from tianping.reports.links import ALL, ME


def figure_visible(viewer: Viewer, code: str, scope: str, period: str, kind: str) -> tuple[Figure, Boundary]:
    """口径和边界，按网址：a scope this viewer holds no office over does not exist; ``me`` is the viewer's own cases."""
    figure = figure_of(code)
    if figure is None or figure.page != CASES or kind not in (ALL, *CaseKind.values):
        raise Http404
    try:
        days = period_of(period)
        days.year_before()
    except ValueError:
        raise Http404 from None
    chosen = "" if kind == ALL else kind
    if scope == ME:
        court = court_over(viewer)
        if court is None or figure.denominator:
            raise Http404
        return figure, Boundary(court, days, chosen, person_id=viewer.user_id)
    organisation = next((o for o in branches(viewer) if o.code == scope), None)
    if organisation is None:
        raise Http404
    return figure, Boundary(organisation, days, chosen)
