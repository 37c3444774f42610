"""放假安排：a year's notice from a table; which clocks it moves is said before anything is written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.cast import Court
from tianping.findings.models import Finding
from tianping.findings.pages import clock
from tianping.foundation import loop
from tianping.foundation.audit.models import Entry
from tianping.foundation.parameters.holidays import Outcome, holidays_import
from tianping.foundation.parameters.models import HolidayNotice
from tianping.foundation.parameters.selectors import calendar_of
from tianping.foundation.parameters.services import ParameterRefused
from tianping.law.workdays import day_off, year_known

pytestmark = pytest.mark.django_db
FIXED = [f"2027-{day},放假,假日" for day in ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")]
NEW_YEAR = ["2027-01-04,放假,元旦", "2027-01-09,上班,元旦"]  # a Monday off, a Saturday worked: invented


def table(*rows: str) -> bytes:
    return "\n".join(["日期,安排,节日", *rows]).encode()


def bring(court: Court, data: bytes, confirmed: str | None = None, by: str = "周既明", year: int = 2027) -> Outcome:
    return holidays_import(
        court=court.organisations["LJ"], year=year, data=data, name="2027.csv", by=court.viewer(by), at=court.now,
        confirmed=confirmed,
    )  # fmt: skip


@pytest.fixture
def finding(court: Court) -> Finding:
    """立项于 12 月 28 日，答复期跨年：5 working days end on Monday 4 January 2027 as far as is known."""
    court.now = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)
    evidence = court.evidence()
    loop.run(court.now)
    found = Finding.objects.get(links__evidence=evidence)
    assert found.reply_due == date(2027, 1, 5)
    return found


class TestWritten:
    def test_only_after_it_was_shown(self, court: Court, finding: Finding) -> None:
        data = table(*FIXED, *NEW_YEAR)
        shown = bring(court, data)
        assert not shown.written and not HolidayNotice.objects.exists()
        assert [(a.moved.number, a.moved.was, a.moved.becomes) for a in shown.affected] == [
            (finding.number, date(2027, 1, 5), date(2027, 1, 6))
        ]
        assert not bring(court, data, confirmed="something else").written
        done = bring(court, data, confirmed=shown.fingerprint)
        assert done.written and "1 个未到期的期限顺延" in done.summary
        finding.refresh_from_db()
        assert finding.reply_due == date(2027, 1, 6)
        step = finding.steps.get(move="postpone")
        assert "2027年1月5日顺延到2027年1月6日" in step.text
        verbs = list(Entry.objects.order_by("-seq").values_list("verb", flat=True)[:2])
        assert verbs == ["parameters.holidays.import", "findings.finding.postpone"]
        calendar = calendar_of(court.organisations["LJ"].pk)
        assert day_off(date(2027, 1, 4), calendar=calendar) == "元旦放假"
        assert day_off(date(2027, 1, 9), calendar=calendar) is None
        assert not year_known(2027), "随软件发布的表不变"
        assert not year_known(2027, calendar=calendar_of(court.organisations["WS"].pk))

    def test_not_when_more_is_affected_than_was_shown(self, court: Court, finding: Finding) -> None:
        data = table(*FIXED, *NEW_YEAR)
        shown = bring(court, data)
        court.evidence(subject="沈若川", rule="PTY002")
        loop.run(court.now)
        again = bring(court, data, confirmed=shown.fingerprint)
        assert not again.written and len(again.affected) == 2

    def test_a_day_given_is_never_brought_forward(self, court: Court, finding: Finding) -> None:
        bring(court, table(*FIXED, *NEW_YEAR), confirmed="*")
        back = bring(court, table(*FIXED), confirmed="*")
        assert back.written and "1 个按新安排本应提前的不提前" in back.summary
        finding.refresh_from_db()
        assert finding.reply_due == date(2027, 1, 6)
        shown = clock(finding, court.today)
        assert shown and shown["due"] == date(2027, 1, 6) and shown["counted"] is None
        assert "不使它提前" in shown["notes"][-1]

    def test_the_last_notice_of_a_year_holds_and_the_others_stay(self, court: Court) -> None:
        bring(court, table(*FIXED, *NEW_YEAR), confirmed="*")
        bring(court, table(*FIXED), confirmed="*")
        assert day_off(date(2027, 1, 4), calendar=calendar_of(court.organisations["LJ"].pk)) is None
        assert HolidayNotice.objects.count() == 2

    def test_clocks_say_that_a_year_is_not_known_until_it_is(self, court: Court, finding: Finding) -> None:
        before = clock(finding, court.today)
        assert before and "2027年放假安排未导入" in before["notes"][0]
        bring(court, table(*FIXED), confirmed="*")
        after = clock(finding, court.today)
        assert after and after["notes"] == [] and len(after["counted"]) == 5


class TestRefused:
    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("2027-03-03,上班,春节", "本来就是周一至周五"),
            ("2026-12-31,放假,元旦", "不在 2027 年内"),
            ("2027-01-01,放假,元旦", "重复"),
            ("2027-02-30,放假,春节", ""),
            ("2027-02-06,加班,春节", ""),
            ("2027-02-06,放假,", "必须填写"),
        ],
    )
    def test_a_row(self, court: Court, row: str, reason: str) -> None:
        outcome = bring(court, table(*FIXED, row), confirmed="*")
        assert not outcome.written and not HolidayNotice.objects.exists()
        assert [r.row for r in outcome.refused] == [len(FIXED) + 2]
        assert reason in outcome.refused[0].reason

    def test_a_row_with_all_that_is_wrong_with_it(self, court: Court) -> None:
        outcome = bring(court, table(*FIXED, "2026-12-31,加班,", "2027-02-30,上班,春节"))
        first, second = len(FIXED) + 2, len(FIXED) + 3
        assert [(r.row, r.header) for r in outcome.refused] == [
            (first, "安排"), (first, "节日"), (first, "日期"), (second, "日期"),
        ]  # fmt: skip

    def test_work_on_a_statutory_holiday(self, court: Court) -> None:
        outcome = bring(court, table(*(r for r in FIXED if "05-01" not in r), "2027-05-01,上班,劳动节"))
        assert "法定放假" in outcome.refused[0].reason  # 1 May 2027 is a Saturday

    def test_half_a_year(self, court: Court) -> None:
        with pytest.raises(ParameterRefused, match=r"10月1日国庆节.*不是全年的安排"):
            bring(court, table(*FIXED[:3]))

    def test_every_weekend_listed(self, court: Court) -> None:
        days = [date.fromordinal(n) for n in range(date(2027, 1, 1).toordinal(), date(2028, 1, 1).toordinal())]
        rows = [f"{day},放假,周末" for day in days if day.weekday() >= 5 and f"{day},放假,假日" not in FIXED]
        with pytest.raises(ParameterRefused, match="只列通知里的放假日"):
            bring(court, table(*FIXED, *rows))

    @pytest.mark.parametrize("year", [1999, 2040])
    def test_a_year_out_of_reach(self, court: Court, year: int) -> None:
        with pytest.raises(ParameterRefused, match="可导入的范围"):
            bring(court, table(*FIXED), year=year)

    @pytest.mark.parametrize("name", ["裴院长", "林知远", "陶思源", "系统甲"])
    def test_by_anybody_but_the_office_of_the_court(self, court: Court, name: str) -> None:
        with pytest.raises(ParameterRefused, match="由该院审管办导入"):
            bring(court, table(*FIXED), by=name, confirmed="*")


def test_a_private_finding_is_counted_and_not_named(court: Court, finding: Finding) -> None:
    data = table(*FIXED, *NEW_YEAR)
    evidence = court.evidence(subject="沈若川", rule="PTY009", by="周既明")  # who registered it does not verify it
    loop.run(court.now)
    number = Finding.objects.get(links__evidence=evidence).number
    named = {one.moved.number for one in bring(court, data).affected}
    assert named == {finding.number, ""}
    assert number in {one.moved.number for one in bring(court, data, by="许清嘉").affected}
