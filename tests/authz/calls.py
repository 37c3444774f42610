"""走查的请求：how each address is asked, and with what it would be done by somebody who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.utils import timezone

from tests.authz.world import CASE_TABLE, DUTIES, FINDINGS, IMPORTS, PLACES, Place

Data = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """一次请求：``url`` as named in the resolver, ``act`` what it is about (a stage, a move), on records of a kind."""

    url: str
    act: str
    method: str
    args: Callable[[Place], list[Any]] | None = None
    data: Callable[[Place], Data] | None = None
    anywhere: bool = False  # the address names no record of a place

    @property
    def places(self) -> tuple[str, ...]:
        return ("own", "division", "court") if self.args and not self.anywhere else ("-",)


def _on(kind: str, *more: Any) -> Callable[[Place], list[Any]]:
    return lambda place: [place.id(kind), *more]


def _both(url: str, args: Callable[[Place], list[Any]] | None = None, act: str = "") -> list[Call]:
    return [Call(url, act, "GET", args), Call(url, act, "POST", args)]


def _file(name: str, content: bytes) -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def _with(move: str, **said: Any) -> Callable[[Place], Data]:
    """The form of a move, with its prefix; a callable is asked of the place."""
    return lambda place: {f"{move}-{k}": v(place) if callable(v) else v for k, v in said.items()}


ASSIGN = {
    "owner": lambda place: place.owner.public_id,
    "verifier": lambda place: place.verifier.public_id,
    "due_on": date(2099, 1, 1),
    "causes": ["care"],
    "measures": ["correction"],
    "task": "更正。",
    "criterion": "不再出现。",
    "watch_days": 90,
}
REASON = {"reason": "理由如此。"}
FINDING_MOVES = {  # move: (stage it is tried in, what is said)
    "answer": ("answering", {"stance": "admits"}),
    "verify": ("answered", REASON),
    "dismiss": ("answered", REASON),
    "clear_relapse": ("relapsed", REASON),
    "void": ("answered", REASON),
}
DUTY_MOVES: dict[str, tuple[str, Data]] = {
    "assign": ("planning", ASSIGN),
    "submit": ("open", {"report": "已更正。"}),
    "ask_postponement": ("open", {"until": date(2099, 1, 1), **REASON}),
    "grant_postponement": ("asked", REASON),
    "refuse_postponement": ("asked", REASON),
    "hand_over": ("open", {"owner": lambda place: place.other_owner.public_id, **REASON}),
    "change_verifier": ("submitted", {"verifier": lambda place: place.other_verifier.public_id, **REASON}),
    "return": ("submitted", REASON),
    "close": ("submitted", REASON),
    "void": ("open", REASON),
}
DRAFT = "民事判决书\n原告：罗青山。\n经审理查明：方若水将款项存入其帐户。\n"


LOCAL_VALUE = {"value": "120", "basis": "院务会决定", "since": date(2099, 1, 1)}
HOLIDAYS = {"court": "LJ", "year": "2026", "step": "try"}
NOTICE = "日期,安排,节日\n{}".format(
    "".join(f"2026-{day},放假,假日\n" for day in ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03"))
).encode()


def _case_table(court: str) -> Callable[[Place], Data]:
    return lambda _: {"court": court, "source": "案件系统", "file": _file("案件.csv", CASE_TABLE.encode())}


def _columns(place: Place) -> Data:
    """对应列的表单，as the system guessed them."""
    found = place.records["import received"]
    return {f"column_{number}": found.columns[header] for number, header in enumerate(found.headers)}


def _importing() -> list[Call]:
    """导入向导。"""
    received, tried, written = (f"import {stage}" for stage in IMPORTS)
    url, partly = "court:import_move", {"only_valid": "yes"}
    return [
        *_both("court:import"),
        Call("court:import", "own court", "POST", None, _case_table("LJ")),
        Call("court:import", "other court", "POST", None, _case_table("WS")),
        *[Call("court:import_one", stage, "GET", _on(f"import {stage}")) for stage in IMPORTS],
        Call("court:import_one", "received", "POST", _on(received)),
        Call("court:import_refused", "none refused", "GET", _on(received)),
        Call("court:import_refused", "some refused", "GET", _on(tried)),
        Call("court:import_refused", "some refused", "POST", _on(tried)),
        Call(url, "try", "GET", _on(received, "try")),
        Call(url, "try", "POST", _on(received, "try"), _columns),
        Call(url, "try no columns", "POST", _on(received, "try")),
        Call(url, "write", "POST", _on(tried, "write"), lambda _: partly),
        Call(url, "write refused rows", "POST", _on(tried, "write")),
        Call(url, "write untried", "POST", _on(received, "write"), lambda _: partly),
        Call(url, "undo", "POST", _on(written, "undo")),
        Call(url, "drop", "POST", _on(received, "drop")),
        Call(url, "drop written", "POST", _on(written, "drop")),
        Call(url, "no such move", "POST", _on(received, "expire")),
    ]


STOCK = {"year": "2023", "kind": "all", "newly_accepted": "100", "closed": "90", "pending": "30", "source": "统计年报"}
STOCK_TABLE = "年度,案件类别,新收,结案,年末未结,来源\n2022,合计,90,80,20,统计年报\n"


def _stock_table(court: str) -> Callable[[Place], Data]:
    return lambda _: {"file-court": court, "file-file": _file("存量.csv", STOCK_TABLE.encode())}


def _yearly() -> list[Call]:
    """年度存量。"""
    return [
        *_both("yearly:list"),
        *_both("yearly:one", lambda place: [PLACES[place.name][0].partition("-")[0], 2021, "all"]),
        Call("yearly:enter", "", "GET"),
        Call("yearly:enter", "own court", "POST", None, _with("enter", court="LJ", **STOCK)),
        Call("yearly:enter", "other court", "POST", None, _with("enter", court="WS", **STOCK)),
        Call("yearly:take", "", "GET"),
        Call("yearly:take", "own court", "POST", None, _stock_table("LJ")),
        Call("yearly:take", "other court", "POST", None, _stock_table("WS")),
    ]


def _decision(move: str) -> Callable[[Place], Data]:
    return lambda place: {f"{place.id('value')}-{move}-reason": "理由如此。"}


def _register_remark(place: Place) -> Data:
    return {"verdict": "register", "subject": place.subject.public_id, "grounds": "与首部不一致。"}


def _figure(place: Place) -> list[Any]:
    """受理案件，of the division of the place."""
    return ["caseload.accepted", PLACES[place.name][0], "2026-01-01--2026-10-31", "all"]


def _counted(code: str) -> Callable[[Place], list[Any]]:
    """文书质量统计的一个数，of the division of the place."""
    return lambda place: [code, PLACES[place.name][0], "2026-01-01--2026-12-31"]


def _person(*more: Any) -> Callable[[Place], list[Any]]:
    return lambda place: [place.subject.public_id, *more]


def _administration() -> list[Call]:
    """三员和本人的账号：no records of the loop; people of the own court and of another."""
    appoint = {"role": "teacher", "organisation": "LJ", "since": date(2026, 12, 1)}
    transfer = {"division": "LJ-SG", "title": "干部", "since": date(2026, 12, 1)}
    return [
        *_both("accounts:code"),
        *_both("accounts:password"),
        *_both("accounts:second_factor"),
        *_both("accounts:people"),
        *_both("accounts:person_new"),
        *_both("accounts:person", _person()),
        Call("accounts:person_move", "deactivate", "GET", _person("deactivate")),
        Call("accounts:person_move", "no such move", "POST", _person("promote")),
        Call("accounts:person_move", "deactivate", "POST", _person("deactivate"), _with("deactivate", **REASON)),
        Call("accounts:person_move", "ask_reset", "POST", _person("ask_reset"), _with("ask_reset", **REASON)),
        *_both("accounts:resets"),
        *_both("accounts:reset", _on("reset")),
        Call("accounts:reset_move", "approve", "GET", _on("reset", "approve")),
        Call("accounts:reset_move", "approve", "POST", _on("reset", "approve")),
        Call("accounts:reset_move", "decline", "POST", _on("reset", "decline"), _with("decline", **REASON)),
        Call("accounts:reset_move", "no such move", "POST", _on("reset", "burn")),
        *_both("accounts:offices"),
        *_both("accounts:office_holder", _person()),
        Call("accounts:office_move", "appoint", "GET", _person("appoint")),
        Call("accounts:office_move", "appoint", "POST", _person("appoint"), _with("appoint", **appoint)),
        Call("accounts:office_move", "no such move", "POST", _person("promote")),
        *_both("accounts:rules"),
        *_both("accounts:locks"),
        *_both("accounts:lock_lift"),
        *_both("staffing:person", _person()),
        Call("staffing:move", "transfer", "GET", _person("transfer")),
        Call("staffing:move", "transfer", "POST", _person("transfer"), _with("transfer", **transfer)),
        Call("staffing:move", "leave", "POST", _person("leave"), _with("leave", last_day=date(2026, 12, 1))),
        Call("staffing:move", "no such move", "POST", _person("promote")),
        *_both("audit:chain"),
        Call("audit:entry", "", "GET", lambda _: [1], anywhere=True),
        Call("audit:entry", "", "POST", lambda _: [1], anywhere=True),
        *_both("audit:verify"),
        *_both("audit:heads"),
        Call("audit:head", "", "GET", lambda place: ["2000-01-01"]),
        Call("audit:head", "", "POST", lambda place: ["2000-01-01"]),
    ]


def calls() -> list[Call]:
    remark = _on("review", 1)
    return [
        *_both("login"),
        *_both("logout"),
        *_both("web:home"),
        *_both("web:loop"),
        *_both("web:admin"),
        *_both("jobs:list"),
        *_both("jobs:operations"),
        *_both("jobs:detail", _on("job")),
        Call("jobs:move", "cancel", "GET", _on("job", "cancel")),
        *[Call("jobs:move", move, "POST", _on("job", move)) for move in ("cancel", "retry", "no-such-move")],
        *_administration(),
        *_both("court:cases"),
        *_both("court:case", _on("case")),
        *_importing(),
        *_yearly(),
        *_both("register:list"),
        *[Call("register:detail", s, "GET", _on(f"evidence {s}")) for s in ("answering", "closed", "relapse")],
        Call("register:detail", "closed", "POST", _on("evidence closed")),
        Call("register:void", "", "GET", _on("evidence answering")),
        Call("register:void", "", "POST", _on("evidence answering"), lambda _: REASON),
        *_both("documents:issued"),
        *_both("documents:take"),
        *_both("documents:document", _on("issued")),
        *_both("documents:file", _on("issued")),
        Call("documents:assign", "", "GET", _on("issued")),
        Call("documents:assign", "", "POST", _on("issued"), lambda p: {"reviewer": p.other_reviewer.public_id}),
        *_both("documents:reviews"),
        *_both("documents:review", _on("review")),
        Call("documents:remark", "register", "GET", remark),
        Call("documents:remark", "register", "POST", remark, _register_remark),
        Call("documents:remark", "pass_over", "POST", remark, lambda _: {"verdict": "pass_over", **REASON}),
        Call("documents:finish", "settled", "GET", _on("review settled")),
        Call("documents:finish", "settled", "POST", _on("review settled")),
        Call("documents:finish", "unsettled", "POST", _on("review")),
        Call("documents:void", "", "GET", _on("review")),
        Call("documents:void", "", "POST", _on("review"), lambda _: REASON),
        *_both("documents:statistics"),
        *_both("documents:counted", _counted("documents.reviewed"), "documents"),
        Call("documents:counted", "remarks of too few judges", "GET", _counted("documents.remarks")),
        Call("documents:own_check", "", "GET"),
        Call("documents:own_check", "", "POST", None, lambda _: {"file": _file("草稿.txt", DRAFT.encode())}),
        *_both("findings:list"),
        *[Call("findings:detail", s, "GET", _on(f"finding {s}")) for s in FINDINGS],
        Call("findings:detail", "verified", "POST", _on("finding verified")),
        Call("findings:move", "answer", "GET", _on("finding answering", "answer")),
        Call("findings:move", "no such move", "POST", _on("finding answering", "approve")),
        *[
            Call("findings:move", move, "POST", _on(f"finding {stage}", move), _with(move, **said))
            for move, (stage, said) in FINDING_MOVES.items()
        ],
        Call(
            "findings:move", "verify by_office", "POST", _on("finding by_office", "verify"), _with("verify", **REASON)
        ),
        *_both("remedy:list"),
        *[Call("remedy:detail", s, "GET", _on(f"duty {s}")) for s in DUTIES],
        Call("remedy:detail", "open", "POST", _on("duty open")),
        Call("remedy:move", "submit", "GET", _on("duty open", "submit")),
        Call("remedy:move", "no such move", "POST", _on("duty open", "approve")),
        *[
            Call("remedy:move", move, "POST", _on(f"duty {stage}", move), _with(move, **said))
            for move, (stage, said) in DUTY_MOVES.items()
        ],
        *_both("remedy:proof", _on("proof")),
        *_both("remedy:ledger"),
        *_both("remedy:ledger_export"),
        *_both("parameters:list"),
        Call("parameters:set", "", "GET", lambda _: ["remedy.watch_days"], anywhere=True),
        Call("parameters:set", "", "POST", lambda _: ["remedy.watch_days"], lambda _: LOCAL_VALUE, anywhere=True),
        Call("parameters:holidays", "", "GET"),
        Call("parameters:holidays", "try", "POST", None, lambda _: {**HOLIDAYS, "file": _file("放假.csv", NOTICE)}),
        Call("parameters:decide", "approve", "GET", _on("value", "approve")),
        Call("parameters:decide", "no such move", "POST", _on("value", "edit")),
        *[
            Call("parameters:decide", move, "POST", _on("value", move), _decision(move))
            for move in ("approve", "decline", "withdraw")
        ],
        *_both("search:results"),
        *_both("tokens:list"),
        Call("tokens:create", "", "GET"),
        Call("tokens:create", "", "POST", None, lambda _: {"name": "日报表", "expires_on": timezone.localdate()}),
        Call("tokens:create", "too long", "POST", None, lambda _: {"name": "日报表", "expires_on": date(2099, 1, 1)}),
        *_both("tokens:revoke", _on("token")),
        *_both("api_docs"),
        *_both("openapi"),
        *_both("reports:caseload"),
        *_both("reports:mine"),
        *_both("reports:figures"),
        *_both("reports:figure", _figure),
        *_both("reports:take", _figure),
        *_both("reports:snapshot", _on("snapshot")),
    ]
