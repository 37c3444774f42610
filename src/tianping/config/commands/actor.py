"""命令行的经手人：the commands act as the system, and the chain says which user of the machine ran them."""

from __future__ import annotations

import getpass
import os
from dataclasses import replace
from datetime import datetime
from typing import TypedDict

from django.utils import timezone

from tianping.foundation.accounts.viewer import Viewer, system

ORIGIN_MOST = 60  # 审计记录“来源”一栏的字数


class Acting(TypedDict):
    """经手：who and when, as every service asks for them."""

    by: Viewer
    at: datetime


def acting() -> Acting:
    """此刻由命令行经手。"""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        name = str(os.getuid())
    now = timezone.now()
    by = replace(system("命令行", on=timezone.localdate(now)), origin=f"命令行 {name}"[:ORIGIN_MOST])
    return {"by": by, "at": now}
