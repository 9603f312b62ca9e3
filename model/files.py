"""Files that are old or new and never anything between: written beside, then put in place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Yield a new, empty file beside `path`, which takes its place at the end, once on the disk.

    `private`: for its owner alone. If anything is raised on the way, what was at `path` stays.
    Raises OSError where it cannot be written.
    """
    beside = path.parent / f".{path.name}.foretype-new"
    beside.unlink(missing_ok=True)  # of a process that was killed
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666))
    try:
        yield beside
        _sync(beside, os.O_RDWR)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    with suppress(OSError):  # Windows opens no folders
        _sync(path.parent, os.O_RDONLY)


def replace_file(path: Path, content: bytes, *, private: bool = False) -> None:
    """Put `content` into `path`, all of it or nothing, as `replacing` does."""
    with replacing(path, private=private) as beside:
        beside.write_bytes(content)


def _sync(path: Path, way: int) -> None:
    handle = os.open(path, way)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
