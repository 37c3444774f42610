from django.apps import AppConfig


class RemedyConfig(AppConfig):
    name = "tianping.remedy"
    label = "remedy"
    verbose_name = "整改"
