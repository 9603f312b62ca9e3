from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QInputMethodEvent, QPalette, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from editor.spelling import underlines
from editor.spelling.spelling import Spelling
from editor.spelling.underlines import Underlines
from editor.view.textview import TextView
from tests.editor.spelling.fake_dictionary import FakeDictionary
from tests.editor.spelling.looking import underlined

KNOWN = "the heron waits and we met a line of text so that it ends here don't next"


@pytest.fixture
def dictionary() -> FakeDictionary:
    return FakeDictionary(KNOWN, {"hron": ["heron", "horn"], "dont": ["don't"]})


@pytest.fixture
def marks(page: TextView, dictionary: FakeDictionary) -> Underlines:
    spelling = Spelling()
    spelling.use(dictionary)
    marks = Underlines(page, spelling)
    marks.turn(on=True)
    return marks


def wait(qtbot: QtBot, page: TextView, *words: str) -> None:
    qtbot.waitUntil(lambda: underlined(page) == list(words))


@pytest.mark.usefixtures("marks")
def test_what_is_wrong_is_underlined_after_a_pause(
    qtbot: QtBot, page: TextView, dictionary: FakeDictionary
) -> None:
    page.set_text("the hron waits\n\nwe met a 😀 lne\nof text")
    assert underlined(page) == []
    assert dictionary.asked == []
    wait(qtbot, page, "hron", "lne")


def test_off_nothing_is_looked_up_and_nothing_stays(
    qtbot: QtBot, page: TextView, marks: Underlines, dictionary: FakeDictionary
) -> None:
    page.set_text("the hron")
    wait(qtbot, page, "hron")
    marks.turn(on=False)
    assert underlined(page) == []
    page.set_text("we wat")
    assert underlined(page) == []
    qtbot.wait(400)
    assert dictionary.asked == ["the", "hron"]
    assert marks.at_caret() is None


@pytest.mark.usefixtures("marks")
def test_the_word_that_is_being_written_waits_until_it_is_left(
    qtbot: QtBot, page: TextView, dictionary: FakeDictionary
) -> None:
    QTest.keyClicks(page, "we hron")
    qtbot.waitUntil(lambda: underlined(page) == [] and dictionary.asked == ["we"])
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Backspace):  # within it, and changing it
        QTest.keyClick(page, key)
    QTest.keyClicks(page, "o")
    qtbot.wait(400)
    assert underlined(page) == []
    QTest.keyClick(page, Qt.Key.Key_End)
    QTest.keyClicks(page, " ")
    wait(qtbot, page, "hron")
    QTest.keyClicks(page, "met lne")
    wait(qtbot, page, "hron")
    QTest.keyClick(page, Qt.Key.Key_Home)
    wait(qtbot, page, "hron", "lne")
    QTest.keyClick(page, Qt.Key.Key_End)  # it is not being written any more
    qtbot.wait(400)
    assert underlined(page) == ["hron", "lne"]


@pytest.mark.usefixtures("marks")
def test_no_key_waits_for_the_dictionary(page: TextView, dictionary: FakeDictionary) -> None:
    QTest.keyClicks(page, "the hron wats and ")
    page.viewport().repaint()
    assert dictionary.asked == []


