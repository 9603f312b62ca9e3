"""What is remembered of the open documents: drafts, the session, recent and closed files."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject

from editor.documents.drafts import Draft
from editor.documents.places import Places
from editor.documents.session import Place, Session, load
from editor.tabs.keeper import Keeper, draft_of, view_of
from editor.tabs.sheet import Sheet
from editor.tabs.sheets import Sheets


class Memory(QObject):
    """Follows the tabs for the next start.

    State: keeper writes; recent are the files used lately, the last one first; _closed are the
    tabs that were closed, the last one at the end: places, or drafts that were discarded.
    """

    def __init__(self, sheets: Sheets, places: Places, parent: QObject) -> None:
        super().__init__(parent)
        self._sheets = sheets
        self._places = places
        self.keeper = Keeper(places, self.session, self)
        self.recent: tuple[str, ...] = ()
        self._closed: list[Place | Draft] = []
        sheets.added.connect(self.keeper.follow)
        sheets.moved.connect(self.keeper.session_soon)
        sheets.turned_to.connect(self.keeper.session_soon)

    def session(self) -> Session:
        """The tabs as they are now, without what is private."""
        kept: list[Sheet] = []
        current = 0  # where what is on top is not kept, the one before it
        for sheet in self._sheets.sheets():
            if not sheet.private and (sheet.path is not None or sheet.modified):
                kept.append(sheet)
            if sheet is self._sheets.current:
                current = max(0, len(kept) - 1)
        places = tuple(
            Place(
                str(sheet.path) if sheet.path else None,
                sheet.id if sheet.modified else None,
                view_of(sheet),
            )
            for sheet in kept
        )
        return Session(places, current, self.recent)

    def begin(self) -> tuple[Session, list[Draft]]:
        """What the last run left; from now on the session is kept."""
        session, drafts = load(self._places.session), self.keeper.drafts
        self.recent = session.recent
        drafts.purge(time.time())
        self.keeper.keeps_session = True
        return session, drafts.all()

    def used(self, sheet: Sheet) -> None:
        """A file was opened or saved."""
        if sheet.path is not None and not sheet.private:
            self.recent = Session(recent=self.recent).with_recent(str(sheet.path))
            self.keeper.session_soon()

    def forget(self, path: Path) -> None:
        """Remember nothing of this file, not even what was discarded of it."""
        self.recent = tuple(one for one in self.recent if one != str(path))
        self._closed = [one for one in self._closed if one.path != str(path)]
        self.keeper.forget_discarded(str(path))
        self.keeper.session_soon()

    def forget_recent(self) -> None:
        """Remember no files."""
        self.recent = ()
        self.keeper.session_soon()

    def closed(self, sheet: Sheet) -> None:
        """A tab is being closed; what is not saved in it is not wanted."""
        if sheet.modified:
            if not sheet.private and sheet.view.length():
                self._closed.append(draft_of(sheet))
            self.keeper.discard(sheet)
        elif sheet.path is not None and not sheet.private:
            self._closed.append(Place(str(sheet.path), view=view_of(sheet)))
        self.keeper.leave(sheet)

    def last_closed(self) -> Place | Draft | None:
        """What was closed last, once; a draft of it is kept again."""
        if not self._closed:
            return None
        closed = self._closed.pop()
        if isinstance(closed, Draft):
            self.keeper.wait()
            self.keeper.drafts.take_back(closed.id)
        return closed

    def discarded(self) -> list[tuple[float, Draft]]:
        """What was discarded lately, the last one first."""
        self.keeper.wait()
        return self.keeper.drafts.discarded()
