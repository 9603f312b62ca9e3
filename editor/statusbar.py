# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""The status bar: what it says breaks into lines, so that the way out is never cut off.

Of what stands in it one thing gives way where the window is narrow.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QEvent, Qt
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

_ROOM_TO_SAY = 200  # pixels
_OWN = Qt.FindChildOption.FindDirectChildrenOnly


class StatusBar(QStatusBar):
    """A status bar that gives a long message as many lines as it needs.

    State: _said shows the message, which Qt would paint on one line, however long it is; _notice
    stands there when there is none; _guest gives way to all others, and is _welcome or not.
    """

    def __init__(self, notice: QLabel, parent: QWidget) -> None:
        super().__init__(parent)
        self._notice = notice
        self._guest: QWidget | None = None
        self._welcome = True
        self.addPermanentWidget(notice, 1)  # for Qt permanent: it is shown and hidden here
        self._said = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.addPermanentWidget(self._said, 1)
        self._said.hide()
        self.messageChanged.connect(self._say)

    def add_guest(self, guest: QWidget) -> None:
        """Add what is shown only where there is room for it, beside all else and what is said."""
        self.addPermanentWidget(guest)
        self._guest = guest

    def show_guest(self, *, welcome: bool) -> None:
        """Show it where there is room, or not at all."""
        self._welcome = welcome
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """Look for room whenever what stands here needs more or less of it."""
        done = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._make_room()
        return done

    def _make_room(self) -> None:
        if self._guest is not None:
            widgets = self.findChildren(QWidget, options=_OWN)
            others = [one for one in widgets if one is not self._guest and one.isVisibleTo(self)]
            taken = sum(one.minimumSizeHint().width() for one in others)
            room = self.width() - taken - self._guest.sizeHint().width()
            self._guest.setVisible(self._welcome and room >= _ROOM_TO_SAY)

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
