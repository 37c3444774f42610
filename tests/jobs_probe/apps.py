from django.apps import AppConfig


class JobsProbeConfig(AppConfig):
    name = "tests.jobs_probe"
    label = "jobs_probe"
    default_auto_field = "django.db.models.BigAutoField"
