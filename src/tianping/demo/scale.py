"""演示法院的规模：a district court's three years, or a province of a hundred courts, around the same small story.

Only people, cases and yearly totals grow; findings and duties stay those of the story, so that `--verify` still counts
them. The same seed and anchor day give the same rows (addresses aside, which are always random). Everything is fiction.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.db import transaction
from pypinyin import lazy_pinyin

from tianping.court import services as court
from tianping.court.models import Case, CaseKind, HowClosed, Post, Procedure, YearlyStock
from tianping.demo.build import SEED, SINCE
from tianping.demo.people import PASSWORD
from tianping.foundation.accounts import services as accounts
from tianping.foundation.accounts.models import Appointment, Organisation, OrganisationKind, User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, system, viewer_of
from tianping.foundation.audit import services as audit
from tianping.law.workdays import day_off

Say = Callable[[str], None]
PEOPLE, COURTS, PROVINCE_YEAR = 180, 100, 4000
YEARS = (38_400, 40_000, 41_600)  # 新收，三个年度；末年到锚日为止
BEFORE = (33_100, 29_800, 34_600, 35_200, 37_000)  # 此前五个年度的新收，只有年度数
STOCK_SOURCE = "演示数据（虚构的司法统计年报）"
MONTHS = (1.12, 0.68, 1.08, 1.04, 1.00, 1.05, 1.03, 0.98, 1.06, 0.90, 1.07, 0.99)
"""各月立案的轻重：after New Year many, in the month of the Spring Festival few."""
KINDS = {"民": 58, "执": 30, "刑": 7, "行": 2, "财": 3}  # 每百件
KIND_OF = {
    "民": CaseKind.CIVIL,
    "执": CaseKind.ENFORCEMENT,
    "刑": CaseKind.CRIMINAL,
    "行": CaseKind.ADMINISTRATIVE,
    "财": CaseKind.OTHER,
}
WORD = {"民": "民初", "执": "执", "刑": "刑初", "行": "行初", "财": "财保"}
CAUSES = {
    "民": ("民间借贷纠纷", "买卖合同纠纷", "离婚纠纷", "机动车交通事故责任纠纷", "物业服务合同纠纷", "劳动争议",
          "房屋租赁合同纠纷", "信用卡纠纷", "建设工程施工合同纠纷", "继承纠纷"),
    "执": ("民间借贷纠纷执行", "买卖合同纠纷执行", "劳动争议执行"),
    "刑": ("危险驾驶罪", "盗窃罪", "诈骗罪", "故意伤害罪"),
    "行": ("行政处罚", "工伤认定", "政府信息公开"),
    "财": ("诉前财产保全",),
}  # fmt: skip
# 程序: (每百件, 最短, 最常, 最长的审理天数)
COURSES: dict[str, tuple[tuple[Procedure, int, int, int, int], ...]] = {
    "民": (
        (Procedure.SMALL_CLAIM, 25, 8, 28, 60),
        (Procedure.SIMPLIFIED, 50, 15, 55, 90),
        (Procedure.ORDINARY, 25, 45, 130, 300),
    ),
    "执": ((Procedure.ENFORCEMENT, 100, 20, 120, 180),),
    "刑": (
        (Procedure.EXPEDITED, 40, 5, 10, 15),
        (Procedure.SIMPLIFIED, 30, 8, 18, 30),
        (Procedure.ORDINARY, 30, 25, 70, 150),
    ),
    "行": ((Procedure.ORDINARY, 100, 40, 120, 180),),
    "财": ((Procedure.OTHER, 100, 1, 3, 10),),
}  # fmt: skip
ENDS = {
    "民": ((HowClosed.JUDGMENT, 42), (HowClosed.MEDIATION, 33), (HowClosed.WITHDRAWAL, 22), (HowClosed.RULING, 3)),
    "执": ((HowClosed.OTHER, 70), (HowClosed.RULING, 30)),
    "刑": ((HowClosed.JUDGMENT, 97), (HowClosed.RULING, 3)),
    "行": ((HowClosed.JUDGMENT, 62), (HowClosed.RULING, 24), (HowClosed.WITHDRAWAL, 14)),
    "财": ((HowClosed.RULING, 100),),
}
NEW_DIVISIONS = {"LJ-M3": "民事审判第三庭", "LJ-JS": "少年家事审判庭", "LJ-SC": "速裁团队"}
TRYING = {  # 办哪类案件的部门
    "民": ("LJ-M1", "LJ-M2", "LJ-M3", "LJ-JS", "LJ-SC"),
    "执": ("LJ-ZX",),
    "刑": ("LJ-XS",),
    "行": ("LJ-XZ",),
    "财": ("LJ-LA",),
}
SHARES = {
    "LJ-M1": 18,
    "LJ-M2": 18,
    "LJ-M3": 18,
    "LJ-JS": 12,
    "LJ-SC": 20,
    "LJ-XS": 14,
    "LJ-XZ": 6,
    "LJ-ZX": 34,
    "LJ-LA": 14,
}
SURNAMES = "尹苏卓祁阮骆温顾纪凌詹瞿邬殷冼蔺"
GIVEN = "远清和明思齐若水知行望舒怀瑜长青景云听澜疏桐"
PLACES = "东西南北云江河湖川岭", "川泽陵阳浦安丰塘宁源"


@dataclass(frozen=True, slots=True)
class Grown:
    """长成的规模。"""

    courts: int
    people: int
    cases: int


@transaction.atomic
def district(*, anchor: date, seed: int = SEED, say: Say = print, years: Sequence[int] = YEARS) -> Grown:
    """区法院：临江区 with twelve divisions, 180 people, forty thousand cases a year, five years of totals before."""
    dice = random.Random(seed)  # noqa: S311 — a story, not a secret
    at = datetime.combine(SINCE, time(9, 0), ZoneInfo("Asia/Shanghai"))
    by = system("演示", on=SINCE)
    own = Organisation.objects.get(code="LJ")
    for code, name in NEW_DIVISIONS.items():
        court.organisation_open(name=name, code=code, kind=OrganisationKind.DIVISION, parent=own, by=by, at=at)
    divisions = {one.code: one for one in own.children.all()}
    held = User.objects.filter(appointments__organisation__path__startswith=own.path).distinct().count()
    total = sum(SHARES.values())
    wanted: list[Organisation] = []
    for code, share in SHARES.items():
        wanted += [divisions[code]] * round((PEOPLE - held) * share / total)
    while len(wanted) < PEOPLE - held:
        wanted.append(divisions["LJ-ZX"])
    _people(wanted[: PEOPLE - held], "LJ", 1001, dice, by=by, at=at)
    say(f"人员 {PEOPLE} 名，部门 {len(divisions)} 个；收录三年案件……")
    teams = {sign: [_team(divisions[code]) for code in codes] for sign, codes in TRYING.items()}
    taken = set(Case.objects.filter(court=own).values_list("case_no", flat=True))
    first = anchor.year - len(years) + 1
    volumes = {
        first - 1: years[0] * BEFORE[-1] // YEARS[0],
        **dict(zip(range(first, anchor.year + 1), years, strict=True)),
    }
    made = _cases(own, "江0199", volumes, first, anchor, teams, taken, dice)
    count, carried = _written(own, made, first, by=by, at=at)
    _yearly(own, first, carried, dice, by=by, at=at)
    return Grown(1, PEOPLE, count)


def province(
    *, anchor: date, seed: int = SEED, say: Say = print, courts: int = COURTS, a_year: int = PROVINCE_YEAR
) -> Grown:
    """一省：a hundred courts of twelve thousand cases; each court is written for itself, so that a break loses one."""
    dice = random.Random(seed)  # noqa: S311
    at = datetime.combine(SINCE, time(9, 0), ZoneInfo("Asia/Shanghai"))
    by = system("演示", on=SINCE)
    with transaction.atomic():
        top = court.organisation_open(
            name="江州省高级人民法院辖区", code="SHENG", kind=OrganisationKind.PROVINCE, parent=None, by=by, at=at
        )
        leader = accounts.user_register(staff_no="SHENG001", name="温知章", by=by, at=at)
        accounts.appoint(user=leader, role=Role.LEADER, organisation=top, since=SINCE, until=None, by=by, at=at)
        himself = viewer_of(leader, on=SINCE)  # so that nobody has to change it before looking around
        accounts.user_set_password(user=leader, password=PASSWORD, by=himself, at=at)
    first = anchor.year - 2
    people = count = 0
    for number in range(courts):
        name = f"{PLACES[0][number // 10]}{PLACES[1][number % 10]}县人民法院"
        code = f"S{number:02d}"
        with transaction.atomic():
            own = court.organisation_open(name=name, code=code, kind=OrganisationKind.COURT, parent=top, by=by, at=at)
            teams: dict[str, list[tuple[Organisation, list[User], list[User]]]] = {}
            wanted: list[Organisation] = []
            for sign, title in (("民", "民事审判庭"), ("执", "执行局"), ("刑", "刑事审判庭"), ("行", "综合审判庭")):
                division = court.organisation_open(
                    name=title, code=f"{code}-{sign}", kind=OrganisationKind.DIVISION, parent=own, by=by, at=at
                )
                wanted += [division] * (9 if sign == "民" else 5)
                teams[sign] = [(division, [], [])]
            teams["财"] = teams["民"]
            _people(wanted, code, 1, dice, by=by, at=at)
            people += len(wanted)
            teams = {sign: [_team(division) for division, _, _ in of] for sign, of in teams.items()}
            volumes = {first - 1: 0, **dict.fromkeys(range(first, anchor.year + 1), a_year)}
            made = _cases(own, f"江{1000 + number}", volumes, first, anchor, teams, set(), dice, True)
            done, _ = _written(own, made, first, by=by, at=at)
        count += done
        if number % 10 == 9:
            say(f"{number + 1} 个法院，{count} 件……")
    return Grown(courts, people, count)


def _written(
    own: Organisation, made: Iterator[Case], first: int, *, by: Viewer, at: datetime
) -> tuple[int, Counter[str]]:
    """写入：by five hundred, each named in the chain, so that the index of searches follows; how many, and what was
    pending when the first year began, by kind."""
    count, carried = 0, Counter[str]()
    for cases in _by(made, 500):
        Case.objects.bulk_create(cases)
        count += len(cases)
        carried.update(case.kind for case in cases if case.filed_on.year < first)
        records = [audit.name_of(case) for case in cases]
        audit.write("court.cases.batch", on=own, by=by, at=at, records=records, new=len(cases), changed=0)
    return count, carried


def _people(
    wanted: Sequence[Organisation], prefix: str, start: int, dice: random.Random, *, by: Viewer, at: datetime
) -> None:
    """人员：two judges to one clerk in each division, without passwords; one audit row for all."""
    users = []
    for number, _ in enumerate(wanted, start=start):
        name = dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, 2))
        user = User(staff_no=f"{prefix}{number:04d}", name=name, pinyin="".join(lazy_pinyin(name)))
        user.set_unusable_password()
        users.append(user)
    User.objects.bulk_create(users)
    posts, offices = [], []
    for place, (user, division) in enumerate(zip(users, wanted, strict=True)):
        title = "书记员" if place % 3 == 2 else "审判员"
        posts.append(Post(person=user, division=division, title=title, since=SINCE))
        offices.append(Appointment(user=user, role=Role.STAFF, organisation=division, since=SINCE))
    Post.objects.bulk_create(posts)
    Appointment.objects.bulk_create(offices)
    audit.write("demo.people", on=f"accounts.user:{prefix}", by=by, at=at, people=len(users))


def _team(division: Organisation) -> tuple[Organisation, list[User], list[User]]:
    """一个部门的法官和书记员。"""
    posts = list(Post.objects.filter(division=division).select_related("person").order_by("person__staff_no"))
    clerks = [post.person for post in posts if post.title == "书记员"]
    judges = [post.person for post in posts if post.title != "书记员"]
    return division, judges, clerks or judges


Teams = Mapping[str, Sequence[tuple[Organisation, list[User], list[User]]]]


def _cases(
    own: Organisation,
    place: str,
    volumes: Mapping[int, int],
    first: int,
    anchor: date,
    teams: Teams,
    taken: set[str],
    dice: random.Random,
    whole: bool = False,
) -> Iterator[Case]:
    """案件：by day of filing. Of the year before the first, only what was still pending when the first began.

    ``whole`` gives the last year its full number up to the anchor day; otherwise the year goes on after it.
    """
    signs, shares = list(KINDS), list(KINDS.values())
    for year, volume in volumes.items():
        numbers: Counter[str] = Counter()
        days = [day for day in _workdays(year) if not (whole and day > anchor)]
        filed_days = dice.choices(days, weights=[MONTHS[day.month - 1] for day in days], k=volume)
        for filed in sorted(filed_days):
            sign = dice.choices(signs, shares)[0]
            closed, procedure = _course(sign, filed, dice)
            numbers[sign] += 1
            case_no = f"（{year}）{place}{WORD[sign]}{numbers[sign]}号"
            if (year < first and closed.year < first) or filed > anchor or case_no in taken:
                continue
            division, judges, clerks = dice.choice(teams[sign])
            over = closed <= anchor
            yield Case(
                court=own,
                organisation=division,
                case_no=case_no,
                kind=KIND_OF[sign],
                cause=dice.choice(CAUSES[sign]),
                procedure=procedure,
                judge=dice.choice(judges),
                clerk=dice.choice(clerks),
                filed_on=filed,
                closed_on=closed if over else None,
                how_closed=_weighed(ENDS[sign], dice) if over else "",
            )


def _course(sign: str, filed: date, dice: random.Random) -> tuple[date, Procedure]:
    """审理：how long a case takes; what would end just after New Year is often hurried into December."""
    courses = COURSES[sign]
    procedure, _, least, usual, most = dice.choices(courses, [course[1] for course in courses])[0]
    closed = filed + timedelta(days=round(dice.triangular(least, most, usual)))
    if closed.month == 1 and closed.year > filed.year and dice.random() < 0.4:
        closed = max(filed, date(closed.year - 1, 12, 10 + closed.day % 21))
    while not _works(closed):
        closed += timedelta(days=1)
    return closed, procedure


def _weighed(choices: Sequence[tuple[HowClosed, int]], dice: random.Random) -> HowClosed:
    return dice.choices([one for one, _ in choices], [weight for _, weight in choices])[0]


@cache
def _works(day: date) -> bool:
    return day_off(day) is None


def _workdays(year: int) -> list[date]:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    return [day for day in days if day.year == year and _works(day)]


def _by(cases: Iterator[Case], size: int) -> Iterator[list[Case]]:
    piece: list[Case] = []
    for case in cases:
        piece.append(case)
        if len(piece) == size:
            yield piece
            piece = []
    if piece:
        yield piece


def _yearly(
    own: Organisation, first: int, carried: Mapping[str, int], dice: random.Random, *, by: Viewer, at: datetime
) -> None:
    """年度存量：closed is what was there and came in, less what is left; the last leaves what the table begins with."""
    kinds = {KIND_OF[sign].value: share for sign, share in KINDS.items()}
    rows = []
    pending = {kind: round(carried.get(kind, 0) * 0.8) for kind in kinds}
    for place, volume in enumerate(BEFORE):
        year = first - len(BEFORE) + place
        total = Counter[str]()
        last = place == len(BEFORE) - 1
        for kind, share in kinds.items():
            new = round(volume * share / 100)
            left = carried.get(kind, 0) if last else round(pending[kind] * dice.uniform(0.97, 1.10))
            one = {"newly_accepted": new, "closed": pending[kind] + new - left, "pending": left}
            rows.append(YearlyStock(court=own, year=year, kind=kind, source=STOCK_SOURCE, **one))
            total.update(one)
            pending[kind] = left
        rows.append(YearlyStock(court=own, year=year, kind=YearlyStock.ALL, source=STOCK_SOURCE, **total))
    YearlyStock.objects.bulk_create(rows)
    audit.write("court.yearly_stock.import", on=own, by=by, at=at, new=len(rows), changed=0, same=0)
