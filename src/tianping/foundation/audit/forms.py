"""审计链的筛选。"""

from __future__ import annotations

from typing import Any

from django import forms

from tianping.foundation.audit.selectors import Wanted
from tianping.foundation.audit.wording import words


class WantedForm(forms.Form):
    """查什么：what is not a day is no filter and says so."""

    actor = forms.CharField(label="何人（姓名）", max_length=50, required=False)
    verb = forms.ChoiceField(label="办了什么", required=False)
    kind = forms.ChoiceField(label="哪一类记录", required=False)
    number = forms.CharField(
        label="记录编号", max_length=60, required=False, help_text="人员可填工号；其他记录点列表中的编号即可。"
    )
    day = forms.DateField(
        label="哪一天", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = words()
        verbs: dict[str, list[tuple[str, str]]] = {}
        for code, label in known.verbs.items():
            group = code.partition(".")[0]
            verbs.setdefault(group, [(f"{group}.", f"{known.group(code)}，全部")]).append((code, label))
        for name, choices in (
            ("verb", [("", "全部"), *((known.group(group), each) for group, each in verbs.items())]),
            ("kind", [("", "全部"), *sorted(known.records.items(), key=lambda one: one[1])]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def wanted(self) -> Wanted:
        said: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        kind, number = said.get("kind", ""), said.get("number", "").strip()
        return Wanted(said.get("actor", ""), said.get("verb", ""), kind, number, said.get("day"))

    def said(self) -> dict[str, str]:
        wanted = self.wanted()
        return {
            "actor": wanted.actor,
            "verb": wanted.verb,
            "kind": wanted.kind,
            "number": wanted.number,
            "day": wanted.day.isoformat() if wanted.day else "",
        }
