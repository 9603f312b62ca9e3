"""What belongs to a file besides its bytes: owner, permissions, extended attributes, ACLs."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path

# Not the attributes are refused then: the disk is.
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
# The system gives a new file these by itself; others may not set them.
_SYSTEMS_OWN = ("security.", "trusted.")


class CannotKeep(Exception):
    """A new file in its place would lose something that belongs to the old one."""


def copy(source: Path, state: os.stat_result, handle: int) -> None:
    """Give the new file what the old one has; CannotKeep where that is not allowed."""
    if os.name != "posix":
        return
    try:
        new = os.fstat(handle)
        if (new.st_uid, new.st_gid) != (state.st_uid, state.st_gid):
            os.fchown(handle, state.st_uid, state.st_gid)
        os.fchmod(handle, stat.S_IMODE(state.st_mode))
        if sys.platform == "linux":
            _copy_extended(source, handle)
    except OSError as error:
        if error.errno in _DISK:
            raise
        raise CannotKeep from error


def usual_mode(handle: int) -> None:
    """Give a file that is not in anyone's place the permissions of a new one."""
    if os.name != "posix":
        return
    mask = os.umask(0)
    os.umask(mask)
    os.fchmod(handle, 0o666 & ~mask)


if sys.platform == "linux":

    def _copy_extended(source: Path, handle: int) -> None:
        """ACLs are extended attributes here."""
        try:
            names = os.listxattr(source)
        except OSError:
            return  # the file system has none
        for name in set(os.listxattr(handle)).difference(names):
            with contextlib.suppress(OSError):
                os.removexattr(handle, name)
        for name in names:
            try:
                os.setxattr(handle, name, os.getxattr(source, name))
            except OSError:
                if not name.startswith(_SYSTEMS_OWN):
                    raise
