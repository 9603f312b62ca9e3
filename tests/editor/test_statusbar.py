from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QMainWindow, QSizePolicy
from pytestqt.qtbot import QtBot

from editor.statusbar import StatusBar


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setStatusBar(StatusBar(QLabel(window), window))
    window.show()
    return window


def test_a_guest_is_shown_where_there_is_room(window: QMainWindow, qtbot: QtBot) -> None:
    bar = window.statusBar()
    assert isinstance(bar, StatusBar)
    other, guest = QLabel("something that stays"), QLabel("a guest")
    guest.setMinimumWidth(1)
    guest.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    bar.addPermanentWidget(other)
    narrowest = bar.minimumSizeHint().width()
    bar.add_guest(guest)
    for width, seen in ((900, True), (narrowest + 120, False), (narrowest, False), (900, True)):

        def is_shared_out(width: int = width, seen: bool = seen) -> bool:
            window.resize(width, 100)
            return window.width() == width and guest.isVisible() is seen

        qtbot.waitUntil(is_shared_out)
        assert other.width() >= other.sizeHint().width()
    window.resize(500, 100)
    qtbot.waitUntil(guest.isVisible)
    other.setText("something that stays and needs much more room than before " * 2)
    qtbot.waitUntil(lambda: not guest.isVisible())
    other.setText("")
    qtbot.waitUntil(guest.isVisible)
    bar.show_guest(welcome=False)
    assert not guest.isVisible()
    window.resize(900, 100)
    bar.show_guest(welcome=True)
    assert guest.isVisible()
