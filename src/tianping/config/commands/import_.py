"""`tianping-server import`：cases, people, yearly totals or a year's holidays from a table; all rows or none.

Exit 0: written (or, with --dry-run, could be); 1: rows were refused and nothing was written; 2: could not read the file
or does not know the court.
"""

from __future__ import annotations

import sys
from errno import EACCES, EISDIR, ENOENT
from pathlib import Path
from typing import Any

from tianping.config.commands.parsing import Parser


def main(words: list[str]) -> int:
    parser = Parser(prog="tianping-server import", description="从 Excel 导入案件、人员、年度存量或放假安排")
    kinds = {"cases": "案件", "people": "人员", "yearly": "年度存量", "holidays": "放假安排"}
    parser.add_argument("kind", choices=kinds, metavar="种类", help="；".join(map(" ".join, kinds.items())))
    parser.add_argument("file", type=Path, metavar="文件", help="xlsx、xls、et 或 csv")
    parser.add_argument("--court", required=True, help="法院代码")
    parser.add_argument("--year", type=int, metavar="年度", help="放假安排是哪一年的（只用于 holidays）")
    parser.add_argument("--dry-run", action="store_true", help="试导：只检查，不写入")
    parser.add_argument("--refused", type=Path, metavar="OUT.xlsx", help="被拒的行另存为 Excel，每行注明原因")
    options = parser.parse_args(words)
    if (options.kind == "holidays") != (options.year is not None):
        parser.error("--year 只用于 holidays，且必须写明")

    import django

    django.setup()
    from tianping.config.commands.actor import acting
    from tianping.config.commands.words import CannotDo, cannot, organisation, refuse
    from tianping.court import imports, yearly
    from tianping.foundation.parameters.holidays import holidays_import
    from tianping.foundation.parameters.services import ParameterRefused
    from tianping.foundation.tables import TableUnreadable, refused_as_xlsx
    from tianping.text.document.errors import reason_of

    def holidays(*, write: bool, **more: Any) -> Any:
        return holidays_import(year=options.year, confirmed="*" if write else None, **more)

    kinds_known = {**imports.KINDS, "yearly": yearly.yearly_stock_import, "holidays": holidays}
    try:
        outcome = kinds_known[options.kind](
            court=organisation(options.court),
            data=_bytes_of(options.file),
            name=options.file.name,
            write=not options.dry_run,
            **acting(),
        )
    except (CannotDo, TableUnreadable) as lack:
        return cannot(lack)
    except ParameterRefused as refusal:
        return refuse(refusal)
    for one in outcome.refused:
        print(f"“{options.file.name}”{one.sentence}", file=sys.stderr)
    if outcome.refused and options.refused:
        try:
            options.refused.write_bytes(refused_as_xlsx(outcome.read))
            print(f"被拒的行已存为 {options.refused}。", file=sys.stderr)
        except OSError as fault:
            print(
                f"被拒的行没有存下：“{options.refused}”{reason_of(fault)}。请核对 --refused 的路径和权限。",
                file=sys.stderr,
            )
    print(outcome.summary)
    for note in outcome.notes:
        print(note)
    return 1 if outcome.refused else 0


def _bytes_of(path: Path) -> bytes:
    from tianping.config.commands.words import CannotDo
    from tianping.foundation.tables import MOST_MB

    try:
        if path.stat().st_size > MOST_MB * 1024 * 1024:
            raise CannotDo(f"“{path.name}”超过 {MOST_MB} MB 的上限。请按年度或部门分成几个文件导入。")
        return path.read_bytes()
    except OSError as fault:
        why = {ENOENT: "没有这个文件", EACCES: "没有读取权限", EISDIR: "这是一个目录"}.get(
            fault.errno or 0, "系统读取出错"
        )
        raise CannotDo(f"读不了“{path}”：{why}。请核对路径和权限。") from None
