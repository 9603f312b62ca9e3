"""One deed of the storage in a process that fails, or dies, at its n-th write.

    python -m tests.faults.storing save|linked|draft|append|session fail|die N FOLDER

Ends with 0 where the deed was done, 1 where it failed with a clear error, 9 where it died.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from editor.documents.drafts import Draft, Drafts, View
from editor.documents.errors import DocumentError
from editor.documents.form import Form
from editor.documents.saving import save
from editor.documents.session import Place, Session, keep
from editor.documents.splicing import Splice
from editor.documents.versions import Versions

CALLS = ("write", "fsync", "replace", "ftruncate", "posix_fallocate", "fchmod", "unlink", "mkdir")
OLD, NEW = "old text " * 2000, "new words " * 3000


def break_at(number: int, *, dies: bool) -> None:
    """Let the n-th of the calls that change the disk fail, half done where it writes."""
    left = number

    def broken(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left:
                return real(*words, **named)
            if name == "write":
                real(words[0], words[1][: len(words[1]) // 2])
            if dies:
                os._exit(9)
            raise OSError(28, "No space left on device")

        return call

    for name in CALLS:
        setattr(os, name, broken(name, getattr(os, name)))


def prepare(folder: Path) -> None:
    """How everything is before the deed."""
    (folder / "a.txt").write_text(OLD)
    (folder / "b.txt").write_text(OLD)
    (folder / "c.txt").hardlink_to(folder / "b.txt")
    kept = Drafts(folder / "drafts", folder / "discarded")
    kept.write(Draft("one", OLD))
    keep(Session((Place("/old"),)), folder / "session.json")


def do(deed: str, folder: Path) -> None:
    drafts = Drafts(folder / "drafts", folder / "discarded")
    versions = Versions(folder / "previous")
    if deed == "save":
        save(folder / "a.txt", NEW, Form(), versions)
    elif deed == "linked":
        save(folder / "b.txt", NEW, Form(), versions)
    elif deed == "draft":
        drafts.write(Draft("one", NEW))
    elif deed == "append":
        drafts.append("one", Splice(0, 0, "x"), View(1))
    else:
        keep(Session((Place("/new"),)), folder / "session.json")


if __name__ == "__main__":
    place = Path(sys.argv[4])
    break_at(int(sys.argv[3]), dies=sys.argv[2] == "die")
    try:
        do(sys.argv[1], place)
    except (DocumentError, OSError):
        sys.exit(1)
