"""读取错误：a file that cannot be read, said in one Chinese sentence."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "不存在",
    errno.EEXIST: "已有同名文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "是一个目录",
    errno.ENOTDIR: "路径里有一段不是目录",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超过磁盘配额",
    errno.EROFS: "磁盘只读",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EBUSY: "正被占用",
    errno.ETXTBSY: "正被占用",
    errno.EIO: "磁盘读写出错",
}


class ReadError(Exception):
    """不能读取：names the file, the fault, the value found and the way out; ``str()`` is the sentence for the user."""

    def __init__(self, name: str, fault: str, way_out: str) -> None:
        self.name = name
        self.fault = fault
        self.way_out = way_out
        super().__init__(f"“{name}”{fault}，{way_out}。")


def reason_of(error: OSError) -> str:
    """系统报错的缘由 in Chinese; one we have no words for is named by its number, for whoever keeps the machine."""
    return _REASONS.get(error.errno or 0) or f"系统错误 {error.errno or type(error).__name__}"
