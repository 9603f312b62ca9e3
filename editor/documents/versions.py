"""What a file held before it was saved here: the last few versions of each, readable by the user.

Where a file must be written in place, the version before is on the disk first, and a note says
so until the last byte is safe; `mend` puts a file that was torn back together after a crash.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from editor.documents.storage import make_folder, replace_file, sync_folder, write_all

_KEPT = 5
_LARGEST_STORE = 500_000_000
_TORN, _HELD = "torn.json", "torn.bytes"


@dataclass(frozen=True, slots=True)
class Version:
    """One earlier version of a file, and when it was replaced (POSIX time)."""

    file: Path
    when: float


class Versions:
    """The earlier versions of files, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def of(self, path: Path) -> list[Version]:
        """The earlier versions of a file, newest first."""
        with contextlib.suppress(OSError):
            files = sorted(self._folder(path).glob("*.version"), reverse=True)
            return [Version(file, int(file.stem) / 1e9) for file in files]
        return []

    def keep(self, path: Path, raw: bytes) -> Path | None:
        """Keep a version; an empty one is none, and what is kept already is not kept twice."""
        if not raw.strip(b"\0"):
            return None
        kept = self.of(path)
        if kept and kept[0].file.read_bytes() == raw:
            return kept[0].file
        folder = self._folder(path)
        make_folder(self.folder)
        make_folder(folder)
        file = folder / f"{time.time_ns():020}.version"
        replace_file(file, raw)
        for old in self.of(path)[_KEPT:]:
            old.file.unlink(missing_ok=True)
        self._stay_small(file)
        return file

    def forget(self, path: Path) -> None:
        """Keep nothing of this file."""
        with contextlib.suppress(OSError):
            for file in self._folder(path).iterdir():
                file.unlink()
            self._folder(path).rmdir()

    @contextmanager
    def while_torn(self, path: Path, raw: bytes, *, private: bool = False) -> Iterator[None]:
        """Note that `path` is being written in place and held `raw`, until that is done.

        Where writing fails it gets back what it held; the note stays only if that fails, too.
        """
        folder = self._folder(path)
        make_folder(self.folder)
        make_folder(folder)
        digest = hashlib.sha256(raw).hexdigest()
        note = {"path": os.fsdecode(path), "digest": digest, "private": private}
        replace_file(folder / _HELD, raw)
        replace_file(folder / _TORN, json.dumps(note).encode())
        try:
            yield
        except OSError:
            put_in_place(path, raw)
            self._untear(folder)
            raise
        self._untear(folder)

    def mend(self) -> list[Path]:
        """Put back what files held that were being written in place when the program died."""
        mended: list[Path] = []
        for note in sorted(self.folder.glob(f"*/{_TORN}")):
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                told = json.loads(note.read_bytes())
                raw, path = (note.parent / _HELD).read_bytes(), Path(told["path"])
                if hashlib.sha256(raw).hexdigest() == told["digest"]:
                    if not told["private"]:
                        self.keep(path, path.read_bytes())
                    put_in_place(path, raw)
                    mended.append(path)
                    self._untear(note.parent)
        return mended

    def _untear(self, folder: Path) -> None:
        (folder / _TORN).unlink()
        (folder / _HELD).unlink()
        with contextlib.suppress(OSError):  # earlier versions are in it
            folder.rmdir()

    def _folder(self, path: Path) -> Path:
        name = os.fsencode(path.absolute())
        return self.folder / hashlib.sha256(name).hexdigest()[:24]

    def _stay_small(self, newest: Path) -> None:
        files = sorted(self.folder.glob("*/*.version"), key=lambda file: file.name)
        sizes = {file: file.stat().st_size for file in files}
        for file in files:
            if sum(sizes.values()) <= _LARGEST_STORE or file == newest:
                return
            file.unlink(missing_ok=True)
            del sizes[file]


def put_in_place(path: Path, data: bytes) -> None:
    """Write over a file without making a new one: room first, so that a full disk stops nothing.

    A file that cannot take it all is left as it was.
    """
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        size = os.fstat(handle).st_size
        if hasattr(os, "posix_fallocate") and len(data) > size:
            try:
                os.posix_fallocate(handle, 0, len(data))
            except OSError:
                os.ftruncate(handle, size)
                raise
        os.lseek(handle, 0, os.SEEK_SET)
        write_all(handle, data)
        os.ftruncate(handle, len(data))
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(path.parent)
