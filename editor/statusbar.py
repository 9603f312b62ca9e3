# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""The status bar: what it says breaks into lines, so that the way out is never cut off."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QLabel,
    QSizePolicy,
    QStatusBar,
    QStyle,
    QStyleOption,
    QStylePainter,
    QWidget,
)


class StatusBar(QStatusBar):
    """A status bar that gives a long message as many lines as it needs.

    State: _said shows the message, which Qt would paint on one line, however long it is; _notice
    stands there when there is none.
    """

    def __init__(self, notice: QLabel, parent: QWidget) -> None:
        super().__init__(parent)
        self._notice = notice
        self.addPermanentWidget(notice, 1)  # for Qt permanent: it is shown and hidden here
        self._said = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.addPermanentWidget(self._said, 1)
        self._said.hide()
        self.messageChanged.connect(self._say)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar without the message."""
        option = QStyleOption()
        option.initFrom(self)
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelStatusBar, option)

    def _say(self, message: str) -> None:
        # A long path breaks, too.
        self._said.setText(message.replace(os.sep, f"{os.sep}\u200b"))
        self._said.setVisible(bool(message))
        self._notice.setVisible(not message)
