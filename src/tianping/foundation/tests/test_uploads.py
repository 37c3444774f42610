"""上传：in memory only, and never more than the limit, however much is sent."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from tianping.foundation.uploads import FileRefused, bytes_of

MB = 1024 * 1024
BOUNDARY = "tianping"


class Arriving(BytesIO):
    """正在到来的请求体：counts how much of it was taken."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def body(megabytes: int) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="文书.docx"\r\n\r\n'
    return head.encode() + b"x" * (megabytes * MB) + f"\r\n--{BOUNDARY}--\r\n".encode()


def request(data: bytes) -> tuple[HttpRequest, Arriving]:
    stream = Arriving(data)
    environment = RequestFactory()._base_environ() | {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(len(data)),
        "wsgi.input": stream,
    }
    return WSGIRequest(environment), stream


def test_a_file_within_the_limit_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def on_disk(*args: object, **kwargs: object) -> None:
        raise AssertionError("an upload was written to a disk")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", on_disk)
    asked, _ = request(body(19))
    (file,) = asked.FILES.getlist("file")
    assert isinstance(file, InMemoryUploadedFile)
    assert file.size == 19 * MB
    assert file.name == "文书.docx"


def test_exactly_the_limit_is_taken() -> None:
    asked, _ = request(body(20))
    assert asked.FILES["file"].size == 20 * MB


def test_more_than_the_limit_is_let_go_while_arriving_and_refused_by_name() -> None:
    asked, _ = request(body(60))
    file = asked.FILES["file"]
    assert file.size == 60 * MB
    assert file.read() == b""
    with pytest.raises(FileRefused, match=r"“文书\.docx”有 60\.0 MB，超过 20 MB 的上限。请删去图片或拆分后再试。"):
        bytes_of(file)


def test_files_of_one_request_share_a_limit() -> None:
    part = body(19).removesuffix(f"--{BOUNDARY}--\r\n".encode())
    asked, _ = request(part * 6 + f"--{BOUNDARY}--\r\n".encode())
    *kept, last = asked.FILES.getlist("file")
    assert [len(bytes_of(file)) for file in kept] == [19 * MB] * 5
    with pytest.raises(FileRefused, match="合计超过 100 MB"):
        bytes_of(last)


@pytest.mark.django_db
def test_a_page_answers_an_oversized_file_by_name_and_with_the_limit(client_of: Callable[[str], Client]) -> None:
    fields = {"court": "LJ", "source": "案件系统"}
    head = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    answer = client_of("周既明").post(
        "/cases/import/", head.encode() + body(21), content_type=f"multipart/form-data; boundary={BOUNDARY}"
    )
    assert answer.status_code == 422
    assert "21.0 MB，超过 20 MB 的上限" in answer.content.decode()
