"""整改的表单：one for each move a person takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.parameters.selectors import parameter_on
from tianping.foundation.uploads import FileRefused, bytes_of
from tianping.remedy import selectors
from tianping.remedy.models import Duty
from tianping.remedy.rules import (
    CAUSES,
    DEFAULT_CRITERION,
    MEASURES,
    WATCH_DAYS_LONGEST,
    WATCH_DAYS_SHORTEST,
    Cause,
    Measure,
)

WATCH_DAYS = "remedy.watch_days"
FILES_MOST = 10


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _calendar(first: date | None = None) -> forms.DateInput:
    attrs = {"type": "date", **({"min": first.isoformat()} if first else {})}
    return forms.DateInput(attrs=attrs, format="%Y-%m-%d")


class PersonField(forms.ChoiceField):
    """选人：one of the people offered; the address of a person on the page is the random one."""

    def __init__(self, people: Iterable[User], first: Iterable[int] = (), mark: str = "", **kwargs: Any) -> None:
        self.people = {person.public_id: person for person in people}
        marked = set(first)
        choices = [(key, f"{p.name}（{p.staff_no}）{mark if p.pk in marked else ''}") for key, p in self.people.items()]
        super().__init__(choices=[("", "请选择"), *choices], **kwargs)

    def clean(self, value: Any) -> User:
        return self.people[super().clean(value)]


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """若干文件：each read whole, with its name; of any kind, for they are never opened here."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:
        uploaded: Sequence[UploadedFile[Any]] = data or []
        if len(uploaded) > FILES_MOST:
            raise forms.ValidationError(f"共选了 {len(uploaded)} 个文件，一次最多 {FILES_MOST} 个。请合并后再传。")
        kept = []
        for file in uploaded:
            if not file.size:
                raise forms.ValidationError(f"“{file.name}”是空文件。请核对能在本机打开后再传。")
            try:
                kept.append((str(file.name), bytes_of(file)))
            except FileRefused as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return kept


class AssignForm(forms.Form):
    """交办：everything that is fixed before any work is done."""

    due_on = forms.DateField(label="期限")
    causes = forms.TypedMultipleChoiceField(
        label="根因", choices=[(str(c), name) for c, name in CAUSES.items()], coerce=Cause,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    measures = forms.TypedMultipleChoiceField(
        label="措施", choices=[(str(m), name) for m, name in MEASURES.items()], coerce=Measure,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    training_alone_reason = forms.CharField(
        label="只培训的理由",
        required=False,
        max_length=300,
        widget=_words(2),
        help_text="措施只选“培训补课”的，写明为何培训足以解决。",
    )
    task = forms.CharField(label="整改要求", max_length=2000, widget=_words(3), help_text="做什么、做到什么程度。")
    criterion = forms.CharField(
        label="销号标准", max_length=300, widget=_words(2), initial=DEFAULT_CRITERION, help_text="交办后不能更改。"
    )
    watch_days = forms.IntegerField(
        label="观察期（天）",
        min_value=WATCH_DAYS_SHORTEST,
        max_value=WATCH_DAYS_LONGEST,
        help_text=f"自销号之日起算，{WATCH_DAYS_SHORTEST} 至 {WATCH_DAYS_LONGEST} 天；交办后不能更改。",
    )

    def __init__(self, *args: Any, duty: Duty, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subjects = [finding.subject_id for finding in duty.concerned()]
        owners = selectors.possible_owners(viewer, duty)
        verifiers = selectors.possible_verifiers(viewer, duty)
        self.fields["owner"] = PersonField(owners, subjects, "·责任人", label="承办人")
        self.fields["verifier"] = PersonField(
            verifiers,
            label="核验人",
            help_text="只列出可以核验的人：在审管办或督察任职，不是责任人、登记人，与责任人没有上下级关系。",
        )
        self.fields["due_on"].widget = _calendar(viewer.on)
        self.fields["watch_days"].initial = parameter_on(WATCH_DAYS, viewer.on, duty.court).value
        others = selectors.mergeable(viewer, duty)
        self._others = {other.public_id: other.pk for other in others}
        if others:
            self.fields["together_with"] = forms.MultipleChoiceField(
                label="一并交办",
                required=False,
                choices=[(other.public_id, str(other)) for other in others],
                widget=forms.CheckboxSelectMultiple,
                help_text="所选事项并入本项，由同一承办人整改；并入的事项仍可查看。",
            )
        self.order_fields(["owner", "verifier", "due_on"])

    def clean_together_with(self) -> list[int]:
        return [self._others[chosen] for chosen in self.cleaned_data["together_with"]]


class ReasonForm(forms.Form):
    """理由：退回、销号、批复、作废。"""

    reason = forms.CharField(max_length=2000, widget=_words(3))

    def __init__(self, *args: Any, label: str, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = help_text


class SubmitForm(forms.Form):
    """提请核验：what was done, and what shows it."""

    report = forms.CharField(label="完成情况", max_length=2000, widget=_words(4))
    proofs = FilesField(label="证明材料", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.MAX_UPLOAD_MB
        self.fields["proofs"].help_text = f"可选多个文件，一次最多 {FILES_MOST} 个，每个不超过 {most} MB，格式不限。"


class PostponementForm(forms.Form):
    until = forms.DateField(label="延至")
    reason = forms.CharField(label="延期理由", max_length=300, widget=_words(3))

    def __init__(self, *args: Any, first: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget = _calendar(first)


class PersonForm(forms.Form):
    """移交、改派：to whom, and why."""

    def __init__(self, *args: Any, field: str, label: str, people: Iterable[User], reason: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[field] = PersonField(people, label=label)
        self.fields["reason"] = forms.CharField(label=reason, max_length=300, widget=_words(2))


REASONS = {
    "return": ("退回理由", "写明还缺什么。"),
    "close": ("核验意见", "写明核对了什么、如何符合整改要求。"),
    "grant_postponement": ("批复意见", ""),
    "refuse_postponement": ("批复意见", "写明为何不延。"),
    "void": ("作废理由", "写明交办错在哪里。"),
}
WITH_FILES = frozenset({"submit"})


def form_for(move: str, duty: Duty, viewer: Viewer, data: Any = None, files: Any = None) -> forms.Form:
    """The form of a move on this duty; KeyError for what is no move of a person."""
    if move == "assign":
        return AssignForm(data, prefix=move, duty=duty, viewer=viewer)
    if move == "submit":
        return SubmitForm(data, files, prefix=move)
    if move == "ask_postponement":
        return PostponementForm(data, prefix=move, first=max(filter(None, [duty.due_on, viewer.on])))
    if move == "hand_over":
        others = [p for p in selectors.possible_owners(viewer, duty) if p.pk not in (duty.owner_id, duty.verifier_id)]
        return PersonForm(data, prefix=move, field="owner", label="移交给", people=others, reason="移交理由")
    if move == "change_verifier":
        able = [p for p in selectors.possible_verifiers(viewer, duty) if p.pk != duty.verifier_id]
        return PersonForm(data, prefix=move, field="verifier", label="改派给", people=able, reason="改派理由")
    label, help_text = REASONS[move]
    return ReasonForm(data, prefix=move, label=label, help_text=help_text)
