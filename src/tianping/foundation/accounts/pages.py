"""账号的页面部件：the registers and record pages of the system and security administrators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from tianping.foundation.accounts import locks, resets, second_factor, selectors
from tianping.foundation.accounts.forms import AppointForm, EndForm, ReasonForm
from tianping.foundation.accounts.models import Appointment, PasswordReset, User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.services import AccountRefused
from tianping.foundation.accounts.states import LABELS, MOVES, ROLES, State
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.moves import MoveRefused, moves_from
from tianping.foundation.pages import Column, Filter, NotMine, Register, Shown

REFUSALS = (AccountRefused, MoveRefused)
HOME = {"label": "首页", "url": "/"}
TRAIL_PEOPLE = [HOME, {"label": "人员与账号", "url": "/accounts/people/"}]
NO_OFFICE = {"missing": "现无任职"}
RESET_KINDS = {
    State.REQUESTED: "waiting",
    State.APPROVED: "done",
    State.DECLINED: "neutral",
    State.WITHDRAWN: "neutral",
    State.LAPSED: "neutral",
}
OFFICE_MOVES = ("appoint", "end", "remove_second_factor")
Tried = tuple[str, Any]


def account_state(user: User, at: datetime) -> tuple[str, str]:
    """账号状态：word and colour."""
    if not user.is_active:
        return "已停用", "neutral"
    if user.has_left(at):
        return f"已于 {user.last_day} 离院", "neutral"
    if not user.has_usable_password():
        return "未设口令", "waiting"
    if user.password_until is not None and at > user.password_until:
        return "一次性口令已过期", "waiting"
    if user.password_by_other:
        return "待本人改口令", "waiting"
    return "可登录", "done"


def _badge(user: User, at: datetime) -> dict[str, Any]:
    word, kind = account_state(user, at)
    return {"state": {"word": word, "kind": kind}}


def people(viewer: Viewer, at: datetime) -> Register[User]:
    """人员与账号：names and accounts; what offices they hold is the security administrator's page."""
    return Register(
        title="人员与账号",
        purpose="登记账号、停用恢复、申请重设口令。任职由安全管理员办理；两边都看不到业务内容。",
        queryset=selectors.person_list(viewer),
        columns=[
            Column(
                "姓名",
                lambda u: {"text": u.name, "url": reverse("accounts:person", args=[u.public_id])},
                lambda u: u.name,
            ),
            Column("工号", lambda u: u.staff_no, lambda u: u.staff_no),
            Column("账号", lambda u: _badge(u, at), lambda u: account_state(u, at)[0]),
            Column("最近登录", lambda u: u.last_login or {"missing": "从未登录"}, lambda u: u.last_login),
            Column("在院末日", lambda u: u.last_day or {"missing": "在院"}, lambda u: u.last_day),
        ],
        unit="人",
        definition="本院有过任职的人，和还没有任何任职的人",
        empty={"what": "这里列出本院的人员和账号。", "how": "逐个登记，或在服务器上导入人员表。"},
        filters=[
            Filter("active", "在用", lambda found: found.filter(is_active=True)),
            Filter("inactive", "已停用", lambda found: found.filter(is_active=False)),
            Filter("other", "待本人改口令", lambda found: found.filter(password_by_other=True)),
            Filter("never", "从未登录", lambda found: found.filter(last_login__isnull=True)),
        ],
        find=selectors.person_find,
        find_label="按姓名、工号、部门查找",
        action={"label": "登记账号", "url": reverse("accounts:person_new"), "icon": "user-plus"},
    )


