"""页面部件：what every page may rely on — words beside colours, fields beside labels, remarks beside the words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from tianping.web.pieces import pieces_of
from tianping.web.templatetags import tianping_ui as ui

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tianping"
WEB = SOURCE / "web"
TEMPLATES = sorted(path for path in SOURCE.rglob("*.html") if "templates" in path.parts)
LIMIT = {
    "remaining": 3,
    "basis": "《信访工作条例》第三十四条",
    "start": date(2026, 3, 2),
    "due": date(2026, 3, 13),
    "counted": 10,
    "excluded": [{"day": date(2026, 3, 7), "reason": "周六"}],
}


def draw(source: str, **context: Any) -> str:
    return engines["django"].from_string("{% load tianping_ui %}" + source).render(context)


def page(name: str, **context: Any) -> str:
    return render_to_string(name, {"title": "问题清单", "navigation": [], **context}, RequestFactory().get("/"))


class Words(HTMLParser):
    """What a reader sees: text outside hidden spans and remark numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.skip: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"input", "br", "meta", "link"}:
            names = (dict(attrs).get("class") or "").split()
            self.skip.append("visually-hidden" in names or "tp-mark-number" in names)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"input", "br", "meta", "link"}:
            self.skip.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.skip):
            self.text += data


def words(html: str) -> str:
    parser = Words()
    parser.feed(html)
    return parser.text


