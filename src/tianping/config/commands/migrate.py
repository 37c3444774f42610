"""`tianping-server migrate`：create or upgrade the tables."""

from __future__ import annotations

from tianping.config.commands.parsing import Parser, cannot


def main(words: list[str]) -> int:
    parser = Parser(prog="tianping-server migrate", description="建库，或把表结构升级到本版本；可以重复运行")
    _, passed_on = parser.parse_known_args(words)  # what Django's own command understands, for whoever needs it
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    executor = MigrationExecutor(connection)
    held = connection.introspection.table_names()
    if held and "django_migrations" not in held:
        return cannot(f"数据库里已有 {len(held)} 张别的表，不往里建。请新建一个空库，改 TIANPING_DATABASE 后重试。")
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    call_command("migrate", *passed_on, interactive=False, **({} if passed_on else {"verbosity": 0}))
    if not passed_on:
        print(f"已做 {waiting} 项升级，表结构是最新的。" if waiting else "表结构已是最新，没有升级要做。")
    return 0
