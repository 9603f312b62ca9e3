"""Hands settled text to the engine: when a sentence is left, after a pause, on save and close.

What is taught is decided by `harvest`; this only chooses the moments and follows the user's
wish not to be learnt from: what is discarded, or turned private, is taken back.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from editor.suggesting.engine import Engine
from editor.teaching.harvest import UNTITLED, Harvester, Settle
from editor.view.paragraphs import Paragraphs
from editor.view.provenance import Edit, Origin
from model.messages import Forgetting, Teaching

_PAUSE_MS = 3000
# A blank or a line end after these leaves a sentence.
_SENTENCE_LEFT = re.compile(r"(?:[.!?…][\"'”’»)\]]*\s|\n)\Z")
_LOOK_BACK = 8


class Page(Paragraphs, Protocol):
    """The writing surface, as far as lessons need it."""

    def length(self) -> int:
        """The length of the text."""

    def caret(self) -> int:
        """The position of the caret."""

    def before(self, limit: int) -> str:
        """The text before the caret."""


class Teacher(QObject):
    """Follows one document at a time and teaches what settles in it.

    Signals: unlearnt (a Teaching or a Forgetting that must be heard, engine or none).

    State: _harvester follows the document, _learns is the user's wish, _is_new is true while
    nothing can have been learnt from the document yet, _pause runs out when nothing was changed
    for a while.
    """

    unlearnt = Signal(object)

    def __init__(
        self, page: Page, clock: Callable[[], float] = time.time, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._clock = clock
        self._engine: Engine | None = None
        self._learns = True
        self._harvester = Harvester("")
        self._is_new = True
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.on_pause)

    def use(self, engine: Engine | None) -> None:
        """Teach this engine from now on."""
        self._engine = engine

    def set_learns(self, learns: bool) -> None:
        """Learn from what is written from now on, or not; what was not yet taught never is."""
        if learns != self._learns:
            self._learns = learns
            self._harvester.disown()

    def rest(self) -> None:
        """Teach what is settled; nothing more comes from this page for now."""
        self._harvest(Settle.PAUSED)
        self._pause.stop()

    def on_opened(self, document: str, discarded: Harvester | None = None) -> None:
        """Follow the document that the page holds now; what it holds is not the user's deed.

        Unless it was discarded here, and is had back: then one knows whose it is.
        """
        self._harvester = Harvester(document, self._page.length())
        if discarded is not None and discarded.provenance.length == self._page.length():
            self._harvester = discarded
            discarded.begin_again()
        self._is_new = document.startswith(UNTITLED) and not self._page.length()

    def on_turned(self, document: str, *, private: bool) -> None:
        """The document is private from now on, or no longer: nothing of it stays learnt."""
        if private and not self._is_new:
            self.unlearnt.emit(Forgetting(document=self._harvester.document, said=False))
        self._harvester = Harvester(document, self._page.length())
        self._is_new = True

    def on_saved(self, document: str) -> None:
        """All that was written is kept: it is settled, under the name it was saved.

        What was taught before the first save goes by that name too; a copy under another name
        leaves it with the first.
        """
        if self._harvester.document.startswith(UNTITLED):
            renaming = self._harvester.rename(document)
            if self._engine is not None:
                self._engine.teach(renaming)
        self._harvester.document = document
        self._is_new = False
        self._harvest(Settle.ALL)
        self._harvester.keep()

    @Slot(object)
    def on_edited(self, edit: Edit) -> None:
        """Follow a change."""
        if not self._learns and edit.origin is not None:
            edit = Edit(edit.position, edit.removed, edit.added, Origin.FOREIGN, edit.step)
        self._harvester.edited(edit)
        self._pause.start()

    @Slot(str)
    def on_entered(self, text: str) -> None:
        """Teach at once when a sentence is left."""
        if text[-1:].isspace() and _SENTENCE_LEFT.search(self._page.before(_LOOK_BACK)):
            self._harvest(Settle.LEFT)

    @Slot()
    def on_pause(self) -> None:
        """Teach what was left meanwhile, and take back what was revised."""
        self._harvest(Settle.LEFT)

    @Slot()
    def on_left(self) -> None:
        """The user looks elsewhere: a finished sentence is settled though the caret is in it."""
        self._harvest(Settle.PAUSED)

    @Slot()
    def on_closing(self) -> None:
        """The document goes: all that was written here is settled."""
        self._harvest(Settle.ALL)
        self._pause.stop()

    def on_discarded(self, unsaved: Sequence[str] = ()) -> Harvester:
        """The document goes, and what was not saved of it is not kept: it is no lesson.

        `unsaved` are its sentences from an earlier run that are in no file. Returns what one needs
        where the document is had back.
        """
        self._pause.stop()
        discarded, document = self._harvester, self._harvester.document
        self._harvester = Harvester(document, self._page.length())  # nothing more of it is taught
        teachings = list(discarded.abandon())
        if unsaved:
            teachings.append(Teaching(document, retract=tuple(unsaved)))
        if not document.startswith(UNTITLED):
            for teaching in teachings:
                self.unlearnt.emit(teaching)
        elif not self._is_new:
            self.unlearnt.emit(Forgetting(document=document, said=False))
        return discarded

    def _harvest(self, settle: Settle) -> None:
        if self._engine is None:
            return  # nothing is lost: it is harvested when there is one
        when = self._clock()
        for teaching in self._harvester.harvest(self._page, self._page.caret(), settle, when):
            self._is_new = False
            self._engine.teach(teaching)
