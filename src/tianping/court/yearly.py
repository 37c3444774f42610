"""年度存量的导入：a court's year totals from before its case table begins; all rows or none."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime

from django.db import transaction

from tianping.court.imports import Outcome
from tianping.court.models import YearlyStock
from tianping.court.schemas import KINDS
from tianping.court.taking import CHANGED, NEW, SAME
from tianping.foundation.accounts.models import Organisation
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit
from tianping.foundation.tables import Field, Kind, Refusal, Schema, read_table

FIRST_YEAR = 1978  # 人民法院恢复重建之后；更早的多半是填错
VALUES = ("newly_accepted", "closed", "pending", "source")

YEARLY = Schema(
    "年度存量",
    (
        Field("year", "年度", Kind.INT, also=("年份",), required=True, least=FIRST_YEAR),
        Field(
            "kind",
            "案件类别",
            Kind.CHOICE,
            also=("案件类型", "类别"),
            required=True,
            choices={**KINDS, "合计": YearlyStock.ALL, "总计": YearlyStock.ALL, "全部": YearlyStock.ALL},
        ),
        Field("newly_accepted", "新收", Kind.INT, also=("新收案件", "新收件数"), required=True, least=0),
        Field("closed", "结案", Kind.INT, also=("审结", "结案件数"), required=True, least=0),
        Field("pending", "年末未结", Kind.INT, also=("未结", "年末存案"), required=True, least=0),
        Field("source", "来源", also=("数据来源", "出处"), required=True, most=100),
    ),
    key=("year", "kind"),
)


def yearly_stock_import(
    *, court: Organisation, data: bytes, name: str, write: bool, by: Viewer, at: datetime
) -> Outcome:
    """导入年度存量：the same file twice changes nothing. A year that is not over has no year-end, and is refused."""
    read = read_table(data, name, YEARLY)
    refused = [
        Refusal(
            row.number,
            read.header("year", YEARLY),
            str(row.values["year"]),
            "这一年还没有结束，没有年末数",
            "请删去此行；当年的数由案件表计算。",
        )
        for row in read.every_row
        if row.values.get("year", 0) >= at.year
    ]
    read = read.refusing(refused)
    counts: Counter[str] = Counter()
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=court.pk)
        held = {(stock.year, stock.kind): stock for stock in YearlyStock.objects.filter(court=court)}
        written = write and not read.refused
        for row in read.rows:
            year, kind = row.values["year"], str(row.values["kind"])
            said = {field: row.values[field] for field in VALUES}
            stock = held.get((year, kind))
            if stock and all(getattr(stock, field) == value for field, value in said.items()):
                counts[SAME] += 1
                continue
            counts[CHANGED if stock else NEW] += 1
            if written:
                stock = stock or YearlyStock(court=court, year=year, kind=kind)
                for field, value in said.items():
                    setattr(stock, field, value)
                stock.full_clean()
                stock.save()
                audit.write("court.yearly_stock.take", on=stock, by=by, at=at, year=year, kind=kind, **said)
        if written and counts[NEW] + counts[CHANGED]:
            audit.write(
                "court.yearly_stock.import",
                on=court,
                by=by,
                at=at,
                sha256=hashlib.sha256(data).hexdigest(),
                new=counts[NEW],
                changed=counts[CHANGED],
                same=counts[SAME],
            )
    return Outcome(read, written, counts)
