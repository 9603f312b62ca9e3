"""What the user sees and decides of all that was learnt: the page of it, and its passphrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from editor.dialogs.learnt import Learnt
from editor.dialogs.learntrows import day_name, part_name
from editor.forgetting import forget_everything, forget_hour
from editor.suggesting.engine import Engine
from editor.window import Window
from editor.wordacts import ask_and_delete, ask_and_forget, named
from model.messages import Forgetting, LearntPart, Overview, Phase, Status, WordList

Ask = Callable[[Callable[[Engine], None]], None]


class Oversight(QObject):
    """Opens the page and the questions about the passphrase, and has done what they say.

    Signals: surveyed (an Overview, from the engine's thread).

    State: page is there once it was opened; _status is what the engine said last; _locked is what
    it said of a locked profile before anybody tried to open it; _asks is true while the question
    for a new passphrase waits for an overview.
    """

    surveyed = Signal(object)

    def __init__(self, window: Window, ask: Ask) -> None:
        """`ask` has something done by the engine, once there is one."""
        super().__init__(window)
        self._window = window
        self._ask = ask
        self._status = self._locked = Status(Phase.LOADING)
        self._asks = False
        self.page: Learnt | None = None
        self.surveyed.connect(self._show)

    def open(self) -> None:
        """Show the page, or bring it to the front."""
        if self.page is None:
            self.page = page = Learnt(self._window)
            page.delete_wanted.connect(lambda words: ask_and_delete(self._window, words, page))
            page.forget_wanted.connect(lambda words: ask_and_forget(self._window, words, page))
            page.listing_wanted.connect(self._list)
            page.documents_wanted.connect(self._forget_documents)
            page.days_wanted.connect(self._forget_days)
            page.hour_wanted.connect(lambda: forget_hour(self._window, above=page))
            page.everything_wanted.connect(lambda: forget_everything(self._window, page))
            page.passphrase_wanted.connect(self.choose_passphrase)
            page.show_status(self._status)
        self.page.show()
        self.page.raise_()
        self.page.activateWindow()
        self._survey()

    def follow(self) -> None:
        """Something was done to what is kept: the page shows it once that is so."""
        if self.page is not None and self.page.isVisible():
            self._survey()

    @Slot(object)
    def on_status(self, status: Status) -> None:
        """The model is like this now; a locked profile asks for its passphrase."""
        if self.page is not None:
            self.page.show_status(status)
        if status.passing:
            return
        was, self._status = self._status, status
        if (was.left and not status.left) or was.phase is Phase.LOCKED:
            self.follow()
        if status.phase is Phase.LOCKED:
            if was.phase is not Phase.LOCKED:
                self._locked = status
            self._unlock(status.message)

    def choose_passphrase(self) -> None:
        """Unlock what is locked; else ask for a new passphrase."""
        if self._status.phase is Phase.LOCKED:
            self._unlock(self._status.message)
        else:
            self._asks = True
            self._survey()

    def _survey(self) -> None:
        if self._status.phase is not Phase.LOCKED:  # else there is no answer before it opens
            self._ask(lambda engine: engine.survey(self.surveyed.emit))

    def _show(self, seen: Overview) -> None:
        if self.page is not None:
            self.page.show_overview(seen)
        if self._asks:
            self._asks = False
            self._choose(seen)

    def _choose(self, seen: Overview) -> None:
        if not seen.encrypted or not seen.writable:
            self._window.say(
                _tr("What was learnt cannot be locked here: another Foretype has it, or nothing.")
            )
            return
        chosen = self._window.dialogs.new_passphrase(self._front(), has_one=seen.has_passphrase)
        if chosen is not None:
            new, current = chosen
            self._ask(lambda engine: engine.set_passphrase(new, current))
            self._survey()

    def _unlock(self, words: str) -> None:
        passphrase = self._window.dialogs.unlock(self._front(), words)
        if passphrase is not None:
            self._ask(lambda engine: engine.unlock(passphrase))
        elif self._status != self._locked:  # a wrong passphrase is no news for ever
            self._status = self._locked
            self._window.show_status(self._locked)
            if self.page is not None:
                self.page.show_status(self._locked)

    def _list(self, words: Sequence[str], on: WordList | None) -> None:
        for word in words:
            self._window.word_listed.emit(word, on)

    def _forget_documents(self, parts: Sequence[LearntPart]) -> None:
        question = _tr("Forget what %1 taught?")
        if self._is_sure(question, [part_name(part) for part in parts]):
            for part in parts:
                self._window.forgetting_wanted.emit(Forgetting(document=part.name))

    def _forget_days(self, parts: Sequence[LearntPart]) -> None:
        days = [part.name or "" for part in parts]
        question = _tr("Forget what was learnt on %1?")
        if self._is_sure(question, [day_name(day) for day in days]):
            for since, until in ranges(days):
                wish = Forgetting(since=since.timestamp(), until=until.timestamp())
                self._window.forgetting_wanted.emit(wish)

    def _is_sure(self, question: str, things: list[str]) -> bool:
        return self._window.dialogs.forget(self._front(), question.replace("%1", named(things)))

    def _front(self) -> QWidget:
        """Where a question is seen: the page would hide one that belongs to the window."""
        return self.page if self.page is not None and self.page.isVisible() else self._window


def ranges(days: Sequence[str]) -> list[tuple[datetime, datetime]]:
    """Where these days begin and end, as the clocks here count it; days in a row are one range."""
    found: list[tuple[datetime, datetime]] = []
    for day in sorted(days):
        since = datetime.fromisoformat(day)
        until = since + timedelta(days=1)
        if found and found[-1][1] == since:
            since = found.pop()[0]
        found.append((since, until))
    return found


def _tr(text: str) -> str:
    return QCoreApplication.translate("Oversight", text)
