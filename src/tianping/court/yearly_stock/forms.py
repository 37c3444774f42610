"""年度存量的表单。"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from tianping.court.models import YearlyStock
from tianping.court.yearly import FIRST_YEAR
from tianping.foundation.accounts.models import Organisation


class OfCourt(forms.Form):
    """哪个法院：not asked where there is only one."""

    court = forms.ChoiceField(label="法院")

    def __init__(self, *args: Any, courts: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {court.code: court for court in courts}
        field = self.fields["court"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, court.name) for code, court in self.known.items()]
        field.initial = next(iter(self.known), "")
        if len(self.known) == 1:
            field.widget = forms.HiddenInput()

    def clean_court(self) -> Organisation:
        return self.known[self.cleaned_data["court"]]


def _count(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=f"{label}（件）", min_value=0, max_value=10_000_000)


class StockForm(OfCourt):
    """登记一年一类。"""

    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=2100, help_text="已经结束的年度。")
    kind = forms.ChoiceField(label="案件类别", choices=YearlyStock.KINDS)
    newly_accepted = _count("新收")
    closed = _count("结案")
    pending = _count("年末未结")
    source = forms.CharField(label="来源", max_length=100, help_text="出自哪份统计，如“2023年司法统计年报”。")


class StockFileForm(OfCourt):
    """导入一张表。"""

    file = forms.FileField(
        label="年度存量表",
        help_text="xlsx、xls、et 或 csv，六列：年度、案件类别、新收、结案、年末未结、来源。",
        error_messages={"required": "请选择要导入的表格。", "empty": "选中的文件是空的。请核对后再选。"},
    )
