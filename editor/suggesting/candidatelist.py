"""A short numbered list of words: below the caret, or always in the same place.

It takes no focus and no keys; its digits are the page's. Each word is a button large enough for
an unsteady hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QWidget

from editor.view.ghostpage import GhostPage
from model.messages import Candidate

MOST_WORDS = 5
_TARGET = 44  # pixels each way: what WCAG 2.5.5 asks of a target


class CandidateList(QFrame):
    """Buttons with the words that are offered, hidden while there are none.

    Signals: chosen (the number of a word, from one), asked (a word, and the place on the screen,
    where the user wants to see what can be done about it).

    State: _page is where the caret is; _floats is true while the list follows it; words are those
    that are shown.
    """

    chosen = Signal(int)
    asked = Signal(str, QPoint)

    def __init__(self, page: GhostPage, home: QWidget) -> None:
        super().__init__(home)
        self._page = page
        self._home = home
        self._floats = False
        self.words: tuple[str, ...] = ()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Words to choose from"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(2, 2, 2, 2)
        self._row.setSpacing(2)
        self.buttons = [self._button(number) for number in range(1, MOST_WORDS + 1)]
        self.hide()
        page.laid_out.connect(self._follow_caret)

    @property
    def count(self) -> int:
        """How many words are shown."""
        return len(self.words)

    def set_floating(self, *, floats: bool) -> None:
        """Follow the caret, or stay in the window's own place for it."""
        self._floats = floats
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if floats else way.LeftToRight)
        layout = self._home.layout()
        if floats:
            self.setParent(self._page.viewport())
        elif layout is not None:
            layout.addWidget(self)
        self.hide()

    def show_words(self, words: Sequence[Candidate]) -> None:
        """Show these words, numbered in this order; none hides the list."""
        self.words = tuple(word.word for word in words[:MOST_WORDS])
        for number, button in enumerate(self.buttons, start=1):
            button.setVisible(number <= self.count)
            if number <= self.count:
                word = self.words[number - 1]
                # What a word holds is shown as it is: an ampersand is no mnemonic.
                button.setText(f"{number}  {word}".replace("&", "&&"))
                button.setAccessibleName(f"{number}: {word}")
        self.setVisible(self.count > 0)
        self._follow_caret()

    def _follow_caret(self) -> None:
        if self.count and self._floats:
            self.adjustSize()
            self.move(self._beside_caret())
            self.raise_()

    def _beside_caret(self) -> QPoint:
        """Below the caret, or above it where the page ends."""
        caret, room = self._page.cursorRect(), self._page.viewport().rect()
        y = caret.bottom() + 2
        if y + self.height() > room.bottom():
            y = max(0, caret.top() - self.height() - 2)
        return QPoint(max(0, min(caret.left(), room.right() - self.width())), y)

    def _button(self, number: int) -> QPushButton:
        button = QPushButton(self)
        button.setMinimumSize(_TARGET, _TARGET)
        button.setFlat(True)
        # The caret stays in the text, where what is chosen goes.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(self._chooser(number))
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(
            lambda place: self.asked.emit(self.words[number - 1], button.mapToGlobal(place))
        )
        self._row.addWidget(button)
        return button

    def _chooser(self, number: int) -> Callable[[], None]:
        return lambda: self.chosen.emit(number)
