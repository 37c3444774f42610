from __future__ import annotations

from django import forms


class LedgerForm(forms.Form):
    """收回台账。"""

    file = forms.FileField(
        label="填好的台账",
        help_text="从本页导出、填好的 xlsx（也可以是 WPS、LibreOffice 存的 xlsx、xls、et），不超过 20 MB。",
        error_messages={"required": "请选择填好的台账。", "empty": "选中的文件是空的。请重新保存后再选。"},
    )
