"""主文分项：what the court orders, item by item.

A numbered item is one item whatever it holds. Without numbers every line of its own that orders something is one
(number 0); so is each accused of 被告人甲犯……罪，判处……。被告人乙犯……. Notes are none: 刑期起止, 缴纳期限, what is said
to the person on probation. An item that runs over several lines has the place of its first line.
"""

from __future__ import annotations

from collections.abc import Sequence

from tianping.text.regex import regex

from .folding import Folded
from .model import Item, Section, Span, Stretch
from .numbering import level_of, parts, trimmed

_NOTE = regex(
    r"[（(【\[]|刑期|缓刑考验|考验期|上述|以上|前述|前款|罚金(?:限|于|已|自|在|款)|(?:主刑|拘役|管制)?(?:的)?刑期|即自|限(?:于|在|自)"
    r"|被告人[^，。]{0,12}?(?:回到社区|应当?遵守|在缓刑)|如|本判决|本裁定|本决定|自本|附[：:]|—|-|－|\d+$|注[：:]|逾期"
    r"|(?:冻结|查封|扣押)[^，。]{0,12}?期限|(?:申请人|申请执行人)(?:需要|应当)"
)
_ORDERS = regex(
    r"判处|免予刑事|宣告|无罪|没收|退赔|发还|返还|追缴|上缴|销毁|驳回|撤销|维持|变更|确认|准[予许]|不予|不准|离婚|冻结|查封|扣押|划拨|拍卖|中止|终结|移送"
    r"|发回|指令|解除|支付|赔偿|给付|归还|偿还|履行|承担|停止|交付|交还|腾退|协助|抚养|继承|归[^，。]{1,20}所有|责令|处理|补正|更正|强制|禁止|减刑|假释"
    r"|有效|无效|成立|并入|执行"
)
_ACCUSED = regex(r"(?:(?<=[。；;）)\n])|^)(?:原审)?(?:被告人|上诉人|被告单位)(?P<name>[^，。；犯]{1,20}?)犯")


def dispositions(folds: Sequence[Folded], stretches: Sequence[Stretch]) -> tuple[Item, ...]:
    """判项，in order."""
    made: list[Item] = []
    level: str | None = None
    for stretch in stretches:
        if stretch.section is not Section.ORDER:
            continue
        folded = folds[stretch.span.paragraph]
        start, end = folded.index(stretch.span.start), folded.index(stretch.span.end)
        for begin, stop in _lines(folded.text, start, end):
            listed = parts(folded.text, begin, stop, level)
            if listed and level is None:
                level = level_of(folded.text, listed[0].begin, stop)
            before = listed[0].begin if listed else stop
            found = [(0, *place) for place in _unnumbered(folded.text, begin, before, first=not made)]
            found += [(part.number, part.start, part.end) for part in listed]
            for number, at, until in found:
                at, until = trimmed(folded.text, at, until)
                if at < until:
                    made.append(Item(number, Span(stretch.span.paragraph, *folded.place(at, until))))
    return tuple(made)


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """行：a Word paragraph may hold several lines."""
    lines = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop + 1
        if text[start:stop].strip():
            lines.append((start, stop))
        start = stop
    return lines


def _unnumbered(text: str, start: int, end: int, *, first: bool) -> list[tuple[int, int]]:
    if start >= end or _NOTE.match(text, start, end):
        return []
    accused = list(_ACCUSED.finditer(text, start, end))
    if not accused:
        return [(start, end)] if first or _ORDERS.search(text, start, end) else []
    starts: list[int] = []
    name = ""
    for found in accused:
        if found["name"] != name:
            starts.append(found.start())
            name = found["name"]
    if accused[0].start() > start and _ORDERS.search(text, start, accused[0].start()):
        starts.insert(0, start)
    return [(at, stop) for at, stop in zip(starts, [*starts[1:], end], strict=True)]
