"""接口 /api/v1：what a program may ask with a person's token — the same selectors, the same services, the same sight.

Deny by default holds here too: every operation asks for the token first, and a token opens what its person's pages do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.params.functions import Path, Query
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

from tianping.config import api_figures as figures
from tianping.config import api_schemas as out
from tianping.config.api_problems import NOT_READ, NOT_THERE, UNKNOWN, Problem, invalid, refused, unusable
from tianping.court import selectors as court
from tianping.evidence.documents import selectors as documents
from tianping.evidence.register import selectors as register
from tianping.findings import selectors as findings
from tianping.findings import services as findings_services
from tianping.findings.models import Finding, Stance
from tianping.foundation.accounts.access import address_of, public
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.keys import key_page
from tianping.foundation.moves import MoveRefused
from tianping.foundation.search import selectors as search
from tianping.foundation.tokens.bearer import TokenUnusable, bearer
from tianping.remedy import selectors as remedy
from tianping.remedy import services as remedy_services
from tianping.remedy.models import Duty
from tianping.web import overview
from tianping.web.views import OVERSEEING

M = TypeVar("M", bound=Model)
ID = r"^[A-Za-z0-9_-]{12}$"
MOST = 200
READ: dict[int, Any] = {401: Problem, 409: Problem, 422: Problem}
ONE: dict[int, Any] = {**READ, 404: Problem}
WRITE: dict[int, Any] = {**ONE, 400: Problem}


class Bearer(HttpBearer):
    """令牌：the viewer a token stands for, or the reason why it opens nothing."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer:
        return bearer(token, at=timezone.now(), address=address_of(request))


class Readable(JSONRenderer):
    """Chinese as it is written, so that an answer can be read in a terminal."""

    json_dumps_params: dict[str, Any] = {"ensure_ascii": False}


api = NinjaAPI(
    title="天平接口",
    version="1",
    description="凭个人令牌读取您能看到的数据，并以您的名义办理少数几步。",
    auth=Bearer(),
    renderer=Readable(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


def urls() -> tuple[list[URLPattern | URLResolver], str, str]:
    """地址：of all operations the token decides, not the session; the root itself answers nobody."""
    patterns, app, space = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = public(pattern.callback)
    return patterns, app, space


def _say(request: HttpRequest, problem: Problem, status: int) -> HttpResponse:
    answer = api.create_response(request, problem.model_dump(), status=status)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, fault: Any) -> HttpResponse:
    return _say(request, UNKNOWN, 401)


@api.exception_handler(TokenUnusable)
def _unusable(request: HttpRequest, why: Any) -> HttpResponse:
    return _say(request, unusable(why.reason, why.way_out), 401)


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, fault: Any) -> HttpResponse:
    return _say(request, NOT_THERE, 404)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, fault: Any) -> HttpResponse:
    return _say(request, invalid(fault.errors), 422)


@api.exception_handler(HttpError)
@api.exception_handler(RequestDataTooBig)
def _not_read(request: HttpRequest, fault: Any) -> HttpResponse:
    return _say(request, NOT_READ, 400)


class Refused(Exception):
    """拒绝：the request is as described, and yet by the rules it cannot be done now."""

    def __init__(self, place: str, words: str) -> None:
        self.problem = refused(place, words)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, fault: Any) -> HttpResponse:
    return _say(request, fault.problem, 409)


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    return viewer


AFTER: Any = Query("", pattern=r"^([A-Za-z0-9_-]{12})?$", description="上一页的 next；不写则从最新的起")
SIZE: Any = Query(50, ge=1, le=MOST, description="一页多少条")
STATE: Any = Query(None, description="状态；问题是您所知的状态")
CLOSED: Any = Query(None, description="是否已结")
WORDS: Any = Query(..., min_length=1, max_length=100, pattern=out.VISIBLE, description="查找词，空格分开的都须有")
KIND: Any = Query("case", description="哪一类记录")
FIGURE: Any = Path(..., pattern=figures.CODE, description="口径代码，如 caseload.accepted")
SINCE: Any = Query(..., description="期间首日")
UNTIL: Any = Query(..., description="期间末日，含当日")
SCOPE: Any = Query("", pattern=figures.SCOPE, description="法院或部门的代码，me 为本人承办的；不写则为您任职的范围")
FIGURE_KIND: Any = Query("all", description="案件类别，all 为全部")
PUBLIC_ID: Any = Path(..., pattern=ID, description="记录的公开编号")


