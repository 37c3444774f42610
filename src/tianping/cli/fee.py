"""费用命令：``tianping fee --kind 财产 --amount 1000000`` prints what a case costs, step by step."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from typing import TextIO

from tianping.cli.exits import Exit, UsageError
from tianping.cli.named import code_named
from tianping.law.fees import Fee, FeeRefused, fee, tariffs
from tianping.text.lint.formats.text import width

HELP = {
    "zh": """\
用法：tianping fee --kind 类别 [--amount 金额] [选项]

  按《诉讼费用交纳办法》计算诉讼费用，逐步列出
  --kind 类别          财产、劳动争议、保全……，也可写代码 property、labour；--list 列出全部
  --amount 金额        诉讼请求、保全、执行的金额（元）；可写 1000000、1,000,000 或 100万
  --base 数额          有幅度的类别（离婚、人格权等），本院执行的每件数额
  --half               减半（调解、撤诉、简易程序、反诉合并审理；只减一次）
  --list               列出全部类别
  --lang zh|en         本说明的语言，默认 zh
""",
    "en": """\
usage: tianping fee --kind KIND [--amount AMOUNT] [OPTIONS]

  what a case or an application costs under the State Council's measure, step by step
  --kind KIND          property, preservation, labour... or the Chinese term; --list names all
  --amount AMOUNT      the sum in dispute, preserved or enforced, in yuan; 1000000, 1,000,000 and 100万 are the same
  --base AMOUNT        where the measure leaves a range, the court's own number for one case
  --half               halved (mediation, withdrawal, summary procedure, joined counterclaim; once)
  --list               all kinds
  --lang zh|en         language of this help
""",
}

MOST = Decimal(10) ** 15


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", metavar="KIND")
    parser.add_argument("--amount", metavar="AMOUNT")
    parser.add_argument("--base", metavar="AMOUNT")
    parser.add_argument("--half", action="store_true")
    parser.add_argument("--list", action="store_true")


def run(options: argparse.Namespace, out: TextIO, talk: TextIO) -> int:
    """Print the fee, or the kinds there are."""
    if options.list:
        wide = max(width(kind) for kind in tariffs())
        for kind, one in tariffs().items():
            out.write(f"{kind}{' ' * (wide - width(kind))}  {one.term}（{one.basis}）\n")
        return Exit.CLEAN
    if not options.kind:
        raise UsageError("缺少 --kind，如 --kind 财产。全部类别见 tianping fee --list。")
    kind = code_named(options.kind, {code: one.term for code, one in tariffs().items()}, "--kind", "tianping fee")
    try:
        found = fee(kind, _sum(options.amount, "--amount"), base=_sum(options.base, "--base"))
        found = found.halved() if options.half else found
    except FeeRefused as error:
        raise UsageError(str(error)) from None
    for line in _lines(found):
        out.write(line + "\n")
    return Exit.CLEAN


def _sum(given: str | None, option: str) -> Decimal | None:
    if given is None:
        return None
    plain = given.replace(",", "").replace("，", "").removesuffix("元")
    factor = 10_000 if plain.endswith("万") else 1
    try:
        value = Decimal(plain.removesuffix("万")) * factor
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise UsageError(f"{option} 的金额“{given}”不成数。请写如 1000000、1,000,000.50 或 100万。")
    if value > MOST:
        raise UsageError(f"{option} 的金额“{given}”超过一千万亿元，请核对位数。")
    return value


def _lines(found: Fee) -> list[str]:
    head = found.tariff.term + (f"，金额 {found.amount:,.2f} 元" if found.amount is not None else "")
    steps = [f"  {step.words}：{_range(step.low, step.high)}" for step in found.steps]
    lines = [head, *steps, f"应收 {_range(found.low, found.high)}", f"依据 {_bases(found)}"]
    if not found.fixed:
        lines.append("幅度内的具体数额由省级人民政府规定；本院执行的数额用 --base 写明。")
    return lines


def _range(low: Decimal, high: Decimal) -> str:
    return f"{low:,.2f} 元" if low == high else f"{low:,.2f} 元至 {high:,.2f} 元"


def _bases(found: Fee) -> str:
    return "、".join(dict.fromkeys(step.basis for step in found.steps if step.basis))
