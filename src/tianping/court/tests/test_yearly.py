"""年度存量的导入。"""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Court
from tianping.court.models import YearlyStock
from tianping.court.tests.tables import xlsx
from tianping.court.yearly import yearly_stock_import
from tianping.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db
HEADERS = ("年度", "案件类别", "新收", "结案", "年末未结", "来源")
GOOD = (2023, "合计", 21034, 20876, 1893, "2023年司法统计年报")


def take(court: Court, *rows: tuple[Any, ...], write: bool = True) -> Any:
    return yearly_stock_import(
        court=court.organisations["LJ"],
        data=xlsx(*rows, headers=HEADERS),
        name="年度存量.xlsx",
        write=write,
        by=court.viewer("周既明"),
        at=court.now,
    )


def test_written_once_however_often_it_is_imported(court: Court) -> None:
    first, again = take(court, GOOD), take(court, GOOD)
    assert (first.counts["新增"], again.counts["未变"], again.counts["新增"]) == (1, 1, 0)
    stock = YearlyStock.objects.get()
    assert (stock.year, stock.kind, stock.newly_accepted, stock.pending) == (2023, "all", 21034, 1893)
    assert Entry.objects.filter(verb="court.yearly_stock.import").count() == 1


def test_a_corrected_year_replaces_what_stood_there(court: Court) -> None:
    take(court, GOOD)
    outcome = take(court, (*GOOD[:2], 21035, *GOOD[3:]))
    assert outcome.counts["更新"] == 1
    assert YearlyStock.objects.get().newly_accepted == 21035


def test_a_dry_run_writes_nothing(court: Court) -> None:
    outcome = take(court, GOOD, write=False)
    assert (outcome.written, outcome.counts["新增"], YearlyStock.objects.count()) == (False, 1, 0)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((2026, *GOOD[1:]), "还没有结束"),
        ((1900, *GOOD[1:]), "1978"),
        ((2023, "海事", *GOOD[2:]), "案件类别"),
        ((2023, "合计", -1, *GOOD[3:]), "新收"),
        ((*GOOD[:5], ""), "来源"),
    ],
)
def test_one_bad_row_and_nothing_is_written(court: Court, row: tuple[Any, ...], words: str) -> None:
    outcome = take(court, (2022, *GOOD[1:]), row)
    assert not outcome.written
    assert not YearlyStock.objects.exists()
    assert any(words in refusal.sentence for refusal in outcome.refused), [r.sentence for r in outcome.refused]


def test_all_that_is_wrong_with_a_row_is_named_at_once(court: Court) -> None:
    outcome = take(court, (2026, "合计", -1, *GOOD[3:5], ""), ("今年", *GOOD[1:]))
    assert [(r.row, r.header) for r in outcome.refused] == [(2, "新收"), (2, "来源"), (2, "年度"), (3, "年度")]
