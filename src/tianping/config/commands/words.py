"""命令行的字：what several verbs read and say alike. A refusal is a sentence on stderr, exit 1; 「没法办」 exits 2."""

from __future__ import annotations

import argparse
import sys

from django.core.exceptions import ValidationError

from tianping.config.commands.parsing import cannot as cannot
from tianping.foundation.accounts.models import Organisation, User
from tianping.foundation.accounts.roles import LABELS, Role


class CannotDo(Exception):
    """没法办：what was named does not exist, or what is needed is not there. Exit 2."""


def role(text: str) -> Role:
    """角色：by its code or by its Chinese name."""
    by_label = {label: role for role, label in LABELS.items()}
    try:
        return by_label.get(text) or Role(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"没有“{text}”这个角色；可写：{'、'.join(by_label)}") from None


def organisation(code: str) -> Organisation:
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        known = "、".join(Organisation.objects.values_list("code", flat=True)[:20]) or "还没有任何组织"
        raise CannotDo(f"没有代码为 {code} 的组织（现有：{known}）。设立用 tianping-server court open。")
    return found


def person(staff_no: str) -> User:
    found = User.objects.filter(staff_no=staff_no).first()
    if found is None:
        raise CannotDo(f"没有登记工号 {staff_no}。登记用 tianping-server account add 或 import people。")
    return found


def refuse(why: Exception | str) -> int:
    words = "".join(why.messages) if isinstance(why, ValidationError) else str(why)
    print(f"未办成：{words}", file=sys.stderr)
    return 1
