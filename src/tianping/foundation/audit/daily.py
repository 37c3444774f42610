"""审计日报：one page a day to print and sign — where the chain stands, what was done that day, whether it holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Min
from django.template.loader import render_to_string

from tianping.foundation.accounts.models import Organisation, OrganisationKind
from tianping.foundation.audit import chain, selectors, services, triggers
from tianping.foundation.audit.models import Entry
from tianping.foundation.audit.wording import words


@dataclass(frozen=True, slots=True)
class Daily:
    """一日：``counts`` are entries by group and verb, in words; ``since`` is where the walk began."""

    day: date
    printed_at: datetime
    courts: tuple[str, ...]
    seq: int
    hash: str
    algorithm: str
    total: int
    first: int | None
    last: int | None
    people: int
    counts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    since: int
    walked: int
    faults: tuple[str, ...]

    @property
    def pieces(self) -> str:
        """The hash in eights, to be read aloud and compared."""
        return " ".join(self.hash[i : i + 8] for i in range(0, len(self.hash), 8))


def daily(day: date, *, at: datetime) -> Daily:
    """一日的审计：for the command on the server; it names no record and no content."""
    begins = datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
    entries = Entry.objects.filter(at__gte=chain.instant(begins), at__lt=chain.instant(begins + timedelta(days=1)))
    whole = entries.aggregate(total=Count("seq"), first=Min("seq"), last=Max("seq"))
    vouched = selectors.last_sound()
    verdict = services.verify_since(vouched.head) if vouched else services.verify()
    faults = [f"第 {fault.seq} 号：{fault.what}。" for fault in verdict.faults]
    if not triggers.installed(connection):
        faults.append("防改触发器不全：有人卸下、停用或改写过。")
    last = services.last()
    return Daily(
        day=day,
        printed_at=at,
        courts=tuple(Organisation.objects.filter(kind=OrganisationKind.COURT).values_list("name", flat=True)),
        seq=verdict.head.seq,
        hash=verdict.head.hash,
        algorithm=(last.algorithm if last else chain.ALGORITHM).upper(),
        total=whole["total"],
        first=whole["first"],
        last=whole["last"],
        people=entries.exclude(actor="").values("actor").distinct().count(),
        counts=_counts(dict(entries.order_by().values_list("verb").annotate(n=Count("seq")))),
        since=vouched.seq if vouched else 0,
        walked=verdict.rows,
        faults=tuple(faults),
    )


def _counts(by_verb: dict[str, int]) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    known = words()
    groups: dict[str, Counter[str]] = {}
    for verb, count in by_verb.items():
        groups.setdefault(known.group(verb), Counter())[known.verb(verb)] += count
    order = list(known.groups.values())
    placed = sorted(groups, key=lambda group: order.index(group) if group in order else len(order))
    return tuple((group, tuple(groups[group].most_common())) for group in placed)


def as_text(one: Daily) -> str:
    """纸面，纯文本。"""
    lines = [
        f"审计链日报  {_day(one.day)}",
        *(f"  {court}" for court in one.courts),
        "",
        f"链头　　　第 {one.seq} 号（{one.algorithm}）",
        f"哈希　　　{one.pieces}",
        f"打印时间　{_printed(one)}",
        f"核对　　　{checked(one)}",
        *(f"　　　　　{fault}" for fault in one.faults),
        "",
        f"当日记录　{entered(one)}",
    ]
    for group, verbs in one.counts:
        lines += [f"  {group}　{sum(count for _, count in verbs)} 条", *(f"    {word}　{n}" for word, n in verbs)]
    return "\n".join([*lines, "", "审计员签字：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿＿＿"])


def as_html(one: Daily) -> str:
    """纸面，HTML：whole in itself, so that it prints on any machine of the court, to paper or to PDF."""
    return render_to_string(
        "audit/daily.html",
        {"one": one, "day": _day(one.day), "printed": _printed(one), "checked": checked(one), "entered": entered(one)},
    )


def checked(one: Daily) -> str:
    walked = f"自第 {one.since} 号（上一份完好的链头）起 {one.walked} 条" if one.since else f"全链 {one.walked} 条"
    return f"{walked}，" + (f"有 {len(one.faults)} 处断点：" if one.faults else "没有断点。")


def entered(one: Daily) -> str:
    if not one.total:
        return "没有。"
    return f"{one.total} 条（第 {one.first} 号至第 {one.last} 号），经手 {one.people} 人。"


def _printed(one: Daily) -> str:
    return f"{_day(one.printed_at.date())} {one.printed_at:%H:%M}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
