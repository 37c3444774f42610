"""文书种类：instrument, matter, instance and track, from the title, the case number and what the court says of itself.

The title decides first, the case number after it, the words last; what none of them says stays UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tianping.text.regex import regex

from .classification import Instance, Instrument, Matter, Track
from .folding import Folded
from .model import Party, Role, Section, Stretch


class Kind(NamedTuple):
    """种类四项。"""

    instrument: Instrument
    matter: Matter
    instance: Instance
    track: Track


_INSTRUMENTS = (
    ("判决书", Instrument.JUDGMENT),
    ("裁定书", Instrument.RULING),
    ("调解书", Instrument.MEDIATION),
    ("决定书", Instrument.DECISION),
    ("通知书", Instrument.NOTICE),
    ("令", Instrument.ORDER),
)
_DISPOSED = regex(r"(判决|裁定|决定)如下")
_DISPOSES = {"判决": Instrument.JUDGMENT, "裁定": Instrument.RULING, "决定": Instrument.DECISION}
_MATTERS = (  # the first that occurs in the title decides
    ("国家赔偿", Matter.COMPENSATION),
    ("刑事", Matter.CRIMINAL),
    ("行政", Matter.ADMINISTRATIVE),
    ("民事", Matter.CIVIL),
    ("执行", Matter.ENFORCEMENT),
    ("赔偿", Matter.COMPENSATION),
)
# 类型代字 of the case number (2016年以后), and the words before 字第 in older ones
_TYPE = regex(
    r"(?P<compensation>[法委行司]?赔(?:初|终|监|申|再|他)?|赔确监|司救)|(?P<enforcement>执)|(?P<civil>行保|财保|证保|民|破|清|商|知)"
    r"|(?P<criminal>刑)|(?P<administrative>行)"
)
_TAIL = regex(r"(?P<kind>[^\d（()）\[\]【】〔〕]{1,12}?)(?:字第|第)?\d[\d、\-—－]*号")
_STAGE = regex(r"初|终|再|申|监|抗|提")
_STAGES = {"初": Instance.FIRST, "终": Instance.SECOND}
_TRACKS = regex(
    r"(?P<turned>(?:转为|转入|变更为|改为|裁定转)(?:适用)?普通程序)|(?P<left>不[^，。]{0,6}小额诉讼|小额诉讼(?=[^。]{0,60}?(?:转为|转入|改为|变更为|转换为)[^，。]{0,6}简易程序))|(?P<small>小额诉讼)|(?P<expedited>速裁程序)|(?P<summary>简易程序)"
    r"|(?P<special>特别程序)|(?P<ordinary>普通程序)|(?P<panel>组成(?:了)?合议庭)"
)
_BY_MARK = {
    "turned": Track.ORDINARY,
    "small": Track.SMALL_CLAIMS,
    "expedited": Track.EXPEDITED,
    "special": Track.SPECIAL,
    "summary": Track.SUMMARY,
    "ordinary": Track.ORDINARY,
    "panel": Track.ORDINARY,
}
_SECOND = regex(r"向本院(?:提起|提出)上诉|上诉人|不服[^。]{2,80}?(?:判决|裁定)[^。]{0,20}?(?:上诉|抗诉)")
_RETRIAL = regex(r"申请再审|再审申请|决定再审|提起再审|指令[^。]{0,20}再审|提审")


def kind(
    title: str, case_no: str, parties: Sequence[Party], folds: Sequence[Folded], stretches: Sequence[Stretch]
) -> Kind:
    """文书种类、案件类别、审级、程序。"""
    origin = _words(folds, stretches, Section.ORIGIN)
    matter = _matter(title, case_no, parties)
    instance = _instance(case_no, parties, origin)
    instrument = next((made for words, made in _INSTRUMENTS if title.endswith(words)), Instrument.UNKNOWN)
    if instrument is Instrument.UNKNOWN:
        instrument = _disposed(folds, stretches)
    return Kind(instrument, matter, instance, _track(case_no, instance, origin))


def _words(folds: Sequence[Folded], stretches: Sequence[Stretch], section: Section) -> str:
    numbers = dict.fromkeys(stretch.span.paragraph for stretch in stretches if stretch.section is section)
    return "\n".join(folds[number].text for number in numbers)


def _disposed(folds: Sequence[Folded], stretches: Sequence[Stretch]) -> Instrument:
    for stretch in reversed(stretches):
        if stretch.section is Section.BASIS:
            found = _DISPOSED.search(folds[stretch.span.paragraph].text)
            if found is not None:
                return _DISPOSES[found[1]]
    return Instrument.UNKNOWN


def _type(case_no: str) -> str:
    """类型代字：西刑初 of （2014）西刑初字第82号, 海0102民初 without its court of （2026）海0102民初1234号."""
    found = _TAIL.search(case_no)
    return found["kind"] if found is not None else ""


def _matter(title: str, case_no: str, parties: Sequence[Party]) -> Matter:
    for words, matter in _MATTERS:
        if words in title:
            return matter
    kinds = [found.lastgroup for found in _TYPE.finditer(_type(case_no))]
    if kinds:
        return Matter[str(kinds[-1]).upper()]
    if any(party.role in (Role.ACCUSED, Role.PROSECUTOR) for party in parties):
        return Matter.CRIMINAL
    return Matter.UNKNOWN


def _instance(case_no: str, parties: Sequence[Party], origin: str) -> Instance:
    stages = _STAGE.findall(_type(case_no))
    if stages:
        return _STAGES.get(stages[-1], Instance.RETRIAL)
    if _RETRIAL.search(origin) or any(party.written.startswith("再审") for party in parties):
        return Instance.RETRIAL
    if _SECOND.search(origin) or any(party.role is Role.APPELLANT for party in parties):
        return Instance.SECOND
    if any(p.role in (Role.PLAINTIFF, Role.ACCUSED, Role.PRIVATE_PROSECUTOR) for p in parties) and origin:
        return Instance.FIRST
    return Instance.UNKNOWN


def _track(case_no: str, instance: Instance, origin: str) -> Track:
    if "民特" in case_no:
        return Track.SPECIAL
    found = {str(match.lastgroup) for match in _TRACKS.finditer(origin)}
    if "left" in found:
        found.discard("small")  # 不宜适用小额诉讼程序，转为简易程序的其他规定：an appeal lies
    if instance in (Instance.SECOND, Instance.RETRIAL):
        found.discard("panel")  # every appeal is heard by a panel: that says nothing of the track
    return next((track for mark, track in _BY_MARK.items() if mark in found), Track.UNKNOWN)
