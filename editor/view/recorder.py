"""What changed in the document, and by whose hand: Qt's reports made exact.

Qt says only where text was removed and added, and sometimes more than that. The page says who
is at work; what comes in while nobody said anything is foreign.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextBlock, QTextDocument

from editor.view.provenance import Edit, Origin


class EditRecorder(QObject):
    """Follows the changes of one document.

    Signals: edited (an Edit, for each change).

    State: origin is who is at work now, None for undo and redo; edits are the changes since
    `begin`; _composed is the line an input method works in, as it was; _length is the length of
    the text after the last change; _paused is true while what changes is no edit.
    """

    edited = Signal(object)

    def __init__(self, document: QTextDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._length = document.characterCount() - 1
        self._composed: tuple[int, memoryview[int]] | None = None
        self._paused = False
        self.origin: Origin | None = Origin.FOREIGN
        self.edits: list[Edit] = []
        document.contentsChange.connect(self._on_contents_change)

    def begin(self, origin: Origin | None, composing_in: QTextBlock | None = None) -> None:
        """From now on this is who changes the text."""
        self.origin, self.edits = origin, []
        self._composed = None
        if composing_in is not None:
            self._composed = (composing_in.position(), _units(composing_in.text()))

    def end(self) -> None:
        """Nobody is known to be at work any more."""
        self.origin, self._composed = Origin.FOREIGN, None

    @contextmanager
    def unrecorded(self) -> Iterator[None]:
        """What changes in here is no edit: another document comes in, or only its looks change."""
        self._paused = True
        try:
            yield
        finally:
            self._paused = False
        self._length = self._document.characterCount() - 1

    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        length = self._document.characterCount() - 1
        # Qt counts the end of the document where a change reaches it; lengths do not lie.
        added = min(added, length - position)
        removed = self._length - length + added
        self._length = length
        if self._paused:
            return
        origin = self.origin
        if self._composed is not None:
            trimmed = self._trimmed(position, removed, added)
            if trimmed is None:
                origin = Origin.FOREIGN  # more may have changed than was typed
            else:
                position, removed, added = trimmed
        if removed or added:
            step = self._document.availableUndoSteps()
            edit = Edit(position, removed, added, origin, step)
            self.edits.append(edit)
            self.edited.emit(edit)

    def _trimmed(self, position: int, removed: int, added: int) -> tuple[int, int, int] | None:
        """The part of a change that is one: input methods report the whole line as changed."""
        assert self._composed is not None
        start, old = self._composed
        new = _units(self._document.findBlock(position).text())
        # The line end may be counted or not.
        if position != start or removed - len(old) not in (0, 1):
            return None
        if added - removed != len(new) - len(old):
            return None
        shorter = min(len(old), len(new))
        head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
        rest = shorter - head
        tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
        return position + head, len(old) - head - tail, len(new) - head - tail


def _units(text: str) -> memoryview[int]:
    return memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")
