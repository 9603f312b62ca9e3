"""Saving: the file is old or new, whole, and stays what it was in everything but its text.

Usually a new file takes the old one's place in one step. Where that would break something (a
hard link, an owner or attribute that cannot be given, a folder that takes no new file) the old
file is written over, with what it held safe on the disk until that is done.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

from editor.documents import attributes
from editor.documents.errors import DocumentError, cause
from editor.documents.form import Form, joined
from editor.documents.storage import replace_file
from editor.documents.versions import Versions, put_in_place
from editor.documents.watching import Stamp, stamp_of

# The folder, or what the file is mounted on, does not let a new file take its place.
_NOT_REPLACEABLE = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.EXDEV, errno.EROFS)

_SIGNATURE = 4  # bytes that tell a kind of file: %PDF
_SAVE_AS = "Use Save As to keep the text elsewhere."


def save(path: Path, text: str, form: Form, versions: Versions, *, private: bool = False) -> Stamp:
    """Put a text into its file; its stamp afterwards. Nothing is kept of a `private` one."""
    data = joined(text, form)
    return _store(path, data, versions, private=private, way_out=_SAVE_AS)


def export(path: Path, data: bytes, versions: Versions) -> None:
    """Put what was made of a text into a file.

    Nothing is kept of an earlier export there, but of anything else, which may be a text that was
    named by mistake.
    """
    private = _begins_like(path, data)
    _store(path, data, versions, private=private, way_out="Choose another name or folder.")


def _begins_like(path: Path, data: bytes) -> bool:
    """Whether the file is of the same kind as this, or none that can be read."""
    try:
        with path.open("rb") as file:
            return file.read(_SIGNATURE) == data[:_SIGNATURE]
    except OSError:
        return True


def _store(path: Path, data: bytes, versions: Versions, *, private: bool, way_out: str) -> Stamp:
    try:
        # Through a link, so that the link stays one and its target is what changes.
        target = path.resolve()
        before = _writable(target)
        if before is None:
            replace_file(target, data, attributes.usual_mode)
        else:
            _put(target, before, data, versions, private=private)
        return stamp_of(target.stat(), data)
    except OSError as error:
        raise DocumentError(f"Cannot save {path}: {cause(error)}. {way_out}") from None
    except RuntimeError:  # a link that leads to itself
        raise DocumentError(f"{path} is a link to itself. {way_out}") from None


def _writable(target: Path) -> os.stat_result | None:
    """The state of the file that is there; a folder or a read-only file is refused."""
    try:
        state = target.stat()
    except FileNotFoundError:
        if target.parent.is_dir() and not os.access(target.parent, os.W_OK):
            raise PermissionError(13, f"the folder {target.parent} is read-only") from None
        return None
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(21, "it is a folder")
    if not stat.S_ISREG(state.st_mode):
        raise OSError(22, "it is not an ordinary file")
    if not state.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(13, "it is read-only")
    return state


def _put(
    target: Path, state: os.stat_result, data: bytes, versions: Versions, *, private: bool
) -> None:
    raw = target.read_bytes()
    if not private:
        # Worth having, but no reason not to save.
        with contextlib.suppress(OSError):
            versions.keep(target, raw)
    if state.st_nlink == 1:
        try:
            replace_file(target, data, lambda handle: attributes.copy(target, state, handle))
            return
        except attributes.CannotKeep:
            pass
        except OSError as error:
            if error.errno not in _NOT_REPLACEABLE:
                raise
    with versions.while_torn(target, raw, private=private):
        put_in_place(target, data)
