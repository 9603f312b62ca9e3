"""Asks the engine after each entry, and shows what still fits when the answer comes.

It holds no clock and no thread: the engine answers when it can, the newest request wins, and
an answer that no longer agrees with the text is dropped.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Slot

from editor.ghost import NOTHING, Ghost, fit, take_word
from model.messages import Answer, Eagerness, Request, Teaching

# What the model reads before the caret; more would be copied at each key for nothing.
WINDOW = 4000


class Engine(Protocol):
    """Whoever answers requests and learns."""

    def ask(self, request: Request) -> None:
        """Answer this request; a newer one takes its place."""

    def teach(self, teaching: Teaching) -> None:
        """Learn and unlearn."""

    def set_eagerness(self, eagerness: Eagerness) -> None:
        """Suggest more or less often."""

    def close(self) -> None:
        """Stop; what was taught is safe afterwards."""


class Page(Protocol):
    """The writing surface, as far as suggestions need it."""

    def before(self, limit: int) -> str:
        """The text before the caret."""

    def after(self) -> str:
        """The text behind the caret in its line."""

    def takes_ghost(self) -> bool:
        """Whether a ghost may be shown at the caret."""

    def show_ghost(self, text: str) -> None:
        """Show a ghost, or none."""


class Suggester(QObject):
    """Turns entries into requests and answers into ghosts.

    State: _ticket of the newest request, _answered the newest that was answered, _listening is
    false after the user strayed; _ghost is what is shown, _declined what was sent away here.
    """

    def __init__(self, page: Page, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._engine: Engine | None = None
        self._ticket = 0
        self._answered = 0
        self._listening = False
        self._ghost = NOTHING
        self._declined = NOTHING

    def use(self, engine: Engine | None) -> None:
        """Ask this engine from now on."""
        self._engine = engine

    @Slot(str)
    def on_entered(self, text: str) -> None:
        """Shrink the ghost by what was entered, and ask what comes next."""
        self._declined = self._declined.after(text)
        self._show(self._ghost.after(text))
        self._listening = True
        self._ask()

    @Slot()
    def on_strayed(self) -> None:
        """Show nothing, and hear no answer, until more is entered."""
        self._declined = NOTHING
        self._listening = False
        self._show(NOTHING)

    @Slot()
    def on_dismissed(self) -> None:
        """As after straying; and the word that was sent away does not come back here."""
        declined = take_word(self._ghost)
        self.on_strayed()
        self._declined = Ghost(declined)

    @Slot(object)
    def on_answer(self, answer: Answer) -> None:
        """Show what of the answer still fits."""
        if not self._listening or answer.ticket <= self._answered:
            return
        self._answered = answer.ticket
        ghost = fit(answer.suggestion.inline, answer.before, self._page.before(WINDOW))
        if self._declined and take_word(ghost).strip() == self._declined.text.strip():
            return
        # Silence does not take away what the user is typing along with.
        if ghost or not self._ghost:
            self._show(ghost)

    def _ask(self) -> None:
        if self._engine is None or not self._page.takes_ghost():
            return
        self._ticket += 1
        before, after = self._page.before(WINDOW), self._page.after()
        self._engine.ask(Request(self._ticket, before, after))

    def _show(self, ghost: Ghost) -> None:
        self._ghost = ghost
        self._page.show_ghost(ghost.text)
