"""受案态势页：the opening paragraph, the tiles, the tables — every number with the way to its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tianping.court import figures as court_figures
from tianping.court.caseload import Caseload, Counts, Own, YearTotal
from tianping.court.models import CaseKind
from tianping.foundation.accounts.models import Organisation, OrganisationKind
from tianping.foundation.figures.period import year
from tianping.foundation.figures.registry import FEW, Boundary, Figure, Value
from tianping.methods.statistics import Change
from tianping.reports.chart import bars
from tianping.reports.links import of_period, records_url
from tianping.reports.wording import (
    SPOKEN,
    Growth,
    GrowthRead,
    change_short,
    change_words,
    growth_read,
    one_decimal,
    ratio_words,
)

COUNTED = {
    court_figures.carried.code: lambda counts: counts.carried,
    court_figures.new.code: lambda counts: counts.new,
    court_figures.accepted.code: lambda counts: counts.accepted,
    court_figures.closed.code: lambda counts: counts.closed,
    court_figures.pending.code: lambda counts: counts.pending,
}
FIGURES = (
    court_figures.new,
    court_figures.carried,
    court_figures.accepted,
    court_figures.closed,
    court_figures.pending,
)
WHOLE = {OrganisationKind.PROVINCE: "全省", OrganisationKind.COURT: "全院"}


def scope_words(boundary: Boundary) -> str:
    """范围的称呼：全院、某庭，and the kind where only one is meant."""
    if boundary.person_id is not None:
        name = "本人"
    else:
        organisation = boundary.organisation
        name = WHOLE.get(OrganisationKind(organisation.kind), organisation.name)
    return f"{name}{kind_words(boundary.kind)}"


def kind_words(kind: str) -> str:
    return f"{CaseKind(kind).label}" if kind else ""


def caseload_page(read: Caseload, growth: Growth, organisations: Sequence[Organisation]) -> dict[str, Any]:
    growths = [growth_read(one, read.years) for one in Growth]
    chosen = next(one for one in growths if one.growth is growth)
    return {
        "paragraph": paragraph(read, chosen),
        "tiles": _tiles(read),
        "tables": [
            _table("按案件类别", "类别", _kinds(read)),
            _table(
                "按部门" if read.boundary.organisation.kind != OrganisationKind.PROVINCE else "按法院",
                "部门",
                _units(read, organisations),
            ),
            _table("按月", "月份", _months(read)),
        ],
        "chart": bars([(f"{p.since.month}月", now.new, now.closed) for p, now, _ in read.months]),
        "years": _years(read),
        "growths": [
            {
                "label": one.label,
                "span": one.span,
                "words": one.words,
                "missing": one.rate is None,
                "chosen": one is chosen,
            }
            for one in growths
        ],
    }


def _count(figure: Figure, counts: Counts) -> int:
    return int(COUNTED[figure.code](counts))


def _change(figure: Figure, now: Counts, before: Counts | None) -> Change:
    return Change(_count(figure, now), _count(figure, before) if before else None)


def paragraph(read: Caseload, growth: GrowthRead) -> list[dict[str, str]]:
    """开头一段：pieces of text, those with ``url`` being numbers that open their records."""
    boundary, now = read.boundary, read.now
    before = of_period(boundary, boundary.period.year_before())

    def number(figure: Figure) -> dict[str, str]:
        return {"text": f"{_count(figure, now):,}", "url": records_url(figure.code, boundary)}

    def compared(figure: Figure) -> dict[str, str]:
        words = change_words(_change(figure, now, read.before))
        return {"text": words, "url": records_url(figure.code, before) if read.before else ""}

    per_judge = court_figures.closed_per_judge
    mean = ratio_words(Value(now.closed, read.judges), per_judge.denominator_name)
    said: list[dict[str, str] | str] = [
        f"{boundary.period.label}，{scope_words(boundary)}新收案件 ",
        number(court_figures.new),
        " 件，同比",
        compared(court_figures.new),
        "；受理 ",
        number(court_figures.accepted),
        " 件（旧存 ",
        number(court_figures.carried),
        " 件加新收）；审结 ",
        number(court_figures.closed),
        " 件，同比",
        compared(court_figures.closed),
        "；未结 ",
        number(court_figures.pending),
        " 件；法官人均结案",
    ]
    if mean is None:
        said.append("无从计算（没有承办人）")
    else:
        few = read.judges < FEW
        said += [
            "：" if few else " ",
            {"text": mean, "url": records_url(per_judge.code, boundary)},
            "" if few else " 件",
            f"（承办人 {read.judges} 人）" if not few else "",
        ]
    if growth.rate is None:
        said += ["；近年新收增长：", {"text": growth.reason, "url": "#growth"}, "。"]
    else:
        said += [f"；{growth.span}新收{SPOKEN[growth.growth]} ", {"text": growth.words, "url": "#growth"}, "。"]
    return [{"text": one, "url": ""} if isinstance(one, str) else one for one in said if one != ""]


def _tiles(read: Caseload) -> list[dict[str, Any]]:
    tiles: list[dict[str, Any]] = [
        {
            "label": figure.name,
            "value": f"{_count(figure, read.now):,}",
            "unit": figure.unit,
            "period": read.boundary.period.label,
            "url": records_url(figure.code, read.boundary),
            "definition": figure.definition,
            "change": f"同比{change_words(_change(figure, read.now, read.before))}",
        }
        for figure in FIGURES
    ]
    for figure, count in (
        (court_figures.new_per_judge, read.now.new),
        (court_figures.closed_per_judge, read.now.closed),
    ):
        value = Value(count, read.judges)
        tiles.append(
            {
                "label": figure.name,
                "value": ratio_words(value, figure.denominator_name),
                "missing": "没有承办人",
                "unit": "" if value.small else figure.unit,
                "period": read.boundary.period.label,
                "url": records_url(figure.code, read.boundary),
                "definition": f"{count:,} 件 / 承办人 {read.judges} 人",
                "change": "",
            }
        )
    return tiles


Line = tuple[str, Boundary, Counts, Counts | None]


def _kinds(read: Caseload) -> list[Line]:
    return [
        (str(kind.label), replace(read.boundary, kind=kind.value), *read.by_kind[kind.value])
        for kind in CaseKind
        if kind.value in read.by_kind
    ]


def _units(read: Caseload, organisations: Sequence[Organisation]) -> list[Line]:
    """In the order of their codes, always: a list in the order of its numbers would be a ranking."""
    units = sorted((o for o in organisations if o.pk in read.by_unit), key=lambda o: o.code)
    return [(o.name, replace(read.boundary, organisation=o), *read.by_unit[o.pk]) for o in units]


def _months(read: Caseload) -> list[Line]:
    return [(month.label, of_period(read.boundary, month), now, before) for month, now, before in read.months]


def _table(title: str, first: str, lines: Sequence[Line]) -> dict[str, Any]:
    columns = [{"label": first}, *({"label": f.name, "numeric": True} for f in FIGURES)]
    columns[2:2] = [{"label": "新收同比", "numeric": True}]
    columns[6:6] = [{"label": "结案同比", "numeric": True}]
    rows = []
    for label, boundary, now, before in lines:
        cells: list[Any] = [label]
        for figure in FIGURES:
            cells.append({"text": f"{_count(figure, now):,}", "url": records_url(figure.code, boundary)})
            if figure in (court_figures.new, court_figures.closed):
                cells.append({"text": change_short(_change(figure, now, before))})
        rows.append({"cells": cells})
    return {"title": title, "columns": columns, "rows": rows}


def _years(read: Caseload) -> dict[str, Any]:
    def source(total: YearTotal) -> Any:
        if total.count is None:
            return {"missing": "案件表不足全年，也没有导入年度存量"}
        return "案件表" if total.from_table else {"text": "年度存量", "note": f"来源：{total.source}；没有逐案记录"}

    def count(total: YearTotal) -> Any:
        if total.count is None:
            return {"missing": "没有数据"}
        shown = f"{total.count:,}"
        if not total.from_table:
            return {"text": shown}
        return {"text": shown, "url": records_url("caseload.new", of_period(read.boundary, year(total.year)))}

    return {
        "columns": [{"label": "年度", "short": True}, {"label": "新收（件）", "numeric": True}, {"label": "取自"}],
        "rows": [{"cells": [f"{total.year}年", count(total), source(total)]} for total in read.years],
    }


def own_page(own: Own, boundary: Boundary, court: Organisation) -> dict[str, Any]:
    """本人办案数：own numbers with their records, and where the middle half of the court lies."""
    band = None
    if own.band:
        lower, middle, upper = (one_decimal(value) for value in own.band)
        band = {
            "words": f"{boundary.period.label}，{court.name}承办人 {own.judges} 人，"
            f"居中的一半每人结案 {lower}—{upper} 件，"
            f"中位数 {middle} 件；本人结案 {own.counts.closed:,} 件。",
        }
    tiles: list[dict[str, Any]] = [
        {
            "label": f"本人{figure.name}",
            "value": f"{_count(figure, own.counts):,}",
            "unit": figure.unit,
            "period": boundary.period.label,
            "url": records_url(figure.code, boundary),
            "definition": figure.definition,
            "change": "",
        }
        for figure in FIGURES
    ]
    return {"tiles": tiles, "band": band, "few": own.judges}
