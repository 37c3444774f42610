"""登记、导入年度存量：by the trial office of that court, and by nobody else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tianping.court.imports import Outcome
from tianping.court.models import YearlyStock
from tianping.court.yearly import FIRST_YEAR, yearly_stock_import
from tianping.foundation.accounts.models import Organisation
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit


class StockRefused(ValueError):
    """存量被拒。"""


@transaction.atomic
def stock_enter(
    *,
    court: Organisation,
    year: int,
    kind: str,
    newly_accepted: int,
    closed: int,
    pending: int,
    source: str,
    by: Viewer,
    at: datetime,
) -> YearlyStock:
    """登记一年一类：in place of what stood there; the same again is refused, so that nothing is thought changed."""
    _ours(court, by)
    if not FIRST_YEAR <= year < timezone.localdate(at).year:
        raise StockRefused(f"年度应在 {FIRST_YEAR} 年以后、今年以前。当年的数由案件表计算，不必登记。")
    if not source.strip():
        raise StockRefused("来源为空。请写明出处，如“2023年司法统计年报”。")
    said = {"newly_accepted": newly_accepted, "closed": closed, "pending": pending, "source": source.strip()}
    Organisation.objects.select_for_update().get(pk=court.pk)
    stock = YearlyStock.objects.filter(court=court, year=year, kind=kind).first()
    if stock and all(getattr(stock, field) == value for field, value in said.items()):
        raise StockRefused(f"{stock.year}年{stock.get_kind_display()}的数与已登记的相同，没有改动。")
    stock = stock or YearlyStock(court=court, year=year, kind=kind)
    for field, value in said.items():
        setattr(stock, field, value)
    stock.full_clean()
    stock.save()
    audit.write("court.yearly_stock.take", on=stock, by=by, at=at, year=year, kind=kind, **said)
    return stock


def stock_import(*, court: Organisation, data: bytes, name: str, by: Viewer, at: datetime) -> Outcome:
    """导入一张表：all rows or none."""
    _ours(court, by)
    return yearly_stock_import(court=court, data=data, name=name, write=True, by=by, at=at)


def _ours(court: Organisation, by: Viewer) -> None:
    if not by.holds_over(court.path, Role.TRIAL_OFFICE):
        raise StockRefused(f"{court.name}的年度存量由该院审管办登记。")
