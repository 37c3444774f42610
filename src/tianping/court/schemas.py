"""导入表式：the columns of a case table and of a people table, as case and personnel systems name them."""

from __future__ import annotations

import re

from tianping.court.models import CaseKind, HowClosed, Procedure
from tianping.court.rules import case_number
from tianping.foundation.tables import Field, Kind, Schema
from tianping.foundation.tables.cells import CellFault

INSTANCES = {"1": 1, "2": 2, "3": 3, "一审": 1, "二审": 2, "再审": 3, "第一审": 1, "第二审": 2}
PROCEDURES = {label: value for value, label in Procedure.choices} | {
    "普通": Procedure.ORDINARY.value,
    "简易": Procedure.SIMPLIFIED.value,
    "小额诉讼": Procedure.SMALL_CLAIM.value,
    "小额": Procedure.SMALL_CLAIM.value,
    "速裁": Procedure.EXPEDITED.value,
    "二审程序": Procedure.SECOND.value,
    "二审": Procedure.SECOND.value,
    "特别": Procedure.SPECIAL.value,
}
KINDS = {label: value for value, label in CaseKind.choices} | {
    f"{label}案件": value for value, label in CaseKind.choices
}
HOW_CLOSED = {label: value for value, label in HowClosed.choices}


def _case_number(text: str) -> str:
    try:
        return case_number(text)
    except ValueError:
        raise CellFault(
            "不是完整的案号", "请写全年份、法院代字、类型代字和编号，如（2026）江0199民初1024号。"
        ) from None


def joined(text: str) -> str:
    """合写：names are padded for the eye in many tables (张　三); here they are compared without blanks."""
    return re.sub(r"\s+", "", text)


CASES = Schema(
    "案件",
    (
        Field("case_no", "案号", required=True, most=60, clean=_case_number),
        Field("organisation", "承办部门", also=("承办庭室", "部门", "庭室"), required=True, most=100, clean=joined),
        Field("kind", "案件类别", Kind.CHOICE, also=("案件类型",), required=True, choices=KINDS),
        Field("cause", "案由", also=("立案案由",), required=True, most=100),
        Field("procedure", "适用程序", Kind.CHOICE, also=("审理程序", "程序"), required=True, choices=PROCEDURES),
        Field("instance", "审级", Kind.CHOICE, choices=INSTANCES),
        Field("judge_no", "承办人工号", also=("承办法官工号",), most=20, clean=joined),
        Field("judge", "承办人", also=("承办法官", "主审法官"), most=50, clean=joined),
        Field("clerk_no", "书记员工号", most=20, clean=joined),
        Field("clerk", "书记员", most=50, clean=joined),
        Field("filed_on", "立案日期", Kind.DATE, also=("立案时间",), required=True),
        Field("closed_on", "结案日期", Kind.DATE, also=("结案时间",)),
        Field("how_closed", "结案方式", Kind.CHOICE, choices=HOW_CLOSED),
    ),
    key=("case_no",),
)

PEOPLE = Schema(
    "人员",
    (
        Field("staff_no", "工号", also=("人员工号", "警号"), required=True, most=20, clean=joined),
        Field("name", "姓名", required=True, most=50, clean=joined),
        Field("division", "部门", also=("所在部门", "庭室"), required=True, most=100, clean=joined),
        Field("title", "职务", also=("岗位",), required=True, most=20, clean=joined),
        Field("since", "任职日期", Kind.DATE, also=("任职时间",), required=True),
    ),
    key=("staff_no", "division", "title"),
)
