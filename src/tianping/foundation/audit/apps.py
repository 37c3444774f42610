from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tianping.foundation.audit"
    label = "audit"
    verbose_name = "审计"
