"""角色要求：which roles must use a second factor; set by the security administrator."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tianping.foundation.accounts.models import RolePolicy
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit


def required_roles() -> frozenset[Role]:
    """须有第二验证的角色。"""
    return frozenset(Role(r) for r in RolePolicy.objects.filter(second_factor=True).values_list("role", flat=True))


def requires_second_factor(viewer: Viewer) -> bool:
    return viewer.holds(*required_roles())


@transaction.atomic
def policy_set(*, roles: Iterable[Role], by: Viewer, at: datetime) -> frozenset[Role]:
    """设定：these roles and no others; the same again changes nothing and leaves no entry."""
    wanted, held = frozenset(roles), required_roles()
    for role in wanted ^ held:
        RolePolicy.objects.update_or_create(
            role=role.value, defaults={"second_factor": role in wanted, "set_by_id": by.user_id, "set_at": at}
        )
    if wanted != held:
        audit.write(
            "accounts.policy.set",
            on="accounts.rolepolicy",
            by=by,
            at=at,
            second_factor=[r.value for r in sorted(wanted)],
        )
    return wanted
