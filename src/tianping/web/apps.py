from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """内网外框：templates, components and static files of the staff pages."""

    name = "tianping.web"
    label = "web"
    verbose_name = "内网外框"