def person(viewer: Viewer, user: User, at: datetime, tried: Tried | None = None) -> dict[str, Any]:
    """一个账号：for the system administrator."""
    word, kind = account_state(user, at)
    pending = resets.reset_list(viewer).filter(user=user).first()
    facts: list[dict[str, Any]] = [
        {"term": "工号", "value": user.staff_no},
        {"term": "最近登录", "value": user.last_login or {"missing": "从未登录"}},
        {"term": "第二验证", "value": "已启用" if second_factor.in_use(user) else {"missing": "没有启用"}},
        {"term": "在院末日", "value": user.last_day or {"missing": "在院"}},
    ]
    if pending:
        link = {"text": LABELS[State(pending.state)], "url": reverse("accounts:reset", args=[pending.public_id])}
        facts.append({"term": "最近一次重设申请", "value": link})
    mine = viewer.user_id == user.pk
    moves: list[Any] = []
    if mine:
        why = "不能办理自己的账号。"
        moves = [NotMine(label, "另一位系统管理员", why) for label in ("停用账号", "申请重设口令")]
    else:
        verbs = PERSON_MOVES_ACTIVE if user.is_active else PERSON_MOVES_INACTIVE
        for code, label, consequence, undo, colour in verbs:
            form = tried[1] if tried and tried[0] == code else ReasonForm(prefix=code)
            url = reverse("accounts:person_move", args=[user.public_id, code])
            moves.append(Shown(code, label, url, form, consequence, undo, kind=colour))
    return {
        "title": user.name,
        "purpose": "一个账号的状态。任职、部门调动和离院由安全管理员办理。",
        "breadcrumb": [*TRAIL_PEOPLE, {"label": user.name}],
        "state": {"word": word, "kind": kind},
        "facts": facts,
        "moves": moves,
        "data_time": at,
    }


PERSON_MOVES_ACTIVE = (
    (
        "ask_reset",
        "申请重设口令",
        "申请交安全管理员批准；批准后旧口令、已有的登录和接口令牌作废，一次性口令交批准人转交本人。",
        "批准之前可以撤回。",
        "primary",
    ),
    ("deactivate", "停用账号", "本人随即不能登录，已登录的失效；任职和承办的事项不变。", "可以再恢复。", "danger"),
)
PERSON_MOVES_INACTIVE = (("activate", "恢复账号", "本人可以用原来的口令登录。", "可以再停用。", "primary"),)


def reset_register(viewer: Viewer, at: datetime) -> Register[PasswordReset]:
    """重设申请。"""
    return Register(
        title="口令重设",
        purpose="系统管理员申请、安全管理员批准，两个人办；24 小时内有效。每一步记入审计链。",
        queryset=resets.reset_list(viewer),
        columns=[
            Column(
                "账号",
                lambda r: {"text": r.user.name, "url": reverse("accounts:reset", args=[r.public_id])},
                lambda r: r.user.name,
            ),
            Column("工号", lambda r: r.user.staff_no, lambda r: r.user.staff_no),
            Column("状态", lambda r: {"state": _reset_state(r, at)}, lambda r: _reset_state(r, at)["word"]),
            Column("理由", lambda r: r.reason, lambda r: r.reason),
            Column("申请人", lambda r: r.requested_by.name, lambda r: r.requested_by.name),
            Column("申请时间", lambda r: r.requested_at, lambda r: r.requested_at),
            Column(
                "决定人",
                lambda r: r.decided_by.name if r.decided_by else {"missing": "尚未决定"},
                lambda r: r.decided_by.name if r.decided_by else None,
            ),
        ],
        unit="件",
        definition="您所在法院人员的重设申请",
        empty={"what": "这里列出重设口令的申请。", "how": "系统管理员在“人员与账号”里对某一账号提出。"},
        filters=[
            Filter("requested", "待批准", lambda found: found.filter(state=State.REQUESTED, expires_at__gt=at)),
            Filter("approved", "已批准", lambda found: found.filter(state=State.APPROVED)),
        ],
    )


def _reset_state(reset: PasswordReset, at: datetime) -> dict[str, str]:
    state = State(reset.state)
    if state == State.REQUESTED and reset.expires_at <= at:
        state = State.LAPSED
    return {"word": LABELS[state], "kind": RESET_KINDS[state]}


