from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ParametersConfig(AppConfig):
    name = "tianping.foundation.parameters"
    label = "parameters"
    verbose_name = "本院参数"

    def ready(self) -> None:
        """Each stage names the clocks a calendar can move in its own clocks.py."""
        autodiscover_modules("clocks")
