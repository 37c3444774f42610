"""生成文档：pages made from code, so that they cannot say something else than the code does.

    python tools/generate_docs.py            write them
    python tools/generate_docs.py --check    change nothing; name the files that differ and exit 1

To generate something new, add a function to GENERATORS that returns {path under docs/: text}.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from json import loads as load
from pathlib import Path

from tianping.cli.replies import as_json
from tianping.law.statutes import shipped
from tianping.text.document import from_text
from tianping.text.lint import Profile, Rule, Severity, all_rules, check
from tianping.text.lint.formats import json, sarif
from tianping.text.lint.formats.replies import Answer, Fate, Reply
from tianping.text.lint.page import markdown, page_of
from tianping.text.lint.precision import wilson_lower
from tianping.text.lint.report import FileReport

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import figure_docs, not_checked, state_docs

DOCS = Path(__file__).resolve().parent.parent / "docs"
VERDICTS = DOCS.parent / "tests" / "text" / "lint" / "real_remarks.json"
Pages = dict[str, str]

EXAMPLE = """\
南浦市清河区人民法院
民事判决书
（2024）南0102民初12号
原告：罗青山，男，汉族，住南浦市清河区。
被告：方若水，男，汉族，住南浦市清河区。
原告罗青山与被告方若水民间借贷纠纷一案，本院立案后依法公开开庭进行了审理。本案现已审理终结。
经审理查明：2024年3月10日，方若水将所借款项存入其帐户，约定2024年6月31日归还。
本院认为，合法的借贷关系受法律保护。
依照《中华人民共和国民法典》第六百七十五条之规定，判决如下：
被告方若水于本判决生效之日起十日内返还借款捌仟叁佰元（8300元）。
审判员　孟书言
二〇二四年九月二十日
书记员　柳一禾
"""
"""虚构的文书：no person, court or case of it exists."""
EXAMPLE_RULES = Profile(select=("CHR002", "DAT001"))
"""A few, so that a new rule does not change the example."""


def rule_pages() -> Pages:
    """规则说明页 and their index."""
    pages = {f"rules/{rule.code}.md": markdown(rule) for rule in all_rules()}
    rows = [
        f"| [{rule.code}]({rule.code}.md) | {page_of(rule).title} | `{rule.name}` "
        f"| {rule.severity.label} | {rule.status}{'（默认不报）' if rule.is_weak else ''} | {_measured(rule)} "
        f"| {rule.since} |"
        for rule in all_rules()
    ]
    levels = "、".join(f"{level}＝{level.label}" for level in Severity)
    head = [
        "# 检查规则",
        "",
        f"级别：{levels}。能用一份客观的表证伪的才是必改；靠语感的至多是多半要改。",
        "",
        "状态由实测算出，不由人写。新规则试行；精确率（人工判对的批注占批注的比例，括号内为处数）低于 0.9 的默认不报；"
        "植入错误十查其九、误报不多于每万字 0.1 处（95% 上限）的转正式。没有批注的规则，误报上限按“三除以字数”计；"
        "在这些文书里说不上话的规则不计。",
        "",
        _at_first_sight(),
        "",
        "目录中没有规则的编码和缘由，见[不检查的缺陷](not-checked.md)。",
        "",
        "| 编码 | 规则 | 名称 | 级别 | 状态 | 精确率 | 误报上限（处/万字） | 植入召回 | 自何版起 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    return pages | {"rules/README.md": "\n".join([*head, *rows]) + "\n", "rules/not-checked.md": not_checked.page()}


def _at_first_sight() -> str:
    """初见精确率：what the rules said of judgments nobody had looked at; narrowing them afterwards cannot better it."""
    unseen = load(VERDICTS.read_text(encoding="utf-8"))["unseen"]
    first = unseen["first_look"]
    said, right = first["default_rules"], first["default_rules"] - first["default_rules_wrong"]
    return (
        "上述文书中有一部分曾用来调整规则，精确率因此偏高。"
        f"另取从未看过的 {unseen['files']} 份（{unseen['characters']:,} 字），默认规则"
        f"初次批注 {said} 处，判对 {right} 处，"
        f"精确率 {right / said:.2f}（95% 下限 {wilson_lower(right, said):.2f}）；误报的规则其后已收窄。"
    )


def _measured(rule: Rule) -> str:
    """Three cells: precision, bound on false alarms, recall of planted faults."""
    known = rule.measured
    if known is None:
        return "— | — | —"
    precision = "—" if known.precision is None else f"{known.precision:.2f}（{known.right}/{known.judged}）"
    bound = "—" if known.false_alarms_bound is None else f"{known.false_alarms_bound:.2f}"
    recall = "—" if known.recall is None else f"{known.recall:.2f}（{known.found}/{known.planted}）"
    return f"{precision} | {bound} | {recall}"


def format_examples() -> Pages:
    """输出格式样例：what a program that reads our output may rely on."""
    document = from_text(EXAMPLE)
    report = FileReport(
        "判决书.txt", check(document, law=shipped(), rules=EXAMPLE_RULES), document.issues, document.is_judgment
    )
    fault = FileReport("空文件.txt", fault="“空文件.txt”是空文件（0 字节），请确认保存成功后重新选择文件。")
    remark, answer = report.remarks[0], Answer("罗法官", "借条如此。")
    reply = Reply(remark.code, remark.severity, remark.message, remark.text, Fate.ANSWERED, False, (answer,))
    # The engine's own number would change these pages with every release, and no reader depends on it.
    return {
        "formats/check.json": json.document([report, fault], engine="0.1.0"),
        "formats/check.sarif": sarif.render([report, fault], engine="0.1.0"),
        "formats/replies.json": as_json([("判决书.批注.docx", (reply,))], [("空文件.docx", fault.fault or "")]),
    }


GENERATORS: tuple[Callable[[], Pages], ...] = (rule_pages, format_examples, state_docs.pages, figure_docs.pages)


def all_pages() -> Pages:
    pages: Pages = {}
    for generate in GENERATORS:
        pages |= generate()
    return pages


def differing(pages: Pages, docs: Path) -> list[str]:
    """Generated files that are missing or differ, and rule pages whose rule is gone."""
    wrong = [
        name
        for name, text in pages.items()
        if not (docs / name).is_file() or (docs / name).read_text(encoding="utf-8") != text
    ]
    folders = {name.rpartition("/")[0] for name in pages if name.endswith(".md")}
    stale = [
        str(path.relative_to(docs).as_posix())
        for folder in folders
        for path in (docs / folder).glob("*.md")
        if str(path.relative_to(docs).as_posix()) not in pages
    ]
    return sorted(wrong + stale)


def write(pages: Pages, docs: Path) -> None:
    for name in differing(pages, docs):
        path = docs / name
        if name in pages:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[name], encoding="utf-8")
        else:
            path.unlink()


def main(arguments: list[str], docs: Path = DOCS) -> int:
    pages = all_pages()
    if arguments == ["--check"]:
        wrong = differing(pages, docs)
        for name in wrong:
            print(f"docs/{name} 与代码不一致，请运行 tools/generate_docs.py。")
        return 1 if wrong else 0
    if arguments:
        print("用法：generate_docs.py [--check]", file=sys.stderr)
        return 2
    write(pages, docs)
    print(f"docs：{len(pages)} 份文档与代码一致。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
