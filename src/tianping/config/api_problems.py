"""接口的拒绝：place, fault, reason, way out — as the pages say it, for a program to pass on to a person."""

from __future__ import annotations

import re
from typing import Any

from ninja import Schema
from pydantic import Field


class Problem(Schema):
    """未办成。"""

    place: str = Field(description="哪里：参数、内容中的一项，或一条记录")
    fault: str = Field(description="出了什么差错")
    reason: str = Field(description="为什么")
    way_out: str = Field(description="怎么办")


UNKNOWN = Problem(
    place="请求头 Authorization",
    fault="没有可用的令牌",
    reason="没有带令牌，或没有这个令牌。",
    way_out="在网页“接口令牌”中建立令牌，以 Authorization: Bearer 令牌 的形式带上。",
)
NOT_THERE = Problem(
    place="地址",
    fault="没有这条记录",
    reason="记录不存在，或不在您能看到的范围内。",
    way_out="请从清单接口取得编号；地址写法见接口说明。",
)
NOT_READ = Problem(
    place="请求内容",
    fault="内容读不出来",
    reason="不是 UTF-8 编码的 JSON，或超过 5 MB。",
    way_out="请按接口说明的样例发送，请求头写 Content-Type: application/json。",
)

PARTS = {"path": "地址中的", "query": "参数 ", "body": "内容中的 ", "header": "请求头 "}
REASONS = {
    "missing": "缺这一项",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "bool_parsing": "应为 true 或 false",
    "date_from_datetime_parsing": "应为日期，如 2026-01-05",
    "date_parsing": "应为日期，如 2026-01-05",
    "string_type": "应为文字",
    "string_unicode": "含有不成字的编码",
    "extra_forbidden": "没有这一项",
}


def refused(place: str, words: str) -> Problem:
    """业务拒绝：the sentence a page would show; what begins with 请 or 须 says the way out."""
    sentences = re.findall(r"[^。]+。?", words)
    way_out = "".join(s for s in sentences if s.startswith("请"))
    reason = "".join(s for s in sentences if not s.startswith("请"))
    return Problem(
        place=place,
        fault="未办成，内容没有写入",
        reason=reason or words,
        way_out=way_out or "请读取该记录的 moves，看现在哪一步由谁办。",
    )


def unusable(reason: str, way_out: str) -> Problem:
    """令牌打不开：whoever holds a token that was once good may know why it no longer is."""
    if not reason:
        return UNKNOWN
    return Problem(place=UNKNOWN.place, fault="令牌现在不可用", reason=reason, way_out=way_out)


def invalid(errors: list[dict[str, Any]]) -> Problem:
    """不合要求的请求：every place named, the first one as the place."""
    found = [(_place(error["loc"]), _reason(error)) for error in errors]
    return Problem(
        place=found[0][0],
        fault="请求不合要求，没有办理",
        reason="；".join(f"{place}：{reason}" for place, reason in found) + "。",
        way_out="请对照接口说明改正后重发。",
    )


def _place(loc: Any) -> str:
    first, *rest = [str(part) for part in loc]
    inner = [part for part in rest if part not in ("said",)]
    return f"{PARTS.get(first, '')}{'.'.join(inner)}" if inner else PARTS.get(first, first).strip("的中 ")


def _reason(error: dict[str, Any]) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "string_too_long":
            return f"不得超过 {context['max_length']} 个字"
        case "string_too_short":
            return f"不得少于 {context['min_length']} 个字"
        case "greater_than_equal":
            return f"不得小于 {context['ge']}"
        case "less_than_equal":
            return f"不得大于 {context['le']}"
        case "literal_error" | "enum":
            return f"只可为 {context['expected']}".replace(" or ", "、")
        case "string_pattern_mismatch":
            return "写法不对，或含有不可见的字符"
        case kind:
            return REASONS.get(kind, "不合要求")
