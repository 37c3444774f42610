"""环境变量：strict readers; what is unclear or missing is refused with a way out."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"缺环境变量 {name}。各项含义与样例见 .env.example。")
    return value


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{name}={value}，应为 true 或 false。")
    return value == "true"


def number(name: str, default: int, *, least: int, most: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name}={value}，应为 {least} 至 {most} 的整数。")
    return int(value)


def secret(name: str) -> str:
    """密钥：``NAME`` itself or the content of the file named by ``NAME_FILE``; never a default."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise ImproperlyConfigured(
                f"{name}_FILE 所指的“{path}”读不出来。请核对路径，并让运行服务的用户有权读它。"
            ) from None
    else:
        value = os.environ.get(name, "")
    if len(value) < 32:
        raise ImproperlyConfigured(
            f"{name} 未设或不足 32 个字符。演示用 make demo（自动生成）；正式环境请把随机串写入文件并设 {name}_FILE。"
        )
    return value


def database(name: str) -> dict[str, object]:
    """数据库：``sqlite:////绝对路径`` or ``postgresql://用户:口令@主机:端口/库名``."""
    value = text(name)
    try:
        url = urlsplit(value)
        port = url.port
    except ValueError:  # the address holds a password: it is not said again
        raise ImproperlyConfigured(
            f"{name} 读不懂：端口应是数字，口令里的 / ? # @ [ ] 须写成 %2F %3F %23 %40 %5B %5D。"
        ) from None
    if url.scheme == "sqlite" and (url.netloc or not url.path.strip("/")):
        raise ImproperlyConfigured(f"{name}={value}，应写绝对路径：sqlite:////绝对路径/tianping.sqlite3。")
    if url.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: whoever was told 「已保存」 keeps it through a power cut.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    if url.scheme == "postgresql":
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(port or ""),
            "CONN_MAX_AGE": 60,
            "OPTIONS": {"options": "-c synchronous_commit=on"},
        }
    raise ImproperlyConfigured(f"{name} 以“{url.scheme}”开头，应为 sqlite:///… 或 postgresql://…。")
