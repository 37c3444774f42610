"""免报与检查方案文件：what a person silenced stays silent, with the reason in the file and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tianping.law import parameter
from tianping.text.document import Span, from_text
from tianping.text.lint import Mode, Profile, Remark, Severity, check, rule_by_code
from tianping.text.lint.noqa import Silence, split
from tianping.text.lint.profile import LocalNumber
from tianping.text.lint.profile_file import MalformedProfile, profile_file, profile_from


def remark(code: str = "PTY001", text: str = "卢广廉", start: int = 10) -> Remark:
    return Remark(code, "x", Severity.ERROR, "说明", Span(3, start, start + len(text)), text)


class TestASilence:
    @pytest.mark.parametrize(
        ("silence", "covers"),
        [
            (Silence(("PTY001",), "系另一人"), True),
            (Silence(("PTY",), "系另一人"), True),
            (Silence((), "都看过"), True),
            (Silence(("DAT",), "系另一人"), False),
            (Silence(("PTY001",), "", span=Span(3, 12, 20)), True),
            (Silence(("PTY001",), "", span=Span(3, 13, 20)), False),
            (Silence(("PTY001",), "", span=Span(4, 10, 13)), False),
            (Silence(("PTY001",), "", span=Span(3, 0, 0)), True),  # on no characters: on the paragraph
            (Silence(("PTY001",), "", text="卢广廉"), True),
            (Silence(("PTY001",), "", text="卢 广 廉"), True),
            (Silence(("PTY001",), "", text="卢广谦"), False),
            (Silence(("PTY001",), "", file="判决书*.docx"), True),
            (Silence(("PTY001",), "", file="裁定书.docx"), False),
        ],
    )
    def test_what_it_covers(self, silence: Silence, covers: bool) -> None:
        assert silence.covers(remark(), "判决书.docx") is covers

    def test_the_rest_is_said_in_the_same_order(self) -> None:
        remarks = [remark(), remark("DAT001", "6月31日", 40), remark(start=60)]
        said, silent = split(remarks, [Silence(("PTY",), "", span=Span(3, 60, 61))])
        assert (said, silent) == ((remarks[0], remarks[1]), (remarks[2],))


WHOLE = """\
mode: draft
select: [law, PTY]
ignore: PTY003
noqa:
  - code: PTY001
    text: 卢广廉
    file: 判决书*.docx
    reason: 系另一当事人
parameters:
  findings.reply_days:
    2026-07-01: {value: 7, basis: 本院规定第三条}
    2026-01-01: {value: 6, basis: 本院规定第二条}
"""


class TestAProfileFile:
    def test_every_field_is_read(self) -> None:
        profile = profile_from(WHOLE)
        assert (profile.mode, profile.select, profile.ignore) == (Mode.DRAFT, ("LAW", "PTY"), ("PTY003",))
        assert profile.silences == (Silence(("PTY001",), "系另一当事人", text="卢广廉", file="判决书*.docx"),)
        assert profile.numbers == (
            LocalNumber("findings.reply_days", date(2026, 1, 1), "6", "本院规定第二条"),
            LocalNumber("findings.reply_days", date(2026, 7, 1), "7", "本院规定第三条"),
        )

    def test_the_courts_own_numbers_hold_while_its_profile_checks_and_no_longer(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        national = parameter("findings.reply_days")
        asked: list[tuple[object, str]] = []

        def noted(document: object, law: object) -> Iterator[Remark]:
            for day in (date(2025, 12, 31), date(2026, 3, 1), date(2026, 8, 1)):
                held = parameter("findings.reply_days").on(day)
                asked.append((held.value, held.basis))
            yield from ()

        rule = rule_by_code("DAT001")
        monkeypatch.setattr(rule, "find", noted)
        profile = replace(profile_from(WHOLE), select=("DAT001",), ignore=(), mode=Mode.ISSUED)
        check(from_text("请于2024年6月31日前答复。"), rules=profile)
        first = national.on(date(2025, 12, 31))
        assert asked == [(first.value, first.basis), (6, "本院规定第二条"), (7, "本院规定第三条")]
        assert parameter("findings.reply_days") == national

    def test_an_empty_file_is_the_usual_profile(self) -> None:
        assert profile_from("") == Profile()

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("mod: draft", "不认识的字段 mod"),
            ("mode: final", "mode 不能是“final”，可用 draft（起草稿）"),
            ("select: {LAW: 1}", "select 应是规则编码的列表"),
            ("- LAW", "应写成“字段: 值”"),
            ("select: [LAW", "第 1 行不是完好的 YAML"),
            ("noqa: PTY001", "noqa 应是一个列表"),
            ("noqa: [{reason: 系另一人}]", "noqa 第 1 项没有写规则编码"),
            ("noqa: [{code: PTY001}]", "noqa 第 1 项没有写理由"),
            ("noqa: [{code: PTY001, why: 系另一人}]", "noqa 第 1 项只能写"),
            ("parameters: {no.such: {2026-01-01: {value: 1, basis: 甲}}}", "参数“no.such”不存在"),
            ("parameters: {findings.reply_days: {soon: {value: 1, basis: 甲}}}", "“soon”不是日期"),
            ("parameters: {findings.reply_days: {2026-01-01: {value: 七, basis: 甲}}}", "value 应是一个数"),
            ("parameters: {findings.reply_days: {2026-01-01: {value: 7}}}", "没有写明依据"),
        ],
    )
    def test_what_is_written_wrong_is_refused_in_one_sentence(self, text: str, fault: str) -> None:
        with pytest.raises(MalformedProfile, match=r"检查方案“方案\.yaml”") as refused:
            profile_from(text, "方案.yaml")
        assert fault in str(refused.value)
        assert "\n" not in str(refused.value)

    def test_a_file_that_is_not_there_or_no_text_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(MalformedProfile, match="不存在"):
            profile_file(tmp_path / "没有.yaml")
        (tmp_path / "乱.yaml").write_bytes(b"\xff\xfe\x00")
        with pytest.raises(MalformedProfile, match="UTF-8"):
            profile_file(tmp_path / "乱.yaml")
