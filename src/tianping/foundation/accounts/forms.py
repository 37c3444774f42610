"""账号的表单。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from tianping.foundation.accounts.models import Appointment, Organisation
from tianping.foundation.accounts.roles import Role


def _secret(label: str, complete: str, help_text: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": complete})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=200, help_text=help_text)


def _day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text, required=required)


def _reason() -> forms.CharField:
    return forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class SignInForm(AuthenticationForm):
    """登录：one sentence whichever of the two was wrong, so that nobody learns which numbers are in use."""

    error_messages = {
        "invalid_login": "没有登录：工号或口令不对，或这个账号现在不能登录。请核对大小写后重新输入。",
        "inactive": "没有登录：这个账号现在不能登录。请找本院系统管理员。",
    }


class PasswordForm(forms.Form):
    old = _secret("原口令", "current-password")
    new = _secret("新口令", "new-password", "至少 10 个字符，不全是数字，不太常见。")
    again = _secret("再输一次新口令", "new-password")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "两次输入的新口令不同，口令没有改。请重新输入。")
        return cleaned


class CodeForm(forms.Form):
    code = forms.CharField(
        label="验证码或恢复码",
        max_length=20,
        help_text="手机上显示的 6 位数字；手机不在身边的，输入一个没有用过的恢复码。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "none"}),
    )


class OwnPasswordForm(forms.Form):
    """再输口令：before anything about the second factor is changed."""

    password = _secret("口令", "current-password")


class ConfirmCodeForm(forms.Form):
    code = forms.CharField(
        label="手机上显示的 6 位验证码",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PersonForm(forms.Form):
    staff_no = forms.CharField(label="工号", max_length=20)
    name = forms.CharField(label="姓名", max_length=50)


class ReasonForm(forms.Form):
    reason = _reason()


class AppointForm(forms.Form):
    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *((r.value, r.label) for r in Role)])
    organisation = forms.ChoiceField(label="在何处", help_text="庭长任在本部门，其余多任在法院。")
    since = _day("自哪天起")
    until = _day("至哪天止", "含当天；不填为不定期。", required=False)

    def __init__(self, *args: object, organisations: Iterable[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.known = {one.code: one for one in organisations}
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择"), *((code, f"{one.name}（{code}）") for code, one in self.known.items())]

    def clean_organisation(self) -> Organisation:
        return self.known[self.cleaned_data["organisation"]]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class EndForm(forms.Form):
    appointment = forms.ChoiceField(label="哪一项任职")
    until = _day("任到哪天", "含当天。")

    def __init__(self, *args: object, appointments: Iterable[Appointment], on: date, **kwargs: object) -> None:
        kwargs.setdefault("initial", {"until": on})
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.known = {str(number): one for number, one in enumerate(appointments, start=1)}
        field = self.fields["appointment"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "请选择"),
            *(
                (key, f"{one.organisation.name}·{Role(one.role).label}（自 {one.since}）")
                for key, one in self.known.items()
            ),
        ]

    def clean_appointment(self) -> Appointment:
        return self.known[self.cleaned_data["appointment"]]


class PolicyForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label="须有第二验证的角色",
        required=False,
        choices=[(r.value, r.label) for r in Role],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_roles(self) -> list[Role]:
        return [Role(value) for value in self.cleaned_data["roles"]]
