"""`tianping-server court`：set up a court and its divisions, and list them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tianping.config.commands.parsing import Parser

if TYPE_CHECKING:
    from tianping.foundation.accounts.models import Organisation


def main(words: list[str]) -> int:
    parser = Parser(prog="tianping-server court", description="设立法院和部门")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    opening = verbs.add_parser("open", help="设立法院；写了上级法院的，设立的是它的部门")
    opening.add_argument("--name", required=True, help="全称，如 江州市临江区人民法院")
    opening.add_argument("--code", required=True, help="代码，全系统唯一，如 LJ 或 LJ-M1")
    opening.add_argument("--parent", help="上级的代码")
    opening.add_argument("--province", action="store_true", help="设立的是省一级，其下再设法院")
    divisions = verbs.add_parser("divisions", help="列出部门；给出 名称=代码 的，先设立再列出")
    divisions.add_argument("--court", required=True, help="法院代码")
    divisions.add_argument("new", nargs="*", metavar="名称=代码", help="如 民事审判第一庭=LJ-M1")
    options = parser.parse_args(words)

    import django

    django.setup()
    from django.core.exceptions import ValidationError

    from tianping.config.commands.words import CannotDo, cannot, refuse

    try:
        return _open(options) if options.verb == "open" else _divisions(options)
    except ValidationError as refusal:
        return refuse(refusal)
    except CannotDo as lack:
        return cannot(lack)


def _open(options: argparse.Namespace) -> int:
    from tianping.config.commands.words import organisation
    from tianping.foundation.accounts.models import OrganisationKind

    parent = organisation(options.parent) if options.parent else None
    if options.province:
        kind = OrganisationKind.PROVINCE
    elif parent is None or parent.kind == OrganisationKind.PROVINCE:
        kind = OrganisationKind.COURT
    else:
        kind = OrganisationKind.DIVISION
    opened = _opened(options.name, options.code, kind, parent)
    print(f"已设立{kind.label}：{opened.name}（{opened.code}）。")
    return 0


def _divisions(options: argparse.Namespace) -> int:
    from django.db import transaction

    from tianping.config.commands.words import CannotDo, organisation
    from tianping.foundation.accounts.models import Organisation, OrganisationKind

    court = organisation(options.court)
    with transaction.atomic():  # all of them or none
        for word in options.new:
            name, mark, code = word.partition("=")
            if not (name and mark and code):
                raise CannotDo(f"“{word}”应写作 名称=代码，如 民事审判第一庭=LJ-M1。")
            _opened(name, code, OrganisationKind.DIVISION, court)
    held = Organisation.objects.filter(path__startswith=court.path, kind=OrganisationKind.DIVISION)
    for division in held:
        print(f"{division.code}\t{division.name}")
    if not held:
        print(f"{court.name}还没有部门。设立：tianping-server court divisions --court {court.code} 民事审判第一庭=代码")
    return 0


def _opened(name: str, code: str, kind: str, parent: Organisation | None) -> Organisation:
    from tianping.config.commands.actor import acting
    from tianping.court.services import organisation_open

    return organisation_open(name=name, code=code, kind=kind, parent=parent, **acting())
