"""调动与离院的提问：for the security administrator."""

from __future__ import annotations

from django.db.models import QuerySet

from tianping.court.models import Post
from tianping.foundation.accounts import selectors as accounts
from tianping.foundation.accounts.models import Organisation, OrganisationKind, User
from tianping.foundation.accounts.viewer import Viewer


def person_visible(viewer: Viewer, public_id: str) -> User:
    return accounts.person_visible(viewer, public_id)


def posts(viewer: Viewer, person: User) -> QuerySet[Post]:
    """历任职务：the newest first; of a person this administrator may see."""
    seen = accounts.person_list(viewer).filter(pk=person.pk)
    return Post.objects.filter(person__in=seen).select_related("division").order_by("-since", "-id")


def divisions(viewer: Viewer) -> list[Organisation]:
    return [one for one in accounts.organisations(viewer) if one.kind == OrganisationKind.DIVISION]
