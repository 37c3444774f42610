from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "tianping.foundation.numbering"
    label = "numbering"
    verbose_name = "编号"