def _page(
    records: QuerySet[M], after: str, size: int, show: Callable[[M], T], branches: Sequence[QuerySet[M]] = ()
) -> dict[str, Any]:
    if after and not records.filter(public_id=after).exists():
        raise Refused("参数 after", "此前取到的那一条已不在清单中。请不带 after 从头取。")
    page = key_page(records, branches=branches, after=after, size=size)
    return {"items": [show(row) for row in page.rows], "next": page.next}


T = TypeVar("T")


@api.get("/cases", response={200: out.Page[out.CaseOut], **READ}, summary="案件清单", operation_id="cases")
def cases(
    request: HttpRequest,
    after: str = AFTER,
    size: int = SIZE,
    closed: bool | None = CLOSED,
) -> Any:
    viewer = _viewer(request)
    asked = [court.case_list(viewer), *court.case_branches(viewer)]
    if closed is not None:
        asked = [one.filter(closed_on__isnull=not closed) for one in asked]
    return _page(asked[0], after, size, out.CaseOut.of, asked[1:])


@api.get("/cases/{public_id}", response={200: out.CaseOut, **ONE}, summary="一件案件", operation_id="case")
def case(request: HttpRequest, public_id: str = PUBLIC_ID) -> Any:
    return out.CaseOut.of(court.case_visible(_viewer(request), public_id))


@api.get("/evidence", response={200: out.Page[out.EvidenceOut], **READ}, summary="证据清单", operation_id="evidence")
def evidence(
    request: HttpRequest,
    after: str = AFTER,
    size: int = SIZE,
    state: out.EvidenceStates | None = STATE,
) -> Any:
    found = register.evidence_list(_viewer(request))
    return _page(found.filter(state=state) if state else found, after, size, out.EvidenceOut.of)


@api.get(
    "/evidence/{public_id}", response={200: out.EvidenceOut, **ONE}, summary="一份证据", operation_id="evidence_one"
)
def evidence_one(request: HttpRequest, public_id: str = PUBLIC_ID) -> Any:
    return out.EvidenceOut.of(register.evidence_visible(_viewer(request), public_id))


@api.get(
    "/documents", response={200: out.Page[out.DocumentOut], **READ}, summary="已发文书清单", operation_id="documents"
)
def issued(request: HttpRequest, after: str = AFTER, size: int = SIZE) -> Any:
    return _page(documents.issued_list(_viewer(request)), after, size, out.DocumentOut.of)


@api.get(
    "/documents/{public_id}", response={200: out.DocumentOut, **ONE}, summary="一份已发文书", operation_id="document"
)
def issued_one(request: HttpRequest, public_id: str = PUBLIC_ID) -> Any:
    return out.DocumentOut.of(documents.issued_visible(_viewer(request), public_id))


@api.get("/findings", response={200: out.Page[out.FindingOut], **READ}, summary="问题清单", operation_id="findings")
def finding_list(
    request: HttpRequest,
    after: str = AFTER,
    size: int = SIZE,
    state: out.FindingStates | None = STATE,
) -> Any:
    viewer = _viewer(request)
    found = findings.in_state(viewer, state) if state else findings.finding_list(viewer)
    return _page(found, after, size, lambda one: out.FindingOut(**out.FindingOut.facts(viewer, one)))


def _finding(viewer: Viewer, finding: Finding) -> out.FindingDetail:
    return out.FindingDetail(
        **out.FindingOut.facts(viewer, finding),
        steps=out.steps_of(findings.steps(viewer, finding)),
        moves=out.moves_of(findings.offers(viewer, finding)),
    )


@api.get("/findings/{public_id}", response={200: out.FindingDetail, **ONE}, summary="一项问题", operation_id="finding")
def finding(request: HttpRequest, public_id: str = PUBLIC_ID) -> Any:
    viewer = _viewer(request)
    return _finding(viewer, findings.finding_visible(viewer, public_id))


@api.post(
    "/findings/{public_id}/answer",
    response={200: out.FindingDetail, **WRITE},
    summary="答复问题（责任人本人）",
    operation_id="finding_answer",
)
def finding_answer(request: HttpRequest, said: out.AnswerIn, public_id: str = PUBLIC_ID) -> Any:
    viewer = _viewer(request)
    found = findings.finding_visible(viewer, public_id)
    try:
        findings_services.finding_answer(
            finding_id=found.pk, stance=Stance(said.stance), text=said.text, by=viewer, at=timezone.now()
        )
    except (findings_services.FindingRefused, MoveRefused) as refusal:
        raise Refused(f"问题 {found.number}", str(refusal)) from None
    return _finding(viewer, findings.finding_visible(viewer, public_id))


