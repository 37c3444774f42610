"""文档：links lead somewhere, commands and options exist, the guide quotes what the screens say."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

import pytest

from tianping.cli import words as cli_words
from tianping.cli.main import VERBS as CLI_VERBS
from tianping.config.commands import main as server

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "guide"
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
MOST_LINES = 130


def _papers() -> list[Path]:
    """Every paper a person reads; the cases beside the rules are test data."""
    kept = {"build", "dist", "node_modules", "var"}
    found = [p for p in ROOT.rglob("*.md") if not p.name.endswith(".cases.md")]
    inside = [p.relative_to(ROOT) for p in found]
    return sorted(ROOT / p for p in inside if p.parts[0] not in kept and not p.parts[0].startswith("."))


PAPERS = _papers()
GUIDE_PAGES = sorted(GUIDE.glob("*.md"))


def _id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _source() -> str:
    """What the program can say, with literals broken over two lines put together again."""
    files = [p for kind in ("*.py", "*.html") for p in sorted((ROOT / "src").rglob(kind)) if "tests" not in p.parts]
    text = "\n".join(p.read_text(encoding="utf-8") for p in files)
    return re.sub(r'"\s*\n\s*f?"', "", text)


# Links


def _dead_links(paper: Path, text: str) -> list[str]:
    targets = re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text))
    local = [t for t in targets if not re.match(r"[a-z]+:", t) and not t.startswith("#")]
    return [t for t in local if not (paper.parent / unquote(t.partition("#")[0])).exists()]


@pytest.mark.parametrize("paper", PAPERS, ids=_id)
def test_every_relative_link_leads_somewhere(paper: Path) -> None:
    assert _dead_links(paper, paper.read_text(encoding="utf-8")) == []


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "there.md").touch()
    text = "[a](there.md#part) [b](gone.md) [c](https://example.org) [d](#here)\n```\n[e](code.md)\n```\n"
    assert _dead_links(tmp_path / "page.md", text) == ["gone.md"]


def test_the_guide_lists_each_of_its_pages() -> None:
    index = (GUIDE / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in GUIDE_PAGES if p.name != "README.md" and f"({p.name})" not in index] == []
    assert len(GUIDE_PAGES) > 1


# Commands


def _code_lines(text: str) -> Iterator[str]:
    for block in FENCE.findall(text):
        yield from block.splitlines()[1:-1]
    yield from re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def _commands(text: str, program: str) -> list[list[str]]:
    """The command lines of a text: program left off, up to a comment or a redirection."""
    found = []
    for line in _code_lines(text):
        words = re.split(r"\s[>#|]|\s{2,}", line.strip().removeprefix("$ "))[0].split()
        if words and words[0] == program and len(words) > 1:
            found.append([word.strip("[]…") for word in words[1:]])
    return found


@cache
def _help(*words: str) -> str:
    """What ``tianping-server … --help`` prints, without leaving the test."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out), pytest.raises(SystemExit):
        server.main([*words, "--help"])
    return out.getvalue()


def _faults_of_server_command(words: list[str]) -> list[str]:
    verb, *rest = words
    if verb not in server.VERBS:
        return [f"没有动作 {verb}"]
    if not (Path(server.__file__).with_name(f"{verb.replace('import', 'import_')}.py")).is_file():
        return [f"动作 {verb} 没有模块"]
    options = [word.partition("=")[0] for word in rest if word.startswith("--")]
    below = [verb]
    if verb in ("account", "audit", "court") and rest and not rest[0].startswith("--"):
        if not re.search(rf"^\s+{re.escape(rest[0])}\b", _help(verb), re.MULTILINE):
            return [f"{verb} 没有 {rest[0]}"]
        below.append(rest[0])
    known = _help(*below) if options else ""
    return [f"{' '.join(below)} 没有 {option}" for option in options if option not in known]


def _faults_of_cli_command(words: list[str]) -> list[str]:
    verb = words[0]
    known = cli_words.HELP["zh"] + (import_module(CLI_VERBS[verb]).HELP["zh"] if verb in CLI_VERBS else "")
    faults = [] if verb.startswith("--") or f"tianping {verb} " in known else [f"没有命令 {verb}"]
    return faults + [f"没有选项 {word}" for word in words if word.startswith("--") and f"{word} " not in known]


