from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tianping.foundation.accounts.models import Organisation
from tianping.foundation.figures.period import year
from tianping.foundation.figures.registry import Boundary
from tianping.foundation.uploads import ArrivedFile
from tianping.text.lint import Mode, proofreading

ACCEPT = ".docx,.txt"
YEARS = 10  # that can be chosen of the statistics
MODES = {
    Mode.DRAFT: "没有填完的地方要报，没有署名、日期不报",
    Mode.ISSUED: "署名、日期缺了也报",
    Mode.PUBLISH: "另查应当隐去的内容",
}


class PersonField(forms.ChoiceField):
    """选人：by public id. ``refused`` are people not offered, with the reason said where one is sent in anyway."""

    refused: Mapping[str, str] = {}

    def validate(self, value: Any) -> None:
        if why := self.refused.get(value):
            raise ValidationError(why)
        super().validate(value)


class AssignForm(forms.Form):
    """指派评查：only people nothing keeps from reviewing this document."""

    reviewer = PersonField(
        label="评查人",
        help_text="承办法官、同部门的人和承办法官的上级应当回避，不在所列之中。",
        error_messages={"required": "没有选评查人。", "invalid_choice": "所选的人不在可指派之列。请在列出的人中选择。"},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], refused: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["reviewer"]
        assert isinstance(field, PersonField)
        field.choices = [("", "请选择"), *people]
        field.refused = refused


class RegisterForm(forms.Form):
    """登记批注：who is responsible for this place, and why it is a shortfall."""

    verdict = forms.CharField(widget=forms.HiddenInput, initial="register")
    subject = PersonField(
        label="责任人",
        help_text="默认为承办法官。选其他人的，须在理由中写明其姓名和为何对这一处负责。",
        error_messages={"required": "没有选责任人。", "invalid_choice": "所选的人不在承办部门。请在列出的人中选择。"},
    )
    grounds = forms.CharField(
        label="登记理由",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="依据哪一处、为何构成问题；责任人将看到。",
        error_messages={"required": "登记理由为空。请写明依据哪一处、为何构成问题。"},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["subject"]
        assert isinstance(field, PersonField)
        field.choices = list(people)


class PassOverForm(forms.Form):
    """不予登记：with the reason, so that a weak rule shows."""

    verdict = forms.CharField(widget=forms.HiddenInput, initial="pass_over")
    reason = forms.CharField(
        label="不予登记的理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明是误报，还是无须登记及其原因。",
        error_messages={"required": "不予登记的理由为空。请写明是误报，还是无须登记及其原因。"},
    )


class VoidReviewForm(forms.Form):
    reason = forms.CharField(
        label="作废理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "作废理由为空。请写明为何作废。"},
    )


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """一份或几份文件：each is judged on its own by whoever reads it."""

    def clean(self, data: Any, initial: Any = None) -> list[ArrivedFile]:
        found = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in found] or [super().clean(None, initial)]


class TakeForm(forms.Form):
    judgments = SeveralFilesField(
        label="已发文书",
        allow_empty_file=True,
        widget=SeveralFilesInput(attrs={"accept": ACCEPT, "multiple": True}),
        help_text="可一次选几份 .docx 或 .txt，每份不超过 20 MB。案号、承办人、落款日期从案件表和文书中读取，不用填。",
        error_messages={"required": "没有选文件。请选一份或几份已发文书。", "max_length": "文件名过长，请改短后再试。"},
    )


class OwnCheckForm(forms.Form):
    file = forms.FileField(
        label="文书草稿",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=".docx 或 .txt，不超过 20 MB。",
        error_messages={"required": "没有选文件。请选一份 .docx 或 .txt。"},
    )
    mode = forms.ChoiceField(
        label="文书处在哪一步",
        choices=[(mode.value, f"{mode.label}：{what}") for mode, what in MODES.items()],
        initial=Mode.DRAFT.value,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "没有这一步。请在列出的三步中选择。"},
    )

    proofread = forms.BooleanField(
        label="连同校对：疑似的错别字、多字、漏字，附把握大小",
        initial=True,
        required=False,
        help_text="多等一会儿；都是提示，请您判断。",
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not proofreading.available():
            del self.fields["proofread"]

    def clean_mode(self) -> Mode:
        return Mode(self.cleaned_data["mode"] or Mode.DRAFT)


class StatisticsForm(forms.Form):
    """统计的范围和年度：this year where nothing is said, and where it is said wrongly, with the reason.

    Whole years only (docs/decisions/0011): of two periods that overlap the difference would be a number not shown.
    """

    scope = forms.ChoiceField(label="范围")
    year = forms.ChoiceField(label="发文年度")

    def __init__(self, query: Mapping[str, Any], *, scopes: Sequence[Organisation], on: date) -> None:
        self.scopes = {scope.code: scope for scope in scopes}
        self.usual = on.year
        usual = {"scope": scopes[0].code, "year": str(on.year)}
        super().__init__(usual | {name: query[name] for name in usual if query.get(name)})
        for name, choices in (
            ("scope", [(scope.code, scope.name) for scope in scopes]),
            ("year", [(str(number), f"{number}年") for number in range(on.year, on.year - YEARS, -1)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def boundary(self) -> Boundary:
        said = self.cleaned_data
        scope = self.scopes.get(said.get("scope", ""), next(iter(self.scopes.values())))
        return Boundary(scope, year(self.usual if self.errors else int(said["year"])))
