"""`tianping-server demo`：build the demo court in a folder of its own and serve it on loopback."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from tianping.config.commands.parsing import Parser, cannot

DATA = (
    "规模：small 一年的故事；district 另加区法院三年十二万件；province 另加百院一百二十万件（压测用，宜用 PostgreSQL）"
)

MARK = "演示法院.txt"  # what is wiped must say that it may be: a court might keep its own key in its home


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = Parser(prog="tianping-server demo", description="建演示法院（SQLite），并在本机提供服务")
    parser.add_argument("--data", default="small", choices=["small", "district", "province"], help=DATA)
    parser.add_argument("--home", type=Path, default=Path("var/demo"), help="放在哪个目录（每次重建，默认 var/demo）")
    parser.add_argument("--anchor", type=date.fromisoformat, help="演到哪一天为止（默认今天，不早于 2026-11-23）")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    parser.add_argument("--no-serve", action="store_true", help="只建不起服务")
    parser.add_argument("--verify", action="store_true", help="只核对已建成的演示法院：埋下的问题是否都被发现")
    return parser.parse_args(words)


def _environment(home: Path, database: str) -> None:
    """The demo's own settings; the secret key is made once and stays in its folder."""
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).write_text("本目录由 tianping-server demo 所建，每次重建时整个清空。\n", encoding="utf-8")
    key = home / "secret-key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    os.environ.update(
        TIANPING_SECRET_KEY_FILE=str(key),
        TIANPING_HOME=str(home),
        TIANPING_DATABASE=database or f"sqlite://{home}/tianping.sqlite3",
        TIANPING_HTTPS="false",
        TIANPING_DEBUG="false",
        TIANPING_HOSTS="127.0.0.1,localhost",
    )
    vendor = Path("build/vendor").resolve()
    if vendor.is_dir():
        os.environ.setdefault("TIANPING_VENDOR_ASSETS", str(vendor))


def _not_empty() -> str:
    """演示只建在空库里：what stands in a server's database may be a court's."""
    from tianping.config import env
    from tianping.foundation.backup import postgresql

    database = env.database("TIANPING_DATABASE")
    try:
        found = postgresql.tables(database)
    except postgresql.ClientFailed as lack:
        return str(lack)
    if not found:
        return ""
    name = database["NAME"]
    return f"数据库“{name}”里已有 {len(found)} 张表，不往里建演示法院。请新建空库，用 TIANPING_DATABASE 指明。"


def main(words: list[str]) -> int:
    asked = _arguments(words)
    home = asked.home.resolve()
    # Only the province is worth a server of its own; the other demos never touch a database that somebody has set.
    named = os.environ.get("TIANPING_DATABASE", "") if asked.data == "province" else ""
    database = named if named.startswith("postgresql://") else ""
    if database and not asked.verify and (refusal := _not_empty()):
        return cannot(refusal)
    if not asked.verify and home.is_dir():
        if not (home / MARK).exists() and any(home.iterdir()):
            return cannot(f"{home} 不是演示目录（没有“{MARK}”），不清空。请换一个目录；确认无用的，请自行删去它。")
        shutil.rmtree(home)
    if asked.data == "province" and not database:
        print("一省的数据建在 SQLite 中约需十几分钟；宜设 TIANPING_DATABASE=postgresql://…（空库）。", file=sys.stderr)
    if asked.verify and not database and not (home / "tianping.sqlite3").exists():
        return cannot(f"{home} 里还没有演示法院。请先运行 tianping-server demo。")
    _environment(home, database)
    import django

    django.setup()
    if asked.verify:
        return _verify()
    _build(asked.anchor, asked.data)
    failed = _verify()
    _introduce()
    if asked.no_serve or failed:
        return failed
    print(f"\n打开 http://127.0.0.1:{asked.port} ，按 Ctrl-C 结束。", flush=True)
    return _serve(asked.port)


def _serve(port: int) -> int:
    """The pages and one worker for background jobs; both end with this process, whatever ends it."""
    verbs = (["run", "--bind", f"127.0.0.1:{port}"], ["worker"])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    running = [subprocess.Popen([sys.executable, "-m", "tianping.config.commands.main", *words]) for words in verbs]  # noqa: S603
    try:
        return running[0].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)


def _build(anchor: date | None, data: str) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from tianping.demo import scale
    from tianping.demo.build import ANCHOR, build
    from tianping.foundation.search import services as search

    began = time.monotonic()

    def say(words: str) -> None:
        print(f"[{time.monotonic() - began:5.1f} 秒] {words}", flush=True)

    say("建库……")
    call_command("migrate", verbosity=0, interactive=False)
    say("整理前端资源……")
    call_command("collectstatic", verbosity=0, interactive=False)
    anchor = anchor or max(timezone.localdate(), ANCHOR)
    say(f"开庭立院，收录 24 份虚构文书，把一年的评查、问题、整改走到 {anchor} ……")
    build(anchor=anchor)
    search.catch_up()  # no worker runs beside the demo
    if data != "small":
        say("人员和案件长到规模……")
        grow = scale.district if data == "district" else scale.province
        grown = grow(anchor=anchor, say=say)
        say(f"另收录案件 {grown.cases} 件；新收录的案件由后台任务陆续编入查找。")
    say("完成。")


def _verify() -> int:
    from tianping.demo.verify import report

    lines, good = report()
    print("\n".join(lines))
    return 0 if good else 1


def _introduce() -> None:
    from django.db.models import Count

    from tianping.demo.people import CAST, PASSWORD
    from tianping.findings.models import Finding
    from tianping.findings.states import LABELS, State
    from tianping.foundation.accounts.models import User
    from tianping.remedy.models import Duty
    from tianping.remedy.states import LABELS as DUTY_LABELS
    from tianping.remedy.states import State as DutyState

    by_state = dict(Finding.objects.values_list("state").annotate(n=Count("pk")).order_by())
    print("\n问题：" + "、".join(f"{LABELS[s]} {by_state[s]}" for s in State if s in by_state))
    by_state = dict(Duty.objects.values_list("state").annotate(n=Count("pk")).order_by())
    print("整改：" + "、".join(f"{DUTY_LABELS[s]} {by_state[s]}" for s in DutyState if s in by_state))
    print(f"\n可登录的账号（口令都是 {PASSWORD}；人名均为虚构）：")
    numbers = dict(User.objects.filter(name__in=CAST).values_list("name", "staff_no"))
    for name, part in CAST.items():
        print(f"  {numbers[name]}  {name}  {part}")
