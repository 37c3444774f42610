"""调动、离院的表单。"""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from tianping.foundation.accounts.models import Organisation


def _day(label: str, help_text: str) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class TransferForm(forms.Form):
    division = forms.ChoiceField(label="调入部门")
    title = forms.CharField(label="调入后的职务", max_length=20)
    since = _day("自哪天起", "原部门的职务和任职到前一天止。")

    def __init__(self, *args: object, divisions: Iterable[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.known = {one.code: one for one in divisions}
        field = self.fields["division"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择"), *((code, one.name) for code, one in self.known.items())]

    def clean_division(self) -> Organisation:
        return self.known[self.cleaned_data["division"]]


class LeaveForm(forms.Form):
    last_day = _day("在院末日", "含当天；次日起不能登录。")
