"""`tianping-server audit`：verify the chain, against an exported head where there is one; export the head; print a day.

Exit 0: the chain holds; 1: faults, each named; 2: could not check.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from tianping.config.commands.parsing import Parser, day


def main(words: list[str]) -> int:
    parser = Parser(prog="tianping-server audit", description="审计链")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    verifying = verbs.add_parser("verify", help="核对全链，点名断点")
    verifying.add_argument("--head", type=Path, metavar="文件", help="以前导出的链头，用以查出尾部被截去或整体重写")
    verbs.add_parser("head", help="导出链头（JSON），请每日存到系统以外")
    printing = verbs.add_parser("print", help="打印一日的审计：链头、核对、当日条数，供签字存档")
    printing.add_argument("--day", type=day, metavar="日期", help="哪一天，默认今天；链头总是现在的")
    printing.add_argument("--html", type=Path, metavar="文件", help="另存为 HTML，可打印到纸或 PDF；不覆盖已有的文件")
    verbs.add_parser("protect", help="重装防改触发器，并记入审计链")
    options = parser.parse_args(words)

    import django

    django.setup()
    if options.verb == "verify":
        return _verify(options.head)
    if options.verb == "print":
        return _print(options.day, options.html)
    return _head() if options.verb == "head" else _protect()


def _verify(path: Path | None) -> int:
    from django.db import connection

    from tianping.config.commands.words import cannot
    from tianping.foundation.audit import services, triggers
    from tianping.foundation.audit.chain import Head
    from tianping.text.document.errors import reason_of

    exported = None
    if path is not None:
        try:
            words = json.loads(path.read_text(encoding="utf-8"))
            exported = Head(int(words["seq"]), str(words["hash"]))
        except OSError as unread:
            return cannot(f"读不了链头文件“{path}”（{reason_of(unread)}），没有核对。请核对 --head 的路径和权限。")
        except (ValueError, KeyError, TypeError):
            return cannot(
                f"“{path}”不是导出的链头，没有核对。请指明 tianping-server audit head 存下的文件，"
                "或数据目录 audit-heads/ 里的一份。"
            )
    verdict = services.verify(exported)
    print(f"核对 {verdict.rows} 条，链头第 {verdict.head.seq} 号 {verdict.head.hash}")
    whole = True
    for fault in verdict.faults:
        print(f"第 {fault.seq} 号：{fault.what}。", file=sys.stderr)
        whole = False
    if not triggers.installed(connection):
        print(
            "防改触发器不全：有人卸下、停用或改写过。请查明何人所为，再运行 tianping-server audit protect 重装。",
            file=sys.stderr,
        )
        whole = False
    if whole and exported is None:
        print("全链完好。没有用 --head 比对导出的链头，尾部有无被截去不能据此断定。")
    elif whole:
        print(f"全链完好，包含导出的链头（第 {exported.seq if exported else 0} 号）。")
    return 0 if whole else 1


def _head() -> int:
    from django.utils import timezone

    from tianping.foundation.audit import services
    from tianping.foundation.audit.chain import ALGORITHM, GENESIS, instant

    last = services.last()
    head = {
        "seq": last.seq if last else 0,
        "hash": last.hash if last else GENESIS,
        "algorithm": last.algorithm if last else ALGORITHM,
        "at": instant(timezone.now()),
    }
    print(json.dumps(head, ensure_ascii=False))
    return 0


def _print(on: date | None, html: Path | None) -> int:
    from django.utils import timezone

    from tianping.config.commands.words import cannot
    from tianping.foundation.audit import daily
    from tianping.text.document.errors import reason_of

    at = timezone.localtime()
    one = daily.daily(on or at.date(), at=at)
    if html is not None:
        try:
            with html.open("x", encoding="utf-8") as file:
                file.write(daily.as_html(one))
        except OSError as fault:
            return cannot(f"写不了“{html}”（{reason_of(fault)}）。已有的文件不覆盖，请另取文件名。")
    print(daily.as_text(one))
    return 1 if one.faults else 0


def _protect() -> int:
    from django.db import connection, transaction

    from tianping.config.commands.actor import acting
    from tianping.foundation.audit import services, triggers

    with transaction.atomic():
        triggers.remove(connection)
        triggers.install(connection)
        services.write("audit.protect", on="audit.entry", **acting())
    print("防改触发器已重装，并记入审计链。")
    return 0