@pytest.mark.parametrize("paper", PAPERS, ids=_id)
def test_every_command_and_option_named_exists(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    faults = [f for words in _commands(text, "tianping-server") for f in _faults_of_server_command(words)]
    faults += [f for words in _commands(text, "tianping") for f in _faults_of_cli_command(words)]
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for words in _commands(text, "make"):
        faults += [] if words[0] in targets else [f"没有 make {words[0]}"]
    assert faults == []


def test_an_invented_command_is_seen() -> None:
    text = "`tianping-server fly` `tianping-server audit burn` `tianping-server account add --nick x` `tianping look x`"
    server_faults = [f for words in _commands(text, "tianping-server") for f in _faults_of_server_command(words)]
    assert server_faults == ["没有动作 fly", "audit 没有 burn", "account add 没有 --nick"]
    assert [f for words in _commands(text, "tianping") for f in _faults_of_cli_command(words)] == ["没有命令 look"]


def test_the_environment_variables_of_the_guide_are_those_of_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = {v for p in GUIDE_PAGES for v in re.findall(r"TIANPING_[A-Z_]+", p.read_text(encoding="utf-8"))}
    assert named
    assert {v for v in named if f"\n{v}=" not in example} == set()


# Words

FORBIDDEN = re.compile(r"排名|第[\dX一二三四五六七八九十百]+名|积分|打卡|满意率\s*100\s*%")


def _forbidden(text: str, *, glossary: bool = False) -> list[str]:
    lines = text.splitlines()
    if glossary:  # its last column says what a thing is not called
        lines = [line.strip("|").rpartition("|")[0] if line.startswith("|") else line for line in lines]
    return [found for line in lines for found in FORBIDDEN.findall(line)]


@pytest.mark.parametrize("paper", PAPERS, ids=_id)
def test_nobody_is_ranked_in_words(paper: Path) -> None:
    assert _forbidden(paper.read_text(encoding="utf-8"), glossary=paper.name == "GLOSSARY.md") == []


def test_a_forbidden_word_is_seen() -> None:
    assert _forbidden("本月第 1 批\n全院第3名，满意率 100%") == ["第3名", "满意率 100%"]
    assert _forbidden("| 指标 | figure | 数 | 积分 |", glossary=True) == []
    assert _forbidden("| 积分 | points | 数 | 分 |", glossary=True) == ["积分"]


# The guide and the screens


def _labels(text: str) -> set[str]:
    """Quoted labels: short, in quotation marks, without a mark of punctuation of their own."""
    return {
        found for found in re.findall(r"“([^“”]{2,14})”", FENCE.sub("", text)) if not re.search(r"[，。；/.]", found)
    }


def _labels_on_no_screen(text: str) -> set[str]:
    written_by_hand = set(re.findall(r"写“([^“”]+)”", text))  # what the reader is asked to write
    return {label for label in _labels(text) - written_by_hand if label not in _source()}


@pytest.mark.parametrize("paper", GUIDE_PAGES, ids=_id)
def test_every_label_the_guide_quotes_stands_on_a_screen(paper: Path) -> None:
    assert _labels_on_no_screen(paper.read_text(encoding="utf-8")) == set()


def _said(text: str) -> Iterator[str]:
    """The first column of tables headed 「说的话」: what a screen or a command says when it refuses."""
    for table in re.findall(r"^\| 说的话 .*\n\|[-|]+\n((?:\|.*\n?)+)", text, re.MULTILINE):
        for row in table.splitlines():
            yield row.strip("|").partition("|")[0].strip()


def _never_said(text: str) -> list[str]:
    """Names, numbers and values stand between the fixed pieces of a refusal; the pieces must be the program's own."""
    pieces = [piece.strip("，（）") for said in _said(text) for piece in re.split(r"……|[：。]|\s*\d+\s*", said)]
    return [piece for piece in pieces if len(piece) >= 5 and piece not in _source()]


@pytest.mark.parametrize("paper", GUIDE_PAGES, ids=_id)
def test_every_refusal_the_guide_quotes_is_one_the_program_says(paper: Path) -> None:
    assert _never_said(paper.read_text(encoding="utf-8")) == []


def test_invented_labels_and_refusals_are_seen() -> None:
    assert _labels_on_no_screen("按“一键通过”，再按“销号”，写“随便什么”。") == {"一键通过"}
    table = "| 说的话 | 办法 |\n|---|---|\n| 期限……早于今天。 | 改 |\n| 您今天心情不好。 | 歇 |\n"
    assert _never_said(table) == ["您今天心情不好"]


@pytest.mark.parametrize("paper", GUIDE_PAGES, ids=_id)
def test_a_page_stays_short(paper: Path) -> None:
    assert len(paper.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
