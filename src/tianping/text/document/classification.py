"""归类：what kind of document it is, about what matter, at which instance, by which procedure."""

from __future__ import annotations

from enum import StrEnum


class Instrument(StrEnum):
    """文书种类。"""

    JUDGMENT = "判决书"
    RULING = "裁定书"
    MEDIATION = "调解书"
    DECISION = "决定书"
    NOTICE = "通知书"
    ORDER = "令"
    UNKNOWN = ""


class Matter(StrEnum):
    """案件类别。"""

    CIVIL = "民事"
    CRIMINAL = "刑事"
    ADMINISTRATIVE = "行政"
    ENFORCEMENT = "执行"
    COMPENSATION = "国家赔偿"
    UNKNOWN = ""


class Instance(StrEnum):
    """审级。"""

    FIRST = "一审"
    SECOND = "二审"
    RETRIAL = "再审"
    UNKNOWN = ""


class Track(StrEnum):
    """程序。"""

    ORDINARY = "普通程序"
    SUMMARY = "简易程序"
    SMALL_CLAIMS = "小额诉讼程序"
    EXPEDITED = "速裁程序"
    SPECIAL = "特别程序"
    UNKNOWN = ""
