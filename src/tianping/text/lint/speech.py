"""谁的话：whether a place is the court's own words, or those of a party, a witness, an exhibit.

First discipline of the rule catalogue: what stands in quotation marks, in an exhibit (借条、聊天记录、合同) or in
somebody's statement is reproduced as it was and is never corrected.
"""

from __future__ import annotations

from functools import lru_cache

from tianping.text.document.model import COURT_SPEECH, Document, Section, Span
from tianping.text.lint.places import around
from tianping.text.regex import regex

WRITTEN_BY_THE_COURT = COURT_SPEECH | {
    Section.TITLE,
    Section.CASENO,
    Section.PARTY,
    Section.ORIGIN,
    Section.LATE,
    Section.SIGN,
    Section.DATE,
    Section.CLERK,
}
_NEVER_RECOUNTS = WRITTEN_BY_THE_COURT - {Section.FACT, Section.REASON, Section.ORIGIN}
"""依据、主文、首部、尾部：here nobody else's words are retold, except in quotation marks."""

IN_QUOTES = "引号内"
IN_TITLE = "书名号内"
IN_EXHIBIT = "书证原文"
IN_STATEMENT = "当事人或证人陈述"
IN_EVIDENCE = "证据名称或证据内容"
NOT_THE_COURT = "不在法院话部分"

_CLOSING = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", '"': '"'}
_MARKS = regex('[“”‘’「」『』《》"]')

_EXHIBIT = regex(
    r"(?:借条|欠条|收条|借据|收据|欠据|合同|协议|承诺书|保证书|遗嘱|聊天记录|短信|微信|邮件|信件|账单|帐单|流水|单据|凭证|"
    r"发票|清单|笔记|日记|纸条|字据|声明|公告|通知|照片|存折|回单|台账|账本|帐本|账簿|记录)[^。！？]{0,40}?"
    r"(?:载明|记载|内容[为是：:]|写明|写有|载有|显示|注明|约定(?![，的])|写道|原文|表述为|载称)"
)
_ACCORDING_TO = regex(r"(?:按照|依照|依据|根据|违反|履行)[^，。；]{0,12}$")
_SPEAKER = (
    r"(?:原告|被告人?|第三人|上诉人|被上诉人|原审[原被]告人?|申请人|被申请人|公诉机关|检察院|公诉人|辩护人|代理人|证人|"
    r"被害人|受害人|同案犯|同案人|鉴定人|自诉人|被害单位)"
)
_SAID = (
    r"[^，。；：:！？]{0,24}?(?:供述(?!自己|其|了|上述|所犯|犯罪|同案)|证言|陈述|辩解|供称|诉称|辩称|述称|自称|声称|反映|"
    r"笔录|称(?=[，：:])|证实"
)
_STATEMENT = regex(_SPEAKER + _SAID + "|指控|证明|提出|认为|主张)")
_TESTIMONY = regex(r"[（(]?[\d一二三四五六七八九十]{0,3}[）)．.、]?" + _SPEAKER + _SAID + ")")
_COURT_RESUMES = regex(r"本院|查明|成立|采纳|予以|属实")
_EVIDENCE_ITEM = regex(
    r"^[（(]?[\d一二三四五六七八九十]{1,3}[）)．.、，][^\n]*?(?:证实|证明|证言|供述|笔录|反映|复印件|照片)"
)
_EVIDENCE_LIST = regex(r"(?:上述|以上)(?:指控)?的?(?:犯罪)?事实[^。\n]*$|(?:书证|物证|证据)[：:（(][^。\n]*$")
_SENTENCE_ENDS = "。！？\n"
FAR_ENOUGH = 400  # characters looked back: who speaks is said nearer, and a sentence may have no end at all


def others_words(document: Document, span: Span, *, titles: bool = True) -> str | None:
    """他人的话：why a place is not the court's own words; None where it is.

    With ``titles`` off, standing in 《》 says nothing: the place is itself the title of a statute.
    """
    if document.is_judgment and document.section_at(span) not in WRITTEN_BY_THE_COURT:
        return NOT_THE_COURT
    text, start, end = around(document, span)
    if marked := quoted_by(text, start, end, titles=titles):
        return marked
    sentence = text[max(sentence_start(text, start), start - FAR_ENOUGH) : start]
    exhibit = _EXHIBIT.search(sentence)
    if exhibit and not _ACCORDING_TO.search(sentence, 0, exhibit.start()):
        return IN_EXHIBIT
    if document.section_at(span) is Section.FACT and (_is_evidence_item(text) or _EVIDENCE_LIST.search(sentence)):
        return IN_EVIDENCE
    if document.section_at(span) in _NEVER_RECOUNTS:
        return None
    statement = _STATEMENT.search(sentence)
    if statement and not _COURT_RESUMES.search(sentence, statement.end()):
        return IN_STATEMENT
    # A paragraph of the findings that opens with whose testimony it is stays testimony over many sentences, until the
    # court takes the word again (……证言属实，本院予以采纳).
    opening = _TESTIMONY.match(text) if document.section_at(span) is Section.FACT else None
    if opening and opening.end() <= start:
        return None if _COURT_RESUMES.search(text, max(opening.end(), start - 5 * FAR_ENOUGH), start) else IN_STATEMENT
    return None


@lru_cache(maxsize=256)
def _is_evidence_item(text: str) -> bool:
    return bool(_EVIDENCE_ITEM.match(text))


def sentence_start(text: str, at: int) -> int:
    """Where the sentence around ``at`` begins."""
    return max(text.rfind(mark, 0, at) for mark in _SENTENCE_ENDS) + 1


def quoted_by(text: str, start: int, end: int, *, titles: bool = True) -> str | None:
    """引号、书名号：whether ``start``–``end`` stands in quotation marks or, unless ``titles`` is off, in 《》."""
    quotes, books = quoted(text)
    if end > start and 0 not in quotes[start:end]:
        return IN_QUOTES
    return IN_TITLE if titles and end > start and 0 not in books[start:end] else None


@lru_cache(maxsize=1024)
def quoted(text: str) -> tuple[bytes, bytes]:
    """Two masks of the text: 1 where a character stands in quotation marks, 1 where it stands in 《》.

    A quotation may run over paragraphs: an opening mark that never closes holds the rest of its paragraph, and a first
    mark that closes what was never opened holds the beginning.
    """
    quotes, books = bytearray(len(text)), bytearray(len(text))
    open_marks: list[tuple[str, int]] = []
    untouched = True
    for mark in _MARKS.finditer(text):
        character, at = mark[0], mark.start()
        closes = open_marks and _CLOSING[open_marks[-1][0]] == character
        if closes:
            opening, began = open_marks.pop()
            _paint(books if opening == "《" else quotes, began + 1, at)
        elif character in _CLOSING:
            open_marks.append((character, at))
        elif untouched:
            _paint(books if character == "》" else quotes, 0, at)
        untouched = False
    for is_title in (True, False):
        unclosed = [began for opening, began in open_marks if (opening == "《") is is_title]
        if unclosed:
            _paint(books if is_title else quotes, unclosed[0] + 1, len(text))
    return bytes(quotes), bytes(books)


def _paint(mask: bytearray, start: int, end: int) -> None:
    mask[start:end] = b"\x01" * (end - start)
