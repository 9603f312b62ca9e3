from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor import wordcontrol
from editor.rules.counting import WORDS_A_MINUTE
from editor.window import Window
from editor.wordcontrol import WordControl
from tests.editor.actions import action, trigger


@pytest.fixture
def words(window: Window) -> WordControl:
    control = window.findChild(WordControl)
    assert isinstance(control, WordControl)
    return control


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def select(window: Window, start: int, end: int) -> None:
    cursor = window.view.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    window.view.setTextCursor(cursor)


def rows(words: WordControl) -> list[str]:
    words.menu().aboutToShow.emit()
    return [row.text() for row in words.menu().actions()]


def test_it_says_how_many_words_there_are(window: Window, words: WordControl, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: words.text() == "0 words")
    QTest.keyClicks(window.view, "one")
    assert words.text() == "0 words"  # not while the key is handled
    qtbot.waitUntil(lambda: words.text() == "1 word")
    QTest.keyClicks(window.view, " two")
    window.view.show_ghost("three")
    qtbot.waitUntil(lambda: words.text() == "2 words")
    assert words.accessibleName() == "2 words"
    window.view.set_text("word " * 1234)
    qtbot.waitUntil(lambda: words.text() == "1,234 words")


def test_of_a_selection_it_says_its_part(window: Window, words: WordControl, qtbot: QtBot) -> None:
    window.view.set_text("word " * 1234)
    select(window, 5, 5 + 12 * 5)
    qtbot.waitUntil(lambda: words.text() == "12 of 1,234 words")
    QLocale.setDefault(QLocale("de_DE"))
    window.view.selectAll()
    qtbot.waitUntil(lambda: words.text() == "1.234 of 1.234 words")
    window.view.set_text("word")
    qtbot.waitUntil(lambda: words.text() == "1 word")


def test_a_click_shows_the_other_figures(window: Window, words: WordControl, qtbot: QtBot) -> None:
    window.view.set_text("one two\n\nthree")
    qtbot.waitUntil(lambda: words.text() == "3 words")
    assert rows(words) == [
        "3 words",
        "12 characters",
        "11 characters without spaces",
        "2 paragraphs",
        "Less than a minute of reading, at 238 words a minute",
        "3 words more than when it was opened",
    ]
    QTest.keyClicks(window.view, "zero ")
    assert rows(words)[0] == "4 words"
    window.view.set_text("one two\n\nthree")
    select(window, 4, 10)
    assert rows(words)[:4] == [
        "2 of 3 words",
        "4 of 12 characters",
        "4 of 11 characters without spaces",
        "2 of 2 paragraphs",
    ]
    window.view.set_text("a " * WORDS_A_MINUTE * 2)
    qtbot.waitUntil(lambda: words.text() == "476 words")
    assert rows(words)[4] == "2 minutes of reading, at 238 words a minute"
    select(window, 0, 2 * WORDS_A_MINUTE)
    assert rows(words)[4] == "1 minute of reading, at 238 words a minute"


def test_it_says_how_much_was_written_since_the_document_was_opened(
    window: Window, words: WordControl, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("one two")
    window.documents.open(tmp_path / "a.txt")
    qtbot.waitUntil(lambda: words.text() == "2 words")
    QTest.keyClicks(window.view, "zero ")
    qtbot.waitUntil(lambda: words.text() == "3 words")
    assert rows(words)[-1] == "1 word more than when it was opened"
    window.view.selectAll()
    QTest.keyClick(window.view, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: words.text() == "0 words")
    assert rows(words)[-1] == "2 words fewer than when it was opened"


def test_each_document_has_its_own_count(window: Window, words: WordControl, qtbot: QtBot) -> None:
    QTest.keyClicks(window.view, "one two")
    trigger(window, "new")
    qtbot.waitUntil(lambda: words.text() == "0 words")
    trigger(window, "last-tab")
    qtbot.waitUntil(lambda: words.text() == "2 words")
    trigger(window, "new")
    trigger(window, "close")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(words._counters) == 2
    qtbot.waitUntil(lambda: words.text() in {"0 words", "2 words"})


def test_a_long_document_is_counted_in_portions(
    window: Window, words: WordControl, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wordcontrol, "_PORTION", 0.0005)
    window.sheets.current.hold(
        "The harbour lay still.\n" * 20_000, None, window.sheets.current.form
    )
    qtbot.waitUntil(lambda: words.text() == "… words")
    assert words.accessibleName() == "Counting words"
    assert rows(words) == ["Counting words"]
    qtbot.waitUntil(lambda: words.text() == "80,000 words")
    assert rows(words)[-1] == "0 words more than when it was opened"


def test_it_can_be_turned_off(window: Window, words: WordControl, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: words.text() == "0 words")
    assert words.isVisible()
    assert action(window, "count-words").isChecked()
    trigger(window, "count-words")
    assert not words.isVisible()
    assert not action(window, "count-words").isChecked()
    assert not window.settings.count_words
    QTest.keyClicks(window.view, "one")
    assert not words._pause.isActive()
    trigger(window, "count-words")
    assert words.isVisible()
    qtbot.waitUntil(lambda: words.text() == "1 word")


def test_the_keyboard_reaches_it(window: Window, words: WordControl, qtbot: QtBot) -> None:
    qtbot.waitActive(window)
    words.setFocus(Qt.FocusReason.TabFocusReason)
    assert words.hasFocus()
    seen = []

    def look() -> None:
        QTest.keyClick(words.menu(), Qt.Key.Key_Down)
        seen.append(words.menu().activeAction().text())
        words.menu().close()

    QTimer.singleShot(0, look)  # a menu that is open keeps whoever opened it
    QTest.keyClick(words, Qt.Key.Key_Space)
    assert seen == ["0 words"]
