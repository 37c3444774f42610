"""角色：what a dated appointment may be, and which may not be held together."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """角色：held at a branch of the organisation tree, from one day to another."""

    LEADER = "leader"
    TRIAL_OFFICE = "trial_office"
    POLITICAL = "political"
    INSPECTOR = "inspector"
    COMPLAINTS = "complaints"
    HEAD = "head"
    STAFF = "staff"
    TEACHER = "teacher"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Role.LEADER: "院领导",
    Role.TRIAL_OFFICE: "审管办",
    Role.POLITICAL: "政治部",
    Role.INSPECTOR: "督察",
    Role.COMPLAINTS: "信访",
    Role.HEAD: "庭长",
    Role.STAFF: "干警",
    Role.TEACHER: "师资",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDITOR: "审计员",
}

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
"""三员：separate people; none sees content."""

CONTENT_ROLES = frozenset(Role) - ADMINISTRATORS


def clash(held: frozenset[Role], wanted: Role) -> str | None:
    """三员分立：why ``wanted`` may not join ``held``, or None."""
    administrators = held & ADMINISTRATORS
    if wanted in ADMINISTRATORS:
        if other := administrators - {wanted}:
            return f"已任{next(iter(other)).label}；三员须由不同的人担任"
        if content := held & CONTENT_ROLES:
            return f"已任{sorted(content)[0].label}；{wanted.label}不得兼任能看到业务内容的角色"
    elif administrators:
        return f"已任{next(iter(administrators)).label}；三员不得兼任能看到业务内容的角色"
    return None
