from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "tianping.evidence.register"
    label = "register"
    verbose_name = "证据登记册"
