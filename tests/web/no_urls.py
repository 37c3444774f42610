"""A site without a single address: the rail must say so rather than go empty."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
