"""职务、案件、开庭。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from tianping.foundation.accounts.models import Organisation, User, public_id
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, on: date) -> PostQuerySet:
        return self.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on))


class Post(models.Model):
    """职务：where somebody serves and as what, from a day to a day (审判员、法官助理、书记员、庭长 …)."""

    person = models.ForeignKey(User, verbose_name="干警", on_delete=models.PROTECT, related_name="posts")
    division = models.ForeignKey(Organisation, verbose_name="部门", on_delete=models.PROTECT, related_name="posts")
    title = models.CharField("职务", max_length=20)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="post_ends_after_it_begins"
            ),
            models.UniqueConstraint(fields=["person", "division", "title", "since"], name="post_once_from_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.division}{self.title}"


class CaseKind(models.TextChoices):
    CIVIL = "civil", "民事"
    CRIMINAL = "criminal", "刑事"
    ADMINISTRATIVE = "administrative", "行政"
    ENFORCEMENT = "enforcement", "执行"
    OTHER = "other", "其他"


class Procedure(models.TextChoices):
    ORDINARY = "ordinary", "普通程序"
    SIMPLIFIED = "simplified", "简易程序"
    SMALL_CLAIM = "small_claim", "小额诉讼程序"
    EXPEDITED = "expedited", "速裁程序"
    SECOND = "second", "第二审程序"
    SPECIAL = "special", "特别程序"
    ENFORCEMENT = "enforcement", "执行程序"
    OTHER = "other", "其他"


class HowClosed(models.TextChoices):
    JUDGMENT = "judgment", "判决"
    MEDIATION = "mediation", "调解"
    WITHDRAWAL = "withdrawal", "撤诉"
    RULING = "ruling", "裁定"
    OTHER = "other", "其他"


BRANCHES = 60  # 部门再多，各支之和就不比全表一走便宜
OVERSEERS = (Role.LEADER, Role.TRIAL_OFFICE, Role.INSPECTOR, Role.HEAD)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, viewer: Viewer) -> CaseQuerySet:
        """案件可见：the court's offices see their court, a head the division, a judge or clerk the cases they hold."""
        return self.filter(
            within(viewer.paths(*OVERSEERS))
            | Q(judge_id=viewer.user_id, judge__isnull=False)
            | Q(clerk_id=viewer.user_id, clerk__isnull=False)
        )

    def branches(self, viewer: Viewer) -> list[CaseQuerySet]:
        """案件可见，按支：the same cases as ``visible_to``, as questions that have no case in common.

        Of each the cases stand in an index in the order of their keys (``case_list``, ``case_judge``, ``case_clerk``).
        Whoever sees very many divisions sees a good part of all cases: then the list itself is as quick.
        """
        paths = within(viewer.paths(*OVERSEERS), "path")
        divisions = list(Organisation.objects.filter(paths).values_list("pk", flat=True))
        if len(divisions) > BRANCHES:
            return [self.visible_to(viewer)]
        here = [self.filter(organisation=division) for division in divisions]
        elsewhere = self.exclude(organisation__in=divisions)
        if viewer.user_id is None:
            return here
        held = elsewhere.filter(judge=viewer.user_id)
        clerked = elsewhere.filter(clerk=viewer.user_id).filter(Q(judge=None) | ~Q(judge=viewer.user_id))
        return [*here, held, clerked]

    def of_branch(self, viewer: Viewer, path: str) -> CaseQuerySet:
        """一支的案件：the cases of a branch of the tree that this viewer may see.

        Whoever holds an office over the whole branch sees all of it, so sight is asked once, of the branch, and not of
        each of its hundred thousand rows; for anybody else ``visible_to`` decides row by row.
        """
        divisions = Organisation.objects.filter(path__startswith=path).values_list("pk", flat=True)
        found = self.filter(organisation__in=list(divisions))
        return found if viewer.holds_over(path, *OVERSEERS) else found.visible_to(viewer)


