"""受保护内容：places whose words no rule may propose to change — names, numbers, sums, days, addresses.

A name is protected wherever it stands, not only where it was introduced. The places may overlap, and are rather too
wide than too narrow: what is protected wrongly costs a proposal, what is not protected may cost a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from tianping.text.regex import regex

from .folding import Whole
from .model import Amount, Party, Protected, Representative, Signatory, Span, Untouchable, WrittenDate
from .persons import names

_STOP = "在被由与向到是系和及经至从于对把将给为因了其该本等即往的，。、；：“”‘’《》（）()\n！？,;:以据按"
# Names are read from their end, on the reversed text: what ends them is known, where they begin is not.
_INNER = (  # 和 in 西和县 is no conjunction
    r"(?<=[县平田林静政硕顺龙布浩路街园苑村镇里桥谐])和|(?<=[济贸开])经|(?<=[都洪])于|(?<=溪)本|(?<=外)对|(?<=[民律])为|(?<=[诚善])至|(?<=家)到|(?<=乐)将"
)
_WORD = rf"(?:[^{_STOP}\s]|{_INNER})"
_ENDINGS = re.findall(
    "[^、]+",
    "公司、人民法院、中级法院、基层法院、高级法院、海事法院、铁路法院、人民法庭、检察院、检察室、公安局、派出所、看守所、监狱、拘留所、戒毒所"
    "、支队、大队、中队、总队、司法局、司法所、事务所、委员会、人民政府、办事处、鉴定所、鉴定中心、认证中心、服务中心、研究所、研究院、医院"
    "、卫生院、银行、支行、分行、信用社、储蓄所、大学、学院、中学、小学、幼儿园、合作社、集团、经营部、门市部、酒店、宾馆、超市、商行、监督局"
    "、管理局、保障局、资源局、规划局、税务局、管理处、管理站、管理所、监察局、民政局、教育局、林业局、分局、村委会、居委会、党委、街道办"
    "、监管所、执法局、车站、饭店、饭庄、网吧、旅馆、商场、药店、诊所、工厂、加工厂、援助中心、推广中心、管理中心、检测中心、检验中心、医疗中心、研究中心、环保局、卫生局、农业局、专卖局、交通局、水利局"
    "、财政局、统计局、住建局、城管局、工商局、质监局、烟草局、国土局、检测站、客运站、监测站、农技站、运输法院、酒吧、营业部、营业所",
)
_BY_LAST: dict[str, tuple[str, ...]] = {}
for _ending in _ENDINGS:
    _BY_LAST[_ending[-1]] = (*_BY_LAST.get(_ending[-1], ()), _ending)
_LAST = regex(f"[{''.join(_BY_LAST)}]")
_NAME = regex(rf"{_WORD}{{1,30}}+(?:[）)][^（）()，。]{{2,8}}[（(]{_WORD}{{1,30}})?")
_LEAD = regex(
    "公诉机关|公诉人|提请|证实|证明|建议|协助|住所地|户籍地|羁押|任职|下简称|统称|送达|送往|移送|提交|通过|伙同|位于|来到|窜至|途经|行至|前往"
    "|返回|住址|住所|户籍|居住|所在地|经过|抵达"
)
_PARTICLE = regex(r"[任系原住前后现曾送交地](?=..[省市县区]|...[省市县区])")
_GENERIC = regex(
    r"(?:院?审判|程度|文化|帮忙|\d+家|确保|帮忙|办理|承办|各级|有关|相关|上级|原审|一审|二审|指派|检察机关|公安机关|基层|中级|高级|人民|保险|当地|附近|一家|某)*"
    r"(?:委员会|公司|法院|检察院|公安局|人民政府|银行|医院|派出所|看守所|[中大支总]队|学院|大学|小学|中学|车站|酒店|宾馆"
    r"|超市|饭店|监狱|分局|事务所|集团)"
)
_NUMBERED = regex(
    r"[（(〔［\[【](?:19|20)?\d{2}[）)〕］\]】][^，。；：、\s（()）《》]{0,24}?\d[\d、\-—－×XxＸ]{0,16}号"
    r"(?:之[一二三四五六七八九十]{1,3})?"
)
_SERIAL = regex(r"第(?P<serial>\d{4,}[\d\-]{0,10}号)")
_ISSUED = regex(r"[\u4e00-\u9fff]{1,12}\Z")
_ISSUED_STOP = regex(rf".*(?:(?!和检)[{_STOP}]|[有作出第号依照用书])|.*(?:法院|本院|检察院|公安局|分局)")
_DIGITS = regex(r"\d[\d*×XxＸ＊\-—－]{5,22}+(?![\d元万亿])")
_IDENTITY = regex(
    r"\d{7,}[\dXxＸ*×＊]{0,14}|\d{3,6}[*×XxＸ＊]{3,14}\d{0,6}[Xx]?|0\d{2,3}[-—－]\d{7,8}|1\d{2}[*×＊]{4}\d{4}"
)
_PLATE = regex(r"[A-Z][·•\-—]?(?:[A-Z0-9×*＊Ｘ]{4,6}|[^\s，。]{0,2}[0-9×*＊XＸ]{3,5})[学警挂港澳]?")
_BEFORE_PLATE = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新军江海使警")
_LABELLED = regex(r"[号码信箱名称话机](?:分别)?[为是:：]?[“\"]?(?P<value>[A-Za-z0-9_@.\-×*＊Ｘ]{4,40})")
_LABELS = tuple(
    re.findall(
        "[^、]+",
        "号码、账号、帐号、卡号、尾号、微信、微信号、QQ号、Q号、架号、动机号、证号、编号、电话、手机、手机号、邮箱、网名、昵称、牌号、信用代码",
    )
)
_MONTH = regex(r"(?:19|20)\d{2}年(?!\d{1,2}月\d{1,2}[日号])(?:\d{1,2}月(?:份|[上中下]旬|初|底|末|\d{1,2})?)?")
_MISTYPED = regex(r"(?:[12][\dOoＯ]{3}年|[同当次]年)?[\dOoＯ]{1,2}月[\dOoＯ]{1,2}日")  # 201O年6月14日
_LIVES = regex(
    r"(?:住所地|住所|住址|户籍所在地|户籍地|户籍|户口所在地|经常居住地|现住址|现住|暂住地|暂住|租住|家住|住在?|出生地|出生于|籍贯"
    r"|注册地|经营场所|所在地)(?:[为是系:：在于]|位于)?"
    r"(?P<place>(?![的处房院宅证资信登地])(?=[^，。；（）()\n]{1,9}?[省市县区镇乡村州旗盟])[\u4e00-\u9fff][^，。；（）()\n的]{1,60})"
)
_DOOR = regex(r"(?:号楼?|弄|幢|栋|室|单元|楼|组|社|层|座|门)(?!码|称|牌|令|文|判|刑|民)")
_DOOR_NUMBER = frozenset("0123456789X×Ｘ*一二三四五六七八九十")
_DOOR_PLACE = regex(rf"{_WORD}{{1,40}}")
_ROAD = regex(r"[路街道巷弄村镇乡区市县苑园庄屯里城湾坊桥楼寨社]|胡同|大厦|广场|市场")
_CHAIN = regex(
    rf"[省市县区州旗盟](?:(?:[^{_STOP}\s\d省市县区镇乡]|[和经于本](?=[县平田林济贸开都洪溪路街园苑村镇])){{1,9}}?"
    r"(?:[市县区镇乡村旗路街巷屯]|大道|街道|小区|社区|林场|农场|组|花园))+"
)
_CHAIN_PLACE = regex(rf"[省市县区州旗盟](?:[^{_STOP}\s\d男女族生案]|{_INNER}){{1,8}}")
_TOO_SHORT = 2
_FEW = 300  # names: so many are looked for one by one, which is quicker than building a pattern of them
_LONG = 40_000  # characters


def protected(
    whole: Whole,
    *,
    parties: Sequence[Party],
    representatives: Sequence[Representative],
    signatories: Sequence[Signatory],
    dates: Sequence[WrittenDate],
    amounts: Sequence[Amount],
    foreign: Sequence[Span],
) -> tuple[Protected, ...]:
    """受保护位置，in order."""
    made = {(date.span.paragraph, date.span.start, date.span.end, Untouchable.DATE) for date in dates}
    sums = [amount.span for amount in amounts] + list(foreign)
    made.update((span.paragraph, span.start, span.end, Untouchable.AMOUNT) for span in sums)
    kinds = _known(parties, representatives, signatories)
    for name in names(whole.text):
        kinds.setdefault(name, Untouchable.PERSON)
    for start, end, kind in chain(_places(whole.text), _everywhere(whole.text, kinds)):
        made.add((*whole.place(start, end), kind))
    return tuple(Protected(Span(paragraph, start, end), kind) for paragraph, start, end, kind in sorted(made))


def _known(
    parties: Sequence[Party], representatives: Sequence[Representative], signatories: Sequence[Signatory]
) -> dict[str, Untouchable]:
    """首部和署名里的名称。"""
    kinds: dict[str, Untouchable] = {}
    for party in parties:
        kind = Untouchable.ORGANISATION if party.is_organisation else Untouchable.PERSON
        for name in (party.name, *party.aliases):
            kinds.setdefault(name, kind)
    for name in (*(one.name for one in representatives), *(one.name for one in signatories)):
        kinds.setdefault(name, Untouchable.PERSON)
    return {name: kind for name, kind in kinds.items() if len(name) >= _TOO_SHORT}


def _everywhere(text: str, kinds: Mapping[str, Untouchable]) -> Iterable[tuple[int, int, Untouchable]]:
    """处处的名称：every name wherever it stands, the longest where one lies in another."""
    few = len(kinds) <= _FEW and len(text) <= _LONG
    return _widest(_one_by_one(text, kinds) if few else _at_once(text, kinds))


def _one_by_one(text: str, kinds: Mapping[str, Untouchable]) -> Iterable[tuple[int, int, Untouchable]]:
    for name, kind in kinds.items():
        at = text.find(name)
        while at >= 0:
            yield at, at + len(name), kind
            at = text.find(name, at + len(name))


def _at_once(text: str, kinds: Mapping[str, Untouchable]) -> Iterable[tuple[int, int, Untouchable]]:
    """One pass: at each character a name may begin with, the lengths such names have, the longest first."""
    lengths: dict[str, list[int]] = {}
    for name in sorted(kinds, key=len, reverse=True):
        known = lengths.setdefault(name[0], [])
        if len(name) not in known:
            known.append(len(name))
    if not lengths:
        return
    for first in re.finditer(f"[{re.escape(''.join(lengths))}]", text):
        at = first.start()
        for length in lengths[first[0]]:
            kind = kinds.get(text[at : at + length])
            if kind is not None:
                yield at, at + length, kind
                break


def _places(text: str) -> Iterable[tuple[int, int, Untouchable]]:
    yield from _widest(_organisations(text))
    yield from _widest(_numbers(text))
    yield from _widest(_addresses(text))
    for found in _MONTH.finditer(text):
        yield *found.span(), Untouchable.DATE
    if "O" in text or "o" in text or "Ｏ" in text:
        for found in _MISTYPED.finditer(text):
            yield *found.span(), Untouchable.DATE


def _widest(found: Iterable[tuple[int, int, Untouchable]]) -> Iterable[tuple[int, int, Untouchable]]:
    """Without those that lie in another."""
    reached = 0
    for start, end, kind in sorted(found, key=lambda one: (one[0], -one[1])):
        if end > reached:
            reached = end
            yield start, end, kind


def _addresses(text: str) -> Iterable[tuple[int, int, Untouchable]]:
    for found in _LIVES.finditer(text):
        yield *found.span("place"), Untouchable.ADDRESS
    for found in _CHAIN.finditer(text):
        start = _begin(text, found.start() + 1, _CHAIN_PLACE)
        if start < found.start():
            yield start, found.end(), Untouchable.ADDRESS
    for found in _DOOR.finditer(text):
        if found.start() and text[found.start() - 1] in _DOOR_NUMBER:
            start = _begin(text, found.start(), _DOOR_PLACE)
            if _ROAD.search(text, start, found.start()):
                yield start, found.end(), Untouchable.ADDRESS


def _begin(text: str, end: int, pattern: re.Pattern[str]) -> int:
    """Where the name that ends at ``end`` begins."""
    backwards = pattern.match(text[max(end - 42, 0) : end][::-1])
    if backwards is None:
        return end
    start = end - backwards.end()
    for lead in _LEAD.finditer(text, start, end):
        start = lead.end() if lead.end() < end else start
    particle = _PARTICLE.match(text, start, end)
    return particle.end() if particle is not None else start


def _organisations(text: str) -> Iterable[tuple[int, int, Untouchable]]:
    for found in _LAST.finditer(text):
        if not text.endswith(_BY_LAST[found[0]], 0, found.end()):
            continue
        start = _begin(text, found.end(), _NAME)
        if _GENERIC.fullmatch(text, start, found.end()) is None:
            yield start, found.end(), Untouchable.ORGANISATION


def _numbers(text: str) -> Iterable[tuple[int, int, Untouchable]]:
    """案号、文号、证件号、账号、电话、车牌。"""
    if "号" in text:
        for found in _NUMBERED.finditer(text):
            yield _issuer(text, found.start()), found.end(), Untouchable.CASE_NO
        for found in _SERIAL.finditer(text):
            yield *found.span("serial"), Untouchable.CASE_NO
    for found in _DIGITS.finditer(text):
        if found.start() and text[found.start() - 1] in ".,，":
            continue
        number = _IDENTITY.match(text, found.start(), found.end())
        if number is not None:
            yield *number.span(), Untouchable.IDENTITY
    for found in _PLATE.finditer(text):
        if found.start() and text[found.start() - 1] in _BEFORE_PLATE:
            yield found.start() - 1, found.end(), Untouchable.IDENTITY
    for found in _LABELLED.finditer(text):
        if text.endswith(_LABELS, 0, found.start() + 1):
            yield *found.span("value"), Untouchable.IDENTITY


def _issuer(text: str, at: int) -> int:
    """发文代字：沪浦检刑诉（2017）1363号 begins before its bracket, 某某法院（2017）……号 does not."""
    left = _ISSUED.search(text, max(at - 12, 0), at)
    if left is None:
        return at
    stop = _ISSUED_STOP.match(left[0])
    return left.start() + (stop.end() if stop is not None else 0)
