"""make check：runs every check, then lists what failed. `make fix` repairs what can be repaired."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

# Written as a pattern so that this file does not contain what it looks for.
REGISTRIES = re.compile(
    r"(pypi|pythonhosted|npmjs|npmmirror|yarnpkg|unpkg|jsdelivr|cloudflare|tuna\.tsinghua|aliyun|huaweicloud|ustc)"
    r"\.(org|com|net|edu\.cn)",
    re.IGNORECASE,
)
TEXTS = {".py", ".md", ".toml", ".lock", ".json", ".txt", ".yaml", ".yml", ".html", ".css", ".js", ".npmrc", ".cfg", ""}
DJANGO = {"DJANGO_SETTINGS_MODULE": "tests.settings"}


def command(*words: str, **environment: str) -> Callable[[], str]:
    """A check that is a program: what it said, where it failed; nothing, where all is well."""

    def run() -> str:
        done = subprocess.run(
            [str(BIN / words[0]), *words[1:]],
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return "" if done.returncode == 0 else (done.stdout + done.stderr).strip() or f"退出码 {done.returncode}"

    return run


def files() -> list[Path]:
    """What is, or is about to be, committed; in an unpacked archive, whatever is not built."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]
    built = {".venv", "build", "node_modules", "__pycache__", "var"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not built & set(path.relative_to(ROOT).parts)]


def registries() -> str:
    found = []
    for path in files():
        if path.suffix not in TEXTS:
            continue
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
            if REGISTRIES.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    return "\n".join(found)


def migration_names() -> str:
    """A migration says what it does; Django's own `auto` names do not."""
    unnamed = [p for p in (ROOT / "src").glob("**/migrations/[0-9]*.py") if re.search(r"_auto(_|\.|\d)", p.name)]
    return "\n".join(f"{path.relative_to(ROOT)}：请改成说明内容的名称" for path in unnamed)


def own_texts() -> str:
    """What we tell a court passes the rules we hold its judgments to; the rules' own counter-examples apart."""
    from tianping import law
    from tianping.text import lint
    from tianping.text.document import from_text

    found = []
    for path in files():
        name = str(path.relative_to(ROOT))
        if path.suffix not in (".md", ".html") or name.startswith("docs/rules/") or name.endswith(".cases.md"):
            continue
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            text = re.sub(r"{[%{].*?[%}]}", "甲", re.sub(r"<[^>]*>|{#.*?#}", "", text))  # what is put in stands there
        if not re.search("[一-鿿]", text):
            continue
        remarks = lint.check(from_text(text), law=law.shipped())
        found += [f"{name}：{remark.code} {remark.message}" for remark in remarks]
    return "\n".join(found)


CHECKS: dict[str, Callable[[], str]] = {
    "格式 ruff format": command("ruff", "format", "--check", "."),
    "写法 ruff check": command("ruff", "check", "."),
    "类型 mypy --strict": command("mypy", "src"),
    "依赖方向 lint-imports": command("lint-imports", "--no-logo"),
    "迁移齐全 makemigrations": command("python", "-m", "django", "makemigrations", "--check", "--dry-run", **DJANGO),
    "迁移有名": migration_names,
    "生成的文档未走样": command("python", "tools/generate_docs.py", "--check"),
    "没有软件源地址": registries,
    "我们自己的文字过自己的规则": own_texts,
}


def main() -> int:
    failed = []
    for name, check in CHECKS.items():
        begun = time.monotonic()
        said = check()
        print(f"{'未过' if said else '通过'}  {name}（{time.monotonic() - begun:.1f} 秒）", flush=True)
        if said:
            failed.append(name)
            print("\n".join(f"      {line}" for line in said.splitlines()), flush=True)
    print(f"{len(CHECKS) - len(failed)}/{len(CHECKS)} 项通过" + (f"；未过：{'、'.join(failed)}" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
