"""Tells of a ghost to those who do not see it: a sound, or a word to the screen reader.

A ghost is never in the accessible text. It is told politely, once it stays: whoever types on
hears nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from editor.announcing import announce
from editor.rules.aids import Announce
from model.messages import Candidate

_SETTLED_MS = 300


class Announcer(QObject):
    """Announces ghosts of one page.

    State: mode is what the user wants to hear; _ghost and _words are what is offered now; _settled
    runs until a ghost has stayed long enough to be told.
    """

    def __init__(self, page: QObject, speak: Callable[[str], None] | None = None) -> None:
        super().__init__(page)
        self.mode: Announce = "off"
        self._ghost = ""
        self._words: tuple[str, ...] = ()
        self._speak = speak or partial(announce, page)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self.tell)

    @Slot(str)
    def on_appeared(self, ghost: str) -> None:
        """Another ghost is shown, or none."""
        self._ghost = ghost
        if ghost and self.mode != "off":
            self._settled.start()
        else:
            self._settled.stop()

    @Slot(object)
    def on_offered(self, words: Sequence[Candidate]) -> None:
        """Another list of words is shown, or none."""
        self._words = tuple(word.word for word in words)

    def tell(self) -> None:
        """Announce the ghost as the user wishes."""
        if self.mode == "sound":
            QApplication.beep()
        elif self.mode == "speech":
            self._speak(self._ghost.strip())

    def read_again(self, ghost: str) -> None:
        """Say what is offered, whatever the mode: somebody asked."""
        numbered = [f"{number}: {word}" for number, word in enumerate(self._words, start=1)]
        said = [part for part in (ghost.strip(), *numbered) if part]
        self._speak(", ".join(said) or self.tr("No suggestion"))