def test_whoever_goes_on_writing_puts_it_off_and_whoever_looks_does_not(
    qtbot: QtBot, page: TextView, marks: Underlines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(underlines, "_PAUSE_MS", 60_000)
    QTest.keyClicks(page, "the hron ")
    underlined(page)
    monkeypatch.setattr(underlines, "_PAUSE_MS", 600_000)
    underlined(page)
    assert 0 < marks._pause.remainingTime() < 70_000
    QTest.keyClicks(page, "w")
    assert marks._pause.remainingTime() > 500_000


@pytest.mark.usefixtures("marks")
def test_a_word_that_is_left_without_a_key_that_writes_is_painted_again(
    qtbot: QtBot, page: TextView
) -> None:
    page.set_text("hron\n")
    wait(qtbot, page, "hron")
    page.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(page, "we met the hron")
    assert underlined(page) == ["hron"]
    qtbot.wait(400)
    areas: list[QRect] = []
    page.painted.connect(areas.append)
    page.moveCursor(QTextCursor.MoveOperation.Start)
    # Of two places that are painted Qt tells what surrounds both.
    qtbot.waitUntil(lambda: page.viewport().rect() in areas)
    assert underlined(page) == ["hron", "hron"]


@pytest.mark.usefixtures("marks")
def test_ghosts_are_no_words_painted_or_laid_into_the_line(
    qtbot: QtBot, page: TextView, dictionary: FakeDictionary
) -> None:
    QTest.keyClicks(page, "the hron met ")
    page.show_ghost("xyzzy plugh")
    wait(qtbot, page, "hron")
    QTest.keyClicks(page, "so )")
    QTest.keyClick(page, Qt.Key.Key_Left)
    page.show_ghost("xyzzy plugh")
    assert page.textCursor().block().layout().preeditAreaText() == "xyzzy plugh"
    qtbot.wait(400)
    assert underlined(page) == ["hron"]
    assert not {"xyzzy", "plugh"} & set(dictionary.asked)


@pytest.mark.usefixtures("marks")
def test_what_an_input_method_composes_is_no_word(
    qtbot: QtBot, page: TextView, dictionary: FakeDictionary
) -> None:
    page.set_text("hron heron")
    wait(qtbot, page, "hron")
    page.inputMethodEvent(QInputMethodEvent("xyzzy", []))
    qtbot.wait(400)
    assert dictionary.asked == ["hron", "heron"]


@pytest.mark.usefixtures("marks")
def test_very_long_paragraphs_are_left_alone(
    qtbot: QtBot, page: TextView, marks: Underlines, dictionary: FakeDictionary
) -> None:
    page.set_text("lne\n" + "hron " * 2001 + "\nwat")
    wait(qtbot, page, "lne")
    page.moveCursor(QTextCursor.MoveOperation.End)
    wait(qtbot, page, "wat")
    page.set_caret(6)
    assert marks.at_caret() is None
    page.set_text("")
    QTextCursor(page.document()).insertText("hron " * 2001)  # by a way that breaks no lines
    qtbot.wait(400)
    page.set_caret(1)
    assert marks.at_caret() is None
    assert dictionary.asked == ["lne", "wat"]


@pytest.mark.usefixtures("marks")
def test_only_what_is_seen_is_looked_up(
    qtbot: QtBot, page: TextView, dictionary: FakeDictionary
) -> None:
    page.set_text("\n".join(f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(500)))
    qtbot.waitUntil(lambda: len(underlined(page)) > 10)
    assert len(dictionary.asked) < 60
    assert "wordta" not in dictionary.asked
    page.verticalScrollBar().setValue(494)
    qtbot.waitUntil(lambda: "wordta" in underlined(page))
    assert len(dictionary.asked) < 120


def test_the_window_lives_between_slices(
    qtbot: QtBot, page: TextView, marks: Underlines, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = FakeDictionary("")
    monkeypatch.setattr(slow, "knows", lambda word: (slow.asked.append(word), time.sleep(0.003)))
    marks._spelling.use(slow)
    page.set_text(" ".join(f"{a}{b}" for a in "abcdefghij" for b in "abcdefghij"))
    page.viewport().grab()
    marks._look_up()
    assert 1 <= len(slow.asked) < 10
    qtbot.waitUntil(lambda: len(slow.asked) == 100)


@pytest.mark.usefixtures("marks")
def test_nothing_of_it_is_in_the_document(qtbot: QtBot, page: TextView) -> None:
    page.set_text("the hron waits")
    document, told = page.document(), []
    revision, height = document.revision(), page.blockBoundingRect(document.firstBlock())
    document.contentsChange.connect(lambda *change: told.append(change))
    document.documentLayoutChanged.connect(lambda: told.append("laid out"))
    page.edited.connect(told.append)
    wait(qtbot, page, "hron")
    assert told == []
    assert (document.revision(), document.isModified()) == (revision, False)
    assert document.availableUndoSteps() == 0
    assert document.firstBlock().layout().formats() == []
    assert page.extraSelections() == []
    assert page.blockBoundingRect(document.firstBlock()) == height


@pytest.mark.usefixtures("marks")
def test_it_follows_edits_undo_zoom_colours_and_marks_of_others(
    qtbot: QtBot, page: TextView
) -> None:
    page.set_text("the heron\nthe hron waits")
    wait(qtbot, page, "hron")
    QTest.keyClicks(page, "we met and")
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert underlined(page) == ["hron"]
    page.undo()
    assert underlined(page) == ["hron"]
    font = QFont(page.font())
    font.setPointSize(30)
    page.set_writing_font(font)
    assert underlined(page) == ["hron"]
    palette = QPalette(page.palette())
    palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.black)
    palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.white)
    page.setPalette(palette)
    assert underlined(page) == ["hron"]
    mark = QTextEdit.ExtraSelection()
    mark.cursor = QTextCursor(page.document())
    mark.cursor.select(QTextCursor.SelectionType.Document)
    mark.format.setBackground(Qt.GlobalColor.darkBlue)
    page.setExtraSelections([mark])
    assert underlined(page) == ["hron"]
    page.resize(200, 500)
    assert underlined(page) == ["hron"]


