"""`tianping-server run`：serve with gunicorn, once the tables are up to date and the static files are in place."""

from __future__ import annotations

import errno
import re
import socket
from functools import partial
from typing import Any

from tianping.config.commands.parsing import Parser, cannot

PORT_MOST = 65_535
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
    if refusal := _cannot_listen(options.bind):
        return cannot(refusal)
    if lacking := _static_files(again=options.collect):
        return cannot(lacking)
    connections.close_all()  # a forked worker must not share the connection this check opened
    _serve(
        {
            "bind": options.bind,
            "workers": options.workers,
            "timeout": TIMEOUT,
            "accesslog": None,
            "loglevel": "warning",  # what it says of its own comings and goings is English; we say them below
            "when_ready": partial(_say, f"在 {_address(options.bind)} 提供服务，按 Ctrl-C 停止。"),
            "on_exit": partial(_say, "服务已停止。"),
        }
    )
    return 0


def _address(bind: str) -> str:
    return bind if bind.startswith("unix:") else f"http://{bind}"


def _say(words: str, server: Any) -> None:
    print(words, flush=True)


LISTENING = {
    errno.EADDRINUSE: "已被别的程序占用。请先停掉那个程序，或用 --bind 换一个端口",
    errno.EADDRNOTAVAIL: "不是本机的地址。请用 --bind 写本机的地址",
    errno.EACCES: "没有权限使用。1024 以下的端口须由管理员给，请用 --bind 换一个",
}


def _cannot_listen(bind: str) -> str | None:
    """能否监听：asked before anything is prepared, because gunicorn says it in English and five times over."""
    if bind.startswith("unix:"):
        return None
    host, _, port = bind.rpartition(":")
    host = host.strip("[]")
    if not port.isdigit() or int(port) > PORT_MOST:
        return f"--bind 的端口 {port} 不在 0 至 {PORT_MOST} 之间。应为 地址:端口，如 127.0.0.1:8000。"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trying:
            trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trying.bind(address)
    except socket.gaierror:
        return f"--bind 写的是“{bind}”，认不出这个地址。应为 地址:端口，如 127.0.0.1:8000。"
    except OSError as fault:
        return f"{bind} {LISTENING.get(fault.errno or 0, f'不能使用（系统错误 {fault.errno}）。请用 --bind 另换')}。"
    return None


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
