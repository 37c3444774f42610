"""参数的表单。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from tianping.foundation.accounts.models import Organisation

TRY, WRITE = "try", "write"


class ValueForm(forms.Form):
    """提出本院的值。"""

    value = forms.DecimalField(label="本院的值", required=False, max_digits=14, decimal_places=2)
    basis = forms.CharField(
        label="依据",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="文件名称和文号，或哪一天的院务会、审委会决定。",
        error_messages={"required": "依据为空。请写明文件名称和文号，或会议决定。"},
    )
    since = forms.DateField(
        label="施行日",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="今天或以后；此前起算的期限仍按原来的值。",
        error_messages={"required": "施行日为空。请填今天或以后的日期。"},
    )

    def __init__(self, *args: Any, unit: str, first: date, may_return: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = f"本院的值（{unit}）"
        self.fields["value"].required = not may_return
        self.fields["value"].help_text = "不填就是恢复全国值。" if may_return else "与全国值相同的，就是确认沿用。"
        self.fields["since"].widget.attrs["min"] = first.isoformat()


class ReasonForm(forms.Form):
    """批复。"""

    reason = forms.CharField(label="批注", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required


class HolidaysForm(forms.Form):
    """放假安排导入：the file is chosen again to confirm, because none is kept; ``seen`` names what was shown."""

    court = forms.ChoiceField(label="法院")
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    file = forms.FileField(
        label="放假安排表",
        help_text="xlsx、xls、et 或 csv，三列：日期、安排（放假或上班）、节日。"
        "只列通知里的放假日和调休上班日，平常周末不列。",
        error_messages={"required": "请选择要导入的表格。", "empty": "选中的文件是空的。请核对后再选。"},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, courts: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(court.code, court.name) for court in courts]
        field = self.fields["court"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.initial = choices[0][0]
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
