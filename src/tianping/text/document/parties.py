"""当事人：who stands in the head — parties with standing, identities and other names, and who speaks for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tianping.text.regex import regex

from .folding import Folded, fold
from .model import Paragraph, Party, Representative, Role, Section, Span, Stretch
from .sections import PARTY_LINE, REPRESENTATIVE_LINE, ROLE_WORDS, sentences

_ROLES = (  # the first that occurs in the standing as written decides
    ("附带民事公益诉讼起诉人", Role.PLAINTIFF),
    ("公诉机关", Role.PROSECUTOR),
    ("抗诉机关", Role.PROSECUTOR),
    ("自诉人", Role.PRIVATE_PROSECUTOR),
    ("被上诉人", Role.APPELLEE),
    ("上诉人", Role.APPELLANT),
    ("申请执行人", Role.EXECUTION_APPLICANT),
    ("被执行人", Role.EXECUTION_DEBTOR),
    ("被申请人", Role.RESPONDENT),
    ("被申诉人", Role.RESPONDENT),
    ("申请人", Role.APPLICANT),
    ("申诉人", Role.APPLICANT),
    ("附带民事诉讼原告", Role.PLAINTIFF),
    ("附带民事诉讼被告", Role.DEFENDANT),
    ("被告人", Role.ACCUSED),
    ("被告单位", Role.ACCUSED),
    ("被告", Role.DEFENDANT),
    ("原告", Role.PLAINTIFF),
    ("起诉人", Role.PLAINTIFF),
    ("第三人", Role.THIRD_PARTY),
)
_ORGANISATION = regex(
    r"(?:公司|厂|店|中心|院|局|委员会|合作社|银行|支行|分行|政府|学校|大学|中学|小学|事务所|部|社|会|集团|商行|车行|队|站|所|处"
    r"|办公室|办事处|机关|企业|\(有限合伙\)|（有限合伙）|（普通合伙）|组|庭|办|馆|城|超市|酒店|宾馆|农场|林场|基金|协会|经营部)$"
)
_NAME = regex(r"(?P<name>[^，,。；;：:\n（(]{1,60}(?:[（(](?:有限|普通|特殊普通|[^）)]{2,4})合伙[）)])?)")
_BRACKET = regex(r"[（(](?P<inside>[^（()）]{1,60})[）)]")
_BRANCH = regex(r"[（(][^）)]{2,6}[）)](?=[^，,。；;：:\n（(]{2,})")
_NOT_A_NAME = regex(  # what a sentence about a party goes on with; 于、向、经 alone are surnames
    r"因(?:涉|犯|本|与|不)|对(?:公诉|起诉|本|指控|上述|原|一审)|在(?:开庭|庭|法|诉|案|本)|于\d|到庭|未[到作提]|与[^，。]{1,30}?一案|不服|及其"
    r"|均|辩[称解]|认为|诉称|述称|当庭|经[本法依传合]|已[于经被]|向(?:本|法)|提[出起交]|表示|无异议|供认|是否|的"
)
_PERSONAL = regex(
    r"[，,](?:自报|男|女|性别|住|统一|户籍|身份证|公民身份|出生|生于|\d{4}年|曾用名|又名|[^，。]{1,4}族|单位|机构|组织机构|农民|无业)"
)
_SEX = regex(r"[，,][男女][，,。]")  # 颜有庭，男 is no court
_OTHER_NAME = regex(
    r"(?:^|[，,（(；;])(?:以下)?(?P<kind>简称|下称|统称|曾用名|别名|又名|绰号|外号|化名|网名|小名|乳名|自报名|自报姓名|英文名)(?:[为是：:])?"
    r"(?P<names>[^，,。；;）)（(]{1,40})"
)
_DECLARED = regex(r"[（(](?:以下|下)(?:均)?(?:简称|统称|称)(?:为)?[：:]?(?P<names>[^）)]{1,40})[）)]")
_PIECE = regex(r"[\u3400-\u9fff×]{2,4}(?:[·•．][\u3400-\u9fff]{1,10})*")
_TOGETHER = regex(rf"{_PIECE.pattern}(?:、{_PIECE.pattern})+")  # names of people only: a firm's may hold a 、
_SPLIT = regex(r"[、，或及/\"“”'‘’]+")
_REPRESENTED = regex(rf"(?:(?<=[，,。；;\n])|^){REPRESENTATIVE_LINE.pattern}(?P<names>[^，,。；;：:\n（(]{{1,40}})")
_ROLE = regex(ROLE_WORDS)


def role_of(written: str) -> Role:
    """诉讼地位：the standing that words like 原审被告人 mean."""
    for words, role in _ROLES:
        if words in written:
            return role
    return Role.OTHER


def people(
    paragraphs: Sequence[Paragraph], stretches: Sequence[Stretch]
) -> tuple[tuple[Party, ...], tuple[Representative, ...]]:
    """首部人物：parties in the order written, and their representatives and defenders."""
    parties: dict[tuple[str, str], Party] = {}
    representatives: list[Representative] = []
    for stretch in stretches:
        if stretch.section is not Section.PARTY:
            continue
        number, base = stretch.span.paragraph, stretch.span.start
        folded = fold(paragraphs[number].text[base : stretch.span.end])
        for start, end in sentences(folded):
            opens = start == 0 or folded.text[start - 1] == "\n"
            party = _party(folded, start, end, opens, number, base)
            for one in _each(party, paragraphs[number].text) if party is not None else ():
                parties.setdefault((one.name, one.written), one)
            for found in _REPRESENTED.finditer(folded.text, start, end):
                if found.start() != start and folded.text[found.start() - 1] not in "，,。；;\n":
                    continue
                representatives.extend(_representatives(found, folded, number, base))
    return _with_declared(list(parties.values()), paragraphs), tuple(representatives)


def _party(folded: Folded, start: int, end: int, opens: bool, number: int, base: int) -> Party | None:
    text = folded.text
    line = PARTY_LINE.match(text, start, end)
    if line is None:
        return None
    identities: tuple[str, ...] = ()
    begin = line.end()
    if line["who"]:
        identities = _identities(line["who"][1:-1])
    named = _NAME.match(text, begin, end)
    if named is None or _NOT_A_NAME.match(named["name"]):
        return None
    stop = named.end()
    branch = _BRANCH.match(text, stop, end)
    rest = _NAME.match(text, branch.end(), end) if branch is not None else None
    if rest is not None and _ORGANISATION.search(rest["name"]):
        stop = rest.end()  # 某某（北京）科技有限公司
    name = text[begin:stop]
    tail = stop
    while (bracket := _BRACKET.match(text, tail, end)) is not None:
        if not identities:
            identities = _identities(bracket["inside"])
        tail = bracket.end()
    if not opens:  # in the middle of a line a party must look like one: 张三，男 or a whole name of an organisation
        closed = tail == end or text[tail] in "。；\n"
        if not (_ORGANISATION.search(name) or len(name) <= 4 if closed else _PERSONAL.match(text, tail, end)):
            return None
    aliases: list[str] = []
    for found in _OTHER_NAME.finditer(text, stop, min(end, stop + 160)):
        aliases.extend(_names(found["names"]))
    place = folded.place(begin, stop)
    return Party(
        role=role_of(line["role"]),
        name=name,
        span=Span(number, base + place[0], base + place[1]),
        aliases=tuple(dict.fromkeys(aliases)),
        is_organisation="单位" in line["role"]
        or (_ORGANISATION.search(name) is not None and _SEX.match(text, stop, end) is None),
        written=line["role"],
        identities=identities,
    )


def _each(party: Party, line: str) -> list[Party]:
    """合列：被告：方若水、江晚晴，均住…… names two. Split only where every piece is a name by its length."""
    if not _TOGETHER.fullmatch(line, party.span.start, party.span.end):
        return [party]
    pieces = list(_PIECE.finditer(line, party.span.start, party.span.end))
    return [
        replace(party, name=piece[0], span=Span(party.span.paragraph, *piece.span()), is_organisation=False, aliases=())
        for piece in pieces
    ]


def _identities(inside: str) -> tuple[str, ...]:
    """括注身份：原审原告、反诉被告 — only what says a standing."""
    return tuple(words for words in re.split(r"[、，,/]", inside) if _ROLE.search(words))


def _names(words: str) -> list[str]:
    return [name for name in (part.strip() for part in _SPLIT.split(words)) if name and len(name) <= 30]


def _representatives(found: re.Match[str], folded: Folded, number: int, base: int) -> list[Representative]:
    made = []
    at = found.start("names")
    for name in re.split(r"(、)", found["names"]):
        if name and name != "、" and len(name) <= 20 and not _NOT_A_NAME.match(name):
            place = folded.place(at, at + len(name))
            made.append(Representative(found["title"], name, Span(number, base + place[0], base + place[1])))
        at += len(name)
    return made


def _with_declared(parties: list[Party], paragraphs: Sequence[Paragraph]) -> tuple[Party, ...]:
    """以下简称：other names declared anywhere in the text right after a party's name."""
    declared: dict[str, list[str]] = {}
    for para in paragraphs:
        if "下称" not in para.text and "以下" not in para.text:
            continue
        text = fold(para.text).text
        for found in _DECLARED.finditer(text):
            before = text[max(found.start() - 60, 0) : found.start()]
            owners = [party.name for party in parties if before.endswith(party.name)]
            if owners:
                declared.setdefault(max(owners, key=len), []).extend(_names(found["names"]))
    return tuple(
        replace(party, aliases=tuple(dict.fromkeys((*party.aliases, *declared[party.name]))))
        if party.name in declared
        else party
        for party in parties
    )
