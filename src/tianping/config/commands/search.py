"""`tianping-server search rebuild`：read every record into the search index again, while the court works on."""

from __future__ import annotations

from tianping.config.commands.parsing import Parser


def main(words: list[str]) -> int:
    parser = Parser(prog="tianping-server search", description="查找索引")
    parser.add_argument("what", choices=["rebuild"], metavar="rebuild", help="重建：逐条重读，期间照常查找")
    parser.parse_args(words)
    import django

    django.setup()
    from tianping.foundation.search import services

    total = services.rebuild(lambda name, count: print(f"{name}：{count:,} 条", flush=True))
    print(f"已重建，共 {total:,} 条。")
    return 0
