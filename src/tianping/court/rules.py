"""法院的规则：how a case number is written here, and from when on a case table is whole."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_OPEN, _CLOSE = re.compile(r"[（(〔\[【]"), re.compile(r"[）)〕\]】]")
_CASE_NUMBER = re.compile(r"（(?:19|20)\d{2}）[^（）\s]{2,30}?\d[\d、\-]*号(?:之[一二三四五六七八九十]+)?")


def case_number(text: str) -> str:
    """案号统一写法：full-width brackets round the year, half-width digits, no blanks, as a judgment's head has it.

    Case systems export (2026)、〔2026〕 and （2026） alike; kept apart, a judgment would not find its case. What is no
    case number raises ``ValueError``.
    """
    narrow = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    written = _CLOSE.sub("）", _OPEN.sub("（", narrow)).replace("—", "-").replace("－", "-")
    if not _CASE_NUMBER.fullmatch(written):
        raise ValueError(text)
    return written


def table_begins(first_filed: date | None, first_closed: date | None) -> date | None:
    """案件表起点：the month from whose first day on the table holds every case; None for an empty table.

    When a table is begun, the cases then pending come along with older filing dates, but none of those closed by then.
    So a year before the first closing is never whole, however many of its cases are there.
    """
    if first_filed is None:
        return None
    since = first_filed if first_closed is None else max(first_filed, date(first_closed.year, 1, 1))
    return since.replace(day=1)