@api.get("/duties", response={200: out.Page[out.DutyOut], **READ}, summary="整改台账", operation_id="duties")
def duty_list(
    request: HttpRequest,
    after: str = AFTER,
    size: int = SIZE,
    state: out.DutyStates | None = STATE,
) -> Any:
    found = remedy.duty_list(_viewer(request))
    found = found.filter(state=state) if state else found
    return _page(found, after, size, lambda one: out.DutyOut(**out.DutyOut.facts(one)))


def _duty(viewer: Viewer, duty: Duty) -> out.DutyDetail:
    return out.DutyDetail(
        **out.DutyOut.facts(duty),
        steps=out.steps_of(remedy.steps(duty)),
        moves=out.moves_of(remedy.offers(viewer, duty)),
    )


@api.get("/duties/{public_id}", response={200: out.DutyDetail, **ONE}, summary="一项整改", operation_id="duty")
def duty(request: HttpRequest, public_id: str = PUBLIC_ID) -> Any:
    viewer = _viewer(request)
    return _duty(viewer, remedy.duty_visible(viewer, public_id))


@api.post(
    "/duties/{public_id}/submit",
    response={200: out.DutyDetail, **WRITE},
    summary="提请核验（承办人本人）",
    operation_id="duty_submit",
)
def duty_submit(request: HttpRequest, said: out.SubmitIn, public_id: str = PUBLIC_ID) -> Any:
    viewer = _viewer(request)
    found = remedy.duty_visible(viewer, public_id)
    try:
        remedy_services.duty_submit(duty_id=found.pk, report=said.report, by=viewer, at=timezone.now())
    except (remedy_services.DutyRefused, MoveRefused) as refusal:
        raise Refused(f"整改 {found.number}", str(refusal)) from None
    return _duty(viewer, remedy.duty_visible(viewer, public_id))


@api.get("/loop", response={200: out.LoopOut, **ONE}, summary="循环总览", operation_id="loop")
def loop(request: HttpRequest) -> Any:
    viewer = _viewer(request)
    if not viewer.holds(*OVERSEEING):
        raise Http404
    shown = out.StageOut.model_fields
    stages = overview.of(viewer)["stages"]
    return out.LoopOut(stages=[out.StageOut(**{k: stage[k] for k in shown if k in stage}) for stage in stages])


@api.get("/figures", response={200: figures.FiguresOut, **READ}, summary="数据口径清单", operation_id="figures")
def figure_list(request: HttpRequest) -> Any:
    return figures.all_figures()


@api.get(
    "/figures/{code}",
    response={200: figures.FigureValueOut, **ONE},
    summary="一个数：您范围内的值、口径、边界和所计的记录",
    operation_id="figure",
)
def figure(
    request: HttpRequest,
    code: str = FIGURE,
    since: date = SINCE,
    until: date = UNTIL,
    scope: str = SCOPE,
    kind: figures.KINDS = FIGURE_KIND,
) -> Any:
    try:
        return figures.one_figure(_viewer(request), code, scope=scope, since=since, until=until, kind=kind)
    except figures.PeriodRefused as refusal:
        raise Refused("参数 until", str(refusal)) from None


KINDS = Literal["case", "evidence", "issueddocument", "finding", "duty"]


@api.get("/search", response={200: out.Page[out.FoundOut], **READ}, summary="查找", operation_id="search")
def found(
    request: HttpRequest,
    q: str = WORDS,
    kind: KINDS = KIND,
    after: str = AFTER,
    size: int = SIZE,
) -> Any:
    one = search.kind_named(kind)
    assert one is not None  # KINDS are those registered: tests/api/test_api.py

    def show(record: Any) -> out.FoundOut:
        shown = one.show(record)
        return out.FoundOut(id=record.public_id, kind=kind, title=shown.title, note=shown.note)

    return _page(search.found(_viewer(request), one, q), after, size, show)


@api.api_operation(
    ["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", include_in_schema=False, url_name="nothing"
)
def nothing(request: HttpRequest, rest: str) -> Any:
    """No such address: said as a problem, and to nobody without a token."""
    raise Http404
