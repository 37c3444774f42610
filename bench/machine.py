"""测在什么机器上：what a figure was measured on, printed with it."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any


def machine() -> dict[str, Any]:
    """``load`` is that of the last minute when asked: of a busy machine only processor time is worth quoting."""
    model = ""
    if (cpu := Path("/proc/cpuinfo")).exists():
        model = next((line.split(":")[1].strip() for line in cpu.open() if line.startswith("model name")), "")
    return {
        "processor": model or platform.machine(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "system": platform.system(),
    }
