from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "tianping.foundation.tokens"
    label = "tokens"
    verbose_name = "接口令牌"
