"""`tianping-server loop`：walk the loop once and say what each intake took."""

from __future__ import annotations

from tianping.config.commands.parsing import Parser


def main(words: list[str]) -> int:
    Parser(prog="tianping-server loop", description="走一遍循环，列出各环节接办几件").parse_args(words)
    import django

    django.setup()
    from django.utils import timezone

    from tianping.foundation import loop

    for name, count in loop.run(timezone.now()).items():
        print(f"{name}：{count}")
    return 0
