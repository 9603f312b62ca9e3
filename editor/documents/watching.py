"""Whether a file is still what it was when it was read or written here."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file looked like from outside, and the hash of what it held."""

    size: int
    modified: int
    changed: int
    place: tuple[int, int]
    digest: str


class Change(Enum):
    """What happened to a file since it was read or written here."""

    NONE = "none"
    CONTENT = "content"
    GONE = "gone"
    UNREADABLE = "unreadable"  # a folder took its place, or it may not be read any more


def stamp_of(state: os.stat_result, raw: bytes) -> Stamp:
    """The stamp of a file that holds `raw`."""
    place = (state.st_dev, state.st_ino)
    digest = hashlib.sha256(raw).hexdigest()
    return Stamp(state.st_size, state.st_mtime_ns, state.st_ctime_ns, place, digest)


def look(path: Path, stamp: Stamp) -> tuple[Change, Stamp]:
    """What happened to the file, and the stamp to compare with from now on.

    It is read only where it looks different from outside.
    """
    try:
        state = path.stat()
        seen = replace(stamp_of(state, b""), digest=stamp.digest)
        if seen == stamp:
            return Change.NONE, stamp
        raw, state = stable_bytes(path)
    except FileNotFoundError:
        return Change.GONE, stamp
    except (OSError, RuntimeError):
        return Change.UNREADABLE, stamp
    now = stamp_of(state, raw)
    return (Change.NONE if now.digest == stamp.digest else Change.CONTENT), now


def stable_bytes(path: Path, tries: int = 3) -> tuple[bytes, os.stat_result]:
    """What a file holds, read again if somebody wrote to it meanwhile."""
    if path.exists() and not path.is_file():
        raise IsADirectoryError(21, "it is not an ordinary file")
    with path.open("rb") as file:
        while True:
            before = os.fstat(file.fileno())
            file.seek(0)
            raw = file.read()
            after = os.fstat(file.fileno())
            tries -= 1
            same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
            if tries == 0 or (same and len(raw) == after.st_size):
                return raw, after


def is_there(path: Path) -> bool:
    """Whether there may be something of this name: only what is known to be missing is not there.

    Reading tells why the rest cannot be reached.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # no file can have such a name
        return False
    except OSError:
        return True
    return True


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, also by links."""
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
