"""导航栏：the doors of each role, in the order of the loop."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import pytest
from django.test import override_settings
from django.urls import NoReverseMatch

from tests.web.test_components import draw
from tianping.foundation.accounts.roles import ADMINISTRATORS, Role
from tianping.web.navigation import ENTRIES, navigation_for


@dataclass(frozen=True)
class Somebody:
    role: Role

    def holds(self, *roles: Role) -> bool:
        return self.role in roles


class TestTheRail:
    def labels(self, role: Role) -> list[str]:
        return [item.label for group in navigation_for(Somebody(role), "/") for item in group.items]

    def test_follows_the_loop_and_every_address_resolves(self) -> None:
        loop = ["首页", "登记册", "已发文书", "文书评查", "文书自查", "问题", "整改", "案件", "循环总览"]
        shown = self.labels(Role.LEADER)
        assert [label for label in shown if label in loop] == loop

    def test_of_a_judge_shows_no_overview(self) -> None:
        shown = self.labels(Role.STAFF)
        assert shown[:7] == ["首页", "登记册", "已发文书", "文书评查", "文书自查", "问题", "整改"]
        assert "循环总览" not in shown

    @pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
    def test_of_an_administrator_shows_no_content(self, role: Role) -> None:
        shown = self.labels(role)
        assert (shown[0], shown[-1]) == ("首页", "账号与审计说明")
        assert not set(shown[1:-1]) & {"登记册", "已发文书", "文书评查", "文书自查", "问题", "整改", "案件", "循环总览"}

    def test_of_the_three_administrators_share_no_page_but_the_reset_of_two(self) -> None:
        shown = {role: set(self.labels(role)[1:-1]) for role in ADMINISTRATORS}
        for one, other in combinations(sorted(ADMINISTRATORS), 2):
            assert shown[one] & shown[other] <= {"口令重设", "后台任务"}, (one, other)

    @override_settings(ROOT_URLCONF="tests.web.no_urls")
    def test_raises_for_an_address_that_does_not_resolve(self) -> None:
        with pytest.raises(NoReverseMatch):
            navigation_for(Somebody(Role.LEADER), "/")

    def test_marks_the_nearest_entry_and_home_only_at_home(self) -> None:
        def active(path: str) -> list[str]:
            groups = navigation_for(Somebody(Role.LEADER), path)
            return [item.label for group in groups for item in group.items if item.active]

        findings = next(
            item.url
            for group in navigation_for(Somebody(Role.LEADER), "/")
            for item in group.items
            if item.label == "问题"
        )
        assert active("/") == ["首页"]
        assert active(f"{findings}12/") == ["问题"]
        assert active("/nowhere/") == []

    def test_tells_a_screen_reader_where_it_is_and_what_waits(self) -> None:
        groups = navigation_for(Somebody(Role.LEADER), "/", counts={"findings:list": 3})
        html = draw('{% include "components/rail.html" %}', navigation=groups)
        assert html.count('aria-current="page"') == 1
        assert "待办 </span>3<" in html

    def test_knows_each_address_once(self) -> None:
        names = [entry.url_name for entry in ENTRIES]
        assert len(names) == len(set(names))
