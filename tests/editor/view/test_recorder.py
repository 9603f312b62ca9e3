from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout
from pytestqt.qtbot import QtBot

from editor.view.provenance import Edit, Origin
from editor.view.recorder import EditRecorder


def plain(text: str = "") -> QTextDocument:
    """A document as a page holds it: without a layout Qt reports no change."""
    document = QTextDocument(text)
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    return document


def test_what_nobody_claims_is_foreign(qtbot: QtBot) -> None:
    document = plain()
    recorder = EditRecorder(document)
    cursor = QTextCursor(document)
    cursor.insertText("a")
    recorder.begin(Origin.TYPED)
    cursor.insertText("b")
    recorder.end()
    cursor.insertText("c")
    assert recorder.edits == [Edit(1, 0, 1, Origin.TYPED, 1), Edit(2, 0, 1, Origin.FOREIGN, 1)]


def test_a_document_that_comes_in_is_no_edit(qtbot: QtBot) -> None:
    document = plain("old")
    recorder = EditRecorder(document)
    with recorder.unrecorded():
        document.setPlainText("a longer text")
    assert recorder.edits == []
    QTextCursor(document).insertText("x")
    assert recorder.edits == [Edit(0, 0, 1, Origin.FOREIGN, 1)]


def test_the_end_of_the_document_is_not_counted(qtbot: QtBot) -> None:
    document = plain("old")
    recorder = EditRecorder(document)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.insertText("new\nlines")
    removed, added = 0, 0
    for edit in recorder.edits:
        removed, added = removed + edit.removed, added + edit.added
    assert (removed, added) == (3, 9)


@pytest.mark.parametrize("text", ["one two", "one two\nthree", "\U0001f600\U0001f600two\nthree"])
def test_an_input_method_changed_only_what_is_different(qtbot: QtBot, text: str) -> None:
    document = plain(text)
    recorder = EditRecorder(document)
    cursor = QTextCursor(document)
    recorder.begin(Origin.TYPED, document.firstBlock())
    cursor.beginEditBlock()
    cursor.setPosition(4)
    cursor.insertText("É")
    document.firstBlock().layout().setPreeditArea(5, "composed")
    cursor.endEditBlock()
    recorder.end()
    (edit,) = recorder.edits
    assert edit == Edit(4, 0, 1, Origin.TYPED, edit.step)


def test_where_an_input_method_changed_more_it_is_foreign(qtbot: QtBot) -> None:
    document = plain("one\ntwo\nthree")
    recorder = EditRecorder(document)
    cursor = QTextCursor(document)
    recorder.begin(Origin.TYPED, document.firstBlock())
    cursor.beginEditBlock()
    cursor.insertText("É")
    cursor.setPosition(6)
    cursor.insertText("É")
    cursor.endEditBlock()
    assert {edit.origin for edit in recorder.edits} == {Origin.FOREIGN}
