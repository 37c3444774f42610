"""导入向导的表单。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from tianping.court.schemas import CASES
from tianping.foundation.accounts.models import Organisation

LEFT_OUT = "-"
DEFAULT_SOURCE = "案件系统"


class FileForm(forms.Form):
    """选表：whose cases, from which system, which file."""

    court = forms.ChoiceField(label="法院")
    source = forms.CharField(
        label="来源系统",
        max_length=60,
        initial=DEFAULT_SOURCE,
        widget=forms.TextInput(attrs={"list": "sources"}),
        help_text="同一来源的列怎样对应，系统记住上一次的。",
    )
    file = forms.FileField(
        label="案件表",
        help_text="导出的 xlsx、xls、et 或 csv，不超过 20 MB；十二万件约 10 MB。",
        error_messages={"required": "请选择要导入的表格。", "empty": "选中的文件是空的。请重新导出后再选。"},
    )

    def __init__(self, *args: Any, courts: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(court.code, court.name) for court in courts]
        field = self.fields["court"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.initial = choices[0][0]
        if len(choices) == 1:
            field.widget = forms.HiddenInput()


class ColumnsForm(forms.Form):
    """对应列：which heading is which field; every needed field once, none twice."""

    def __init__(
        self,
        *args: Any,
        headers: Sequence[str],
        samples: Sequence[Sequence[str]],
        columns: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (LEFT_OUT, "不导入"),
            *((one.key, one.header + ("（必须有）" if one.required else "")) for one in CASES.fields),
        ]
        self.headers: dict[str, str] = {}
        for place, header in enumerate(headers):
            if not header or header in self.headers.values():
                continue
            name = f"column_{place}"
            self.headers[name] = header
            seen = "、".join(row[place] for row in samples if place < len(row) and row[place])
            self.fields[name] = forms.ChoiceField(
                label=header,
                choices=choices,
                initial=columns.get(header) or LEFT_OUT,
                help_text=f"例：{seen}" if seen else "前几行是空的",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for name, header in self.headers.items():
            key = cleaned.get(name, LEFT_OUT)
            if key == LEFT_OUT:
                continue
            if key in taken:
                field = CASES.field(key).header
                self.add_error(name, f"“{taken[key]}”已对应“{field}”。请只留一列，另一列选“不导入”。")
            taken.setdefault(key, header)
        lacking = [one.header for one in CASES.fields if one.required and one.key not in taken]
        if lacking:
            raise forms.ValidationError(
                f"还没有哪一列对应“{'”“'.join(lacking)}”。请指明；表里没有的，请补上后重新上传。"
            )
        return cleaned

    def columns(self) -> dict[str, str]:
        """heading → field, empty where the column is left out."""
        chosen = {header: str(self.cleaned_data[name]) for name, header in self.headers.items()}
        return {header: "" if key == LEFT_OUT else key for header, key in chosen.items()}
