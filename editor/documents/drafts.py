"""Text that is in no file yet, kept so that it outlives the program.

A draft is one file: a line that describes it, the whole text, then what changed since, a line
each, so that a key in a long text costs what it changed. Every line carries a checksum: what
a crash tore off is left out, and all before it is there. Drafts go when their text is saved;
discarded ones can be had back for seven days.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from editor.documents.form import Form
from editor.documents.splicing import Splice, spliced
from editor.documents.storage import make_folder, replace_file, write_all
from editor.documents.watching import Stamp

KEPT_DAYS = 7
_SUFFIX = ".draft"
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class View:
    """Where in the text its user was: the caret in Qt's units, the first line that is seen."""

    caret: int = 0
    scroll: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that is not saved, and all that is needed to go on with it."""

    id: str
    text: str
    path: str | None = None
    form: Form = field(default_factory=Form)
    stamp: Stamp | None = None
    private: bool = False
    number: int = 1
    when: float = 0.0
    view: View = field(default_factory=View)


class Drafts:
    """The drafts in one folder, and those that were discarded in another."""

    def __init__(self, folder: Path, discarded: Path) -> None:
        self._folder = folder
        self._discarded = discarded
        self._broken: set[str] = set()

    def write(self, draft: Draft) -> None:
        """Keep a draft as it is now."""
        self._broken.add(draft.id)
        make_folder(self._folder.parent)
        make_folder(self._folder)
        replace_file(self._file(draft.id), _packed(draft))
        self._broken.discard(draft.id)

    def append(self, name: str, splice: Splice, view: View) -> None:
        """Keep what changed in a draft since it was written.

        After a failure it must be written anew: later changes would be read without that one.
        """
        if name in self._broken:
            raise OSError(5, "an earlier change is missing")
        self._broken.add(name)
        record = json.dumps([splice.position, splice.removed, splice.text, *_values(view)])
        handle = os.open(self._file(name), os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        try:
            write_all(handle, _line(record.encode()))
            os.fsync(handle)
        finally:
            os.close(handle)
        self._broken.discard(name)

    def remove(self, name: str) -> None:
        """The text is saved: its draft may go."""
        self._file(name).unlink(missing_ok=True)

    def discard(self, name: str, when: float | None = None) -> None:
        """The user does not want the text; it can be had back for some days."""
        make_folder(self._discarded)
        with contextlib.suppress(FileNotFoundError):
            stem = f"{round(when if when is not None else time.time())}-{name}"
            self._file(name).replace(self._discarded / f"{stem}{_SUFFIX}")

    def all(self) -> list[Draft]:
        """All drafts, in the order in which they were written."""
        found = [draft for file in self._files(self._folder) if (draft := _read(file))]
        return sorted(found, key=lambda draft: draft.when)

    def others(self, read: Iterable[Draft]) -> list[Path]:
        """Files that lie among the drafts but hold none of those that were `read`: damaged ones."""
        names = {draft.id for draft in read}
        return [file for file in self._files(self._folder) if file.stem not in names]

    def discarded(self) -> list[tuple[float, Draft]]:
        """What was discarded and when, the last one first."""
        files = reversed(self._files(self._discarded))
        return [(_time_of(file), draft) for file in files if (draft := _read(file))]

    def take_back(self, name: str) -> None:
        """A discarded draft is a draft again."""
        for file in self._files(self._discarded):
            if file.stem.partition("-")[2] == name:
                make_folder(self._folder)
                file.replace(self._file(name))

    def purge(self, now: float) -> None:
        """Forget what was discarded long ago."""
        for file in self._files(self._discarded):
            if now - _time_of(file) > KEPT_DAYS * _DAY:
                with contextlib.suppress(OSError):  # the next start tries again
                    file.unlink()

    def forget_discarded(self, path: str) -> None:
        """Keep nothing that was discarded of the file at `path`."""
        for file in self._files(self._discarded):
            draft = _read(file)
            if draft is not None and draft.path == path:
                file.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}{_SUFFIX}"

    def _files(self, folder: Path) -> list[Path]:
        with contextlib.suppress(OSError):
            return sorted(folder.glob(f"*{_SUFFIX}"))
        return []


def _time_of(file: Path) -> float:
    stamp = file.stem.partition("-")[0]
    return float(stamp) if stamp.isdigit() else time.time()


def _values(view: View) -> list[int]:
    return [view.caret, view.scroll]


def _line(raw: bytes) -> bytes:
    return b"%08x %s\n" % (zlib.crc32(raw), raw)


def _packed(draft: Draft) -> bytes:
    body = draft.text.encode("utf-8", "surrogatepass")
    told: dict[str, Any] = asdict(draft)
    del told["text"]
    told |= {"version": 1, "size": len(body), "sum": zlib.crc32(body)}
    return _line(json.dumps(told).encode()) + body + b"\n"


def _read(file: Path) -> Draft | None:
    """The draft in a file; None where it is none, and then the file stays what it is."""
    try:
        raw = file.read_bytes()
        head, _, rest = raw.partition(b"\n")
        told = json.loads(_checked(head))
        body = rest[: told["size"]]
        if zlib.crc32(body) != told["sum"]:
            return None
        return _with_changes(_described(told, body), rest[told["size"] + 1 :])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _described(told: dict[str, Any], body: bytes) -> Draft:
    form = Form(**told["form"] | {key: tuple(told["form"][key]) for key in ("lines", "ends")})
    stamp = told["stamp"]
    if stamp is not None:
        stamp = Stamp(**stamp | {"place": tuple(stamp["place"])})
    return Draft(
        id=str(told["id"]),
        text=body.decode("utf-8", "surrogatepass"),
        path=told["path"],
        form=form,
        stamp=stamp,
        private=bool(told["private"]),
        number=int(told["number"]),
        when=float(told["when"]),
        view=View(**told["view"]),
    )


def _with_changes(draft: Draft, log: bytes) -> Draft:
    records = list(_records(log))
    text, done = spliced(draft.text, [Splice(*record[:3]) for record in records])
    return replace(draft, text=text, view=View(*records[done - 1][3:])) if done else draft


def _records(log: bytes) -> Iterator[Any]:
    """What was appended, as far as it is whole."""
    for line in log.splitlines():
        try:
            yield json.loads(_checked(line))
        except ValueError:
            return


def _checked(line: bytes) -> bytes:
    told, _, raw = line.partition(b" ")
    if int(told, 16) != zlib.crc32(raw):
        raise ValueError("a torn line")
    return raw
