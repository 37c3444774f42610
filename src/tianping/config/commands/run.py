"""`tianping-server run`：serve with gunicorn, once the tables are up to date and the static files are in place."""

from __future__ import annotations

import re
from typing import Any

from tianping.config.commands.parsing import Parser, cannot

TIMEOUT = 120  # 秒；导入 50,000 行用不到一分钟


def main(words: list[str]) -> int:
    parser = Parser(prog="tianping-server run", description="提供服务")
    parser.add_argument("--bind", default="127.0.0.1:8000", help="地址:端口，默认 127.0.0.1:8000（只在本机）")
    parser.add_argument("--workers", type=int, default=2, help="进程数，默认 2")
    parser.add_argument("--collect", action="store_true", help="重新收集静态文件（升级之后）")
    options = parser.parse_args(words)
    if not re.fullmatch(r"(\S+:\d{1,5}|unix:\S+)", options.bind):
        return cannot(f"--bind 写的是“{options.bind}”，应为 地址:端口，如 127.0.0.1:8000。")

    import django

    django.setup()
    from django.db import connections

    if waiting := _not_applied():
        return cannot(f"数据库有 {waiting} 项升级未做。请先运行 tianping-server migrate。")
    if lacking := _static_files(again=options.collect):
        return cannot(lacking)
    connections.close_all()  # a forked worker must not share the connection this check opened
    print(f"在 http://{options.bind} 提供服务，按 Ctrl-C 停止。", flush=True)
    _serve({"bind": options.bind, "workers": options.workers, "timeout": TIMEOUT, "accesslog": None})
    return 0


def _not_applied() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _static_files(*, again: bool) -> str | None:
    """静态文件：collected once; returns what is lacking, or None. In development they are served where they lie."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.DEBUG or ((settings.STATIC_ROOT / "staticfiles.json").is_file() and not again):
        return None
    if not settings.STATICFILES_DIRS:
        return f"缺前端资源（{settings.VENDOR_ASSETS} 不存在）。源码运行请先 make assets，或设 TIANPING_VENDOR_ASSETS。"
    print("收集静态文件……", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    return None


def _serve(options: dict[str, Any]) -> None:
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)
            if "control_socket_disable" in self.cfg.settings:  # newer versions open one in the home
                self.cfg.set("control_socket_disable", True)

        def load(self) -> Any:
            from tianping.config.wsgi import application

            return application

    Server().run()
