from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.tabs.bars import Bar, ChangeBar, PrivateBar
from editor.theme import contrast

LIGHT, DARK = QPalette(QColor("#efefef")), QPalette(QColor("#303030"))


def test_a_bar_is_read_when_it_has_news(qtbot: QtBot, announced: list[tuple[str, bool]]) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    bar = ChangeBar(home)
    bar.tell("It was changed.")
    assert announced == []
    home.show()
    for words in ("It was changed.", "It is gone.", "It is gone."):
        bar.tell(words)
    bar.hide()
    bar.tell("It is gone.")
    assert announced == [(words, True) for words in ("It was changed.", *["It is gone."] * 2)]


@pytest.mark.parametrize("kind", [PrivateBar, ChangeBar])
@pytest.mark.parametrize("palettes", [(LIGHT, DARK), (DARK, LIGHT)], ids=["darker", "lighter"])
def test_a_bar_can_be_read_after_a_change_of_the_systems_colours(
    qtbot: QtBot, qapp: QApplication, kind: type[Bar], palettes: tuple[QPalette, QPalette]
) -> None:
    before = qapp.palette()
    try:
        qapp.setPalette(palettes[0])
        home = QWidget()
        qtbot.addWidget(home)
        bar = kind(home)
        QVBoxLayout(home).addWidget(bar)
        bar.tell("The file was changed.")
        home.show()
        for palette in palettes:
            qapp.setPalette(palette)
            qapp.processEvents()
            label = bar.findChild(QLabel)
            assert isinstance(label, QLabel)
            text = label.palette().color(QPalette.ColorRole.WindowText)
            under = bar.grab().toImage().pixelColor(3, 3)
            assert contrast(text, under) >= 4.5
            assert under != palette.color(QPalette.ColorRole.Window)
    finally:
        qapp.setPalette(before)
