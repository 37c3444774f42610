"""落款日期的〇误写 — the zero of the date under a judgment is typed as 0, O, ○ or 零.

## 查什么

落款的汉字日期里，“〇”写成阿拉伯数字0、字母O、圆圈○或“零”。只看落款一行，不看正文和书证。

## 为何要紧

落款日期用汉字数字，零写“〇”。混用字母和符号，是文书最末一行最常见的不规范，也使日期检索不到。

## 反例

落款写：二0二六年三月八日。

## 正例

落款写：二〇二六年三月八日。

## 依据

《人民法院民事裁判文书制作规范》关于落款日期的要求；GB/T 15835—2011《出版物上数字用法》。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.document.numerals import ZERO_TYPOS
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "PUN012",
    "zero-in-signature-date",
    since="0.1.0",
    severity=Severity.WARNING,
    message="落款日期“{written}”中的“{wrong}”应写作“〇”。",
    needs=("年",),
)

CIVIL_STYLE = "《人民法院民事裁判文书制作规范》"  # the civil style only; for others no text was read that says so

_CHINESE = r"[一二三四五六七八九十]"
DATE = regex(
    rf"(?P<date>(?P<year>[一二][{ZERO_TYPOS}〇一二三四五六七八九]{{3}})年{_CHINESE}{{1,2}}月{_CHINESE}{{1,3}}日)"
)
WRONG = regex(f"[{ZERO_TYPOS}]")


@rule.check
def zero_in_signature_date(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, DATE):
        wrong = list(dict.fromkeys(WRONG.findall(match["year"])))
        if not wrong:
            yield rule.spare(span, "写法合规")
        elif document.section_at(span) is not Section.DATE:
            yield rule.spare(span, "不是落款日期")
        else:
            # No suggestion: nothing proposes to replace a date, not even in form; the message says what to write.
            basis = CIVIL_STYLE if document.title.startswith("民事") else None
            yield rule.at(span, basis=basis, written=match["date"], wrong="”“".join(wrong))
