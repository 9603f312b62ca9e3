# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""The bar to find and replace: what it asks for, what it says, and which keys it takes.

It refuses to search and to change texts: see `finding.finder`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from editor.finding.query import Query


class FindBar(QFrame):
    """What is looked for, and what shall take its place.

    Signals: changed (another query), stepped (to the next match, or with -1 to the previous),
    replace_one, replace_all, closed.
    """

    changed = Signal()
    stepped = Signal(int)
    replace_one = Signal()
    replace_all = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Find and replace"))
        self.sought = self._field(self.tr("Find"))
        self.instead = self._field(self.tr("Replace with"))
        self.count = QLabel(self, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.count.setAccessibleName(self.tr("Matches"))
        self.count.setMinimumWidth(self.fontMetrics().horizontalAdvance("00000 of 00000"))
        self.case = QCheckBox(self.tr("&Case"), self)
        self.words = QCheckBox(self.tr("&Whole words"), self)
        self.regex = QCheckBox(self.tr("Re&gex"), self)
        self.selection = QCheckBox(self.tr("In se&lection"), self)
        self.previous = self._button("previous-match", self.tr("&Previous"))
        self.next = self._button("next-match", self.tr("&Next"))
        self.one = self._button("replace-one", self.tr("&Replace"))
        self.all = self._button("replace-all", self.tr("Replace &All"))
        self.close_button = QToolButton(self)
        self.close_button.setText("\u00d7")
        self.close_button.setAutoRaise(True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setAccessibleName(self.tr("Close the find bar"))
        self.close_button.setToolTip(self.tr("Close (Esc)"))
        self._lay_out()
        self._connect()
        self.hide()

    @property
    def query(self) -> Query:
        """What is looked for now."""
        return Query(
            self.sought.text(),
            is_regex=self.regex.isChecked(),
            whole_words=self.words.isChecked(),
            case=self.case.isChecked(),
        )

    def ask(self, sought: str) -> None:
        """Come up, with this to look for if it is anything."""
        self.show()
        if sought:
            self.sought.setText(sought)
        self.sought.setFocus()
        self.sought.selectAll()

    def say(self, words: str, *, amiss: bool = False) -> None:
        """Tell how many matches there are, or what is wrong."""
        self.count.setText(words)
        font = self.count.font()
        font.setBold(amiss)  # not by colour alone
        self.count.setFont(font)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the bar; Enter steps on, with Shift back, and replaces in its own field."""
        backwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.instead.hasFocus() and not backwards:
            self.replace_one.emit()
        else:
            self.stepped.emit(-1 if backwards else 1)

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        field.setMinimumWidth(140)
        return field

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 4, 8, 4)
        rows = (
            (self.sought, self.previous, self.next, self.count),
            (self.instead, self.one, self.all),
        )
        for row, (field, *others) in enumerate(rows):
            grid.addWidget(field, row, 0)
            for column, other in enumerate(others, start=1):
                grid.addWidget(other, row, column)
        switches = QHBoxLayout()
        for switch in (self.case, self.words, self.regex, self.selection):
            switches.addWidget(switch)
        switches.addStretch()
        grid.addLayout(switches, 2, 0, 1, 4)
        grid.addWidget(self.close_button, 0, 4, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(3, 1)  # a long word on what is wrong breaks into lines there

    def _connect(self) -> None:
        self.sought.textChanged.connect(self.changed)
        for switch in (self.case, self.words, self.regex, self.selection):
            switch.toggled.connect(self.changed)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.one.clicked.connect(self.replace_one)
        self.all.clicked.connect(self.replace_all)
        self.close_button.clicked.connect(self.closed)
