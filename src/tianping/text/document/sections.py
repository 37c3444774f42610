"""分节：which part of the judgment every sentence belongs to.

A state machine over sentences, since published judgments may run several parts together in one paragraph and the same
words mean another thing in another part (本院认为 in the reasons, 原审法院认为 in the account of the judgment below). A
sentence without a cue stays in the section of the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tianping.text.regex import regex

from .folding import Folded
from .model import Paragraph, Part, Section, Span, Stretch

ROLE_WORDS = (
    r"(?:刑事)?附带民事(?:公益)?(?:诉讼)?(?:原告人?|被告人?)|公益诉讼起诉人|(?:原审?)?公诉机关|(?:原审)?抗诉机关|(?:原审)?自诉人"
    r"|(?:原审|一审|二审|再审)?(?:被上诉人|上诉人|被申请人|申请人|被申诉人|申诉人|被告单位|被告人|被告|原告人?|第三人)"
    r"|申请执行人|被执行人|利害关系人|案外人|异议人|复议申请人|起诉人|赔偿请求人|赔偿义务机关|罪犯|被害人"
)
"""诉讼地位：the standings a party line may begin with."""

REPRESENTATIVE_WORDS = (
    r"法定代表人|主要负责人|出庭负责人|负责人|法定代理人|指定代理人|委托诉讼代理人|共同委托诉讼代理人|委托代理人|诉讼代理人|诉讼代表人"
    r"|指定辩护人|法律援助辩护人|辩护人|值班律师|经营者|投资人|执行事务合伙人|监护人"
)

PARTY_LINE = regex(
    rf"(?P<role>(?:{ROLE_WORDS})(?:[暨兼及](?:{ROLE_WORDS}))?)(?P<who>[（(][^）)]{{2,40}}[）)])?[:：]?(?=[^:：，,。])"
)
REPRESENTATIVE_LINE = regex(rf"(?P<title>{REPRESENTATIVE_WORDS})(?:[（(][^）)]{{2,30}}[）)])?[:：]?(?=[^:：，,。])")

CASE_NUMBER = regex(
    r"[（(〔\[【](?:19|20)\d{2}[）)〕\]】][^，。；：\s]{2,30}?\d[\d、\-—－]*号(?:之[一二三四五六七八九十]+)?"
)
INSTRUMENT = r"(?:判决|裁定|调解|决定|通知)书|支付令|(?:搜查|调查|限制消费)令"

_HEAD = regex(
    rf"(?P<court>[^，。；：、]{{2,40}}?法院)?(?P<title>[^，。；：]{{0,24}}?(?:{INSTRUMENT}))?(?P<case>{CASE_NUMBER.pattern})?"
)
_WEB_TITLE = regex(r"[^。；：《》]{4,}?[一二再]审[^。；：，]{0,8}书\n?")  # 甲、乙，丙盗窃一审刑事判决书
_STOP = regex(r"[。！？\n下][”’）)》:：]*")
_FOLLOWS = ("判决如下", "裁定如下", "决定如下")
_ORIGIN = regex(
    r"一案[^。]{0,60}?(?:本院|审理|不服|立案|受理|作出|公诉)|向本院(?:提起|提出|申请|起诉)|本院[^。]{0,20}?(?:立案|受理|组成合议庭|审理)"
    r"|(?:提起|提出)(?:公诉|上诉|抗诉)|起诉书"
)
_CLAIM = regex(
    r"[^。]{0,60}?(?:诉称|申请称|上诉称|抗诉(?:称|认为|提出)|诉讼请求[:：]|(?:上诉|再审|申请|执行)请求[:：]|指控[，,：:、]|指控(?=\d{4}年)"
    r"|(?:提出|提起)(?:以下|如下)?(?:上诉|诉讼)?请求|上诉提出|起诉请求|向[^，。]{2,24}法院(?:起诉|提出)|请求(?:法院|本院)?(?:依法)?(?:判令|判决|改判|撤销))"
    r"|(?:公诉机关|公诉人|[^，。]{2,24}?检察院)(?:当庭)?(?:又|还|并)?(?:起诉)?(?:指控|认为|建议|诉称)(?!的)"
    r"|起诉(?:书)?指控"
)
_DEFENCE = regex(
    r"[^。]{0,60}?(?:辩称|述称|答辩|辩护意见|辩解[称：:提])"
    r"|(?:上述|原审|第?[一二三四]?)?(?:被告人?|被上诉人|第三人|(?:指定)?辩护人|原告)[^。]{0,80}?(?:异议|供认|认罪|辩解|意见|认可|未作)"
    r"|(?:庭审中|在庭审|在开庭|开庭审理)[^。]{0,40}?(?:被告|辩护人)[^。]{0,60}?(?:异议|供认|认罪|辩解|意见)"
)
_SPEAKS = regex(r"[^，。：:（(]{0,30}?(?:指控|[诉辩述]称|认为|答辩|异议|供认)")
_EVID = regex(
    r"[^。]{0,30}?(?:当事人围绕|(?:提交|提供|出示|列举|宣读)了?[^。，]{0,20}?证据)"
    r"|(?:上述|以上)(?:指控)?(?:的)?(?:犯罪)?事实|[^。]{0,30}?(?:举证、质证|举证质证)"
)
_FACT = regex(
    r"[^，。：]{0,24}?(?:审理|审查|开庭|庭审)[^，。：]{0,8}?(?:查明|认定|确认|，查明)"
    r"|经(?:法庭|本院|开庭|公开|庭审)?(?:开庭)?审理，?(?:查明|认定|确认)"
    r"|(?:本院|经|另|再|又|还|并|现|综上|二审)(?:经)?(?:另|再审?|又|还|二审)?(?:依法)?查明|本院[^，。]{0,12}?(?:认定|确认)[^。]{0,12}?(?:事实|如下)"
    r"|[^。，]{0,12}?认定(?:的)?(?:案件)?事实如下|查明的?事实"
    r"|根据[^。]{0,30}?(?:陈述|证据)[^。]{0,30}?(?:认定|确认)[^。]{0,10}?事实"
)
_PRIOR = regex(
    r"(?:原审|一审|原判|原一审|原二审)[^。：]{0,40}?(?:查明|认定|认为|判决|依照|依据|根据)"
    r"|[^，。：]{2,24}?人民法院[^。，：]{0,20}?(?:查明|认定|认为|作出|判决)"
)
_REPLIED = regex(  # 查明之后又写控辩意见：the court's finding comes before what the sides say of it
    r"(?P<claim>(?:公诉机关|公诉人|[^，。]{2,24}?检察院)(?:当庭)?(?:还|并)?(?:认为|建议|提出)(?!的))"
    r"|(?:上述|各|[一二三四]?)?(?:被告人?|(?:指定)?辩护人|法定代理人)[^。，]{0,40}?(?:对(?:公诉机关|起诉书|[^，。]{0,24}?检察院)[^。，]{0,12}?指控|辩称|辩护意见|辩解称)"
)
_REASON = regex(
    r"(?:综上(?:所述)?[，,])?(?:本院|合议庭)(?:经[^，。：]{0,10})?(?:审查|审理|评议|复核|复查|再审|二审)?后?认为"
)
_DISPOSED = regex(r"(?:判决|裁定|决定)如下[:：]?$")
_GROUND = regex(r"(?:依照|依据|根据|按照)(?=[^，。；]{0,30}《)")
_LATE = regex(r"[^。]{0,30}?未(?:能)?按[^。，]{0,20}?(?:期间|期限)[^。，]{0,6}?履行")
_FEE = regex(
    r"(?:本案|一审|二审|一、二审)?(?:诉前|诉讼)?(?:案件)?(?:受理费|诉讼费|保全费|保全申请费|公告费|鉴定费|申请费|执行费)"
)
_APPEAL = regex(
    r"[^。]{0,12}?如(?:果)?(?:不服从?本?(?:判决|裁定|决定)|对本(?:判决|裁定|决定)书?不服)|本(?:判决|裁定|决定|调解书)(?:为|系|是)终审|本(?:裁定|决定|调解书|判决)(?:一经|自|送达|立即|经)"
    r"|[^。]{0,40}?(?:申请复议|提起上诉|上诉于)"
)
_SIGNED = regex(
    r"(?P<sign>审判长|(?:代理|助理)?审判员|人民陪审员|陪审员|执行员|执行长|院长|审判(?=$|\n))"
    r"|(?P<date>[一二][〇零○OΟО0０Ｏ◯o一二三四五六七八九]{3}年[一二三四五六七八九十元]{1,3}月[一二三四五六七八九十]{1,3}日|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日(?=$|\n|书记|法官))"
    r"|(?P<annex>附[:：])|(?P<clerk>法官助理|(?:代|代理|见习|实习)?书记员)"
)
_ANNEX = regex(
    r"[（(]?附(?:[:：、件表录一1]|本|相关|法律|有关|适用|判决|裁判|：|$)|[（(]?附.{0,12}?(?:条文|法条|清单|规定)"
)
_CUE = regex(  # every branch begins with a character of its own: so the search can leap
    r"认为|查明|认定|确认|称|指控|异议|供认|认罪|辩|意见|未作|认可|证据|证、?质|事实|请求|如下|依照|履行|费|不服|终审|本裁定|本决定|本判决|本调解|复议|上诉"
    r"|审|陪|执|一..{1,2}年|二..{1,2}年|〇..{1,2}年|书记|助理|附|建议|院长"
)

_BELOW = regex(r"[刑民行执赔](?:辖)?(?:终|再|申|监|抗)(?:字第)?\d|上诉人|原审|再审申请人|抗诉机关|原公诉机关")

_SIGNERS = {"sign": Section.SIGN, "date": Section.DATE, "clerk": Section.CLERK, "annex": Section.ANNEX}
_HEADS = frozenset({Section.UNKNOWN, Section.TITLE, Section.CASENO, Section.PARTY})
_ASKED = frozenset({Section.ORIGIN, Section.CLAIM, Section.DEFENCE, Section.EVID, Section.PRIOR}) | _HEADS
_CLOSED = frozenset({Section.ORDER, Section.LATE, Section.FEE, Section.APPEAL})
_TAIL = frozenset({Section.SIGN, Section.DATE, Section.CLERK, Section.ANNEX})
_READ = frozenset({Part.BODY, Part.TABLE})


class _Walk:
    """走读：the section reached, and what of the head has been seen."""

    def __init__(self, second_instance: bool) -> None:
        self.now = Section.UNKNOWN
        self.line = ""  # the paragraph, and where in it the sentence being read ends
        self.end = 0
        self.second_instance = second_instance

    def sentence(self, text: str, opens: bool) -> list[tuple[int, Section]]:
        """一句：where in the sentence which section begins; ``opens`` says that it begins a line."""
        if self.now in _HEADS:
            head = self._head(text, opens)
            if head is not None:
                return head
        if self.now in _CLOSED or self.now in _TAIL:
            signed = self._signed(text, opens)
            if signed is not None:
                return signed
        if self.now is Section.BASIS and text.strip():
            return self._enter(Section.ORDER)
        if _CUE.search(text) is None:
            return self._enter(self.now)
        return self._spoken(text, opens)

    def _enter(self, section: Section) -> list[tuple[int, Section]]:
        self.now = section
        return [(0, section)]

    def _head(self, text: str, opens: bool) -> list[tuple[int, Section]] | None:
        if not text.strip():
            return self._enter(self.now)
        if self.now is not Section.PARTY and opens:
            if len(text) < 60 and _WEB_TITLE.fullmatch(text):
                return self._enter(Section.TITLE)
            found = _HEAD.match(text)
            if found is not None and found.end():
                rest = text[found.end() :].strip("\n")
                if not rest or PARTY_LINE.match(rest):
                    cuts: list[tuple[int, Section]] = []
                    if found["court"] or found["title"]:
                        cuts.append((0, Section.TITLE))
                    if found["case"]:
                        cuts.append((found.start("case"), Section.CASENO))
                    if rest:
                        cuts.append((found.end(), Section.PARTY))
                    self.now = cuts[-1][1]
                    return cuts
        if _ORIGIN.search(text) and not _REASON.match(text):
            if _CLAIM.match(text) and "起诉书" not in text and "一案" not in text:
                return self._enter(Section.CLAIM)
            return self._enter(Section.ORIGIN)
        named = PARTY_LINE.match(text) or REPRESENTATIVE_LINE.match(text)
        if named and not _SPEAKS.match(text) and (self.now is Section.PARTY or (opens and not _DEFENCE.match(text))):
            return self._enter(Section.PARTY)
        return None

    def _signed(self, text: str, opens: bool) -> list[tuple[int, Section]] | None:
        if opens and _ANNEX.match(text):
            return self._enter(Section.ANNEX)
        if self.now is Section.ANNEX and len(text) > 40:
            return self._enter(Section.ANNEX)
        found = _SIGNED.match(text)
        if found is not None and (opens or self.now in _TAIL or self.now is Section.APPEAL):
            cuts: list[tuple[int, Section]] = []
            for cue in _SIGNED.finditer(text):
                section = _SIGNERS[str(cue.lastgroup)]
                if not cuts or cuts[-1][1] is not section:
                    cuts.append((cue.start(), section))
            self.now = cuts[-1][1]
            return cuts
        if self.now in _TAIL:
            # A line after the signatures that is none of them: the law printed for the reader, or a page mark.
            past = self.now in (Section.CLERK, Section.DATE, Section.ANNEX) and opens and len(text) > 8
            return self._enter(Section.ANNEX if past else self.now)
        return None

    def _in_quotes(self) -> bool:
        """引号内：该判决“判决如下：……” tells of another judgment. Looked for nearby only."""
        near = max(self.end - 400, 0)
        return self.line.rfind("“", near, self.end) > self.line.rfind("”", near, self.end)

    def _recounts(self, text: str) -> bool:
        """转述原审：the judgment below goes on until this court or a side speaks."""
        if self.now is Section.PRIOR:
            if text.startswith("二审"):
                return False
            return _PRIOR.match(text) is not None or not (
                _FACT.match(text) or _CLAIM.match(text) or _DEFENCE.match(text)
            )
        return self.second_instance and self.now is not Section.REASON and _PRIOR.match(text) is not None

    def _spoken(self, text: str, opens: bool) -> list[tuple[int, Section]]:
        now = self.now
        if now in _CLOSED:
            if _LATE.match(text):
                return self._enter(Section.LATE)
            if _FEE.match(text):
                return self._enter(Section.FEE)
            if _APPEAL.match(text):
                return self._enter(Section.APPEAL)
            again = _REASON.match(text) or _FACT.match(text) or (_GROUND.match(text) and _DISPOSED.search(text))
            if not (opens and now is Section.ORDER and again):
                return self._enter(now)
            # 查明、认为、依照 after a disposition: what stood before was another judgment, recounted.
        if _REASON.match(text):
            now = Section.REASON
        elif self._recounts(text):
            return self._enter(Section.PRIOR)
        elif now is not Section.REASON and _FACT.match(text):
            now = Section.FACT
        elif now is Section.FACT and opens and (replied := _REPLIED.match(text)) is not None:
            now = Section.CLAIM if replied["claim"] else Section.DEFENCE
        elif now in _ASKED:
            if _CLAIM.match(text):
                now = Section.CLAIM
            elif _DEFENCE.match(text):
                now = Section.DEFENCE
            elif _EVID.match(text):
                now = Section.EVID
        disposed = _DISPOSED.search(text.rstrip("\n"))
        if disposed is None or now is Section.PRIOR or self._in_quotes():
            if now in _HEADS and _APPEAL.match(text) and "不服" in text:
                now = Section.APPEAL
            return self._enter(now)
        self.now = Section.BASIS
        ground = _ground(text)
        if ground == 0 or now in _HEADS:
            return [(0, Section.BASIS)]
        return [(0, now), (ground, Section.BASIS)]


def _ground(text: str) -> int:
    """依据起点：where in a sentence that ends in 判决如下 the citing of the law begins."""
    starts = [found.start() for found in _GROUND.finditer(text)]
    if not starts:
        return max(text.rfind("，") + 1, 0)
    at = starts[-1]
    for earlier in reversed(starts[:-1]):
        # 依照《甲法》第一条，根据《乙法》第二条：one ground as long as only citations stand between.
        between = re.sub(
            r"《[^》]*》|（[^）]*）|[第条款项目之的规定零〇一二三四五六七八九十百千\d、，和及与并]",
            "",
            text[earlier + 2 : at],
        )
        if between:
            break
        at = earlier
    return at


def sentences(folded: Folded) -> Iterator[tuple[int, int]]:
    """断句：stretches of the folded text, ending after 。！？, a line break, or 判决如下：."""
    text = folded.text
    at = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        first = stop.start() + 1
        if text[first - 1] == "下":
            if not text.endswith(_FOLLOWS, at, first):
                continue
            end = first + (text[first : first + 1] in (":", "："))
        else:
            colon = next((place for place in range(first, end) if text[place] in ":："), end)
            end = colon
        yield at, end
        at = end
    if at < len(text):
        yield at, len(text)


def second_instance(folds: Sequence[Folded]) -> bool:
    """二审或再审：whether a judgment below is recounted, seen from the head."""
    return _BELOW.search("".join(folded.text[:80] for folded in folds[:12])) is not None


def divide(paragraphs: Sequence[Paragraph], folds: Sequence[Folded]) -> tuple[tuple[Section, ...], tuple[Stretch, ...]]:
    """分节：the section each paragraph begins in, and the stretches of the body."""
    walk = _Walk(second_instance(folds))
    sections: list[Section] = []
    stretches: list[Stretch] = []
    for para, folded in zip(paragraphs, folds, strict=True):
        if para.part not in _READ:
            sections.append(Section.UNKNOWN)
            continue
        cuts: list[tuple[int, Section]] = []
        for start, end in sentences(folded):
            opens = start == 0 or folded.text[start - 1] == "\n"
            walk.line, walk.end = folded.text, end
            for at, section in walk.sentence(folded.text[start:end], opens):
                if not cuts or cuts[-1][1] is not section:
                    cuts.append((start + at, section))
        sections.append(cuts[0][1])
        places = [0, *(folded.place(at, at + 1)[0] for at, _ in cuts[1:]), len(para.text)]
        for number, (_, section) in enumerate(cuts):
            stretches.append(Stretch(Span(para.index, places[number], places[number + 1]), section))
    return tuple(sections), tuple(stretches)
