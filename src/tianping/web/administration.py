"""三员的说明：what each may do, on which page, and what is still done by command on the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer

MAY_NOT = ["查看证据、问题、整改、文书、案件的任何内容", "兼任另两员，或兼任能看到业务内容的角色", "修改、删除审计记录"]


@dataclass(frozen=True, slots=True)
class Guide:
    """一员的说明：``pages`` are (label, address name, what for), ``commands`` (command, what for)."""

    pages: tuple[tuple[str, str, str], ...]
    commands: tuple[tuple[str, str], ...]


GUIDES = {
    Role.SYSTEM_ADMIN: Guide(
        pages=(
            ("人员与账号", "accounts:people", "登记、停用、恢复账号，申请重设口令"),
            ("口令重设", "accounts:resets", "看申请批了没有，撤回申请"),
            ("任务运行情况", "jobs:operations", "后台任务和定时工作是否正常"),
        ),
        commands=(
            ("tianping-server migrate", "建库或升级表结构"),
            ("tianping-server court open --name 名称 --code 代码", "设立法院和部门"),
            ("tianping-server import people 人员.xlsx --court 法院代码", "成批登记人员"),
            ("tianping-server account password --staff-no 工号", "首次设口令（不回显），本人登录后须改"),
        ),
    ),
    Role.SECURITY_ADMIN: Guide(
        pages=(
            ("任职", "accounts:offices", "任命、免去角色；部门调动、离院；解除第二验证"),
            ("口令重设", "accounts:resets", "批准或不予批准，转交一次性口令"),
            ("角色要求", "accounts:rules", "定哪些角色须有第二验证"),
            ("登录锁定", "accounts:locks", "看谁被锁定，提前解除"),
        ),
        commands=(
            ("tianping-server account list", "列出账号及现任角色"),
            ("tianping-server account transfer --staff-no 工号 --division 代码 --title 职务", "部门调动，与页面相同"),
            ("tianping-server account leave --staff-no 工号 --last-day 日期", "离院，与页面相同"),
        ),
    ),
    Role.AUDITOR: Guide(
        pages=(
            ("审计链", "audit:chain", "按人、动作、记录、日期查；核对全链"),
            ("导出的链头", "audit:heads", "看各日链头是否与现在的链相符，打印签字"),
        ),
        commands=(
            ("tianping-server audit verify --head 链头.json", "与另存的链头比对，查尾部有无被截去"),
            ("tianping-server audit head > 链头.json", "随时导出一份链头"),
            ("tianping-server audit print --html 日报.html", "打印一日的审计，签字存档"),
        ),
    ),
}


def guide(viewer: Viewer) -> dict[str, Any]:
    role = next(role for role in GUIDES if viewer.holds(role))
    found = GUIDES[role]
    return {
        "role": role.label,
        "may_not": MAY_NOT,
        "pages": [{"label": label, "url": reverse(name), "what": what} for label, name, what in found.pages],
        "commands": [{"command": command, "what": what} for command, what in found.commands],
    }