class TestAState:
    @pytest.mark.parametrize("kind", sorted(ui.ICONS))
    def test_is_told_by_icon_and_word_as_well_as_colour(self, kind: str) -> None:
        html = draw('{% state_badge "待核验" kind %}', kind=kind)
        assert f"tp-{kind}" in html
        assert re.search(r'class="ti ti-[a-z-]+" aria-hidden="true"', html)
        assert words(html).strip() == "待核验"

    def test_of_an_unknown_kind_is_refused(self) -> None:
        with pytest.raises(KeyError):
            draw('{% state_badge "待核验" "urgent" %}')

    @pytest.mark.parametrize("kind", sorted(ui.ICONS))
    def test_can_be_read_at_arms_length(self, kind: str) -> None:
        colours = dict(
            re.findall(r"--tp-([a-z-]+): (#[0-9a-f]{6});", (WEB / "static/tianping/tianping.css").read_text())
        )
        assert contrast(colours[kind], colours[f"{kind}-soft"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #rrggbb colours."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


class TestATimeLimit:
    @pytest.mark.parametrize(
        ("change", "said", "kind"),
        [
            ({}, "还剩 3 个工作日 · 依据 《信访工作条例》第三十四条", "waiting"),
            ({"remaining": 20}, "还剩 20 个工作日", "neutral"),
            ({"remaining": 0}, "今日到期", "waiting"),
            ({"remaining": -4}, "逾期 4 个工作日", "overdue"),
            ({"remaining": -4, "unit": "天"}, "逾期 4 天", "overdue"),
            ({"remaining": None}, "无期限", "neutral"),
            ({"paused": "等待鉴定"}, "停止计时（等待鉴定）", "neutral"),
            ({"done_on": date(2026, 3, 9), "remaining": -4}, "已于2026年3月9日办结", "done"),
        ],
    )
    def test_says_what_is_left_in_words(self, change: dict[str, Any], said: str, kind: str) -> None:
        html = draw("{% clock_chip clock %}", clock=LIMIT | change)
        assert said in words(html)
        assert f"tp-badge tp-{kind}" in html

    def test_shows_its_counting_on_hover_on_opening_and_in_print(self) -> None:
        html = draw("{% clock_chip clock %}", clock=LIMIT)
        counting = "自2026年3月2日起算；2026年3月13日到期；计入 10 个工作日；不计入：2026年3月7日周六"
        assert f'title="{counting}"' in html
        assert f'<span class="tp-print-only">（{counting}）</span>' in html
        assert html.count("<li>") == 4

    def test_without_a_counting_opens_nothing(self) -> None:
        assert "<details" not in draw("{% clock_chip clock %}", clock={"done_on": date(2026, 3, 9)})


class TestDatesAndAmounts:
    def test_a_moment_is_shown_on_its_day_in_shanghai(self) -> None:
        late = datetime(2026, 3, 7, 22, 5, tzinfo=UTC)
        assert draw("{{ at|day }} {{ at|clock }}", at=late) == "2026年3月8日 06:05"

    def test_a_day_has_no_leading_noughts(self) -> None:
        assert draw("{{ on|day }}", on=date(2026, 3, 8)) == "2026年3月8日"

    def test_money_has_thousands_and_cents(self) -> None:
        assert draw("{{ sum|yuan }}", sum=Decimal("12300.5")) == "12,300.50元"

    def test_a_share_has_its_counts_beside_it(self) -> None:
        assert draw("{{ 5|share:40 }}") == "12.5%（5/40）"
        assert draw("{{ 0|share:0 }}") == "—（0/0）"

    def test_a_missing_value_gives_its_reason(self) -> None:
        html = draw('{{ value|missing:"尚未送达" }}', value=None)
        assert 'title="尚未送达"' in html
        assert words(html) == "—（尚未送达）"
        assert draw('{{ value|missing:"尚未送达" }}', value=0) == "0"

    def test_a_missing_reason_cannot_carry_markup(self) -> None:
        assert "<b>" not in draw("{{ value|missing:reason }}", value="", reason="<b>x</b>")


def listing(number: int, **more: Any) -> str:
    columns = [{"label": "编号"}, {"label": "状态"}, {"label": "金额", "numeric": True}]
    cells = [
        {"text": "2026-问-0013", "url": "/f/1"},
        {"state": {"word": "待答复", "kind": "waiting"}},
        {"money": Decimal("1")},
    ]
    context = {
        "total": number,
        "total_definition": "您可以查看的、未销号的问题",
        "caption": "问题",
        "columns": columns,
        "rows": [{"cells": cells}] * number,
        "empty": {"what": "这里列出问题。", "how": "线索经核实后自动列入。"},
    }
    return page("components/list_page.html", **context | more)


class TestAList:
    @pytest.mark.parametrize("rows", [1, 3, 300])
    def test_as_cards_has_the_same_fields_in_the_same_order(self, rows: int) -> None:
        html = listing(rows)
        assert re.findall(r'data-label="([^"]+)"', html) == ["编号", "状态", "金额"] * rows
        assert re.findall(r"<th[^>]*>([^<]+)</th>", html) == ["编号", "状态", "金额"]

    def test_refuses_a_row_with_a_cell_too_few(self) -> None:
        with pytest.raises(ValueError, match="zip"):
            listing(1, rows=[{"cells": ["2026-问-0013", "待答复"]}])

    def test_without_rows_says_what_would_be_here_and_how_it_gets_here(self) -> None:
        html = listing(0)
        assert "<table" not in html
        assert "这里列出问题。" in html
        assert "线索经核实后自动列入。" in html

    def test_gives_its_count_with_its_definition(self) -> None:
        assert "3 项 · 您可以查看的、未销号的问题" in words(listing(3))

    def test_leads_on_and_back_by_key_only_where_there_is_more(self) -> None:
        html = listing(3, pager={"previous_url": None, "next_url": "?after=50"})
        assert 'href="?after=50" rel="next"' in html
        assert "上一页" not in html

    def test_has_one_heading_of_the_first_rank_and_a_way_past_the_rail(self) -> None:
        html = listing(3)
        assert html.count("<h1") == 1
        assert html.index('href="#content"') < html.index('id="rail"') < html.index('<main id="content"')


class Answer(forms.Form):
    reply = forms.CharField(label="答复", help_text="写明认可或异议。")
    cause = forms.ChoiceField(label="原因", choices=[("k", "知识")], widget=forms.RadioSelect)
    note = forms.CharField(label="备注", required=False)
    stage = forms.ChoiceField(
        label="步骤", choices=[("a", "起草")], widget=forms.RadioSelect, required=False, initial="a"
    )


class TestAFormField:
    def test_ties_help_and_error_to_the_control(self) -> None:
        html = draw("{% field form.reply %}", form=Answer({}))
        assert 'aria-describedby="id_reply_help id_reply_fault"' in html
        assert 'id="id_reply_help"' in html
        assert 'id="id_reply_fault"' in html
        assert 'aria-invalid="true"' in html
        assert 'for="id_reply"' in html

    def test_that_chooses_one_of_several_is_a_fieldset_with_a_legend(self) -> None:
        assert "<fieldset" in draw("{% field form.cause %}", form=Answer())
        assert "<legend>原因</legend>" in draw("{% field form.cause %}", form=Answer())

    def test_that_may_stay_empty_says_so(self) -> None:
        assert "（可不填）" in draw("{% field form.note %}", form=Answer())
        assert "（可不填）" not in draw("{% field form.reply %}", form=Answer())

    def test_whose_choice_is_already_made_does_not_say_that_it_may_stay_empty(self) -> None:
        assert "（可不填）" not in draw("{% field form.stage %}", form=Answer())

    def test_at_fault_is_named_at_the_top_with_a_way_to_it(self) -> None:
        html = draw('{% include "components/form_faults.html" %}', form=Answer({}))
        assert '<a href="#id_reply">答复</a>' in html
        assert "内容没有写入" in html


class TestTheNextStep:
    MINE = {
        "allowed": True,
        "code": "close",
        "label": "销号",
        "url": "/close",
        "form": None,
        "consequence": "销号后进入观察期。",
        "undo": "不能撤销。",
    }
    NOT_MINE = {"allowed": False, "label": "报结", "who": "承办人", "why_not": "您是核验人。"}

    def test_of_this_viewer_posts_and_says_what_will_happen(self) -> None:
        html = draw('{% include "components/moves.html" %}', moves=[self.MINE])
        assert '<form method="post" action="/close">' in html
        assert "<p>销号后进入观察期。不能撤销。</p>" in html
        assert 'data-confirm="销号后进入观察期。不能撤销。"' in html

    def test_of_another_says_who_and_why_not_and_offers_no_form(self) -> None:
        html = draw('{% include "components/moves.html" %}', moves=[self.NOT_MINE])
        assert "报结：由承办人办理。您是核验人。" in words(html)
        assert "<form" not in html

    def test_after_the_last_one_says_that_there_is_none(self) -> None:
        assert "没有下一步" in draw('{% include "components/moves.html" %}', moves=[])


TEXT = "依照《中华人民共和国合同法》第六十条，于2024年2月30日前归还。"


def remark(number: str, start: int, end: int, *, severity: str = "E", paragraph: int = 1) -> dict[str, Any]:
    place = {"id": number, "paragraph": paragraph, "start": start, "end": end, "severity": severity}
    return place | {"code": "LAW002", "name": "引用失效法律", "message": "该法已失效。"}


def document(*remarks: dict[str, Any], text: str = TEXT) -> str:
    paragraphs = [{"number": 1, "text": text}, {"number": 2, "text": "驳回其他诉讼请求。"}]
    return draw(
        "{% document_view document %}",
        document={"title": "判决书", "paragraphs": paragraphs, "remarks": list(remarks)},
    )


def paragraph_one(html: str) -> str:
    found = re.search(r'<p class="tp-words" id="p-1">.*?</p>', html, re.DOTALL)
    assert found
    return found.group()


class TestADocumentWithItsRemarks:
    def test_marks_exactly_the_words_remarked_on(self) -> None:
        assert re.findall(r"<mark[^>]*>([^<]+)</mark>", document(remark("a", 2, 14))) == ["《中华人民共和国合同法》"]

    @pytest.mark.parametrize("spans", [[(2, 14), (10, 19)], [(0, 5), (0, 5)], [(0, len(TEXT))], [(3, 3)], []])
    def test_loses_no_word_however_remarks_overlap(self, spans: list[tuple[int, int]]) -> None:
        html = document(*(remark(f"r{n}", start, end) for n, (start, end) in enumerate(spans)))
        assert words(paragraph_one(html)) == TEXT

    def test_numbers_each_mark_like_its_remark_so_that_colour_is_never_the_only_tie(self) -> None:
        html = document(remark("a", 2, 14), remark("b", 20, 30))
        assert re.findall(r'id="m-(\w)" href="#r-\w"><span[^>]*>批注</span>(\d)', html) == [("a", "1"), ("b", "2")]
        assert re.findall(r'class="tp-remark-number">(\d)<', html) == ["1", "2"]

    def test_shows_the_gravest_of_overlapping_remarks(self) -> None:
        html = document(remark("a", 2, 14, severity="I"), remark("b", 2, 14, severity="E"))
        assert "tp-mark-overdue" in html
        assert "tp-mark-neutral" not in html

    def test_leads_from_remark_to_remark_without_script(self) -> None:
        html = document(remark("a", 2, 14), remark("b", 20, 30))
        assert re.findall(r'<a href="#r-(\w)">(上一条|下一条)</a>', html) == [("b", "下一条"), ("a", "上一条")]

    def test_keeps_a_remark_whose_paragraph_is_not_shown(self) -> None:
        html = document(remark("a", 0, 2, paragraph=99))
        assert 'id="r-a"' in html
        assert "未在本页显示" in html

    def test_refuses_a_place_outside_the_paragraph(self) -> None:
        with pytest.raises(ValueError, match="超出本段"):
            pieces_of("短", [remark("a", 0, 9)])

    def test_shows_markup_in_a_judgment_as_text(self) -> None:
        assert "<script>" not in document(remark("a", 0, 3), text="<script>alert(1)</script>")


class TestErrorPages:
    @pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
    def test_need_no_context_and_show_a_way_out(self, name: str) -> None:
        html = render_to_string(f"{name}.html")
        assert html.count("<h1") == 1
        assert 'href="/"' in html

    def test_not_found_does_not_say_whether_it_exists(self) -> None:
        html = render_to_string("404.html", {"request_path": "/findings/2026-0013/", "exception": "No Finding matches"})
        assert "2026-0013" not in html
        assert "Finding" not in html
        assert "系统不区分" in html


PAPERS = {"audit/daily.html"}
"""Written to a file by a command and printed: whole in themselves, never served."""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
class TestEveryTemplate:
    def test_has_no_inline_script_style_or_handler(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        if f"{path.parent.name}/{path.name}" in PAPERS:
            text = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)
        assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|hx-on|javascript:", text, re.IGNORECASE)

    def test_fetches_nothing_from_elsewhere(self, path: Path) -> None:
        assert not re.search(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", path.read_text(encoding="utf-8"))

    def test_stands_in_a_frame_or_is_a_component(self, path: Path) -> None:
        name = path.relative_to(next(p for p in path.parents if p.name == "templates"))
        whole = {"base.html", "bare.html"} | PAPERS
        if name.parts[0] == "components" or str(name) in whole or path.name.startswith("_"):
            return
        assert re.match(
            r'\{% extends "(base|bare|components/(record|list)_page)\.html" %\}', path.read_text(encoding="utf-8")
        )

    def test_uses_none_of_the_words_we_avoid(self, path: Path) -> None:
        assert not re.search("排名|积分|打卡|时长|满意率100%|亲，|！", path.read_text(encoding="utf-8"))


class TestChips:
    def test_one_filter_alone_is_not_offered(self) -> None:
        one = {"label": "全部", "url": "?", "active": True, "count": None}
        two = {"label": "未结", "url": "?state=open", "active": False, "count": None}
        assert draw('{% include "components/chips.html" %}', filters=[one]).strip() == ""
        assert "未结" in draw('{% include "components/chips.html" %}', filters=[one, two])


class TestCounts:
    def test_thousands_are_set_apart(self) -> None:
        assert draw("{{ n|many }}", n=20000) == "20,000"
        assert draw("{{ n|many }}", n=931) == "931"
        assert draw("{{ n|many }}", n="—") == "—"
