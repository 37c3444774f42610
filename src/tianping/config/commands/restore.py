"""`tianping-server restore`：an archive into an empty home, compared before it counts.

Exit 0: restored, everything identical; 1: refused, and nothing was changed — or restored with faults that were in it
before, each named; 2: could not.
A SQLite archive is restored into SQLite, a PostgreSQL one into an empty PostgreSQL database; there is no crossing over.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tianping.config.commands.parsing import Parser

if TYPE_CHECKING:
    from tianping.foundation.backup.manifest import Manifest

KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class _CannotDo(Exception):
    """没法办。Exit 2."""


def main(words: list[str]) -> int:
    parser = Parser(prog="tianping-server restore", description="把备份恢复到空的数据目录和空的数据库")
    parser.add_argument("archive", type=Path, metavar="IN.tar", help="tianping-server backup 做的备份")
    parser.add_argument("--home", type=Path, required=True, metavar="DIR", help="新的数据目录，须为空或尚不存在")
    parser.add_argument(
        "--other-key", action="store_true", help="原密钥已失：用新密钥恢复，第二验证等密封内容须重新登记"
    )
    options = parser.parse_args(words)
    from tianping.foundation.backup.manifest import ArchiveRefused
    from tianping.foundation.backup.postgresql import ClientFailed
    from tianping.foundation.backup.restoring import RestoreRefused
    from tianping.text.document.errors import reason_of

    try:
        return _restore(options.archive, options.home.absolute(), other_key=options.other_key)
    except (ArchiveRefused, RestoreRefused) as refusal:
        return _say(refusal, 1)
    except (_CannotDo, ClientFailed) as lack:
        return _say(lack, 2)
    except OSError as fault:
        return _say(f"“{fault.filename or options.archive}”读写不成（{reason_of(fault)}）。请核对路径、权限和磁盘。", 2)


def _say(why: Exception | str, code: int) -> int:
    print(f"未办成：{why}", file=sys.stderr)
    return code


def _restore(archive: Path, home: Path, *, other_key: bool) -> int:
    from tianping.config import env
    from tianping.foundation.backup import restoring
    from tianping.foundation.backup.archive import verify

    restoring.empty_home(home)
    manifest = verify(archive)
    _software_fits(manifest.software)
    _database_fits(manifest.database, home)
    if manifest.database == "postgresql":  # asked first: an archive may take an hour to unpack
        restoring.empty_database(env.database("TIANPING_DATABASE"))
    _key_fits(manifest.key_check, other_key=other_key)
    print(
        f"备份完好：{len(manifest.members)} 个成员的哈希都相符，做于 {manifest.created_at}（{manifest.software} 版）。"
    )
    with restoring.staged(home) as beside:
        database = _settle(home, beside)
        restoring.put_back(archive=archive, manifest=manifest, home=beside, database=database)
        compared = restoring.compare(manifest, restoring.read(database, manifest.database), beside / "files")
        _bring_up_to_date()
        broken = _chain_faults(manifest)
        head = _recorded(archive.name, manifest)
    print(f"数据库 {compared.tables} 张表 {compared.rows} 行，与备份一致。")
    for table, rows in sorted(manifest.contents.tables.items()):
        print(f"  {table}  {rows}")
    print(f"文件 {compared.files} 个，哈希与备份一致。")
    whole = "审计链有断点" if broken else "审计链完好"
    print(f"{whole}，包含备份时的链头（第 {manifest.contents.audit_seq} 号）；恢复本身记为第 {head} 号。")
    for fault in broken:
        print(f"备份前审计链已有断点，{fault}。请审计员查明何人所为。", file=sys.stderr)
    for name in manifest.damaged:
        print(f"库存文件 {name} 备份前已损坏，原样恢复。请从更早的备份找回。", file=sys.stderr)
    print(f"已恢复到 {home}。启动前请设 TIANPING_HOME={home}，静态文件在首次 tianping-server run 时重新收集。")
    return 1 if broken or manifest.damaged else 0


def _software_fits(made_with: str) -> None:
    """软件不旧于备份：an older program does not know what a newer one has put into the tables."""
    import tianping
    from tianping.foundation.backup.restoring import RestoreRefused

    def order(version: str) -> list[int]:
        return [int(part) for part in version.split(".") if part.isdigit()]

    if order(made_with) > order(tianping.__version__):
        raise RestoreRefused(
            f"备份由 {made_with} 版所做，本机是较旧的 {tianping.__version__} 版。请先升级本机软件再恢复。"
        )


def _database_fits(kind: str, home: Path) -> None:
    """数据库对得上：of the same kind; a SQLite one inside the new home, so that it appears together with the files."""
    from tianping.foundation.backup.restoring import RestoreRefused

    address = os.environ.get("TIANPING_DATABASE")
    if address is None:
        if kind == "postgresql":
            raise _CannotDo("这是 PostgreSQL 的备份。请新建一个空库，用 TIANPING_DATABASE 指明后重试。")
        os.environ["TIANPING_DATABASE"] = f"sqlite://{home / 'tianping.sqlite3'}"
        return
    if not address.startswith(f"{kind}:"):
        raise RestoreRefused(
            f"这是 {KINDS[kind]} 的备份，TIANPING_DATABASE 却不是 {KINDS[kind]}；不提供两种数据库之间的恢复。"
            f"请改 TIANPING_DATABASE。"
        )
    if kind == "sqlite" and not Path(address.removeprefix("sqlite://")).is_relative_to(home):
        raise RestoreRefused(f"TIANPING_DATABASE 不在“{home}”里。恢复时请不设它，或改到这个目录里。")


def _key_fits(check: str, *, other_key: bool) -> None:
    from django.core.exceptions import ImproperlyConfigured

    from tianping.config import env
    from tianping.foundation.backup.manifest import key_check
    from tianping.foundation.backup.restoring import RestoreRefused

    try:
        secret = env.secret("TIANPING_SECRET_KEY")
    except ImproperlyConfigured:
        raise _CannotDo(
            "缺密钥：备份里没有密钥，请把另存的密钥文件放回本机，用 TIANPING_SECRET_KEY_FILE 指明后重试。"
        ) from None
    if key_check(secret) != check and not other_key:
        raise RestoreRefused(
            "密钥与备份时不是同一把，密封的内容会打不开。请找出原密钥；确已遗失的，加 --other-key 重试。"
        )


def _settle(home: Path, beside: Path) -> dict[str, Any]:
    """在旁边的目录里开工：the settings are read once, and they must mean the folder where the restoring is done."""
    os.environ["TIANPING_HOME"] = str(beside)
    address = os.environ["TIANPING_DATABASE"]
    if address.startswith("sqlite://"):
        inside = Path(address.removeprefix("sqlite://")).relative_to(home)
        os.environ["TIANPING_DATABASE"] = f"sqlite://{beside / inside}"

    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as lack:
        raise _CannotDo(lack) from None
    from django.conf import settings

    return dict(settings.DATABASES["default"])


def _bring_up_to_date() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def _chain_faults(manifest: Manifest) -> list[str]:
    """审计链的断点：they were there before the backup, since the restored tables are identical; said, not hidden."""
    from tianping.foundation.audit import services as audit
    from tianping.foundation.audit.chain import Head

    verdict = audit.verify(Head(manifest.contents.audit_seq, manifest.contents.audit_hash))
    return [f"第 {fault.seq} 号：{fault.what}" for fault in verdict.faults]


def _recorded(name: str, manifest: Manifest) -> int:
    from django.db import connections, transaction

    from tianping.config.commands.actor import acting
    from tianping.foundation.audit import services as audit

    with transaction.atomic():
        entry = audit.write(
            "backup.restore", on="backup", **acting(), file=name, made=manifest.created_at,
            head=manifest.contents.audit_seq,
        )  # fmt: skip
    connections.close_all()  # the folder is renamed next
    return int(entry.seq)
