"""`tianping-server account`：register people, set passwords, appoint, transfer, leave, list who holds what."""

from __future__ import annotations

import argparse
import sys

from tianping.config.commands.parsing import Parser, day

VERBS = {
    "add": "登记账号",
    "password": "设置口令",
    "appoint": "任职",
    "end": "免职",
    "transfer": "部门调动",
    "leave": "离院",
    "list": "列出账号及现任角色",
}


def main(words: list[str]) -> int:
    import django

    django.setup()
    from django.core.exceptions import ValidationError

    from tianping.config.commands.words import CannotDo, cannot, refuse
    from tianping.court.staffing.services import StaffingRefused
    from tianping.foundation.accounts.services import AccountRefused, AppointmentRefused

    options = _parser().parse_args(words)
    do = {"add": _add, "password": _password, "appoint": _appoint, "end": _end, "list": _list}
    try:
        return int((do | {"transfer": _transfer, "leave": _leave})[options.verb](options))
    except (ValidationError, AppointmentRefused, AccountRefused, StaffingRefused) as refusal:
        return refuse(refusal)
    except CannotDo as lack:
        return cannot(lack)


def _parser() -> Parser:
    from tianping.config.commands.words import role

    parser = Parser(prog="tianping-server account", description="账号与任职")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    each = {verb: verbs.add_parser(verb, help=help_text) for verb, help_text in VERBS.items()}
    for verb in ("add", "password", "appoint", "end", "transfer", "leave"):
        each[verb].add_argument("--staff-no", required=True, help="工号")
    each["add"].add_argument("--name", required=True, help="姓名")
    each["password"].add_argument("--stdin", action="store_true", help="从标准输入读一行作口令（供脚本用）")
    for verb in ("appoint", "end"):
        each[verb].add_argument("--role", required=True, type=role, help="角色，如 审管办")
        each[verb].add_argument("--organisation", required=True, help="法院或部门的代码")
    each["appoint"].add_argument("--since", type=day, help="自哪天起，默认今天")
    each["appoint"].add_argument("--until", type=day, help="至哪天止（含当天），默认不定期")
    each["end"].add_argument("--until", type=day, help="任到哪天（含当天），默认今天")
    each["transfer"].add_argument("--division", required=True, help="调入部门的代码")
    each["transfer"].add_argument("--title", required=True, help="调入后的职务，如 审判员")
    each["transfer"].add_argument("--since", type=day, help="自哪天起，默认今天；原部门到前一天止")
    each["leave"].add_argument("--last-day", required=True, type=day, help="在院末日（含当天），次日起不能登录")
    each["list"].add_argument("--court", help="只列这个法院（代码）的人")
    return parser


def _add(options: argparse.Namespace) -> int:
    from tianping.config.commands.actor import acting
    from tianping.foundation.accounts import services

    user = services.user_register(staff_no=options.staff_no, name=options.name, **acting())
    print(f"已登记 {user.name}（{user.staff_no}）。还没有口令，不能登录；设置用 account password。")
    return 0


def _password(options: argparse.Namespace) -> int:
    from tianping.config.commands.actor import acting
    from tianping.config.commands.words import person, refuse
    from tianping.foundation.accounts import services

    user = person(options.staff_no)
    if options.stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        import getpass

        password = getpass.getpass(f"{user.name} 的新口令：")
        if getpass.getpass("再输一次：") != password:
            return refuse("两次输入不同，口令没有改。请重来一次。")
    services.user_set_password(user=user, password=password, **acting())
    print(f"已设置 {user.name}（{user.staff_no}）的口令。")
    return 0


def _appoint(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from tianping.config.commands.actor import acting
    from tianping.config.commands.words import organisation, person
    from tianping.foundation.accounts import services

    user, branch = person(options.staff_no), organisation(options.organisation)
    since = options.since or timezone.localdate()
    services.appoint(user=user, role=options.role, organisation=branch, since=since, until=options.until, **acting())
    print(f"{user.name}自 {since} 起任{branch.name}{options.role.label}{_until(options.until)}。")
    return 0


def _end(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from tianping.config.commands.actor import acting
    from tianping.config.commands.words import CannotDo, organisation, person
    from tianping.foundation.accounts import services
    from tianping.foundation.accounts.models import Appointment

    user, branch = person(options.staff_no), organisation(options.organisation)
    until = options.until or timezone.localdate()
    held = Appointment.objects.in_force(until).filter(user=user, role=options.role, organisation=branch).first()
    if held is None:
        raise CannotDo(f"{user.name}在 {until} 没有任{branch.name}{options.role.label}。现任情况见 account list。")
    services.appointment_end(appointment=held, until=until, **acting())
    print(f"{user.name}任{branch.name}{options.role.label}至 {until} 止（含当天）。")
    return 0


def _transfer(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from tianping.config.commands.actor import acting
    from tianping.config.commands.words import organisation, person
    from tianping.court.staffing import services

    user, division = person(options.staff_no), organisation(options.division)
    since = options.since or timezone.localdate()
    services.transfer(person=user, division=division, title=options.title, since=since, **acting())
    print(f"{user.name}自 {since} 起调入{division.name}任{options.title}；原部门的职务和任职到前一天止。")
    return 0


def _leave(options: argparse.Namespace) -> int:
    from tianping.config.commands.actor import acting
    from tianping.config.commands.words import person
    from tianping.court.staffing import services

    user = person(options.staff_no)
    services.leave(person=user, last_day=options.last_day, **acting())
    print(f"{user.name}离院已登记，在院末日 {options.last_day}；次日起不能登录。")
    return 0


def _list(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from tianping.config.commands.words import organisation
    from tianping.foundation.accounts.models import Appointment, User
    from tianping.foundation.accounts.roles import Role

    at = timezone.now()
    people = User.objects.all()
    in_force = Appointment.objects.in_force(timezone.localdate()).select_related("organisation")
    if options.court:
        court = organisation(options.court)
        people = people.filter(appointments__organisation__path__startswith=court.path).distinct()
    roles: dict[int, list[str]] = {}
    for one in in_force.filter(user__in=people):
        roles.setdefault(one.user_id, []).append(f"{one.organisation.name}{Role(one.role).label}{_until(one.until)}")
    for user in people:
        able = "停用" if not user.is_active else "已离院" if user.has_left(at) else ""
        able = able or ("可登录" if user.has_usable_password() else "未设口令")
        print(f"{user.staff_no}\t{user.name}\t{able}\t{'、'.join(roles.get(user.pk, [])) or '现无任职'}")
    return 0


def _until(until: object) -> str:
    return f"（至 {until}）" if until else ""
