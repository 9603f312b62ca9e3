# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""What a new user is asked and shown, above the page and in nobody's way: one sentence about
learning, and a line on which Tab can be tried. Typing goes to the page from the first key on.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QMouseEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from editor.view.textview import TextView

_EDGE = 4  # pixels
_TYPED, _GHOST = "Please let me know if you have any qu", "estions."


class Practice(TextView):
    """One line with a ghost, to press Tab on."""

    def __init__(self, font: QFont, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_writing_font(font)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.fontMetrics().height() + 4 * _EDGE)
        self.setAccessibleName(self.tr("A line to try Tab on"))
        self.begin()

    def begin(self) -> None:
        """Offer the word (again), until it was taken."""
        if self.text() not in ("", _TYPED):
            return
        self.set_text(_TYPED)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.show_ghost(_GHOST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The word has room now, or another one."""
        super().resizeEvent(event)
        self.begin()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes here finds the word."""
        super().focusInEvent(event)
        self.begin()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Whoever clicks here finds the word again: a click takes it away, as on every page."""
        super().mouseReleaseEvent(event)
        self.begin()

    def _centre_column(self) -> None:
        self.setViewportMargins(_EDGE, _EDGE, _EDGE, _EDGE)  # one line needs no margins of a page

    def sizeHint(self) -> QSize:
        """As wide as what it says."""
        width = self.fontMetrics().horizontalAdvance(_TYPED + _GHOST)
        return QSize(width + 40, self.height())


class Welcome(QFrame):
    """The first start.

    Signals: answered (whether the user may be learnt from).
    """

    answered = Signal(bool)

    def __init__(self, font: QFont, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(self.tr("Welcome"))
        question = QLabel(
            self.tr(
                "May Foretype learn from what you write? It stays on this computer, encrypted,"
                " and can be forgotten at any time."
            ),
            self,
            wordWrap=True,
        )
        self.yes = QPushButton(self.tr("&Yes, Learn"), self)
        self.no = QPushButton(self.tr("N&o"), self)
        self.practice = Practice(font, self)
        hint = QLabel(self.tr("&Try it: click into the line, then press Tab."), self)
        hint.setBuddy(self.practice)
        self._hint = hint
        grid = QGridLayout(self)
        grid.addWidget(question, 0, 0)
        answers = QHBoxLayout()
        answers.addWidget(self.yes)
        answers.addWidget(self.no)
        grid.addLayout(answers, 0, 1)
        # Over the whole width, each: in a narrow window the line would not be one beside its hint.
        grid.addWidget(hint, 1, 0, 1, 2)
        grid.addWidget(self.practice, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.yes.clicked.connect(lambda: self.answered.emit(True))
        self.no.clicked.connect(lambda: self.answered.emit(False))
        self.practice.entered.connect(self._on_entered)

    def _on_entered(self, text: str) -> None:
        if text == _GHOST:
            self._hint.setText(self.tr("That is all. Typing on ignores a suggestion; Esc too."))
