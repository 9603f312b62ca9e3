"""Text files to learn from: which are read, how they are decoded, what is left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from model.errors import SourceError
from model.text.decoding import decode
from model.tokens import DOCUMENT_LINE

SUFFIXES = (".txt", ".md")
LARGEST = 50_000_000  # bytes; more is no document that a person wrote

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_CODE_BLOCK = re.compile(
    r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*\1[`~]*[ \t]*$\n?|\Z)", re.DOTALL | re.MULTILINE
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A path that is not learnt from, and why, in a few words for the user."""

    path: Path
    reason: str


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[LeftOut]]:
    """The text files among `paths` and in their folders, in a fixed order, and the others.

    Hidden files and folders inside a folder are passed over in silence.
    """
    files: dict[Path, None] = {}
    left_out: list[LeftOut] = []
    for path in paths:
        for file in _expand(path):
            reason = _unfit(file)
            if reason:
                left_out.append(LeftOut(file, reason))
            else:
                files[file] = None
    return list(files), left_out


def read_text(path: Path) -> str:
    """The text of a file, without Markdown's code blocks, comments and front matter.

    A line `<|doc|>` between documents becomes a blank line. Raises SourceError with the
    reason alone where the file cannot be read as text.
    """
    try:
        text = _decode(path.read_bytes())
    except OSError as error:
        raise SourceError(_because(error)) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if path.suffix.lower() == ".md":
        for pattern in (_FRONT_MATTER, _CODE_BLOCK, _COMMENT):
            text = pattern.sub("", text)
    return DOCUMENT_LINE.sub("", text)


def _expand(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    try:
        entries = sorted(path.iterdir())
    except OSError:
        yield path  # its reason is found where it is looked at
        return
    for entry in entries:
        if not entry.name.startswith(".") and not (entry.is_symlink() and entry.is_dir()):
            yield from _expand(entry)


def _unfit(path: Path) -> str | None:
    """Why a path is left out before it is opened."""
    try:
        if path.is_dir():
            return "the folder cannot be opened"
        size = path.stat().st_size
    except OSError as error:
        return _because(error)
    if not path.is_file():
        return "not a file"
    if path.suffix.lower() not in SUFFIXES:
        return f"only {' and '.join(SUFFIXES)} files are read"
    if size > LARGEST:
        return f"larger than {LARGEST // 1_000_000} MB"
    return None


def _decode(raw: bytes) -> str:
    """The text in any encoding that the editor reads, too; never what is none."""
    found = decode(raw)
    if "\0" in found.text:
        raise SourceError("binary, not text")
    if found.stand_ins or _CONTROL.search(found.text):
        raise SourceError("not text in UTF-8 or another known encoding")
    return found.text


def _because(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    return (error.strerror or str(error)).lower()
