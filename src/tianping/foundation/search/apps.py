from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "tianping.foundation.search"
    label = "search"
    verbose_name = "查找"

    def ready(self) -> None:
        """Each app names what can be found in its own searchable.py, in the order of the apps."""
        autodiscover_modules("searchable")
