"""案号语法：what a case number since 2016 is made of, and which matter its type code belongs to.

法〔2015〕137号《关于人民法院案件案号的若干规定》及法〔2018〕335号修改决定. The table of court codes (法院代字表) is
not at hand, so only the shape of a court's code is read: one character of the province with none, two or four digits.
"""

from __future__ import annotations

import re

from tianping.text.document.classification import Matter
from tianping.text.regex import regex

_CRIMINAL = "刑初 刑终 刑监 刑申 刑抗 刑再 刑没 刑核 刑医 刑医解 刑医复 刑医监 刑止 刑更 刑更监 刑更备 刑他 刑辖"
_CIVIL = (
    "民初 民终 民监 民申 民抗 民再 民撤 民特 民特监 民催 民督 民督监 民保令 民保更 民他 民辖 民辖终 民辖监"
    " 清申 破申 清终 破终 清监 破监 强清 破"
)
_ADMINISTRATIVE = "行初 行终 行监 行申 行抗 行再 行审 行审复 行他 行辖 行辖终"
_COMPENSATION = (
    "行赔初 行赔终 行赔监 行赔申 行赔抗 行赔再 行赔他 法赔 委赔 委赔监 赔确监 委赔提 委赔再 赔他 赔辖 赔辖终"
)
_ENFORCEMENT = "执 执恢 执保 执异 执复 执监 执协 执他"
_OTHER = (
    "财保 行保 行保复 证保 司惩 司惩复 司救刑 司救民 司救行 司救赔 司救执 司救访 司救他"
    " 认台 认港 认澳 认复 认他 协外认 协他"
)
TYPES: dict[str, Matter] = {
    code: matter
    for codes, matter in (
        (_CRIMINAL, Matter.CRIMINAL),
        (_CIVIL, Matter.CIVIL),
        (_ADMINISTRATIVE, Matter.ADMINISTRATIVE),
        (_COMPENSATION, Matter.COMPENSATION),
        (_ENFORCEMENT, Matter.ENFORCEMENT),
        (_OTHER, Matter.UNKNOWN),
    )
    for code in codes.split()
}
"""类型代字：each with the matter its documents are titled by; UNKNOWN where titles differ (行保 among them)."""

FULL_BRACKETS = "（）"
SINCE = 2016  # 新案号自 2016年1月1日起

_CODES = "|".join(sorted(TYPES, key=len, reverse=True))
WRITTEN = regex(
    rf"(?P<open>[（(〔\[【［])(?P<year>(?:19|20)\d{{2}})(?P<close>[）)〕\]】］])"
    rf"(?P<court>最高法|[\u4e00-\u9fff]{{1,2}}\d{{0,6}}|[\u4e00-\u9fff]{{1,6}}?)(?P<special>知)?(?P<type>{_CODES})"
    r"(?P<old>字第|字|第)?(?P<number>\d{1,12})(?P<more>(?:[、\-—－至]\d{1,12}){0,8})号(?P<after>之[一二三四五六七八九十]{1,3})?"
)
_COURT = regex(r"最高法|[\u4e00-\u9fff](?:\d{2}|\d{4})?")


def faults(match: re.Match[str]) -> list[str]:
    """不合语法之处 of a number found by ``WRITTEN``; none for those of before 2016, which were written otherwise."""
    if int(match["year"]) < SINCE:
        return []
    found = []
    if match["open"] + match["close"] != FULL_BRACKETS:
        found.append("年份应用全角圆括号")
    if match["old"]:
        found.append(f"2016年起案号不写“{match['old']}”")
    if not _COURT.fullmatch(match["court"]):
        found.append("法院代字应为一个汉字，或其后跟两位、四位数字")
    if match["number"].startswith("0") and not match["type"].startswith("刑核"):
        found.append("编号前不补零")
    return found
