"""导入案件：all rows or none, and nothing changes twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.cast import Court
from tianping.court import imports, taking
from tianping.court.imports import Outcome
from tianping.court.models import Case
from tianping.court.rules import case_number
from tianping.court.services import case_take
from tianping.court.tests.tables import HEADERS, case_row, csv, xlsx
from tianping.foundation.accounts import services as accounts
from tianping.foundation.audit import services as audit
from tianping.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db
Import = Callable[..., Outcome]


@pytest.fixture
def bring_in(court: Court) -> Import:
    """由周既明（审管办）把一张案件表导入临江区人民法院。"""

    def run(data: bytes, *, write: bool = True, name: str = "案件.xlsx") -> Outcome:
        return imports.cases_import(
            court=court.organisations["LJ"],
            data=data,
            name=name,
            write=write,
            by=court.viewer("周既明"),
            at=court.now,
        )

    return run


class TestImportingCases:
    def test_a_case_is_taken_with_its_judge_and_division(self, court: Court, bring_in: Import) -> None:
        outcome = bring_in(xlsx(case_row(7)))
        assert outcome.written
        assert outcome.summary == "共 1 行，已写入：新增 1 行、更新 0 行、未变 0 行。"
        case = Case.objects.get()
        assert (case.case_no, case.judge, case.organisation) == (
            "（2026）江0199民初7号",
            court.people["林知远"],
            court.organisations["LJ-M1"],
        )
        assert (case.filed_on, case.closed_on, case.instance) == (date(2026, 1, 5), None, 1)

    def test_the_same_file_twice_changes_nothing_and_leaves_no_entry(self, bring_in: Import) -> None:
        data = xlsx(case_row(1), case_row(2, 承办人="沈若川"))
        bring_in(data)
        entries = Entry.objects.count()
        assert bring_in(data).counts == {"未变": 2}
        assert Entry.objects.count() == entries

    def test_a_closed_case_is_an_update_of_one_row(self, bring_in: Import) -> None:
        bring_in(xlsx(case_row(1), case_row(2)))
        outcome = bring_in(xlsx(case_row(1, 结案日期=date(2026, 3, 2), 结案方式="判决"), case_row(2)))
        assert outcome.counts == {"更新": 1, "未变": 1}
        batch = Entry.objects.filter(verb="court.cases.batch").last()
        assert batch is not None
        changed = Case.objects.get(closed_on__isnull=False)
        assert f'"records":["court.case:{changed.public_id}"]' in batch.changes
        assert '"changed":1' in batch.changes

    def test_a_column_the_file_does_not_have_leaves_the_case_alone(self, court: Court, bring_in: Import) -> None:
        court.case(1)
        kept = [place for place, header in enumerate(HEADERS) if header not in ("承办人", "承办人工号")]
        bring_in(xlsx([case_row(1)[place] for place in kept], headers=[HEADERS[place] for place in kept]))
        assert Case.objects.get().judge == court.people["林知远"]

    def test_csv_as_excel_in_china_writes_it(self, bring_in: Import) -> None:
        rows = (case_row(1, 立案日期="2026年1月5日"), case_row(2, 立案日期="2026.1.5"))
        assert bring_in(csv(*rows, encoding="gb18030"), name="案件.csv").counts == {"新增": 2}
        assert set(Case.objects.values_list("filed_on", flat=True)) == {date(2026, 1, 5)}

    def test_a_dry_run_counts_and_writes_nothing(self, bring_in: Import) -> None:
        outcome = bring_in(xlsx(case_row(1), case_row(2)), write=False)
        assert outcome.summary == "共 2 行，可以写入：新增 2 行、更新 0 行、未变 0 行；现未写入。"
        assert not Case.objects.exists()

    def test_with_one_refused_row_nothing_is_written(self, bring_in: Import) -> None:
        entries = Entry.objects.count()
        outcome = bring_in(xlsx(case_row(1), case_row(2, 承办部门="民三庭"), case_row(3)))
        assert not outcome.written
        assert outcome.summary.startswith("共 3 行，1 行被拒，未写入任何一行；改正后其余 2 行可写入（新增 2 行")
        assert not Case.objects.exists()
        assert Entry.objects.count() == entries

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            (
                {"承办部门": "民三庭"},
                "第 2 行“承办部门”是 民三庭，江州市临江区人民法院没有这个部门。"
                "请改为已设立的部门名称或代码；新部门请先由系统管理员设立。",
            ),
            (
                {"承办人": "贺兰山"},
                "第 2 行“承办人”是 贺兰山，江州市临江区人民法院没有登记此人。请核对姓名；新到人员请先导入人员表。",
            ),
            (
                {"承办人": "顾长风"},
                "第 2 行“承办人”是 顾长风，江州市临江区人民法院没有登记此人。请核对姓名；新到人员请先导入人员表。",
            ),
            (
                {"承办人工号": "X9"},
                "第 2 行“承办人工号”是 X9，江州市临江区人民法院没有登记这个工号。请核对工号；新到人员请先导入人员表。",
            ),
            (
                {"承办人工号": "T002"},
                "第 2 行“承办人”是 林知远，工号 T002 登记的是 沈若川。请核对工号和姓名，改正后再导入。",
            ),
            (
                {"结案日期": date(2026, 1, 4)},
                "第 2 行“结案日期”是 2026-01-04，早于立案日期 2026-01-05。请核对两个日期，改正后再导入。",
            ),
            (
                {"结案方式": "判决"},
                "第 2 行“结案日期”是空的，填了结案方式却没有结案日期。请补填结案日期；未结案的，请删去结案方式。",
            ),
            (
                {"立案日期": "2024-13-02"},
                "第 2 行“立案日期”是 2024-13-02，月份超出 12。请改为存在的日期，如 2024-12-02。",
            ),
            (
                {"案号": "江民初1号"},
                "第 2 行“案号”是 江民初1号，不是完整的案号。"
                "请写全年份、法院代字、类型代字和编号，如（2026）江0199民初1024号。",
            ),
            (
                {"案件类别": "商事"},
                "第 2 行“案件类别”是 商事，不在可填的范围内。可填：民事、刑事、行政、执行、其他。",
            ),
        ],
    )
    def test_what_cannot_be_taken_is_refused_in_one_sentence(
        self, bring_in: Import, changes: dict[str, object], sentence: str
    ) -> None:
        assert imports.sentences(bring_in(xlsx(case_row(1, **changes))).refused) == [sentence]
        assert not Case.objects.exists()

    def test_all_that_is_wrong_with_a_row_is_named_at_once(self, bring_in: Import) -> None:
        bad = case_row(1, 承办部门="民三庭", 承办人="贺兰山", 立案日期="2024-13-02", 结案方式="判决")
        outcome = bring_in(xlsx(bad, case_row(2), case_row(2, 承办部门="民三庭", 结案日期=date(2026, 1, 4))))
        assert [(r.row, r.header, r.value) for r in outcome.refused] == [
            (2, "立案日期", "2024-13-02"),
            (2, "承办部门", "民三庭"),
            (2, "承办人", "贺兰山"),
            (2, "结案日期", ""),
            (4, "案号", "（2026）江0199民初2号"),
            (4, "承办部门", "民三庭"),
            (4, "结案日期", "2026-01-04"),
        ]
        assert all(refusal.reason and refusal.way_out for refusal in outcome.refused)
        assert "2 行被拒" in outcome.summary and "其余 1 行可写入" in outcome.summary

    @pytest.mark.parametrize(
        "changes",
        [
            {"承办部门": "", "承办人": ""},  # 空着的部门不再说“没有这个部门”
            {"立案日期": "2024-13-02", "结案日期": date(2020, 1, 1)},  # 立案日期认不出，无从比先后
            {"承办人工号": "T" * 21, "承办人": "贺兰山"},  # 工号认不出，只凭姓名不下结论
        ],
    )
    def test_what_could_not_be_read_is_refused_once_and_draws_no_second_reason(
        self, bring_in: Import, changes: dict[str, object]
    ) -> None:
        assert len(bring_in(xlsx(case_row(1, **changes))).refused) == 1

    def test_a_row_refused_for_its_cells_is_not_written_among_the_valid_ones(self, court: Court) -> None:
        outcome = imports.cases_import(
            court=court.organisations["LJ"],
            data=xlsx(case_row(1, 立案日期="2024-13-02"), case_row(2), case_row(2)),
            name="案件.xlsx",
            write=True,
            only_valid=True,
            by=court.viewer("周既明"),
            at=court.now,
        )
        assert outcome.read.refused_rows == (2, 4)
        assert [case.case_no for case in Case.objects.all()] == ["（2026）江0199民初2号"]

    def test_a_name_two_people_bear_needs_the_staff_number(self, court: Court, bring_in: Import) -> None:
        other = accounts.user_register(staff_no="T900", name="林知远", by=court.viewer("系统甲"), at=court.now)
        imports.services.person_post(
            person=other,
            division=court.organisations["LJ-M2"],
            title="审判员",
            since=date(2026, 1, 1),
            by=court.viewer("系统甲"),
            at=court.now,
        )
        (refusal,) = bring_in(xlsx(case_row(1))).refused
        assert "本院有 2 人同名。请在“承办人工号”列填工号（T001、T900）" in refusal.sentence
        assert bring_in(xlsx(case_row(1, 承办人工号="T900"))).written
        assert Case.objects.get().judge == other

    def test_one_case_number_in_two_brackets_is_one_case(self, bring_in: Import) -> None:
        bring_in(xlsx(case_row(1)))
        assert bring_in(xlsx(case_row(1, 案号="（2026）江 0199 民初 1 号"))).counts == {"未变": 1}

    def test_each_batch_has_its_entry_naming_its_cases_and_the_file_its_own(self, bring_in: Import) -> None:
        before = audit.last()
        bring_in(xlsx(*(case_row(number) for number in range(1, taking.AT_ONCE + 2))))
        assert Entry.objects.filter(verb="court.cases.batch").count() == 2
        assert Entry.objects.filter(verb="court.cases.import").count() == 1
        named = {name for _, name in audit.named_after(before.seq if before else 0, 10_000)}
        assert named >= {f"court.case:{case}" for case in Case.objects.values_list("public_id", flat=True)}

    def test_only_the_valid_rows_where_somebody_chose_so(self, court: Court) -> None:
        outcome = imports.cases_import(
            court=court.organisations["LJ"],
            data=xlsx(case_row(1), case_row(2, 承办部门="民三庭")),
            name="案件.xlsx",
            write=True,
            only_valid=True,
            by=court.viewer("周既明"),
            at=court.now,
        )
        assert outcome.summary == "共 2 行，只写入合格的 1 行：新增 1 行、更新 0 行、未变 0 行；另 1 行被拒，未写入。"
        assert Case.objects.count() == 1
        entry = Entry.objects.get(verb="court.cases.import")
        assert '"left_out":1' in entry.changes

    def test_questions_do_not_grow_with_unchanged_rows(
        self, bring_in: Import, django_assert_max_num_queries: Callable[[int], object]
    ) -> None:
        data = xlsx(*(case_row(number) for number in range(1, 201)))
        bring_in(data)
        with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
            bring_in(data)

    def test_the_single_service_still_checks_everything(self, court: Court) -> None:
        fields = {"court": court.organisations["LJ"], "case_no": "x", "kind": "nothing"}
        with pytest.raises(ValidationError, match="kind"):
            case_take(fields=fields, hearings=[], by=court.viewer("周既明"), at=court.now)


class TestUndoing:
    @pytest.fixture
    def batches(self, court: Court) -> list[taking.Batch]:
        """第一张表两件；第二张表第一件结案、另加一件：the batches of the second."""
        kept: list[taking.Batch] = []
        for data, keep in (
            (xlsx(case_row(1), case_row(2)), taking.nothing),
            (xlsx(case_row(1, 结案日期=date(2026, 3, 2), 结案方式="判决"), case_row(2), case_row(3)), kept.append),
        ):
            imports.cases_import(
                court=court.organisations["LJ"],
                data=data,
                name="案件.xlsx",
                write=True,
                by=court.viewer("周既明"),
                at=court.now,
                keep=keep,
            )
        return kept

    def undo(self, court: Court, batches: list[taking.Batch]) -> dict[str, int]:
        return taking.cases_undo(
            court=court.organisations["LJ"], batches=batches, by=court.viewer("周既明"), at=court.now
        )

    def test_what_was_added_goes_and_what_was_changed_is_as_before(
        self, court: Court, batches: list[taking.Batch]
    ) -> None:
        assert self.undo(court, batches) == {"新增": 1, "更新": 1}
        assert list(Case.objects.order_by("case_no").values_list("case_no", "closed_on", "how_closed")) == [
            ("（2026）江0199民初1号", None, ""),
            ("（2026）江0199民初2号", None, ""),
        ]
        assert not audit.verify().faults

    def test_a_batch_kept_is_the_one_its_entry_tells_of(self, batches: list[taking.Batch]) -> None:
        (batch,) = batches
        entry = Entry.objects.filter(verb="court.cases.batch").last()
        assert entry is not None
        assert f'"digest":"{batch.digest}"' in entry.changes

    def test_refused_whole_where_a_case_has_changed_since(self, court: Court, batches: list[taking.Batch]) -> None:
        Case.objects.filter(closed_on__isnull=False).update(cause="买卖合同纠纷", closed_on=date(2026, 3, 3))
        with pytest.raises(taking.UndoRefused, match="又有改动"):
            self.undo(court, batches)
        assert Case.objects.count() == 3

    def test_refused_where_something_points_at_an_added_case(self, court: Court, batches: list[taking.Batch]) -> None:
        case = Case.objects.get(case_no="（2026）江0199民初3号")
        case.hearings.create(starts_at=court.now, room="第一法庭")
        with pytest.raises(taking.UndoRefused, match="江0199民初3号 已有"):
            self.undo(court, batches)
        assert Case.objects.filter(closed_on__isnull=False).exists()


class TestTheCaseNumber:
    @pytest.mark.parametrize(
        "written",
        [
            "（2026）江0199民初1024号",
            "(2026)江0199民初1024号",
            "〔2026〕江0199民初1024号",
            "［２０２６］江0199 民初１０２４号",
        ],
    )
    def test_is_one_however_it_is_exported(self, written: str) -> None:
        assert case_number(written) == "（2026）江0199民初1024号"

    def test_keeps_its_suffix(self) -> None:
        assert case_number("(2026)江0199执恢7号之二") == "（2026）江0199执恢7号之二"

    @pytest.mark.parametrize(
        "written", ["", "1024", "（26）江民初1号", "（2026）江0199民初号", "（2026）江0199民初1024"]
    )
    def test_is_refused_when_incomplete(self, written: str) -> None:
        with pytest.raises(ValueError):
            case_number(written)
