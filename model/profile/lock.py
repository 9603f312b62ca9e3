"""One writer at a time: a lock on a file that the system drops when its process ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """Held from the moment it is made until `release`, or the end of the process."""

    def __init__(self, path: Path) -> None:
        """Take the lock at once; BlockingIOError where another holds it.

        Raises another OSError where the file cannot be made.
        """
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            # Windows says "permission denied" where POSIX says "would block".
            raise BlockingIOError(*error.args) from error
        self._handle: int | None = handle

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
