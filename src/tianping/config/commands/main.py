"""`tianping-server`：the verbs of the server side."""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module

from tianping.config.commands.parsing import Parser

VERBS = {
    "migrate": "建库、升级表结构",
    "demo": "建演示法院并提供服务",
    "run": "提供服务",
    "worker": "运行后台任务和定时工作",
    "loop": "走一遍循环",
    "court": "设立法院和部门",
    "account": "登记账号、任职、设口令、调动、离院",
    "import": "从 Excel 导入（cases 案件、people 人员、yearly 年度存量、holidays 放假安排）",
    "search": "重建查找索引",
    "audit": "核对审计链、导出链头、打印日报",
    "backup": "备份数据库和文件库",
    "restore": "把备份恢复到空目录",
    "dev": "开发用：转给 Django 的管理命令",
}
NOT_SQLITE = (
    "TIANPING_DATABASE 指的文件不是 SQLite 数据库，或已损坏。"
    "请核对路径；确是本院的库，请用 tianping-server restore 从备份恢复。"
)
BUSY_OR_FULL = {
    "database is locked": "数据库正被别的程序占用。请等它办完再试；一直如此的，看有没有停在半途的命令。",
    "readonly database": "数据库文件只读，写不进去。请核对文件和所在目录的权限、磁盘是否只读。",
    "disk is full": "磁盘已满，没有写入。请腾出空间后再试。",
}
HIDDEN = frozenset({"dev"})  # it speaks English, and no court needs it


def main(arguments: list[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    shown = {verb: what for verb, what in VERBS.items() if verb not in HIDDEN}
    parser = Parser(
        prog="tianping-server",
        usage="tianping-server 动作 [参数与选项]",
        description="天平服务端。一个动作的说明：tianping-server 动作 --help。",
    )
    verbs = parser.add_argument_group("动作")
    for verb, what in shown.items():
        verbs.add_argument(f"_{verb}", metavar=verb, nargs="?", help=what)
    if not words or words[0] in ("-h", "--help"):
        parser.print_help()
        return 0 if words else 2
    verb = words[0]
    if verb not in VERBS:
        print(f"未办成：没有“{verb}”这个动作。可用的：{'、'.join(shown)}。", file=sys.stderr)
        return 2
    module = import_module(f"tianping.config.commands.{verb.replace('import', 'import_')}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tianping.config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from tianping.foundation.backup.sqlite import NotADatabase

    os.umask(0o077)  # what the server writes is for its own account only
    try:
        return int(module.main(words[1:]) or 0)
    except ImproperlyConfigured as fault:
        print(fault, file=sys.stderr)
    except NotADatabase:
        print(f"未办成：{NOT_SQLITE}", file=sys.stderr)
    except DatabaseError as fault:
        if verb == "dev":
            raise
        print(f"未办成：{not_ready(str(fault))}", file=sys.stderr)
    except OSError as fault:
        if verb == "dev" or fault.filename is None:
            raise
        from tianping.text.document.errors import reason_of

        print(f"未办成：“{fault.filename}”读写不成（{reason_of(fault)}）。请核对路径、权限和磁盘。", file=sys.stderr)
    return 2


def not_ready(fault: str) -> str:
    """数据库还不能用：not there, or without our tables. Anything else is said as the database said it."""
    if re.search(r"no such table|does not exist|no such column", fault):
        return "数据库还没有建好，或没有升级到本版本，或是别的系统的库。请先运行 tianping-server migrate。"
    if re.search(r"not a database|malformed", fault):
        return NOT_SQLITE
    for said, words in BUSY_OR_FULL.items():
        if said in fault:
            return words
    if re.search(r"unable to open|connection|connect", fault, re.IGNORECASE):
        return "连不上数据库。请核对 TIANPING_DATABASE，并看数据库是否在运行。"
    return f"数据库出错（{fault.strip().splitlines()[0][:160]}）。请按此处理后重试。"


if __name__ == "__main__":
    raise SystemExit(main())
