"""`tianping-server backup`：database and files in one archive, while the server runs. The secret key stays out of it.

Exit 0: made; 1: refused, or made with files that were already damaged (each named); 2: could not.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tianping.config.commands.parsing import Parser


def main(words: list[str]) -> int:
    parser = Parser(prog="tianping-server backup", description="备份数据库和文件库（服务不必停）")
    parser.add_argument("out", type=Path, metavar="OUT.tar", help="备份写到哪里；已有的文件不覆盖")
    parser.add_argument("--verify", action="store_true", help="做完后整份重读，逐个成员核对哈希")
    options = parser.parse_args(words)

    import django

    django.setup()
    from tianping.config.commands.actor import acting
    from tianping.config.commands.words import cannot, refuse
    from tianping.foundation.backup.making import BackupRefused
    from tianping.foundation.backup.postgresql import ClientFailed
    from tianping.foundation.backup.recording import backup_make
    from tianping.text.document.errors import reason_of

    try:
        made = backup_make(out=options.out.absolute(), read_back=options.verify, **acting())
    except BackupRefused as refusal:
        return refuse(refusal)
    except ClientFailed as lack:
        return cannot(lack)
    except OSError as fault:
        return cannot(f"写不了“{options.out}”（{reason_of(fault)}）。请核对路径、权限和磁盘。")
    manifest = made.manifest
    rows = sum(manifest.contents.tables.values())
    print(f"已备份到 {made.path}（{made.size / 1024 / 1024:.1f} MB，SHA-256 {made.sha256}）。")
    print(f"数据库 {len(manifest.contents.tables)} 张表 {rows} 行；文件 {manifest.files} 个；")
    print(f"审计链头第 {manifest.contents.audit_seq} 号 {manifest.contents.audit_hash}")
    if options.verify:
        print("已整份重读，各成员的哈希都与清单相符。")
    print(f"密钥不在备份内。{_where_the_key_is()}请与备份分开、离线另存一份；没有它，第二验证等密封内容打不开。")
    for name in manifest.damaged:
        print(f"库存文件 {name} 与登记时的哈希不符，备份前已损坏。请从更早的备份找回。", file=sys.stderr)
    return 1 if manifest.damaged else 0


def _where_the_key_is() -> str:
    import os

    path = os.environ.get("TIANPING_SECRET_KEY_FILE")
    return f"密钥在 {path}，" if path else "密钥在环境变量 TIANPING_SECRET_KEY，"
