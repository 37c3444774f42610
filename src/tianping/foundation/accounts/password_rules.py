"""口令规则：Django's own checks, refusing in our words — 口令, never 密码 — on the page and in the terminal alike."""

from __future__ import annotations

from django.contrib.auth import password_validation as django


class LongEnough(django.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"口令太短。请至少用 {self.min_length} 个字符。"

    def get_help_text(self) -> str:
        return f"至少 {self.min_length} 个字符"


class NotCommon(django.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "口令太常见，容易被猜中。请另设一个。"

    def get_help_text(self) -> str:
        return "不太常见"


class NotOnlyDigits(django.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return "口令全是数字。请加上文字、字母或符号。"

    def get_help_text(self) -> str:
        return "不全是数字"
