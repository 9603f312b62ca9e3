"""What an earlier version kept elsewhere is brought to where it is kept now.

Early builds of 0.1 kept settings and drafts in the folder of what is learnt, named or not.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path


def bring(old: Path, new: Path) -> None:
    """Move a file or folder from `old` to `new`, unless there is something at `new`.

    A copy is whole before it has its name, and the old one goes last: whatever fails on the way,
    one of the two is whole, and the next start tries again.
    """
    if not old.exists() or new.exists():
        return
    copy = new.with_name(new.name + ".tmp")
    with suppress(OSError):
        new.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if old.is_dir():
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(old, copy)
        else:
            shutil.copy2(old, copy)
        copy.rename(new)
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()
