from __future__ import annotations

from django import forms


class VoidForm(forms.Form):
    """作废：what was wrong with the entry."""

    reason = forms.CharField(
        label="作废理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明登记错在哪里，300 字以内。",
        error_messages={"required": "作废理由为空。请写明登记错在哪里。"},
    )
