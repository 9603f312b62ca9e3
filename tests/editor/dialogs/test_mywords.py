from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from editor.dialogs.mywords import MyWords


def shown(words: MyWords) -> list[tuple[str, str]]:
    return [(i.text(0), i.text(1)) for i in words._items() if not i.isHidden()]


def test_words_are_found_and_taken_off(qtbot: QtBot) -> None:
    page = MyWords({"tessaly": "added", "moist": "blocked", "quill": "added"})
    qtbot.addWidget(page)
    assert shown(page) == [
        ("moist", "never suggested"),
        ("quill", "known at once"),
        ("tessaly", "known at once"),
    ]
    assert not page.off.isEnabled()
    page.search.setText("ESS")
    assert shown(page) == [("tessaly", "known at once")]
    page.search.clear()
    for item in page._items()[:2]:
        item.setSelected(True)
    page.off.click()
    assert page.taken_off == ["moist", "quill"]
    assert shown(page) == [("tessaly", "known at once")]


def test_delete_takes_off_too(qtbot: QtBot) -> None:
    page = MyWords({"quill": "added"})
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    page._items()[0].setSelected(True)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.taken_off == ["quill"]


def test_empty_lists_say_so(qtbot: QtBot) -> None:
    page = MyWords({})
    qtbot.addWidget(page)
    assert any("No word" in label.text() for label in page.findChildren(QLabel))
