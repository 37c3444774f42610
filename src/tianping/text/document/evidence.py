"""证据：the pieces of evidence a judgment names, in lists and in sentences that say what proves the facts.

Only sentences that speak of evidence are read (证据、证实、佐证、印证、质证……), and in them only what ends like a piece
of evidence: 借条、银行流水、证人张某的证言、价格认定结论书. Who offered it is said where the sentence says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tianping.text.regex import regex

from .folding import Folded
from .model import EvidenceItem, Party, Role, Section, Span, Stretch
from .parties import role_of

_WHERE = (Section.CLAIM, Section.DEFENCE, Section.EVID, Section.FACT)
_SENTENCE = regex(r"[^。\n]+")
_SPEAKS = regex(r"证据|证实|佐证|印证|质证|证明上述|为证|在案|在卷")
_KIND = (
    r"证言|证词|陈述|供述(?:[与和及]辩解)?|辩解|笔录|照片|清单|鉴定书|鉴定意见书?|意见通知书|报告书?|报告单|结论书|结论|认定书|证明书?|信息表?|记录|登记表|登记簿"
    r"|合同书?|协议书?|借条|欠条|收条|借据|收据|发票|票据|凭证|流水|明细|回单|对账函|对账单|账单|单据|录音|录像|视频资料|视频|光盘|截图|短信|判决书|裁定书"
    r"|决定书|通知书|调解书|公证书|说明|经过|前科材料|身份材料|户籍资料|户籍信息|档案|病历|诊断书|送货单|确认单|保险单|验收单|委托书|承诺书|保证书|函件|律师函|催款函|执照|许可证"
    r"|产权证|存折|银行卡|交易记录|聊天记录|图纸|报价单|清册|台账|账册|受案表|拘留证|逮捕证|搜查证|释放证|物证|图片|示意图|表格|考勤表|工资表|通讯录|保单|保函"
)
_END = regex(
    rf"(?:{_KIND})(?:[及和与](?:{_KIND}|[^、，；。\n]{{2,12}}?(?:{_KIND})))?(?:[（(][^（）()]{{1,20}}[）)])?"
    r"(?=[、，；。\n：:]|等|以及|作为|$|予以|在卷|在案|证实|佐证|证明|足以|各?[一二三四五六七八九十\d]{1,3}[份张页组本套])"
)
_PIECE = regex(r"[^、，；：:。\n]{2,}")
_LEAD = regex(
    r".*(?:(?:当庭)?(?:提交|提供|出示|举示|宣读)(?:了|的)?(?:以下|下列|如下)?(?:证据)?|属实的|确认的|(?:且|并|还|均|又|亦)有|公诉机关当庭|包括|即|分别为"
    r"|(?:审理|认定)[^，。]{0,10}有)|(?:有|由|和|及|以及|对(?!账)|经|书证[:：]?|物证[:：]|等|的|[\d一二三四五六七八九十]{1,2}[.．、])|[（(][\d一二三四五六七八九十]{1,2}[）)]"
)
_OFFERS = regex(r"提交|提供|出示|举示|宣读")
_WHO = regex(r"[^，。；、\n]{2,24}")
_ASIDE = regex(r"(?:当庭|在庭审中|依法|向本院|向法庭|还|又|另|均|为[^，。]{0,20})+$")
_NOT_PIECES = regex(r"(?:供述|辩解|陈述|证明|说明|结论|记录|信息|经过|报告|证言|笔录|短信|视频|户籍|协议|合同)")


def evidence(
    folds: Sequence[Folded], stretches: Sequence[Stretch], parties: Sequence[Party]
) -> tuple[EvidenceItem, ...]:
    """证据目录，in reading order."""
    standing = {name: party.role for party in parties for name in (party.name, *party.aliases)}
    made: list[EvidenceItem] = []
    for stretch in stretches:
        if stretch.section not in _WHERE:
            continue
        folded = folds[stretch.span.paragraph]
        start, end = folded.index(stretch.span.start), folded.index(stretch.span.end)
        if _SPEAKS.search(folded.text, start, end) is None:
            continue
        for sentence in _SENTENCE.finditer(folded.text, start, end):
            if _SPEAKS.search(sentence[0]) is not None:
                made.extend(_pieces(folded, stretch.span.paragraph, *sentence.span(), standing))
    return tuple(made)


def _pieces(folded: Folded, paragraph: int, start: int, end: int, standing: dict[str, Role]) -> list[EvidenceItem]:
    text = folded.text
    made: list[EvidenceItem] = []
    offered = _OFFERS.search(text, start, end)
    role = _role(text, start, offered.start(), standing) if offered is not None else None
    for begin, until in _ends(text, start, end):
        at = begin
        while (lead := _LEAD.match(text, at, until)) is not None and at < lead.end() < until:
            at = lead.end()
        if until - at < 2 or (until - at <= 4 and _NOT_PIECES.fullmatch(text, at, until)):
            continue
        made.append(EvidenceItem(text[at:until], Span(paragraph, *folded.place(at, until)), role))
    return made


def _ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """From each separator to where a word for a piece of evidence ends."""
    reached = start
    for piece in _PIECE.finditer(text, start, end):
        at = max(piece.start(), reached)
        while at < piece.end() and (found := _END.search(text, at + 1, end)) is not None:
            if found.start() >= piece.end():
                break
            yield at, found.end()
            at = reached = found.end()


def _role(text: str, start: int, at: int, standing: dict[str, Role]) -> Role | None:
    """谁提交：by standing, or by name."""
    backwards = _WHO.match(text[max(at - 24, start) : at][::-1])
    if backwards is None:
        return None
    who = _ASIDE.sub("", text[at - backwards.end() : at])
    if "辩护人" in who:
        return Role.ACCUSED
    if "检察院" in who or "公诉" in who:
        return Role.PROSECUTOR
    for name, role in standing.items():
        if who.endswith(name):
            return role
    role = role_of(who)
    return role if role is not Role.OTHER else None
