from __future__ import annotations

from datetime import date

from django import forms

from tianping.foundation.tokens.services import LONGEST


class TokenForm(forms.Form):
    """建立令牌。"""

    name = forms.CharField(
        label="用途", max_length=40, help_text="由哪个程序使用，如“审管办日报表”；以后凭它辨认、撤销。"
    )
    expires_on = forms.DateField(label="有效至", help_text="当日仍有效；最长一年。")

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        last = today + LONGEST
        self.fields["expires_on"].widget = forms.DateInput(
            attrs={"type": "date", "min": today.isoformat(), "max": last.isoformat()}, format="%Y-%m-%d"
        )
