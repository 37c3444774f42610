"""文件：which files a command line means, and how they are named in the output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tianping.text.document.reading import KINDS
from tianping.text.lint.file import copy_of, is_copy


@dataclass(frozen=True, slots=True)
class Found:
    """一个文件, or why a path gave none (``fault``). ``shown`` is its name in every output."""

    path: Path
    shown: str
    fault: str | None = None


def files(given: Sequence[str]) -> list[Found]:
    """Files as given, folders walked in the order of names. A file meant twice is checked once."""
    found: dict[Path, Found] = {}
    for name in given:
        path = Path(name)
        for item in _walk(path) if path.is_dir() else [Found(path, shown(path))]:
            found.setdefault(item.path.absolute(), item)
    return list(found.values())


def _walk(folder: Path) -> Iterator[Found]:
    paths = judgment_files(folder)
    if not paths:
        yield Found(
            folder, shown(folder), f"目录“{shown(folder)}”里没有能检查的文件（{' '.join(KINDS)}），请核对路径。"
        )
    for path in paths:
        yield Found(path, shown(path))


def judgment_files(folder: Path) -> list[Path]:
    """文书文件, below folders too, in the order of names; without the copies we wrote beside them."""
    paths = sorted(path for path in folder.rglob("*") if _is_judgment_file(folder, path))
    written = {copy_of(path) for path in paths}
    return [path for path in paths if not (is_copy(path) and path in written)]


def _is_judgment_file(folder: Path, path: Path) -> bool:
    """Hidden files and Word's own lock files (~$判决书.docx) are nobody's judgment."""
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return not hidden and path.suffix.lower() in KINDS and path.is_file()


def shown(path: Path) -> str:
    """显示的路径：never absolute where it lies under the working folder, so that output does not tell the machine."""
    if path.is_absolute():
        with suppress(ValueError):
            path = path.relative_to(Path.cwd())
    return "".join(character if character.isprintable() else "\ufffd" for character in path.as_posix())
