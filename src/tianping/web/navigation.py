"""导航：the rail's entries in the order of the loop, and which of them a viewer's roles open.

The rail only spares people doors they cannot open; who may see a record is decided in ``visible_to``, never here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse

from tianping.foundation.accounts.roles import ADMINISTRATORS, CONTENT_ROLES, Role


class Viewer(Protocol):
    """查看人：whoever looks at the page, as far as the rail needs to know them."""

    def holds(self, *roles: Role) -> bool: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """导航项：one door of the product as it stands in the table below."""

    group: str
    label: str
    url_name: str
    icon: str
    roles: frozenset[Role]
    key: str = ""  # after g on the keyboard


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the rail for one viewer."""

    label: str
    url: str
    icon: str
    active: bool
    count: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """环节：the lines of one stage; ``label`` is empty where the only line speaks for itself."""

    label: str
    items: tuple[Item, ...]


OFFICES = frozenset({Role.LEADER, Role.TRIAL_OFFICE, Role.POLITICAL, Role.INSPECTOR, Role.COMPLAINTS, Role.HEAD})
READERS = frozenset({Role.LEADER, Role.TRIAL_OFFICE, Role.HEAD, Role.INSPECTOR, Role.STAFF})
OVERSEERS = frozenset({Role.LEADER, Role.TRIAL_OFFICE, Role.INSPECTOR, Role.HEAD})
TOTALS = frozenset({Role.LEADER, Role.TRIAL_OFFICE, Role.INSPECTOR})

ENTRIES = (
    Entry("", "首页", "web:home", "home", frozenset(Role), "h"),
    Entry("证据线索", "登记册", "register:list", "files", CONTENT_ROLES),
    Entry("证据线索", "已发文书", "documents:issued", "file-text", READERS),
    Entry("证据线索", "文书评查", "documents:reviews", "file-search", CONTENT_ROLES),
    Entry("证据线索", "文书质量统计", "documents:statistics", "chart-histogram", TOTALS),
    Entry("证据线索", "文书自查", "documents:own_check", "file-check", CONTENT_ROLES),
    Entry("问题与整改", "问题", "findings:list", "alert-circle", CONTENT_ROLES, "f"),
    Entry("问题与整改", "整改", "remedy:list", "checklist", CONTENT_ROLES, "d"),
    Entry("通报汇报", "受案态势", "reports:caseload", "chart-bar", OVERSEERS, "c"),
    Entry("通报汇报", "本人办案数", "reports:mine", "user", frozenset({Role.STAFF})),
    Entry("通报汇报", "数据口径", "reports:figures", "ruler-measure", CONTENT_ROLES),
    Entry("法院", "案件", "court:cases", "scale", CONTENT_ROLES),
    Entry("法院", "年度存量", "yearly:list", "calendar-stats", TOTALS),
    Entry("法院", "本院参数", "parameters:list", "adjustments", CONTENT_ROLES),
    Entry("法院", "后台任务", "jobs:list", "list-check", CONTENT_ROLES),
    Entry("法院", "循环总览", "web:loop", "refresh", OFFICES),
    Entry("系统管理", "人员与账号", "accounts:people", "users", frozenset({Role.SYSTEM_ADMIN})),
    Entry("系统管理", "任务运行情况", "jobs:operations", "activity", frozenset({Role.SYSTEM_ADMIN})),
    Entry("安全管理", "任职", "accounts:offices", "id-badge-2", frozenset({Role.SECURITY_ADMIN})),
    Entry("安全管理", "角色要求", "accounts:rules", "shield-check", frozenset({Role.SECURITY_ADMIN})),
    Entry("安全管理", "登录锁定", "accounts:locks", "lock", frozenset({Role.SECURITY_ADMIN})),
    Entry("账号", "口令重设", "accounts:resets", "key", frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})),
    Entry("审计", "审计链", "audit:chain", "link", frozenset({Role.AUDITOR})),
    Entry("审计", "导出的链头", "audit:heads", "file-certificate", frozenset({Role.AUDITOR})),
    Entry("", "账号与审计说明", "web:admin", "shield-lock", ADMINISTRATORS),
)


def navigation_for(viewer: Viewer, path: str, counts: Mapping[str, int] | None = None) -> list[Group]:
    """The rail of one viewer; ``counts`` gives an entry, by url name, the number waiting behind it.

    An entry whose url does not resolve raises NoReverseMatch: a door that silently vanished would be missed by nobody
    until somebody needed it.
    """
    open_to_viewer = [entry for entry in ENTRIES if viewer.holds(*entry.roles)]
    urls = {entry.url_name: reverse(entry.url_name) for entry in open_to_viewer}
    here = _nearest(path, urls)
    groups: list[tuple[str, list[Item]]] = []
    for entry in open_to_viewer:
        if not groups or groups[-1][0] != entry.group:
            groups.append((entry.group, []))
        item = Item(
            label=entry.label,
            url=urls[entry.url_name],
            icon=entry.icon,
            active=entry.url_name == here,
            count=(counts or {}).get(entry.url_name),
            key=entry.key,
        )
        groups[-1][1].append(item)
    return [Group(label, tuple(items)) for label, items in groups]


def _nearest(path: str, urls: Mapping[str, str]) -> str | None:
    """The entry whose address is the longest beginning of ``path``; the home page only stands for itself."""
    inside = [
        (len(url), name)
        for name, url in urls.items()
        if path == url or (url != "/" and path.startswith(url if url.endswith("/") else f"{url}/"))
    ]
    return max(inside)[1] if inside else None
