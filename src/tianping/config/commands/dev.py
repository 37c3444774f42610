"""`tianping-server dev …`：Django's own management commands, for whoever works on the code."""

from __future__ import annotations


def main(words: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tianping-server dev", *words])
    return 0