def reset(viewer: Viewer, found: PasswordReset, at: datetime) -> dict[str, Any]:
    """一项申请：both administrators read it; each may take only their own moves."""
    mine = resets.roles_of(found, viewer)
    moves: list[Any] = []
    if _reset_state(found, at)["word"] == LABELS[State.REQUESTED]:
        for move in moves_from(MOVES, State(found.state)):
            if move.role == "system":
                continue
            if move.role not in mine:
                why = "您不是申请人。" if move.role == "requester" else "申请人和账号本人不能批准。"
                moves.append(NotMine(move.label, ROLES[move.role], why))
                continue
            consequence, undo, colour = RESET_WORDS[move.name]
            form = ReasonForm(prefix="decline") if move.name == "decline" else None
            url = reverse("accounts:reset_move", args=[found.public_id, move.name])
            moves.append(Shown(move.name, move.label, url, form, consequence, undo, kind=colour))
    timeline = [{"at": found.requested_at, "who": found.requested_by.name, "what": "申请重设", "note": found.reason}]
    if found.decided_at:
        who = found.decided_by.name if found.decided_by else found.requested_by.name
        timeline.append(
            {"at": found.decided_at, "who": who, "what": LABELS[State(found.state)], "note": found.decision_reason}
        )
    return {
        "title": f"重设{found.user.name}的口令",
        "purpose": "核对理由和本人身份后再批准；一次性口令只显示一次，当面交给本人。",
        "breadcrumb": [HOME, {"label": "口令重设", "url": reverse("accounts:resets")}, {"label": found.user.name}],
        "state": _reset_state(found, at),
        "facts": [
            {"term": "账号", "value": f"{found.user.name}（{found.user.staff_no}）"},
            {"term": "申请人", "value": found.requested_by.name},
            {"term": "申请有效至", "value": found.expires_at},
            {"term": "理由", "value": found.reason, "wide": True},
        ],
        "timeline": timeline,
        "moves": moves,
        "data_time": at,
    }


RESET_WORDS = {
    "approve": (
        "旧口令作废，已有的登录和接口令牌全部失效；下一页显示一次性口令，只显示这一次，24 小时内有效。",
        "不能撤销；可以再申请一次。",
        "primary",
    ),
    "decline": ("口令不变。", "可以另行申请。", "danger"),
    "withdraw": ("口令不变，申请作废。", "可以另行申请。", "danger"),
}


def reset_approved(found: PasswordReset, password: str) -> dict[str, Any]:
    """一次性口令：on this one page."""
    return {
        "title": "一次性口令",
        "purpose": f"{found.user.name}（{found.user.staff_no}）的新口令，只显示这一次，离开本页后谁也看不到。",
        "breadcrumb": [HOME, {"label": "口令重设", "url": reverse("accounts:resets")}, {"label": "一次性口令"}],
        "password": password,
        "until": found.user.password_until,
        "user": {"name": found.user.name, "staff_no": found.user.staff_no},
    }


def _words(held: list[Appointment]) -> str:
    return "、".join(f"{one.organisation.name}{Role(one.role).label}" for one in held)


def offices(viewer: Viewer) -> Register[User]:
    """任职：by person; by organisation through the search box, by role through the chips."""
    found = selectors.person_list(viewer)
    held: dict[int, list[Appointment]] = {}

    def of(user: User) -> list[Appointment]:
        if not held:  # asked once, when the first row is drawn
            held.update(selectors.offices(viewer, viewer.on))
        return held.get(user.pk, [])

    return Register(
        title="任职",
        purpose="谁在何处任何角色；任命、免去、调动和离院。三员须由不同的人担任，也不兼任业务角色。",
        queryset=found,
        columns=[
            Column(
                "姓名",
                lambda u: {"text": u.name, "url": reverse("accounts:office_holder", args=[u.public_id])},
                lambda u: u.name,
            ),
            Column("工号", lambda u: u.staff_no, lambda u: u.staff_no),
            Column("现任", lambda u: _words(of(u)) or NO_OFFICE, lambda u: _words(of(u)) or None),
            Column("在院末日", lambda u: u.last_day or {"missing": "在院"}, lambda u: u.last_day),
        ],
        unit="人",
        definition="本院有过任职的人，和还没有任何任职的人",
        empty={"what": "这里列出各人现任的角色。", "how": "人员由系统管理员登记或导入后出现。"},
        filters=[
            Filter("none", "现无任职", lambda people: selectors.holding_none(people, viewer.on)),
            *(_holding(role, viewer) for role in Role),
        ],
        find=selectors.person_find,
        find_label="按姓名、工号、部门查找",
    )


