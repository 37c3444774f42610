"""选取表单：whose cases, of which months, of which kind."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms

from tianping.court.models import CaseKind
from tianping.foundation.accounts.models import Organisation, OrganisationKind
from tianping.foundation.figures.period import Period
from tianping.foundation.figures.registry import Boundary
from tianping.reports.wording import GROWTHS, Growth

YEARS_BACK = 10
MONTHS = [(str(month), f"{month}月") for month in range(1, 13)]


@dataclass(frozen=True, slots=True)
class Selection:
    """选取：what the page is to be of."""

    boundary: Boundary
    growth: Growth


def latest(on: date) -> Period:
    """默认期间：this year up to the last month that is over; in January, the whole year before."""
    ended = on.replace(day=1) - timedelta(days=1)
    return Period(date(ended.year, 1, 1), ended)


class PeriodForm(forms.Form):
    """期间：months of one year. The current month counts to today, so that it meets as many days of the year before."""

    year = forms.ChoiceField(label="年度")
    since = forms.ChoiceField(label="自", choices=MONTHS)
    until = forms.ChoiceField(label="至", choices=MONTHS)

    def __init__(self, query: Mapping[str, Any], *args: Any, on: date, **kwargs: Any) -> None:
        usual = latest(on)
        self.on = on
        self.usual = {"year": str(usual.since.year), "since": "1", "until": str(usual.until.month)}
        super().__init__(self.usual | {name: query[name] for name in self.names() if query.get(name)}, *args, **kwargs)
        self._choices("year", [(str(y), f"{y}年") for y in range(on.year, on.year - YEARS_BACK, -1)])

    def names(self) -> Sequence[str]:
        return list(self.base_fields)

    def _choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if {"year", "since", "until"} <= set(said):
            year, since, until = (int(said[name]) for name in ("year", "since", "until"))
            if until < since:
                self.add_error("until", f"止于 {until} 月，早于起始的 {since} 月。请改选止月或起月。")
            elif date(year, since, 1) > self.on:
                self.add_error("since", f"{year}年{since}月尚未开始，没有可计的案件。请选已经开始的月份。")
            else:
                end = date(year, until, monthrange(year, until)[1])
                said["period"] = Period(date(year, since, 1), min(end, self.on))
        return said


class SelectionForm(PeriodForm):
    """受案态势的选取。"""

    scope = forms.ChoiceField(label="范围")
    kind = forms.ChoiceField(label="案件类别", required=False, choices=[("", "全部"), *CaseKind.choices])
    growth = forms.ChoiceField(label="年增长怎样算", choices=[(str(code), words) for code, words in GROWTHS.items()])
    field_order = ("scope", "year", "since", "until", "kind", "growth")

    def __init__(self, query: Mapping[str, Any], *, branches: Sequence[Organisation], on: date) -> None:
        self.branches = {organisation.code: organisation for organisation in branches}
        usual = {"scope": branches[0].code, "growth": str(Growth.THREE)}
        super().__init__(usual | {name: query[name] for name in query if query[name]}, on=on)
        self._choices("scope", [(o.code, _scope_label(o)) for o in branches])

    def selection(self) -> Selection:
        """As chosen; as usual where a choice was at fault."""
        said = self.cleaned_data
        whole = self.is_valid()
        scope = said.get("scope") or next(iter(self.branches))
        period = said["period"] if whole else latest(self.on)
        growth = Growth(said["growth"]) if whole else Growth.THREE
        return Selection(Boundary(self.branches[scope], period, said.get("kind", "") if whole else ""), growth)


def _scope_label(organisation: Organisation) -> str:
    return f"{organisation.name}（全院）" if organisation.kind == OrganisationKind.COURT else organisation.name
