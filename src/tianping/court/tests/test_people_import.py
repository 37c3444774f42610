"""导入人员：all rows or none, and nobody is moved by a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.cast import Court
from tianping.court import imports
from tianping.court.imports import Outcome
from tianping.court.models import Post
from tianping.court.tests.tables import xlsx
from tianping.foundation.accounts import services as accounts
from tianping.foundation.accounts.models import Appointment, User
from tianping.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db
Import = Callable[..., Outcome]
PEOPLE = ("工号", "姓名", "部门", "职务", "任职日期")


@pytest.fixture
def bring_in_people(court: Court) -> Import:
    def run(*rows: list[object], write: bool = True) -> Outcome:
        return imports.people_import(
            court=court.organisations["LJ"],
            data=xlsx(*rows, headers=PEOPLE),
            name="人员.xlsx",
            write=write,
            by=court.viewer("系统甲"),
            at=court.now,
        )

    return run


class TestImportingPeople:
    def test_a_newcomer_is_registered_posted_and_sees_own_work(self, court: Court, bring_in_people: Import) -> None:
        outcome = bring_in_people([1001, "叶 清禾", "民事审判第二庭", "法官助理", date(2026, 11, 1)])
        assert outcome.counts == {"新增": 1}
        person = User.objects.get(staff_no="1001")
        assert person.name == "叶清禾"
        assert not person.has_usable_password()
        assert Post.objects.get(person=person).title == "法官助理"
        assert Appointment.objects.get(user=person).role == "staff"

    def test_the_same_file_twice_changes_nothing(self, bring_in_people: Import) -> None:
        row = ["1001", "叶清禾", "民事审判第二庭", "法官助理", date(2026, 11, 1)]
        bring_in_people(row)
        entries = Entry.objects.count()
        assert bring_in_people(row).counts == {"未变": 1}
        assert Entry.objects.count() == entries

    def test_two_posts_of_one_person_are_two_rows(self, bring_in_people: Import) -> None:
        bring_in_people(
            ["1001", "叶清禾", "民事审判第二庭", "审判员", date(2026, 11, 1)],
            ["1001", "叶清禾", "民事审判第二庭", "副庭长", date(2026, 11, 1)],
        )
        assert Post.objects.filter(person__staff_no="1001").count() == 2
        assert Appointment.objects.filter(user__staff_no="1001").count() == 1

    def test_a_post_that_ended_is_not_begun_again_by_an_old_file(self, court: Court, bring_in_people: Import) -> None:
        post = court.people["林知远"].posts.get()
        post.until = date(2025, 12, 31)
        post.save()
        row = ["T001", "林知远", "民事审判第一庭", "审判员", date(2024, 1, 2)]
        assert bring_in_people(row).counts == {"未变": 1}
        row[-1] = date(2026, 2, 2)
        assert bring_in_people(row).counts == {"更新": 1}
        assert court.people["林知远"].posts.count() == 2

    @pytest.mark.parametrize(
        ("row", "words"),
        [
            (["T001", "林之远", "民事审判第一庭", "审判员", date(2024, 1, 2)], "工号 T001 已是 林知远"),
            (["1001", "叶清禾", "民三庭", "审判员", date(2024, 1, 2)], "没有这个部门"),
            (["T001", "林知远", "民事审判第一庭", "审判员", date(2023, 1, 2)], "此人此职已自 2024-01-02 起登记"),
            (["1001", "叶清禾", "民事审判第一庭", "", date(2024, 1, 2)], "“职务”是空的，这一列必须填写"),
        ],
    )
    def test_refusals_name_the_cell(self, bring_in_people: Import, row: list[object], words: str) -> None:
        (refusal,) = bring_in_people(row).refused
        assert words in refusal.sentence
        assert not User.objects.filter(staff_no="1001").exists()

    def test_all_that_is_wrong_with_a_row_is_named_at_once(self, court: Court, bring_in_people: Import) -> None:
        outcome = bring_in_people(
            ["T001", "林之远", "民三庭", "", "2024-13-02"],
            ["1001", "叶清禾", "民三庭", "审判员", "2024-13-02"],
            [court.people["审计丙"].staff_no, "审计丙", "民事审判第一庭", "", date(2026, 1, 2)],
        )
        assert [(r.row, r.header) for r in outcome.refused] == [
            (2, "职务"), (2, "任职日期"), (2, "姓名"), (2, "部门"),
            (3, "任职日期"), (3, "部门"),
            (4, "职务"), (4, "工号"),
        ]  # fmt: skip
        assert not User.objects.filter(staff_no="1001").exists()

    def test_the_old_division_stays_in_the_table_also_where_its_row_has_another_fault(
        self, court: Court, bring_in_people: Import
    ) -> None:
        lin = court.people["林知远"]
        outcome = bring_in_people(
            [lin.staff_no, lin.name, "民事审判第一庭", "审判员", "2024-13-02"],
            [lin.staff_no, lin.name, "民事审判第二庭", "审判员", date(2026, 12, 1)],
        )
        assert [(r.row, r.header) for r in outcome.refused] == [(2, "任职日期")]

    def test_a_row_that_would_move_somebody_is_refused_with_the_two_ways_out(
        self, court: Court, bring_in_people: Import
    ) -> None:
        lin = court.people["林知远"]
        row = [lin.staff_no, lin.name, "民事审判第二庭", "审判员", date(2026, 12, 1)]
        (refusal,) = bring_in_people(row).refused
        assert refusal.sentence == (
            "第 2 行“部门”是 民事审判第二庭，此人现在民事审判第一庭任职，表里没有那一行。"
            "如系调动，请安全管理员办理调动；如系兼任，请把原部门的一行也留在表里。"
        )
        assert [post.division.code for post in lin.posts.all()] == ["LJ-M1"]

    def test_a_second_post_is_taken_where_the_first_stays_in_the_table(
        self, court: Court, bring_in_people: Import
    ) -> None:
        lin = court.people["林知远"]
        first = [lin.staff_no, lin.name, "民事审判第一庭", "审判员", lin.posts.get().since]
        both = [lin.staff_no, lin.name, "民事审判第二庭", "审判员", date(2026, 12, 1)]
        assert bring_in_people(first, both).counts == {"未变": 1, "更新": 1}
        assert {post.division.code for post in lin.posts.all()} == {"LJ-M1", "LJ-M2"}

    def test_whoever_left_the_old_division_before_may_come_to_the_new(
        self, court: Court, bring_in_people: Import
    ) -> None:
        lin = court.people["林知远"]
        lin.posts.update(until=date(2026, 11, 30))
        row = [lin.staff_no, lin.name, "民事审判第二庭", "审判员", date(2026, 12, 1)]
        assert bring_in_people(row).counts == {"更新": 1}

    def test_an_administrator_is_not_posted_to_a_division(self, court: Court, bring_in_people: Import) -> None:
        admin = court.people["审计丙"]
        row = [admin.staff_no, admin.name, "民事审判第一庭", "干部", date(2026, 1, 2)]
        (refusal,) = bring_in_people(row).refused
        assert "此人任审计员" in refusal.sentence
        held = admin.appointments.get()
        accounts.appointment_end(appointment=held, until=date(2026, 1, 1), by=court.viewer("安全乙"), at=court.now)
        assert bring_in_people(row).written
