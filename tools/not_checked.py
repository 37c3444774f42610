"""不检查的缺陷：codes of the catalogue without a rule, and why; a code that gets its rule leaves the page."""

from __future__ import annotations

from tianping.text.lint import all_rules

NOT_CHECKED = {
    "CHR020": ("案由不在案由规定", "没有民事、行政案由的全表和历次修改的日期；没有表，认不出的案由不能说是错。"),
    "NUM003": ("同一金额前后不一", "前后两数不同，常因还款、抵销、变更请求，文字上看不出是同一笔。"),
    "NUM016": (
        "各笔之和与认定总额不符，数额达到或未达标准",
        "未遂、另案、认价前后的数额混在一处；数额标准各省不同，没有表。",
    ),
    "LOG002": ("主文项没有对应的请求", "释明后变更、依职权判项很多；请求与判项按意思对应，文字上对不准。"),
    "LOG005": ("证据列出而未认证", "无异议的证据可以概括确认，不必逐件写；逐件核对会误报。"),
    "LOG006": ("说理引用未查明的事实", "要懂得两处说的是不是一件事，现有方法做不到可信。"),
    "LOG007": ("责任主体与给付主体不一", "连带、补充、债务加入时本来就不同；没有足够的真实民事文书可以核对误报。"),
    "PRV010": (
        "文件里的修订、批注、作者和隐藏文字",
        "在文件里而不在文字里；规则只读文字。公开前请在 Word 的“检查文档”中清除。",
    ),
}
PARKED = 52
"""候补：codes kept in the catalogue and not meant for now; CHR018 and GRM005 of them have their rules."""


def page() -> str:
    """docs/rules/not-checked.md."""
    known = {rule.code for rule in all_rules()}
    left = {code: row for code, row in NOT_CHECKED.items() if code not in known}
    rows = [f"| {code} | {name} | {why} |" for code, (name, why) in sorted(left.items())]
    head = [
        "# 不检查的缺陷",
        "",
        f"规则目录中下列 {len(left)} 项没有规则。没有批注不等于没有这些问题，仍须人工核对。",
        "",
        "| 编码 | 缺陷 | 为何不检查 |",
        "|---|---|---|",
    ]
    foot = [
        "",
        f"另有候补编码 {PARKED} 个，或者误报高，或者价值低，或者须懂得文意，暂不实现；其编码保留，不作他用。",
        "",
        "有规则而查得不全的，见各规则说明页的“实测”一行：植入召回低的，没有批注时更须人工核对。"
        "没有装入法律全文时，LAW005 只核对随附表中有款项数的条文。",
        "民事、行政规则只在虚构文书上植入过错误，没有用真实的民事、行政判决核对过误报。",
    ]
    return "\n".join([*head, *rows, *foot]) + "\n"
