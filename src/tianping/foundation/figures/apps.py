from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FiguresConfig(AppConfig):
    name = "tianping.foundation.figures"
    label = "figures"
    verbose_name = "数据口径"

    def ready(self) -> None:
        """Each app names its figures in its own figures.py; the page of definitions must know all of them."""
        autodiscover_modules("figures")
