"""A text file: reading it, and writing it back without changing a byte nobody touched.

Strict UTF-8. A byte-order mark, the line ends (also mixed ones) and the final line end are
kept. It refuses to guess an encoding, and to leave a file half written.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

_BOM = "\ufeff"
# Everything at which Qt begins a new line; it would write each of them as one kind.
_LINE_END = re.compile("\r\n|[\n\r\u2029\ufdd0\ufdd1]")
_LARGEST = 200_000_000


class DocumentError(Exception):
    """A file cannot be read or written; its text is one line, the cause and the way out."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a file holds besides the lines the user sees."""

    marks: str = ""  # the byte-order mark, as often as it stands there
    line_end: str = "\n"
    # Only for a file with mixed line ends: its lines as they were, and the end of each.
    lines: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


def read(path: Path) -> tuple[str, Form]:
    """The text of a file with plain line ends, and the form to write it back in."""
    try:
        if path.is_dir():
            raise DocumentError(f"{path} is a folder, not a file. Choose a file in it.")
        if path.exists() and not path.is_file():
            raise DocumentError(f"{path} is not an ordinary file. Choose a text file.")
        if path.stat().st_size > _LARGEST:
            raise DocumentError(f"{path} is larger than 200 MB. Split it and open the parts.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(f"{path} does not exist. Check the name.") from None
    except OSError as error:
        raise DocumentError(
            f"Cannot read {path}: {_cause(error)}. Check its permissions."
        ) from None
    return _decode(data, path)


def write(path: Path, text: str, form: Form) -> None:
    """Put `text` into the file, all of it or nothing; the file is never half written."""
    data = _encode(text, form)
    try:
        # Through a link, so that the link stays one and its target is what changes.
        _replace(path.resolve(), data)
    except OSError as error:
        raise DocumentError(
            f"Cannot save {path}: {_cause(error)}. Use Save As to keep the text elsewhere."
        ) from None
    except RuntimeError:  # a link that leads to itself
        raise DocumentError(f"{path} is a link to itself. Use Save As.") from None


def _decode(data: bytes, path: Path) -> tuple[str, Form]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DocumentError(f"{path} is UTF-16 text. Convert it to UTF-8 and open it again.")
    if b"\0" in data:
        raise DocumentError(f"{path} is not a text file: it holds NUL bytes. Choose a text file.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path} is not UTF-8 text (byte {error.start}). Convert it to UTF-8 and open it again."
        ) from None
    body = text.lstrip(_BOM)
    marks = text[: len(text) - len(body)]
    ends = tuple(_LINE_END.findall(body))
    kinds = set(ends)
    if len(kinds) <= 1:
        line_end = ends[0] if ends else "\n"
        return (body if line_end == "\n" else body.replace(line_end, "\n")), Form(marks, line_end)
    lines = tuple(_LINE_END.split(body))
    usual = max(("\n", "\r\n", "\r"), key=ends.count)
    return "\n".join(lines), Form(marks, usual, lines, ends)


def _encode(text: str, form: Form) -> bytes:
    if form.ends:
        text = _with_mixed_ends(text, form)
    elif form.line_end != "\n":
        text = text.replace("\n", form.line_end)
    return (form.marks + text).encode("utf-8", errors="replace")


def _with_mixed_ends(text: str, form: Form) -> str:
    """Lines before and after what was changed keep their own ends; the others get the usual."""
    lines = text.split("\n")
    shorter = min(len(lines), len(form.lines))
    head = 0
    while head < shorter and lines[head] == form.lines[head]:
        head += 1
    tail = 0
    while tail < shorter - head and lines[-1 - tail] == form.lines[-1 - tail]:
        tail += 1
    # A line of the unchanged tail keeps the end before it, and so does the last of the head.
    count = len(lines) - 1
    first = min(head, count, len(form.ends))
    last = min(tail, count - first, len(form.ends) - first)
    usual = [form.line_end] * (count - first - last)
    ends = [*form.ends[:first], *usual, *form.ends[len(form.ends) - last :], ""]
    return "".join(line + end for line, end in zip(lines, ends, strict=True))


def _replace(target: Path, data: bytes) -> None:
    mode = _mode_for(target)
    handle, name = tempfile.mkstemp(prefix=".foretype-", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            Path(name).chmod(mode)
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    _sync_folder(target.parent)


def _mode_for(target: Path) -> int:
    """The permissions the file has, or those of a new one; a read-only file is refused."""
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if target.is_dir():
        raise IsADirectoryError(21, "it is a folder")
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(13, "it is read-only")
    return mode


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system knows how."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cause(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
