"""训练：the same text and seed give the same file; an archive's people are not in it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from tianping.text.proofread import load
from tianping.text.proofread.alphabet import MASKED, RARE
from tianping.text.proofread.ngrams import extend
from tianping.text.proofread.tables import Tables
from tianping.text.proofread.train import build as building
from tianping.text.proofread.train.__main__ import main
from tianping.text.proofread.train.archive import archive

from .small import corpus, sentences, trained

pytest.importorskip("lightgbm")

PEOPLE = ("罗青岚", "方若鼐", "欧阳汀")
FIRM = "南浦市云岫木业有限公司"


def knows(tables: Tables, words: str) -> bool:
    ids = tables.alphabet.ids(words)
    hashes = ids[:1].astype(np.uint64)
    for one in ids[1:]:
        hashes = extend(hashes, np.array([one]))
    return bool(tables.likelihood.grams.find(hashes)[0])


def judgment(number: int) -> str:
    one, other, third = PEOPLE
    body = "\n".join(f"经审理查明，{line}{one}与{other}对此均无异议。" for line in sentences(6, 100 + number))
    return (
        f"南浦市清河区人民法院\n民事判决书\n（2024）南0102民初{number}号\n原告：{one}，男，汉族，住南浦市清河区。\n"
        f"被告：{other}，男，汉族，住南浦市清河区。\n被告：{FIRM}，住所地南浦市。\n法定代表人：{third}，该公司经理。\n"
        f"原告{one}与被告{other}、{FIRM}买卖合同纠纷一案，本院立案后公开开庭进行了审理。本案现已审理终结。\n{body}\n"
        f"本院认为，{one}的请求于法有据。\n判决如下：\n{other}于本判决生效之日起十日内向{one}支付货款8300元。\n"
        f"审判员　{third}\n二〇二四年九月二十日\n书记员　{one}\n"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("archive")
    for number in range(12):
        (place / f"{number}.txt").write_text(judgment(number), encoding="utf-8")
    (place / "坏.docx").write_bytes(b"not a document")
    return place


def test_the_same_seed_gives_the_same_checksum(small_model: Path, tmp_path: Path) -> None:
    again = trained(tmp_path, "again")
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(small_model.read_bytes()).digest()


def test_another_seed_gives_another_model(small_model: Path, tmp_path: Path) -> None:
    assert trained(tmp_path, "other", seed=2).read_bytes() != small_model.read_bytes()


def test_an_interrupted_training_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(building, "examples", stops)
        with pytest.raises(KeyboardInterrupt):
            trained(tmp_path, "broken")

    def never(*given: object) -> None:
        raise AssertionError("counted again")

    monkeypatch.setattr(building, "table", never)
    assert load(trained(tmp_path, "broken")).tables.trees is not None


def test_no_name_of_the_archive_is_in_what_is_counted(folder: Path) -> None:
    told: list[str] = []
    kind = archive(folder, told.append)
    text = "\n".join(kind.sentences)
    assert len(kind.sentences) > 20
    assert "买卖合同纠纷一案" in text
    assert not [name for name in (*PEOPLE, FIRM, "云岫") if name in text]
    assert any("没有读入" in line for line in told)


def test_no_name_of_the_archive_is_in_the_model(folder: Path, tmp_path: Path) -> None:
    model = load(trained(tmp_path, "local", archive=folder))
    tables = model.tables
    assert model.notes["sentences"]["archive"] > 20
    assert knows(tables, "买卖合同")  # learnt from the archive alone
    for name in (*PEOPLE, "青岚", "若鼐", "云岫", "云岫木业"):
        assert not knows(tables, name)
    listed = {tables.alphabet.text(word) for words in tables.words.values() for word in words.words.astype(int)}
    assert not listed & {"青岚", "若鼐", "云岫", *PEOPLE}


def test_digits_and_marks_are_classes() -> None:
    from tianping.text.proofread.alphabet import DIGIT, LATIN, Alphabet

    alphabet = Alphabet("法")
    assert list(alphabet.ids("0９aＺ×X法𠀀\ud800")) == [DIGIT, DIGIT, LATIN, LATIN, MASKED, MASKED, 8, RARE, RARE]


def test_the_command_reports_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "told.bin"
    given = ["--corpus", str(corpus(tmp_path / "corpus")), "--out", str(out), "--passes", "1", "--trees", "5"]
    assert main(given) == 0
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert report["sha256"] == load(out).sha256
    assert report["held_out"] > 0
    assert "判别树样本" in told.err
