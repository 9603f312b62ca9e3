"""Searches beside the window's thread; the newest search wins, older ones are called off."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from editor.finding.query import Found, Query, QueryError, find


@dataclass(frozen=True, slots=True)
class Search:
    """A text to search, between two places."""

    ticket: int
    query: Query
    text: str
    start: int = 0
    end: int | None = None


class Searcher(QObject):
    """Answers one search at a time.

    Signals: found (the Search, what was Found, and "" or what was wrong).

    State: _ticket of the newest search, _called_off ends it. One that hangs in an expression goes
    on by itself until its time is over, and nobody waits for it.
    """

    found = Signal(object, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticket = 0
        self._called_off = threading.Event()
        self.searching = False
        self.found.connect(self._on_found)

    def seek(self, query: Query, text: str, start: int = 0, end: int | None = None) -> None:
        """Search this text, and no other any more."""
        self.call_off()
        self._ticket += 1
        self._called_off = threading.Event()
        self.searching = True
        search = Search(self._ticket, query, text, start, end)
        threading.Thread(target=self._run, args=(search, self._called_off), daemon=True).start()

    def call_off(self) -> None:
        """Want no answer any more."""
        self._called_off.set()
        self.searching = False

    def _run(self, search: Search, called_off: threading.Event) -> None:
        found, wrong = Found(), ""
        try:
            found = find(search.text, search.query, search.start, search.end, called_off.is_set)
        except QueryError as error:
            wrong = str(error)
        if not called_off.is_set():
            with contextlib.suppress(RuntimeError):  # the window has gone meanwhile
                self.found.emit(search, found, wrong)

    def _on_found(self, search: Search) -> None:
        if search.ticket == self._ticket:
            self.searching = False

    def is_newest(self, search: Search) -> bool:
        """Whether an answer is the one that is waited for."""
        return search.ticket == self._ticket and not self._called_off.is_set()
