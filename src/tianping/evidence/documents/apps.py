from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tianping.evidence.documents"
    label = "documents"
    verbose_name = "文书检查"
