"""What is said of the documents: line by line, or of several documents at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal


class News(QObject):
    """Passes on what is to be said, for a line in the window takes the place of the one before.

    Signals: said (one line, and whether it stays).

    State: _held are the lines that `together` will say, None while there is no need to wait.
    """

    said = Signal(str, bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[tuple[str, bool]] | None = None

    def say(self, message: str, stays: bool) -> None:
        """Say one line."""
        if self._held is None:
            self.said.emit(message, stays)
        else:
            self._held.append((message, stays))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Say at the end what is to be said until then: all that stays, or else the last line."""
        held: list[tuple[str, bool]] = []
        self._held = held
        try:
            yield
        finally:
            self._held = None
            if lasting := [message for message, stays in held if stays]:
                self.say(" ".join(lasting), True)
            elif held:
                self.say(*held[-1])
