"""Files that are old or new, and never anything between: written beside, then put in place."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_ABANDONED_AFTER = 3600  # seconds; what is older was left by a program that was killed


def make_folder(folder: Path) -> None:
    """A folder that only its user can read; others above it as the system makes them."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)


def replace_file(target: Path, data: bytes, prepare: Callable[[int], None] | None = None) -> None:
    """Put `data` into `target`, all of it or nothing.

    The new file is readable by its user alone, unless `prepare`, which gets its handle, gives
    it other attributes; what that raises ends it all.
    """
    prefix = _prefix(target)
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=target.parent)
    try:
        try:
            write_all(handle, data)
            if prepare is not None:
                prepare(handle)
            os.fsync(handle)
        finally:
            os.close(handle)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    sync_folder(target.parent)
    _sweep(target.parent, prefix)


def write_all(handle: int, data: bytes) -> None:
    """Write to the last byte: the system may take less at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def sync_folder(folder: Path) -> None:
    """Make a new name last through a power cut, where the system knows how."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _prefix(target: Path) -> str:
    name = os.fsencode(target.name)
    return f".foretype-{hashlib.sha256(name).hexdigest()[:8]}-"


def _sweep(folder: Path, prefix: str) -> None:
    """Remove what a killed program left beside this file long ago."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f"{prefix}*.tmp"):
            if time.time() - left.stat().st_mtime > _ABANDONED_AFTER:
                left.unlink()
