"""Who has a file open: one program at a time may think it is the only one.

A claim is a lock on a file named after the path's hash, in a folder for the running session. The
system drops it with its process.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from editor.documents.storage import make_folder
from model.profile.lock import FileLock


class Claims:
    """The files that this program has open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[Path, FileLock] = {}

    def take(self, path: Path) -> bool:
        """Say that this file is open here; false where another program has it open."""
        mark = self._mark(path)
        if mark in self._held:
            return True
        try:
            make_folder(self._folder)
            self._held[mark] = FileLock(mark)
        except BlockingIOError:
            return False
        except OSError:
            return True  # nothing is known of others; saving looks at the file all the same
        return True

    def give_up(self, path: Path) -> None:
        """It is open here no more."""
        mark = self._mark(path)
        if mark in self._held:
            with contextlib.suppress(OSError):
                mark.unlink()
            self._held.pop(mark).release()

    def _mark(self, path: Path) -> Path:
        with contextlib.suppress(OSError, RuntimeError):
            path = path.resolve()
        return self._folder / hashlib.sha256(os.fsencode(path)).hexdigest()[:32]
