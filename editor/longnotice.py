"""A word in the status bar while the caret is in a line that is too long for suggestions."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from editor.tabs.sheet import Sheet
from editor.tabs.sheets import Sheets


class LongLineNotice(QLabel):
    """Says that there are no suggestions in this line, and why."""

    def __init__(self, sheets: Sheets, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(self.tr("Long line: no suggestions"))
        self.setToolTip(
            self.tr("Lines of more than 10,000 characters are shown in pieces, without suggestions")
        )
        self._sheets = sheets
        self.hide()
        sheets.added.connect(self._follow)
        sheets.turned_to.connect(self._show)

    def _follow(self, sheet: Sheet) -> None:
        sheet.view.cursorPositionChanged.connect(self._show)
        sheet.opened.connect(self._show)

    def _show(self) -> None:
        if self._sheets.count():
            self.setVisible(self._sheets.current.view.in_long_line())
