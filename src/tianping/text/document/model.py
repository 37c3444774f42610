"""文书模型：what a judgment is, whatever file it came from.

Offsets are Unicode characters of a paragraph's text, end exclusive. A paragraph's text is what a reader of the
document sees; ``runs`` say which piece of the file each stretch of it came from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from .classification import Instance, Instrument, Matter, Track
from .folding import Folded, Whole, fold


class Section(StrEnum):
    """节：the parts of a judgment (法〔2016〕221号; shared terms of the rule catalogue)."""

    TITLE = "TITLE"  # 标题
    CASENO = "CASENO"  # 案号
    PARTY = "PARTY"  # 当事人
    ORIGIN = "ORIGIN"  # 案件由来和审理经过
    CLAIM = "CLAIM"  # 诉称、指控、上诉请求
    DEFENCE = "DEFENCE"  # 辩称、述称
    EVID = "EVID"  # 举证质证
    PRIOR = "PRIOR"  # 原审、一审的认定和裁判，由本院转述
    FACT = "FACT"  # 查明
    REASON = "REASON"  # 本院认为
    BASIS = "BASIS"  # 裁判依据
    ORDER = "ORDER"  # 主文
    LATE = "LATE"  # 迟延履行
    FEE = "FEE"  # 诉讼费用
    APPEAL = "APPEAL"  # 上诉告知
    SIGN = "SIGN"  # 署名
    DATE = "DATE"  # 落款日期
    CLERK = "CLERK"  # 法官助理、书记员
    ANNEX = "ANNEX"  # 附录
    UNKNOWN = "UNKNOWN"


COURT_SPEECH = frozenset({Section.FACT, Section.REASON, Section.BASIS, Section.ORDER, Section.FEE, Section.APPEAL})
"""法院话：sections in which the court speaks in its own voice."""


class Part(StrEnum):
    """部位：where in the file a paragraph stands."""

    BODY = "body"
    TABLE = "table"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    TEXTBOX = "textbox"


class Span(NamedTuple):
    """位置：a stretch of one paragraph. A tuple, because a judgment has hundreds."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """文本串：characters ``start``–``end`` of a paragraph came from text node ``node`` of package part ``part``.

    ``offset`` says how many characters into that node's own text the stretch begins (layout may have been taken off).
    In a plain text file ``node`` is the line, from 0.
    """

    start: int
    end: int
    part: str
    node: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """段落：text as read, with tabs kept and line breaks inside it as ``\\n``."""

    index: int
    text: str
    part: Part = Part.BODY
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """节段：a stretch of a paragraph that belongs to one section (one paragraph may hold 理由 and 裁判依据)."""

    span: Span
    section: Section


class Role(StrEnum):
    """诉讼地位。"""

    PLAINTIFF = "原告"
    DEFENDANT = "被告"
    THIRD_PARTY = "第三人"
    APPELLANT = "上诉人"
    APPELLEE = "被上诉人"
    PROSECUTOR = "公诉机关"
    PRIVATE_PROSECUTOR = "自诉人"
    ACCUSED = "被告人"
    APPLICANT = "申请人"
    RESPONDENT = "被申请人"
    EXECUTION_APPLICANT = "申请执行人"
    EXECUTION_DEBTOR = "被执行人"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Party:
    """当事人：``name`` as first written in the head, at ``span``.

    ``aliases`` are declared other names (以下简称、曾用名、绰号); ``written`` is the standing as written (原审被告人);
    ``identities`` are those in brackets after it (原审原告、反诉被告).
    """

    role: Role
    name: str
    span: Span
    aliases: tuple[str, ...] = ()
    is_organisation: bool = False
    written: str = ""
    identities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Representative:
    """代理人、法定代表人、辩护人：people of the head who are not parties."""

    title: str
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """日期：``value`` is None where the words name a day that does not exist (6月31日).

    ``year_written`` is False where the year was taken from the date before it (同年, or no year at all).
    """

    span: Span
    text: str
    year: int
    month: int
    day: int
    value: date | None
    year_written: bool = True


@dataclass(frozen=True, slots=True)
class Interval:
    """期间：自……至……, both ends as written."""

    start: WrittenDate
    end: WrittenDate
    span: Span


@dataclass(frozen=True, slots=True)
class Provision:
    """条款项目：one place in a statute, 第一百三十三条之一第二款第（三）项.

    ``insert`` is the number after 之 (0: none). None: not written, so the whole of what stands above it is meant.
    """

    article: int
    span: Span
    insert: int = 0
    paragraph: int | None = None
    item: int | None = None
    point: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """法条引用：a statute title (without 《》) with the article numbers written after it.

    ``articles`` hold (number, span of 第…条), ``provisions`` the same to 款、项、目, one for each written;
    ``effective_title`` resolves 同法、该法 and declared abbreviations.
    """

    title: str
    effective_title: str
    span: Span
    articles: tuple[tuple[int, Span], ...] = ()
    provisions: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """金额：in yuan. ``capitals`` where it is written 壹万元; ``unit`` as written (元、万元)."""

    span: Span
    yuan: Decimal
    capitals: bool = False
    unit: str = "元"


@dataclass(frozen=True, slots=True)
class Item:
    """分项：one numbered claim (诉讼请求) or disposition (判项). ``number`` is 0 where the text gives none."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """证据：one piece of evidence named in the text; ``offered_by`` is None where the text does not say."""

    name: str
    span: Span
    offered_by: Role | None = None


@dataclass(frozen=True, slots=True)
class Signatory:
    """署名：审判长、审判员、人民陪审员、法官助理、书记员 and the name signed."""

    title: str
    name: str
    span: Span


class Untouchable(StrEnum):
    """受保护内容：what no rule may propose to change."""

    PERSON = "人名"
    ORGANISATION = "单位名称"
    CASE_NO = "案号"
    AMOUNT = "金额"
    DATE = "日期"
    IDENTITY = "证件号、账号、电话、车牌等号码"
    ADDRESS = "地址"


@dataclass(frozen=True, slots=True)
class Protected:
    """受保护位置。"""

    span: Span
    kind: Untouchable


@dataclass(frozen=True)
class Document:
    """文书：immutable; the same file always reads to an equal document."""

    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...] = ()  # one for each paragraph: the section it begins in
    stretches: tuple[Stretch, ...] = ()  # finer: every place of the body in exactly one, in order
    title: str = ""  # 民事判决书
    court: str = ""
    case_no: str = ""
    parties: tuple[Party, ...] = ()
    representatives: tuple[Representative, ...] = ()
    dates: tuple[WrittenDate, ...] = ()
    intervals: tuple[Interval, ...] = ()
    citations: tuple[Citation, ...] = ()
    amounts: tuple[Amount, ...] = ()
    claims: tuple[Item, ...] = ()  # 诉讼请求 or 上诉请求 of whoever opened this instance
    dispositions: tuple[Item, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    protected: tuple[Protected, ...] = ()  # in order, may overlap
    instrument: Instrument = Instrument.UNKNOWN
    matter: Matter = Matter.UNKNOWN
    instance: Instance = Instance.UNKNOWN
    track: Track = Track.UNKNOWN
    decided_on: date | None = None  # 落款日期
    facts_from: date | None = None  # earliest and latest day of a fact, where the text gives any
    facts_to: date | None = None
    is_judgment: bool = True  # False: no head, no disposition — only general rules apply
    issues: tuple[str, ...] = field(default=())  # what reading had to leave out, in Chinese, for the reader

    @property
    def is_first_judgment(self) -> bool:
        """一审判决书。"""
        return self.instrument is Instrument.JUDGMENT and self.instance is Instance.FIRST

    @property
    def decides_civil_claims(self) -> bool:
        """一审民事判决书，主文已认出：what was asked can be held against what was ordered."""
        return self.is_first_judgment and self.matter is Matter.CIVIL and bool(self.dispositions)

    def section_of(self, paragraph: int) -> Section:
        return self.sections[paragraph] if paragraph < len(self.sections) else Section.UNKNOWN

    def section_at(self, span: Span) -> Section:
        """所在节：the section of a place; unlike ``section_of`` it sees where a paragraph passes to another section."""
        before = bisect_right(self._stretch_starts, (span.paragraph, span.start)) - 1
        if before >= 0 and self.stretches[before].span.paragraph == span.paragraph:
            return self.stretches[before].section
        return self.section_of(span.paragraph)

    @cached_property
    def _stretch_starts(self) -> list[tuple[int, int]]:
        return [(stretch.span.paragraph, stretch.span.start) for stretch in self.stretches]

    def in_sections(self, *wanted: Section) -> Iterator[Paragraph]:
        for paragraph in self.paragraphs:
            if self.section_of(paragraph.index) in wanted:
                yield paragraph

    def stretches_in(self, *wanted: Section) -> Iterator[Stretch]:
        """各节段：for reading by place; a paragraph that passes from 理由 to 依据 yields a stretch of each."""
        for stretch in self.stretches:
            if stretch.section in wanted:
                yield stretch

    def paragraphs_reaching(self, *wanted: Section) -> Sequence[int]:
        """涉及这些节的段：numbers of the paragraphs that hold a place in one of these sections, in order."""
        if len(wanted) == 1:
            return self._reaching.get(wanted[0], ())
        return sorted({number for section in wanted for number in self._reaching.get(section, ())})

    @cached_property
    def _reaching(self) -> dict[Section, list[int]]:
        reached: defaultdict[Section, dict[int, None]] = defaultdict(dict)
        starts_inside = {stretch.span.paragraph for stretch in self.stretches if stretch.span.start == 0}
        for number in range(len(self.paragraphs)):
            if number not in starts_inside:  # what stands before the first stretch is in the paragraph's own section
                reached[self.section_of(number)][number] = None
        for stretch in self.stretches:
            reached[stretch.section][stretch.span.paragraph] = None
        return {section: sorted(numbers) for section, numbers in reached.items()}

    def paragraphs_holding(self, *words: str) -> Sequence[int]:
        """写有这些词之一的段：numbers of the paragraphs that hold one of the words, in order."""
        return sorted({number for word in words for number in self._whole.lines_holding(word)})

    def protected_in(self, paragraph: int) -> Sequence[Protected]:
        """一段里的受保护位置，in order."""
        return self._protected_by_paragraph.get(paragraph, ())

    @cached_property
    def _protected_by_paragraph(self) -> dict[int, list[Protected]]:
        places: defaultdict[int, list[Protected]] = defaultdict(list)
        for place in self.protected:
            places[place.span.paragraph].append(place)
        return places

    def court_speech(self) -> Iterator[Paragraph]:
        return self.in_sections(*COURT_SPEECH)

    def text_at(self, span: Span) -> str:
        return self.paragraphs[span.paragraph].text[span.start : span.end]

    @cached_property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs)

    @cached_property
    def lines(self) -> tuple[Folded, ...]:
        """折叠后的各段：what is matched on; see ``folding``."""
        return tuple(fold(p.text) for p in self.paragraphs)

    @property
    def words(self) -> str:
        """折叠后的全文。"""
        return self._whole.text

    @cached_property
    def _whole(self) -> Whole:
        return Whole(self.lines)
