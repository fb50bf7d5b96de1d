"""Reading what a candidate handed in.

Submissions come from strangers. Symbolic links are not followed, pipes, sockets and devices are not opened,
sizes are capped, and whatever is wrong with a file ends as a Text in its Submission, never as an exception.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import msgspec

from grader.intake import notebook_code
from grader.text import Text

MAX_SOURCE = 1_000_000  # bytes of Python, YAML, or code cells
MAX_NOTEBOOK = 20_000_000  # bytes of a whole .ipynb, with its outputs


class Submission(msgspec.Struct, frozen=True):
    """One file that a candidate handed in to one question, as it will be graded."""

    candidate: str  # the name of the folder
    question: str  # id
    file: str  # relative to the submissions' folder
    source: str = ""  # Python with "\n" line ends (of a notebook its code cells); or YAML
    source_hash: str = ""  # sha256 of the file's bytes; empty where it could not be read
    error: Text | None = None  # why it can't be graded; then `source` may be empty


# --- reading one file ---


class Refused(Exception):
    """Why a file is not graded."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.text = Text(en=en, zh=zh)


def read_submission(path: Path, candidate: str, question: str, root: Path) -> Submission:
    """Read one file under `root`; what is wrong with it is in `error`.

    Links are refused in every part of the path below `root`. Never raises for a bad file.
    """
    shown = display_name(os.path.relpath(path, root))
    digest = ""
    try:
        raw = _read_bytes(path, root)
        digest = hashlib.sha256(raw).hexdigest()
        source = _code_of(raw, path.suffix)
    except Refused as refused:
        return Submission(candidate, question, shown, source_hash=digest, error=refused.text)
    return Submission(candidate, question, shown, source=source, source_hash=digest)


def display_name(name: str) -> str:
    r"""A file name as text that can be stored: bytes that are not UTF-8 become `\xNN`.

    No two names are shown alike: where a name may hold a backslash, that becomes two.
    """
    raw = os.fsencode(name)
    return (raw.replace(b"\\", b"\\\\") if os.sep == "/" else raw).decode("utf-8", "backslashreplace")


def submission_of(text: str, question: str, name: str) -> Submission:
    """What is no file: the text of a notebook's cell, under the name of a file that would hold it."""
    raw = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(raw).hexdigest()
    try:
        if len(raw) > MAX_SOURCE:
            raise _too_large(len(raw), MAX_SOURCE)
        source = _code_of(raw, "")
    except Refused as refused:
        return Submission("", question, name, source_hash=digest, error=refused.text)
    return Submission("", question, name, source=source, source_hash=digest)


def _read_bytes(path: Path, root: Path) -> bytes:
    return read_untrusted(path, root, MAX_NOTEBOOK if path.suffix == ".ipynb" else MAX_SOURCE)


def read_untrusted(path: Path, root: Path, limit: int) -> bytes:
    """A stranger's file under `root`, of at most `limit` bytes. Raises Refused for links, pipes and the like."""
    try:
        _refuse_links(path, root)
        return _read_regular(path, limit)
    except OSError as error:
        raise unreadable(error) from None


def _refuse_links(path: Path, root: Path) -> None:
    part = root
    for name in Path(os.path.relpath(path, root)).parts:
        part = part / name
        _refuse_kind(os.lstat(part).st_mode, folder_is_fine=part != path)


_FLAGS = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):  # what of these the platform has
    _FLAGS |= getattr(os, _name, 0)


def _read_regular(path: Path, limit: int) -> bytes:
    # O_NONBLOCK: opening a pipe that nobody writes to would wait for ever. The file may have been replaced
    # since the look above, so the open one is looked at again.
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        status = os.fstat(file.fileno())
        _refuse_kind(status.st_mode, folder_is_fine=False)
        if status.st_size > limit:
            raise _too_large(status.st_size, limit)
        raw = file.read(limit + 1)
    if len(raw) > limit:  # grew in the meantime, or lies on a file system that states no sizes
        raise _too_large(len(raw), limit)
    return raw


def _refuse_kind(mode: int, *, folder_is_fine: bool) -> None:
    if stat.S_ISLNK(mode):
        raise Refused(
            "is a symbolic link, which is not followed; hand in the file itself",
            "是符号链接，不会被跟随；请直接提交文件本身",
        )
    if stat.S_ISDIR(mode):
        if not folder_is_fine:
            raise Refused("is a folder, not a file", "是文件夹，不是文件")
    elif not stat.S_ISREG(mode):
        raise Refused(
            "is a pipe, a socket or a device, not a file; it was not opened",
            "是管道、套接字或设备，不是普通文件；没有打开它",
        )


def _too_large(size: int, limit: int) -> Refused:
    return Refused(
        f"is too large: {size / 1e6:.1f} MB, and {limit / 1e6:g} MB are allowed; hand in only the answer",
        f"文件过大：{size / 1e6:.1f} MB，上限为 {limit / 1e6:g} MB；请只提交答案",
    )


def unreadable(error: OSError) -> Refused:
    """An error of the operating system as a reason."""
    if error.errno == errno.ELOOP:
        return Refused("is a symbolic link, which is not followed", "是符号链接，不会被跟随")
    reason = error.strerror or type(error).__name__
    return Refused(f"can't be read: {reason}", f"无法读取：{reason}")


def _code_of(raw: bytes, suffix: str) -> str:
    source = _code_of_notebook(raw) if suffix == ".ipynb" else _decode(raw)
    if not source.strip():
        if suffix == ".ipynb":
            raise Refused("is a notebook without any code", "是没有代码的 notebook")
        raise Refused("is empty; hand in an answer", "是空文件；请提交答案")
    return source


def _decode(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("is UTF-16; save it as UTF-8", "采用 UTF-16 编码；请另存为 UTF-8")
    if b"\0" in raw:
        raise Refused(
            "is binary: it holds NUL bytes; hand in source code",
            "是二进制文件（含有 NUL 字节）；请提交源代码",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = raw[error.start]
        raise Refused(
            f"is not UTF-8: byte 0x{byte:02x} in line {line}; save it as UTF-8",
            f"不是 UTF-8 编码：第 {line} 行有字节 0x{byte:02x}；请另存为 UTF-8",
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _code_of_notebook(raw: bytes) -> str:
    try:
        source = notebook_code.code(raw)
    except notebook_code.NotANotebook as error:
        raise Refused(f"is not a notebook: {error}", f"不是有效的 notebook：{error}") from None
    encoded = source.encode("utf-8", "surrogatepass")
    if len(encoded) > MAX_SOURCE:
        raise _too_large(len(encoded), MAX_SOURCE)
    return _decode(encoded)
