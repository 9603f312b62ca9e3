from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.documents.form import Form
from editor.documents.reading import read
from editor.tabs.sheet import Sheet
from editor.theme import writing_font


def test_reloading_is_one_step_that_can_be_undone(qtbot: QtBot, tmp_path: Path) -> None:
    sheet = Sheet(writing_font(), 1)
    qtbot.addWidget(sheet)
    path = tmp_path / "a.txt"
    path.write_text("one \U0001f600 two\nthree")
    content = read(path)
    sheet.hold(content.text, path, content.form, content.stamp)
    QTest.keyClicks(sheet.view, "0 ")
    path.write_bytes("0 one \U0001f600 2\r\nthree\r\n".encode())
    sheet.reload(read(path))
    assert sheet.view.text() == "0 one \U0001f600 2\nthree\n"
    assert not sheet.modified
    assert sheet.form.line_end == "\r\n"
    QTest.keyClick(sheet.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert sheet.view.text() == "0 one \U0001f600 two\nthree"
    assert sheet.modified
    QTest.keyClick(sheet.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert sheet.view.text() == "one \U0001f600 two\nthree"


@pytest.mark.parametrize("text", ["one\ntwo", "one\n" + "two " * 4000])
def test_the_caret_stays_where_the_last_line_gets_an_end(qtbot: QtBot, text: str) -> None:
    sheet = Sheet(writing_font(), 1)
    qtbot.addWidget(sheet)
    sheet.hold(text, None, Form())
    caret = sheet.view.length()
    sheet.view.set_caret(caret)
    sheet.set_last_line_end(ends=True)
    assert sheet.view.text() == text + "\n"
    assert sheet.has_last_line_end()
    QTest.keyClicks(sheet.view, "!")
    assert sheet.view.text() == text + "!\n"
    assert sheet.view.caret() == caret + 1
    sheet.set_last_line_end(ends=False)
    assert sheet.view.text() == text + "!"
    assert sheet.view.caret() == caret + 1


def test_a_private_document_says_nothing_of_itself(qtbot: QtBot, tmp_path: Path) -> None:
    sheet = Sheet(writing_font(), 2)
    qtbot.addWidget(sheet)
    assert (sheet.name, sheet.is_blank()) == ("Untitled 2", True)
    assert sheet.identity.startswith("untitled-")
    sheet.hold("x", tmp_path / "diary.txt", Form())
    assert sheet.identity == str(tmp_path / "diary.txt")
    with qtbot.waitSignal(sheet.turned_private):
        sheet.private = True
    assert "diary" not in sheet.identity
    # Until then its draft is on the disk.
    assert "nothing is kept once it is closed" in sheet.private_bar.accessibleName()
