from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tianping.foundation.accounts"
    label = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        from tianping.foundation.accounts import locks, sitting  # noqa: F401 — they listen for signing in and failing to