class Case(models.Model):
    """案件：a row of the court's case system as last imported. The natural key is court and case number."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    # db_index=False: an index below, or the natural key, begins with the same column.
    court = models.ForeignKey(
        Organisation, verbose_name="法院", db_index=False, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="承办部门", db_index=False, on_delete=models.PROTECT, related_name="cases"
    )
    case_no = models.CharField("案号", max_length=60)
    kind = models.CharField("案件类别", max_length=16, choices=CaseKind.choices)
    cause = models.CharField("案由", max_length=100)
    procedure = models.CharField("适用程序", max_length=16, choices=Procedure.choices)
    instance = models.PositiveSmallIntegerField("审级", default=1)
    judge = models.ForeignKey(
        User, verbose_name="承办人", null=True, db_index=False, on_delete=models.PROTECT, related_name="cases"
    )
    clerk = models.ForeignKey(
        User,
        verbose_name="书记员",
        null=True,
        blank=True,
        db_index=False,
        on_delete=models.PROTECT,
        related_name="cases_clerked",
    )
    filed_on = models.DateField("立案日期")
    closed_on = models.DateField("结案日期", null=True, blank=True)
    how_closed = models.CharField("结案方式", max_length=12, choices=HowClosed.choices, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-filed_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["court", "case_no"], name="case_no_unique_in_court"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("filed_on")), name="case_closed_after_filed"
            ),
        ]
        indexes = [
            # The lists, by key, of a division with what the filters ask, of a judge, of a clerk: CaseQuerySet.branches.
            models.Index(fields=["organisation", "id", "closed_on", "kind"], name="case_list"),
            models.Index(fields=["judge", "id"], name="case_judge"),
            models.Index(fields=["clerk", "id"], condition=Q(clerk__isnull=False), name="case_clerk"),  # many have none
            # The list's own filters of whoever sees everything, where few of a million are of a kind or pending.
            models.Index(fields=["kind", "id"], name="case_kind"),
            models.Index(fields=["id"], condition=Q(closed_on__isnull=True), name="case_pending"),
            # The figures read these alone, never the rows: see court/figures.py.
            models.Index(fields=["organisation", "kind", "filed_on", "closed_on"], name="case_figures"),
            models.Index(fields=["organisation", "kind", "closed_on"], name="case_figures_kind_closed"),
            models.Index(fields=["organisation", "filed_on", "closed_on", "judge"], name="case_figures_filed"),
            models.Index(fields=["organisation", "closed_on", "judge"], name="case_figures_closed"),
            models.Index(fields=["judge", "closed_on", "filed_on", "organisation"], name="case_figures_judge"),
        ]

    def __str__(self) -> str:
        return self.case_no


class Hearing(models.Model):
    """开庭：when and where a case was, or is to be, heard."""

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.CASCADE, related_name="hearings")
    starts_at = models.DateTimeField("开庭时间")
    room = models.CharField("法庭", max_length=40)

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["case", "starts_at"], name="hearing_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.starts_at:%Y-%m-%d}"


class YearlyStock(models.Model):
    """年度存量：a court's totals of one year from before its case table begins, as its own statistics have them."""

    ALL = "all"
    KINDS = ((ALL, "合计"), *CaseKind.choices)

    court = models.ForeignKey(Organisation, verbose_name="法院", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("案件类别", max_length=16, choices=KINDS)
    newly_accepted = models.PositiveIntegerField("新收")
    closed = models.PositiveIntegerField("结案")
    pending = models.PositiveIntegerField("年末未结")
    source = models.CharField("来源", max_length=100)

    class Meta:
        ordering = ["court", "year", "kind"]
        constraints = [models.UniqueConstraint(fields=["court", "year", "kind"], name="yearly_stock_once")]

    def __str__(self) -> str:
        return f"{self.court} {self.year}年{self.get_kind_display()}"