def test_an_ignored_word_is_right_until_another_document_comes(
    qtbot: QtBot, page: TextView, marks: Underlines
) -> None:
    page.set_text("hron lne")
    wait(qtbot, page, "hron", "lne")
    found = marks.at_caret()
    assert found is not None
    marks.ignore(found.word)
    assert underlined(page) == ["lne"]
    assert marks.at_caret() is None
    marks.begin_anew()
    assert underlined(page) == ["hron", "lne"]


def test_the_word_that_holds_caret_and_selection(page: TextView, marks: Underlines) -> None:
    page.set_text("we 😀 hron met")
    for place, selected, expected in ((6, 0, True), (8, 0, True), (10, 0, True), (6, 4, True)):
        cursor = page.textCursor()
        cursor.setPosition(place)
        cursor.setPosition(place + selected, QTextCursor.MoveMode.KeepAnchor)
        page.setTextCursor(cursor)
        assert (marks.at_caret() is not None) is expected, place
    for place, selected in ((5, 0), (11, 0), (5, 5), (6, 6)):
        cursor.setPosition(place)
        cursor.setPosition(place + selected, QTextCursor.MoveMode.KeepAnchor)
        page.setTextCursor(cursor)
        assert marks.at_caret() is None, place


def test_a_proposal_is_one_step_of_undo(qtbot: QtBot, page: TextView, marks: Underlines) -> None:
    page.set_text("we 😀 hron met")
    page.set_caret(8)
    found = marks.at_caret()
    assert found is not None
    assert marks.proposals(found) == ["heron", "horn"]
    marks.replace(found, "heron")
    assert page.text() == "we 😀 heron met"
    assert page.caret() == 11
    marks.replace(found, "horn")  # the text is not the one that the menu was about
    assert page.text() == "we 😀 heron met"
    page.undo()
    assert page.text() == "we 😀 hron met"
    assert not page.document().isUndoAvailable()


def test_proposals_have_the_apostrophes_of_the_text(page: TextView, marks: Underlines) -> None:
    page.set_text("we dont")
    page.set_caret(5)
    found = marks.at_caret()
    assert found is not None
    assert marks.proposals(found) == ["don't"]
    page.set_text("we dont and don’t")
    assert marks.proposals(found) == ["don’t"]


@pytest.mark.usefixtures("marks")
def test_a_part_of_the_page_is_painted_alone(qtbot: QtBot, page: TextView) -> None:
    page.set_text("\n".join(["hron"] * 9))
    wait(qtbot, page, *["hron"] * 9)
    seen: list[int] = []
    page.painted.connect(lambda area: seen.append(area.height()))
    qtbot.waitUntil(lambda: bool(seen))  # the last pause has the whole page painted
    seen.clear()
    line = page.cursorRect().translated(0, 3 * page.cursorRect().height())
    page.viewport().repaint(line)
    assert seen == [line.height()]
    assert page.cursorForPosition(QPoint(line.topLeft())).blockNumber() == 3
    assert underlined(page) == ["hron"] * 9
