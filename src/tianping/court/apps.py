from django.apps import AppConfig


class CourtConfig(AppConfig):
    name = "tianping.court"
    label = "court"
    verbose_name = "法院"
