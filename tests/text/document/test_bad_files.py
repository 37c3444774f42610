"""坏文件：each is refused in one Chinese sentence that names the file, the fault and the way out."""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from invented_judgments import CIVIL
from wrappers import one_run, package, para, run

from tianping.text.document import ReadError, from_text, read, read_bytes
from tianping.text.document import package as limits
from tianping.text.document.reading import MAX_FILE_BYTES

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(data: bytes, name: str = "判决书.docx") -> str:
    with pytest.raises(ReadError) as refused:
        read_bytes(data, name)
    sentence = str(refused.value)
    assert sentence.startswith(f"“{name}”")
    assert sentence.endswith("。") and sentence.count("。") == 1, sentence
    assert re.search(r"请[^。]+。$", sentence), f"no way out: {sentence}"
    assert not re.search(r"Traceback|Error|Exception|codec", sentence)
    return sentence


def document_xml(xml: bytes) -> bytes:
    """A .docx whose main part is exactly these bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(para(run("甲"))))) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "word/document.xml" else old.read(name))
    return out.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


class TestKindsOfFile:
    def test_an_empty_file(self) -> None:
        assert "0 字节" in refusal(b"")
        assert "0 字节" in refusal(b"", "判决书.txt")

    def test_blank_text(self) -> None:
        assert "没有文字" in refusal("　\r\n\t\u200b\n".encode(), "判决书.txt")

    @pytest.mark.parametrize("name", ["判决书.pdf", "判决书", "判决书.zip", "判决书.rtf"])
    def test_an_unknown_ending_is_named(self, name: str) -> None:
        assert (Path(name).suffix or "无扩展名") in refusal(b"%PDF-1.7", name)

    def test_a_file_over_the_limit_is_refused_before_it_is_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        huge = tmp_path / "卷宗.docx"
        with huge.open("wb") as out:
            out.truncate(100 * 1024 * 1024)
        monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("100 MB were read"))
        with pytest.raises(ReadError, match=r"“卷宗.docx”有 100.0 MB，超过 20 MB 的上限"):
            read(huge)

    def test_bytes_over_the_limit(self) -> None:
        assert "超过 20 MB" in refusal(bytes(MAX_FILE_BYTES + 1))

    def test_a_missing_file_and_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match="不存在"):
            read(tmp_path / "没有.docx")
        with pytest.raises(ReadError, match="目录"):
            read(tmp_path)
        with pytest.raises(ReadError, match="文件名不合规"):
            read("a\0b.docx")

    def test_an_encrypted_document_and_an_old_doc_are_told_apart(self) -> None:
        assert "密码" in refusal(OLE + "EncryptedPackage".encode("utf-16-le"))
        assert "旧式 .doc" in refusal(OLE + "WordDocument".encode("utf-16-le"))
        assert "旧式 .doc" in refusal(OLE + "WordDocument".encode("utf-16-le"), "判决书.doc")
        assert "加密文档或旧式" in refusal(OLE)

    def test_a_word_file_under_a_text_name(self) -> None:
        assert "却是 Word 文档" in refusal(one_run("甲"), "判决书.txt")
        assert "却是 Word 文档" in refusal(OLE, "判决书.txt")

    def test_macros(self) -> None:
        assert "宏" in refusal(package(para(run("甲")), extra={"word/vbaProject.bin": b"\x00"}))
        assert "宏" in refusal(one_run("甲"), "判决书.docm")


class TestBrokenPackages:
    def test_no_zip_at_all_and_a_zip_cut_short(self) -> None:
        whole = one_run(CIVIL)
        assert "损坏" in refusal(b"not a zip")
        assert "损坏" in refusal(whole[: len(whole) // 2])
        assert "损坏" in refusal(b"PK\x03\x04")

    def test_every_cut_is_refused_or_read_never_crashes(self) -> None:
        whole = one_run("甲" * 50)
        for end in range(1, len(whole), 37):
            with pytest.raises(ReadError):
                read_bytes(whole[:end], "判决书.docx")

    def test_a_flipped_byte_is_refused_or_read_never_crashes(self) -> None:
        whole = one_run(CIVIL)
        refused = 0
        for at in range(0, len(whole), 61):
            flipped = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
            try:
                read_bytes(flipped, "判决书.docx")
            except ReadError:
                refused += 1
        assert refused > 10

    def test_a_zip_that_is_no_word_file(self) -> None:
        assert "word/document.xml" in refusal(zipped({"a.txt": b"a"}))

    def test_a_zip_entry_with_a_password(self) -> None:
        data = bytearray(one_run("甲"))
        for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = -1
            while (at := data.find(mark, at + 1)) >= 0:
                data[at + flag] |= 1
        assert "密码" in refusal(bytes(data))

    def test_two_parts_of_one_name(self) -> None:
        out = io.BytesIO(one_run("甲"))
        with zipfile.ZipFile(out, "a") as made:
            made.writestr("word/Document.xml", b"<a/>")
        assert "同名部件" in refusal(out.getvalue())

    def test_xml_that_is_broken(self) -> None:
        assert "不是合规的 XML" in refusal(document_xml(b"<w:document"))
        assert "不是合规的 XML" in refusal(document_xml(b""))

    def test_nesting_deeper_than_any_judgment(self) -> None:
        assert "不是合规的 XML" in refusal(document_xml(b"<a>" * 5000 + b"</a>" * 5000))


class TestHostileXml:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_external_entities(self, tmp_path: Path, encoding: str) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("机密")
        xml = (
            f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
            "<a>&x;</a>"
        )
        sentence = refusal(document_xml(xml.encode(encoding)))
        assert "DOCTYPE" in sentence and "机密" not in sentence

    def test_a_document_type_without_entities(self) -> None:
        assert "DOCTYPE" in refusal(document_xml(b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>'))

    def test_entities_that_multiply(self) -> None:
        levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
        xml = f'<!DOCTYPE a [<!ENTITY e0 "{"哈" * 100}">{levels}]><a>&e9;</a>'
        assert "DOCTYPE" in refusal(document_xml(xml.encode()))

    def test_a_relationship_out_of_the_package_is_not_followed(self) -> None:
        header = {"header1.xml": "<a/>"}
        data = package(para(run("甲")), header)
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b'Target="header1.xml"', b'Target="../../../etc/passwd"'))
        assert [p.text for p in read_bytes(out.getvalue(), "判决书.docx").paragraphs] == ["甲"]


class TestBombs:
    def test_a_part_that_swells_is_stopped_by_its_ratio(self) -> None:
        body = para(run("甲")) + " " * (8 * 1024 * 1024)
        assert "压缩比超过 200 倍" in refusal(package(body))

    def test_the_size_written_in_the_file_is_not_believed(self) -> None:
        data = bytearray(package(para(run("甲")) + " " * (8 * 1024 * 1024)))
        at = -1
        while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
            data[at + 24 : at + 28] = struct.pack("<I", 100)
        sentence = refusal(bytes(data))
        assert "压缩比" in sentence or "损坏" in sentence

    @pytest.mark.parametrize(
        ("limit", "value", "said"),
        [
            ("MAX_PART_BYTES", 200_000, "解压后超过"),
            ("MAX_TOTAL_BYTES", 200_000, "合计超过"),
            ("MAX_PARTS", 3, "超过 3 个"),
        ],
    )
    def test_each_limit_is_stated_when_crossed(
        self, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, said: str
    ) -> None:
        data = package("".join(para(run(f"第{number}段")) for number in range(9000)))
        assert read_bytes(data, "判决书.docx").paragraphs[-1].text == "第8999段"
        monkeypatch.setattr(limits, limit, value)
        assert said in refusal(data)


class TestEncodings:
    @pytest.mark.parametrize(
        "data",
        [
            CIVIL.encode(),
            codecs.BOM_UTF8 + CIVIL.encode(),
            CIVIL.encode("utf-16"),
            codecs.BOM_UTF16_BE + CIVIL.encode("utf-16-be"),
            CIVIL.encode("gb18030"),
            CIVIL.replace("\n", "\r\n").encode("gb18030"),
        ],
        ids=["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb18030", "gb18030-crlf"],
    )
    def test_every_encoding_a_court_writes_reads_the_same(self, data: bytes) -> None:
        assert read_bytes(data, "判决书.txt") == from_text(CIVIL)

    @pytest.mark.parametrize(
        "make",
        [
            lambda: CIVIL.encode("utf-16-le"),
            lambda: CIVIL.encode("utf-8")[:-1] + b"\xff\xff",
            lambda: codecs.BOM_UTF8 + b"\xff\xfe\xfd",
            lambda: codecs.BOM_UTF16_LE + CIVIL.encode("utf-16-le") + b"\x00",
            lambda: codecs.BOM_UTF16_LE + b"\x00\xd8\x41\x00",
            lambda: bytes(range(256)) * 4,
            lambda: "이 문서는 한국어로 작성되었습니다 ".encode("euc-kr") * 20,
            lambda: "裁判所は次のとおり判決する。".encode("shift-jis") * 20,
        ],
        ids=[
            "utf-16 unmarked",
            "broken tail",
            "false utf-8 mark",
            "odd utf-16",
            "lone surrogate",
            "binary",
            "euc-kr",
            "sjis",
        ],
    )
    def test_other_encodings_are_refused_not_guessed(self, make: Callable[[], bytes]) -> None:
        sentence = refusal(make(), "判决书.txt")
        assert "编码" in sentence or "控制符" in sentence

    def test_lone_surrogates_in_text_are_shown_as_unreadable(self) -> None:
        document = from_text("本院认为\ud800，有理。")
        assert document.paragraphs[0].text == "本院认为\ufffd，有理。"
        document.text.encode()

    def test_control_and_direction_marks_do_not_crash(self) -> None:
        assert from_text("\u202e本院\x00认\u200d为，\u2067有理。\x1f").paragraphs[0].text == "本院认为，有理。"

    def test_no_text_is_an_empty_document(self) -> None:
        assert from_text("").paragraphs == ()
        assert not from_text("").is_judgment