def _holding(role: Role, viewer: Viewer) -> Filter[User]:
    return Filter(role.value, role.label, lambda people: selectors.holding(people, role, viewer.on))


def office_holder(viewer: Viewer, user: User, tried: Tried | None = None) -> dict[str, Any]:
    """一个人的任职。"""
    history = selectors.appointments_of(viewer, user)
    mine = viewer.user_id == user.pk
    moves: list[Any] = []
    if mine:
        moves = [NotMine(label, "另一位安全管理员", "不能任免自己。") for label in ("任职", "免职")]
    else:
        forms: Mapping[str, Any] = {
            "appoint": AppointForm(
                prefix="appoint", organisations=selectors.organisations(viewer), initial={"since": viewer.on}
            ),
            "end": EndForm(
                prefix="end", appointments=selectors.appointments_open(viewer, user, viewer.on), on=viewer.on
            ),
            "remove_second_factor": ReasonForm(prefix="remove_second_factor"),
        }
        offered = ["appoint"]
        offered += ["end"] if forms["end"].known else []
        offered += ["remove_second_factor"] if second_factor.in_use(user) else []
        for code in offered:
            label, consequence, undo, colour = OFFICE_WORDS[code]
            form = tried[1] if tried and tried[0] == code else forms[code]
            url = reverse("accounts:office_move", args=[user.public_id, code])
            moves.append(Shown(code, label, url, form, consequence, undo, kind=colour))
    return {
        "title": user.name,
        "purpose": "一个人的任职。只定谁能看哪里，看不到其办理的任何内容。",
        "breadcrumb": [HOME, {"label": "任职", "url": reverse("accounts:offices")}, {"label": user.name}],
        "facts": [
            {"term": "工号", "value": user.staff_no},
            {"term": "账号", "value": "在用" if user.is_active else "已停用"},
            {"term": "第二验证", "value": "已启用" if second_factor.in_use(user) else {"missing": "没有启用"}},
            {"term": "在院末日", "value": user.last_day or {"missing": "在院"}},
        ],
        "timeline": [
            {
                "at": one.since,
                "what": f"{one.organisation.name}·{Role(one.role).label}",
                "note": f"至 {one.until}（含当天）" if one.until else "至今",
            }
            for one in history
        ],
        "moves": moves,
        "staffing_url": None if mine else _staffing(user),
    }


def _staffing(user: User) -> str | None:
    """调动、离院：of the stage that knows posts and divisions; this one only knows where its page stands."""
    try:
        return reverse("staffing:person", args=[user.public_id])
    except NoReverseMatch:
        return None


OFFICE_WORDS = {
    "appoint": ("任职", "从该日起，此人看得到这一角色在该处能看的记录。", "可以再免去。", "primary"),
    "end": ("免职", "过了该日，此人不再看得到这一角色能看的记录。", "不能撤销；可以重新任职。", "danger"),
    "remove_second_factor": (
        "解除第二验证",
        "此人下次登录只用口令；角色要求第二验证的，须先重新启用。",
        "不能撤销，本人可以重新启用。",
        "danger",
    ),
}


def lock_page(viewer: Viewer, at: datetime) -> dict[str, Any]:
    """现有锁定。"""
    found = locks.lock_list(viewer, at)
    return {
        "title": "登录锁定",
        "purpose": "同一工号从同一地址连续 5 次没有登录成功（改口令、办第二验证时输错的也算），"
        "锁定 15 分钟；到时自动解除，也可以提前解除。",
        "breadcrumb": [HOME, {"label": "登录锁定"}],
        "locks": found,
        "lift_url": reverse("accounts:lock_lift"),
        "data_time": at,
        "empty": {"what": "这里列出现在锁着的登录。", "how": "有人连续 5 次没有登录成功后出现。现在没有。"},
    }
