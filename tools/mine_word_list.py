"""挖掘错词表：proposes wrong forms for CHR001 from the training text; a person decides on each.

    python tools/mine_word_list.py CORPUS strange           places in the text where one character is strange
    python tools/mine_word_list.py CORPUS alike WORDS       like-sounding forms of the words in a file, that never occur
    python tools/mine_word_list.py CORPUS check             counts of the shipped list that no longer agree; exit 1

CORPUS holds the ``*.txt.zst`` files. Proposals are printed as wrong, right, times wrong, times right, example, parted
by tabs. Only counts are kept of them, never the text: the example is for the reviewer.

strange: one character is rare beside both its neighbours, and another, of like sound or in a context that takes
nothing else, often stands there. The place is cut to the shortest word whose wrong form occurs in no other way.

alike: a form that never occurs is not yet a form that cannot occur: 提供诉讼 holds 供诉. So a form is proposed only
where no word ends before, or none begins after, the place at which it could be two words that meet.
"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rjieba
import zstandard
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

LIST = Path(__file__).resolve().parent.parent / "src/tianping/text/lint/rules/characters/misspelt_legal_word.tsv"
KINDS = ("statute", "judgment", "commentary", "mixed", "qa")
COUNTED = ("statute", "judgment")
"""正词频次 is counted in public texts only."""
ALPHABET = 4095  # twelve bits a character, so that five fit into one integer
PAIR_IS_RARE = 12
CONTEXT_LIKE_SOUND = 8
CONTEXT_ANY = 40
RIGHT_IS_FREQUENT = 60
LONGEST = 6
USUAL_CHARACTERS = 2200
WORDS_MEET = 150  # a character that ends, or begins, fewer words than this of eleven million does not meet another

Codes = NDArray[np.int64]
Table = tuple[Codes, Codes]
"""N-grams as sorted integers, and how often each occurs."""
Proposal = tuple[str, str, int, int, str]

HAN = re.compile("[\u4e00-\u9fff]+")
_MERGED = ((re.compile(r"^(z|c|s)h"), r"\1"), (re.compile(r"^l"), "n"), (re.compile(r"ng$"), "n"))


def sentences(corpus: Path, kind: str) -> str:
    """One file of the corpus as text, without the lines that name its sources."""
    with (corpus / f"{kind}.txt.zst").open("rb") as raw:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8")
        return "".join(line for line in lines if not line.startswith("# source: "))


def sound(character: str) -> str:
    """读音：without tone, with the pairs merged that speakers and input methods mix (zh/z, ng/n, l/n)."""
    syllable = lazy_pinyin(character)[0]
    for pattern, merged in _MERGED:
        syllable = pattern.sub(merged, syllable)
    return syllable


class Corpus:
    """语料：the text as numbers, and tables of its n-grams."""

    def __init__(self, text: str) -> None:
        self.text = text
        common = [c for c, _ in Counter(text).most_common(6000) if HAN.match(c)][:ALPHABET]
        self.characters = ["", *common]
        number = np.zeros(0x110000, dtype=np.int64)
        number[[ord(c) for c in common]] = np.arange(1, len(common) + 1)
        self.numbers: Codes = number[np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)]
        sounds = {one: place for place, one in enumerate(sorted({sound(c) for c in common}), 1)}
        self.sounds = np.array([0, *(sounds[sound(c)] for c in common)])

    def grams(self, offsets: tuple[int, ...], at: Codes | None = None) -> Codes:
        """The characters at ``offsets`` from each place as one integer; 0 where one of them is no Chinese character."""
        places = np.arange(len(self.numbers)) if at is None else at
        code = np.zeros(len(places), dtype=np.int64)
        whole = np.ones(len(places), dtype=bool)
        for offset in offsets:
            characters = self.numbers[np.clip(places + offset, 0, len(self.numbers) - 1)]
            whole &= characters > 0
            code = code << 12 | characters
        return np.where(whole, code, 0)

    def table(self, offsets: tuple[int, ...]) -> Table:
        return np.unique(self.grams(offsets), return_counts=True)


def times(table: Table, codes: Codes) -> Codes:
    """How often each n-gram occurs."""
    keys, counts = table
    at = np.clip(np.searchsorted(keys, codes), 0, len(keys) - 1)
    return np.where((keys[at] == codes) & (codes > 0), counts[at], 0)


WINDOWS = ((-2, -1, 1, 2), (-3, -2, -1, 1), (-1, 1, 2, 3), (-4, -3, -2, -1), (1, 2, 3, 4), (-2, -1, 1), (-1, 1, 2))


def strange_places(corpus: Corpus) -> Iterator[tuple[int, str]]:
    """(place, the character that should stand there)."""
    pairs = corpus.table((0, 1))
    before, after = corpus.grams((-1, 0)), corpus.grams((0, 1))
    rare = (times(pairs, before) <= PAIR_IS_RARE) & (times(pairs, after) <= PAIR_IS_RARE)
    places = np.flatnonzero(rare & ((before > 0) | (after > 0)) & (corpus.numbers > 0))
    best: dict[int, tuple[int, int]] = {}
    for window in WINDOWS:
        keys, counts = np.unique(corpus.grams((*window, 0)), return_counts=True)
        frequent = (counts >= CONTEXT_LIKE_SOUND) & (keys > 0)
        keys, counts = keys[frequent], counts[frequent]
        contexts = keys >> 12
        asked = corpus.grams(window, places)
        low, high = np.searchsorted(contexts, asked), np.searchsorted(contexts, asked, side="right")
        for place, first, last in zip(places[high > low], low[high > low], high[high > low], strict=True):
            here = corpus.numbers[place]
            for row in range(first, last):
                there, count = int(keys[row] & 4095), int(counts[row])
                alike = corpus.sounds[here] == corpus.sounds[there]
                if there != here and count >= (CONTEXT_LIKE_SOUND if alike else CONTEXT_ANY):
                    weight = count * (20 if alike else 1)
                    best[int(place)] = max(best.get(int(place), (0, 0)), (weight, there))
    for place in sorted(best):
        yield place, corpus.characters[best[place][1]]


def around(corpus: Corpus, place: int, right: str) -> Iterator[tuple[str, str]]:
    """(wrong, right) from the word at the place outwards, the shortest first."""
    start, end = max(place - 5, 0), min(place + 6, len(corpus.text))
    line_start = corpus.text.rfind("\n", start, place) + 1 or start
    line_end = corpus.text.find("\n", place, end)
    line_end = end if line_end < 0 else line_end
    fixed = corpus.text[line_start:place] + right + corpus.text[place + 1 : line_end]
    cuts = cuts_of(fixed)
    own = place - line_start
    here = next(i for i, (a, b) in enumerate(cuts) if a <= own < b)
    for left, after in ((0, 0), (1, 0), (0, 1), (1, 1)):
        if here - left < 0 or here + after >= len(cuts):
            continue
        a, b = cuts[here - left][0], cuts[here + after][1]
        correct = fixed[a:b]
        if 2 <= b - a <= LONGEST and HAN.fullmatch(correct):
            yield correct[: own - a] + corpus.text[place] + correct[own - a + 1 :], correct


def cuts_of(text: str) -> list[tuple[int, int]]:
    """分词：where each word begins and ends."""
    cuts, at = [], 0
    for word in rjieba.cut(text):
        cuts.append((at, at + len(word)))
        at += len(word)
    return cuts


def strange(text: str, public: str) -> Iterator[Proposal]:
    """Wrong forms that occur, and only as errors."""
    corpus = Corpus(text)
    explained: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], str] = {}
    chains: set[tuple[tuple[str, str], ...]] = set()
    for place, right in strange_places(corpus):
        forms = tuple(around(corpus, place, right))
        chains.add(forms)
        for form in forms:
            explained[form] += 1
            example.setdefault(form, text[max(place - 12, 0) : place + 12].replace("\n", "／"))
    wrong_times = occurrences(text, {wrong for chain in chains for wrong, _ in chain})
    right_times = occurrences(public, {right for chain in chains for _, right in chain})
    chosen: set[tuple[str, str]] = set()
    for chain in chains:
        for wrong, right in chain:
            only_an_error = wrong_times[wrong] <= explained[wrong, right] * 1.1
            if only_an_error and right_times[right] >= max(RIGHT_IS_FREQUENT, 40 * wrong_times[wrong]):
                chosen.add((wrong, right))
                break
    for wrong, right in sorted(chosen):
        yield wrong, right, wrong_times[wrong], right_times[right], example[wrong, right]


def alike(text: str, public: str, words: list[str]) -> Iterator[Proposal]:
    """Like-sounding forms that never occur and cannot come about where two words meet."""
    by_sound: defaultdict[str, list[str]] = defaultdict(list)
    for character, _ in Counter(text).most_common(USUAL_CHARACTERS):
        if HAN.match(character):
            by_sound[lazy_pinyin(character)[0]].append(character)
    right_times = occurrences(public, set(words))
    forms = {
        word[:at] + other + word[at + 1 :]: word
        for word in words
        if right_times[word] >= RIGHT_IS_FREQUENT
        for at, spoken in enumerate(lazy_pinyin(word))
        for other in by_sound[spoken]
        if other != word[at]
    }
    occurring = occurrences(text, set(forms))
    ends, begins = Counter[str](), Counter[str]()
    for line in text.split("\n"):
        for word in rjieba.cut(line):
            ends[word[-1]] += 1
            begins[word[0]] += 1
    for wrong, right in sorted(forms.items()):
        apart = all(
            ends[wrong[at - 1]] < WORDS_MEET or begins[wrong[at]] < WORDS_MEET
            for at in range(1, len(wrong))
            if wrong[at - 1] != right[at - 1] or wrong[at] != right[at]
        )
        if not occurring[wrong] and apart:
            yield wrong, right, 0, right_times[right], ""


def occurrences(text: str, words: set[str]) -> Counter[str]:
    """How often each word occurs, overlaps counted."""
    found: Counter[str] = Counter()
    by_length = defaultdict(set)
    for word in words:
        by_length[len(word)].add(word)
    for length, group in by_length.items():
        for start in range(len(text) - length + 1):
            piece = text[start : start + length]
            if piece in group:
                found[piece] += 1
    return found


def stale(public: str) -> Iterator[str]:
    """Lines of the shipped list whose third column is not what the corpus counts."""
    rows = [line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines()]
    counted = occurrences(public, {right for _, right, _ in rows})
    for wrong, right, count in rows:
        if counted[right] != int(count):
            yield f"{wrong}\t{right}\t{count} → {counted[right]}"


def main(arguments: list[str]) -> int:
    if len(arguments) < 2 or arguments[1] not in ("strange", "alike", "check"):
        print(__doc__, file=sys.stderr)
        return 2
    texts = {kind: sentences(Path(arguments[0]), kind) for kind in KINDS}
    public, text = "\n".join(texts[kind] for kind in COUNTED), "\n".join(texts.values())
    if arguments[1] == "check":
        lines = list(stale(public))
        print("\n".join(lines))
        return 1 if lines else 0
    words = Path(arguments[2]).read_text(encoding="utf-8").split() if arguments[1] == "alike" else []
    for proposal in alike(text, public, words) if words else strange(text, public):
        print(*proposal, sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
