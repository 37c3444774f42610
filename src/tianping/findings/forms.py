"""问题的表单：one for each move a person takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms

from tianping.findings.models import Stance

REASON_LONGEST = 2000


class AnswerForm(forms.Form):
    """答复：whether it is so, and why not."""

    stance = forms.TypedChoiceField(
        label="对本问题",
        choices=[(s.value, s.label) for s in (Stance.ADMITS, Stance.CONTESTS)],
        coerce=Stance,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="说明",
        required=False,
        max_length=REASON_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="有异议的，写明哪一处不实、依据什么；无异议的可不填。",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("stance") == Stance.CONTESTS and not cleaned.get("text", "").strip():
            self.add_error("text", "选了“有异议”，须写明理由：哪一处不实、依据什么。")
        return cleaned


class ReasonForm(forms.Form):
    """理由：every decision about a finding gives one."""

    reason = forms.CharField(max_length=REASON_LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = help_text


FORMS: dict[str, Callable[..., forms.Form]] = {
    "answer": AnswerForm,
    "verify": partial(ReasonForm, label="核实意见", help_text="写明核对了什么，并回应责任人的答复。"),
    "dismiss": partial(ReasonForm, label="认定理由", help_text="写明为何不成立。"),
    "clear_relapse": partial(ReasonForm, label="认定理由", help_text="写明为何不属同一问题再次发生。"),
    "void": partial(ReasonForm, label="作废理由", help_text="写明登记错在哪里。"),
}


def form_for(move: str, data: Any = None) -> forms.Form:
    return FORMS[move](data, prefix=move)
