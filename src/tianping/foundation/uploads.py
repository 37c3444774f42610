"""上传：files stay in memory, so that a draft never touches a disk; one that is too large is refused by name."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MIB = 1024 * 1024
MAX_TOGETHER_MB = 100
"""一次收文件的合计上限：what one request may hold in memory."""


class FileRefused(ValueError):
    """文件未收：says which file, how large, and what to do."""


class ArrivedFile(InMemoryUploadedFile):
    """收到的文件；``fault`` and ``way_out`` say why its bytes were not kept, where they were not."""

    fault = ""
    way_out = ""


class CappedUploadHandler(FileUploadHandler):
    """内存收文件：past a limit the bytes are let go while the rest arrives, so that the answer can name the file."""

    held = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.buffer = BytesIO()
        self.fault: tuple[str, str] | None = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.fault:
            return
        if start + len(raw_data) > settings.MAX_UPLOAD_MB * MIB:
            self._let_go(f"超过 {settings.MAX_UPLOAD_MB} MB 的上限", "请删去图片或拆分后再试")
        elif self.held + len(raw_data) > MAX_TOGETHER_MB * MIB:
            self._let_go(f"与同批文件合计超过 {MAX_TOGETHER_MB} MB", "请分批再试")
        else:
            self.held += self.buffer.write(raw_data)

    def _let_go(self, fault: str, way_out: str) -> None:
        self.fault = (fault, way_out)
        self.held -= self.buffer.tell()
        self.buffer = BytesIO()

    def file_complete(self, file_size: int) -> ArrivedFile:
        self.buffer.seek(0)
        file = ArrivedFile(self.buffer, self.field_name, self.file_name, self.content_type, file_size, self.charset)
        if self.fault:
            file.fault, file.way_out = f"有 {file_size / MIB:.1f} MB，{self.fault[0]}", self.fault[1]
        return file


def bytes_of(file: UploadedFile[Any]) -> bytes:
    """文件内容；refused where the file was larger than what is taken."""
    if fault := getattr(file, "fault", ""):
        raise FileRefused(f"“{file.name}”{fault}。{getattr(file, 'way_out', '')}。")
    data: bytes = file.read()
    return data
