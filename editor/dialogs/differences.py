"""How the text here and the text of its file differ, to look at before one is chosen."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFontDatabase, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from editor.documents.differing import differing_lines
from editor.theme import mixed

_COLOURS = {"-": QColor("#d03030"), "+": QColor("#209040")}


class Differences(QDialog):
    """Lines that only the text here has, and lines that only the file has."""

    def __init__(self, name: str, mine: str, theirs: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Differences"))
        hint = QLabel(self.tr("&Lines with − are only here, lines with + only in the file."), self)
        self.page = QPlainTextEdit(self)
        self.page.setReadOnly(True)
        self.page.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.page.setAccessibleName(self.tr("Differences in %1").replace("%1", name))
        hint.setBuddy(self.page)
        base = self.palette().color(QPalette.ColorRole.Base)
        cursor = QTextCursor(self.page.document())
        for kind, line in differing_lines(mine, theirs):
            look = QTextCharFormat()
            if kind in _COLOURS:
                look.setBackground(mixed(_COLOURS[kind], base, 0.25))
            sign = {"-": "−"}.get(kind, kind)
            cursor.insertText(f"{sign} {line}\n", look)
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (hint, self.page, buttons):
            column.addWidget(widget)
        self.resize(760, 480)
