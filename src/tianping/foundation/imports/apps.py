from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "tianping.foundation.imports"
    label = "imports"
    verbose_name = "导入"
