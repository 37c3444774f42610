from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "tianping.findings"
    label = "findings"
    verbose_name = "问题"
