# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""What is said above a page and cannot be overlooked: that it is private, that its file changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from editor.announcing import announce
from editor.theme import mixed

_PRIVATE, _CHANGED = QColor("#8a2be2"), QColor("#d08000")


class Bar(QFrame):
    """One line in a colour of its own, with what can be done about it."""

    def __init__(self, colour: QColor, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = colour
        self._label = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 12, 6)
        self._row.addWidget(self._label, 1)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Its colour on the system's own, as that is now."""
        base = self.palette().color(QPalette.ColorRole.Window)
        QPainter(self).fillRect(self.rect(), mixed(self._colour, base, 0.3))

    def tell(self, words: str) -> None:
        """Say this, also to a screen reader where it is news."""
        is_news = self.isVisible() and words != self._label.text()
        self._label.setText(words)
        self.setAccessibleName(words)
        self.show()
        if is_news:
            announce(self, words, at_once=True)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever turns to the document hears it."""
        super().showEvent(event)
        if not event.spontaneous():
            announce(self, self._label.text(), at_once=True)

    def button(self, words: str) -> QPushButton:
        """One thing that can be done."""
        button = QPushButton(words, self)
        self._row.addWidget(button)
        return button


class PrivateBar(Bar):
    """Says that a document leaves no trace."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_PRIVATE, parent)
        font = self._label.font()
        font.setBold(True)
        self._label.setFont(font)


class ChangeBar(Bar):
    """Says that a file was changed by another program while it was changed here.

    Signals: compared, kept (mine), taken (theirs).
    """

    compared = Signal()
    kept = Signal()
    taken = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_CHANGED, parent)
        self.button(self.tr("Show &Differences")).clicked.connect(self.compared)
        self.button(self.tr("&Keep Mine")).clicked.connect(self.kept)
        self.button(self.tr("Load the F&ile")).clicked.connect(self.taken)
