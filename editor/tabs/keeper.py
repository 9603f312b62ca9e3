"""Keeps what is typed: drafts within a second of a key, and the session.

The window's thread gathers what changed, which costs what was typed; one other thread writes it
to the disk. Documents in which nothing changed cost nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from editor.documents.drafts import Draft, Drafts, View
from editor.documents.errors import cause
from editor.documents.places import Places
from editor.documents.session import Session, keep
from editor.documents.splicing import Span, Splice
from editor.tabs.sheet import Sheet
from editor.view.provenance import Edit
from editor.view.units import units

_AFTER_MS, _SESSION_AFTER_MS, _AGAIN_AFTER_MS = 300, 1000, 2000
# Beyond these a draft is written anew: the log of its changes would take too long to read.
_MOST_CHANGES = 1000
_LARGEST_SPAN = 1_000_000


@dataclass(slots=True)
class _Kept:
    """What the disk knows of a sheet: drafted; whole is false once it must be written anew."""

    span: Span | None = None
    drafted: bool = False
    whole: bool = False
    changes: int = 0


class Keeper(QObject):
    """Follows the open documents and keeps what is in no file.

    Signals: failed (one line: why nothing can be kept), recovered (that line is true no more).

    State: _kept tells for each sheet what is on the disk; _soon, _calm and _again run while a
    draft, the session, or what failed is to be written; _worker is the thread that writes, None
    once it is closed; _session is asked for what to keep of the tabs; _complaint was said last, and
    _failing are the sheets that it is about, None for the session.
    """

    failed = Signal(str)
    recovered = Signal(str)
    _tried = Signal(
        object, str
    )  # a sheet, or None for the session; why it failed, "" if it did not

    def __init__(self, places: Places, session: Callable[[], Session], parent: QObject) -> None:
        super().__init__(parent)
        self.drafts = Drafts(places.drafts, places.discarded)
        self.keeps_session = False
        self._file = places.session
        self._session = session
        self._last_session: Session | None = None
        self._kept: dict[Sheet, _Kept] = {}
        self._complaint = ""
        self._failing: set[Sheet | None] = set()
        self._worker: ThreadPoolExecutor | None = ThreadPoolExecutor(1, "keeper")
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self.flush)
        self._calm = QTimer(self, singleShot=True, interval=_SESSION_AFTER_MS)
        self._calm.timeout.connect(self._keep_session)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_AFTER_MS)
        self._again.timeout.connect(self.flush)
        self._tried.connect(self._on_tried)

    @property
    def works(self) -> bool:
        """Whether the disk took what it was given last."""
        return not self._failing

    def follow(self, sheet: Sheet) -> None:
        """Keep what is typed there from now on."""
        self._kept[sheet] = _Kept()
        sheet.view.edited.connect(partial(self._on_edited, sheet))
        sheet.altered.connect(partial(self._on_altered, sheet))
        sheet.turned_private.connect(partial(self._renew, sheet))
        sheet.view.cursorPositionChanged.connect(self.session_soon)
        sheet.opened.connect(partial(self._on_opened, sheet))

    def adopt(self, sheet: Sheet) -> None:
        """The sheet holds a draft that is on the disk."""
        self._kept[sheet].drafted = True

    @Slot()
    def session_soon(self) -> None:
        """Keep the session within a second, if it is another one by then."""
        if not self._calm.isActive():
            self._calm.start()

    @Slot()
    def flush(self) -> None:
        """Hand everything that changed to the thread that writes."""
        for sheet, kept in self._kept.items():
            if kept.span is not None and sheet.modified:
                self._keep(sheet, kept)

    def discard(self, sheet: Sheet) -> None:
        """The user does not want what was typed; of a private document nothing is left."""
        kept = self._kept[sheet]
        if sheet.private or not sheet.view.length():
            self._forget(sheet, kept)
            return
        if sheet.modified:
            self._keep(sheet, kept)
        kept.drafted = kept.whole = False
        self._do(sheet, partial(self.drafts.discard, sheet.id))

    def set_aside(self, sheet: Sheet) -> None:
        """The user takes another text for this one, which can be had back as discarded."""
        self.discard(sheet)
        sheet.take_new_id()  # that draft may come back beside the next one of this sheet

    def forget_discarded(self, path: str) -> None:
        """Keep nothing that was discarded of this file."""
        self._do(None, partial(self.drafts.forget_discarded, path))

    def leave(self, sheet: Sheet) -> None:
        """The sheet is closed, and what it held is safe or thrown away."""
        self._kept.pop(sheet, None)
        self._on_written(sheet)
        self.session_soon()

    def close(self) -> None:
        """Write everything, and end only when it is on the disk."""
        self.flush()
        self._keep_session()
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.shutdown(wait=True)

    def wait(self) -> None:
        """Return once the disk knows everything that was handed over."""
        if self._worker is not None:
            self._worker.submit(int).result()

    def _on_edited(self, sheet: Sheet, edit: Edit) -> None:
        kept, span = self._kept.get(sheet), Span(edit.position, edit.removed, edit.added)
        if kept is not None:
            kept.span = span if kept.span is None else kept.span.followed_by(*_figures(edit))
            if not self._soon.isActive():
                self._soon.start()

    def _on_opened(self, sheet: Sheet) -> None:
        if sheet in self._kept:
            self._kept[sheet] = _Kept()
            self.session_soon()

    def _on_altered(self, sheet: Sheet) -> None:
        kept = self._kept.get(sheet)
        if kept is not None and not sheet.modified and kept.drafted:
            self._forget(sheet, kept)
        elif kept is not None and sheet.modified and kept.span is None and not kept.drafted:
            kept.span = Span(0, 0, 0)  # its form alone was changed
            self._soon.start()
        self.session_soon()

    def _renew(self, sheet: Sheet) -> None:
        kept = self._kept.get(sheet)
        if kept is not None and sheet.modified:
            kept.whole, kept.span = False, kept.span or Span(0, 0, 0)
            self._soon.start()

    def _forget(self, sheet: Sheet, kept: _Kept) -> None:
        kept.drafted = kept.whole = False
        kept.span = None
        self._do(sheet, partial(self.drafts.remove, sheet.id))

    def _keep(self, sheet: Sheet, kept: _Kept) -> None:
        span, kept.span = kept.span or Span(0, 0, 0), None
        view = view_of(sheet)
        kept.changes += 1
        few = kept.changes < _MOST_CHANGES and span.added < _LARGEST_SPAN
        # Among pieces the places of the document are not those of the text.
        if kept.whole and few and not sheet.view.has_pieces():
            text = sheet.view.stretch(span.position, span.position + span.added)
            # Half an emoji does not get through to here.
            if units(text) == span.added:
                splice = Splice(span.position, span.removed, text)
                self._do(sheet, partial(self.drafts.append, sheet.id, splice, view))
                return
        kept.drafted, kept.whole, kept.changes = True, True, 0
        self._do(sheet, partial(self.drafts.write, draft_of(sheet)))

    def _keep_session(self) -> None:
        self._calm.stop()
        if not self.keeps_session:
            return
        session = self._session()
        if session != self._last_session:
            self._last_session = session
            self._do(None, partial(keep, session, self._file))

    def _do(self, sheet: Sheet | None, deed: Callable[[], None]) -> None:
        def attempt() -> None:
            why = ""
            try:
                deed()
            except OSError as error:
                why = cause(error)
            self._tried.emit(sheet, why)

        if self._worker is not None:
            self._worker.submit(attempt)

    def _on_tried(self, sheet: Sheet | None, why: str) -> None:
        """Say once that nothing can be kept, and try again after a while."""
        if not why:
            self._on_written(sheet)
            return
        kept = self._kept.get(sheet) if sheet is not None else None
        if kept is not None:
            kept.whole, kept.span = False, kept.span or Span(0, 0, 0)
            self._again.start()
        else:  # the session, or of a sheet that was left: the next session shows how the disk is
            self._last_session = sheet = None
        if not self._failing:
            words = self.tr("Text that is not saved cannot be kept: %1. Save it elsewhere.")
            self._complaint = words.replace("%1", why)
            self.failed.emit(self._complaint)
        self._failing.add(sheet)

    def _on_written(self, sheet: Sheet | None) -> None:
        if sheet in self._failing:
            self._failing.discard(sheet)
            if not self._failing:
                self.recovered.emit(self._complaint)


def view_of(sheet: Sheet) -> View:
    """Where the user is in a document."""
    return View(sheet.view.caret(), sheet.view.top_line())


def draft_of(sheet: Sheet) -> Draft:
    """All that is needed to go on with a document later."""
    return Draft(
        id=sheet.id,
        text=sheet.view.text(),
        path=str(sheet.path) if sheet.path else None,
        form=sheet.form,
        stamp=sheet.stamp,
        private=sheet.private,
        number=sheet.number,
        when=time.time(),
        view=view_of(sheet),
    )


def _figures(edit: Edit) -> tuple[int, int, int]:
    return edit.position, edit.removed, edit.added
