from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget
from pytestqt.qtbot import QtBot

from editor.dialogs.questions import Choice
from editor.documents.form import Form
from editor.finding.bar import FindBar
from editor.rules.control import Control
from editor.rules.keymap import Keymap
from editor.settings import Settings
from editor.window import Window
from model.messages import Phase, Status
from tests.editor.actions import trigger
from tests.editor.answers import Answers
from tests.editor.clock import Clock


def test_write_save_open(window: Window, answers: Answers, tmp_path: Path) -> None:
    QTest.keyClicks(window.view, "hello")
    assert window.isWindowModified()
    answers.to_save = tmp_path / "a.txt"
    trigger(window, "save")
    assert (tmp_path / "a.txt").read_text() == "hello"
    assert not window.isWindowModified()
    assert "a.txt" in window.windowTitle()
    trigger(window, "new")
    assert (window.view.text(), window.sheets.current.path) == ("", None)
    assert window.sheets.count() == 2
    answers.to_open = [tmp_path / "a.txt"]
    trigger(window, "open")
    assert window.view.text() == "hello"
    assert answers.asked == []


def test_save_as_keeps_the_first_file(window: Window, answers: Answers, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo")
    window.documents.open(tmp_path / "a.txt")
    QTest.keyClicks(window.view, "x")
    answers.to_save = tmp_path / "b.txt"
    trigger(window, "save-as")
    assert (tmp_path / "b.txt").read_bytes() == b"xone\r\ntwo"
    assert (tmp_path / "a.txt").read_bytes() == b"one\r\ntwo"


@pytest.mark.parametrize(("deed", "file"), [("close", ""), ("quit", "a.txt")])
def test_nothing_is_lost_without_a_question(
    window: Window, answers: Answers, tmp_path: Path, deed: str, file: str
) -> None:
    if file:
        (tmp_path / file).mkdir()  # saving will fail
        window.sheets.current.hold("", tmp_path / file, Form())
    QTest.keyClicks(window.view, "hello")
    trigger(window, deed)
    assert window.view.text() == "hello"
    assert window.isVisible()
    answers.choice = Choice.SAVE  # but where to is not said, or it fails
    trigger(window, deed)
    assert window.view.text() == "hello"
    assert window.isVisible()
    if file:
        (tmp_path / file).rmdir()
        trigger(window, deed)
        assert (tmp_path / file).read_text() == "hello"
        return
    answers.to_save = tmp_path / "kept.txt"
    trigger(window, deed)
    assert (tmp_path / "kept.txt").read_text() == "hello"
    assert len(answers.asked) == 3


def test_discard_discards(window: Window, answers: Answers) -> None:
    QTest.keyClicks(window.view, "hello")
    answers.choice = Choice.DISCARD
    trigger(window, "quit")
    assert not window.isVisible()


def test_a_failed_save_warns_and_keeps_the_text(
    window: Window, answers: Answers, tmp_path: Path
) -> None:
    window.documents.open(tmp_path / "a.txt")
    QTest.keyClicks(window.view, "hello")
    (tmp_path / "a.txt").mkdir()
    trigger(window, "save")
    assert len(answers.warned) == 1
    assert window.isWindowModified()
    assert window.view.text() == "hello"


def test_a_file_that_cannot_be_opened_is_said_and_the_text_stays(
    window: Window, tmp_path: Path
) -> None:
    window.documents.open(tmp_path / "new.txt")
    assert "New file" in window.statusBar().currentMessage()
    QTest.keyClicks(window.view, "hello")
    assert not window.documents.open(tmp_path)
    assert "folder" in window.statusBar().currentMessage()
    assert window.view.text() == "hello"
    assert not window.documents.open(tmp_path / "no" / "folder.txt")


def test_a_long_message_breaks_so_that_its_end_is_seen(window: Window, qtbot: QtBot) -> None:
    window.say("short")
    label = next(one for one in window.statusBar().findChildren(QLabel) if one.text() == "short")
    window.say("short again")
    height = window.statusBar().sizeHint().height()
    window.say("Cannot read /" + "folder/" * 40 + "a: it is gone. Check the name.", lasting=True)
    qtbot.waitUntil(lambda: label.isVisible() and label.height() > height)
    assert not window._notice.isVisible()  # it would take half of the room
    assert label.height() >= label.heightForWidth(label.width()) > height
    assert window.width() == window.settings.window_width
    window.say("")
    assert not label.isVisible()
    assert window._notice.isVisible()


@pytest.mark.parametrize("wanted", [500, 9000])
def test_a_window_is_as_large_as_last_time_where_the_screen_has_room(
    qtbot: QtBot, answers: Answers, wanted: int
) -> None:
    window = Window(Settings(window_width=wanted, window_height=wanted), answers)
    qtbot.addWidget(window)
    window.show()
    room = window.screen().availableSize()
    assert window.width() == min(wanted, room.width())
    # A title bar must have room, too.
    assert window.height() == wanted or 500 < window.height() < room.height() < wanted


def test_what_is_said_is_read_too(window: Window, announced: list[tuple[str, bool]]) -> None:
    window.say("Saved")
    window.say("A draft is damaged.", lasting=True)
    window.say("")
    assert announced == [("Saved", False), ("A draft is damaged.", True)]


def test_what_cannot_be_kept_is_said_as_long_as_it_is_so(window: Window) -> None:
    keeper = window.documents.memory.keeper
    keeper.failed.emit("It cannot be kept.")
    assert window.statusBar().currentMessage() == "It cannot be kept."
    keeper.recovered.emit("It cannot be kept.")
    assert window.statusBar().currentMessage() == ""
    window.say("Saved")
    keeper.recovered.emit("It cannot be kept.")
    assert window.statusBar().currentMessage() == "Saved"


def test_undo_survives_saving_settings_and_another_tab(
    window: Window, answers: Answers, tmp_path: Path
) -> None:
    QTest.keyClicks(window.view, "one ")
    answers.to_save = tmp_path / "a.txt"
    trigger(window, "save")
    QTest.keyClicks(window.view, "two")
    answers.chosen = replace(window.settings, keys=Keymap(accept="F2"), eagerness="quiet")
    trigger(window, "preferences")
    trigger(window, "zoom-in")
    trigger(window, "new")
    trigger(window, "close")
    trigger(window, "save")
    for expected, modified in (("one ", True), ("", True)):
        trigger(window, "undo")
        assert (window.view.text(), window.isWindowModified()) == (expected, modified)
    for _ in range(2):
        trigger(window, "redo")
    assert (window.view.text(), window.isWindowModified()) == ("one two", False)


def test_the_ghost_is_not_saved(window: Window, tmp_path: Path) -> None:
    window.documents.open(tmp_path / "a.txt")
    QTest.keyClicks(window.view, "the qu")
    window.view.show_ghost("ick")
    trigger(window, "save")
    assert (tmp_path / "a.txt").read_text() == "the qu"
    assert window.view.ghost == "ick"
    trigger(window, "accept")
    assert window.view.text() == "the quick "


@pytest.mark.parametrize("phase", list(Phase))
def test_the_status_bar_says_how_the_model_is(window: Window, phase: Phase) -> None:
    window.show_status(Status(phase, "because"))
    assert window._model_label.text()
    assert window._model_label.toolTip() == "because"
    # What is wrong stays to be read; that it learns or loads is no news.
    stays = phase in {Phase.FAILED, Phase.PAUSED, Phase.LOCKED}
    assert window._notice.text() == ("because" if stays else "")
    assert window.statusBar().currentMessage() == ("because" if phase is Phase.READY else "")


def test_news_is_said_and_what_is_wrong_stays_to_be_read(window: Window) -> None:
    window.show_status(Status(Phase.PAUSED, "It is full."))
    paused = window._model_label.text()
    window.show_status(Status(Phase.PAUSED, "Forgot 1 lesson.", passing=True))
    assert window.statusBar().currentMessage() == "Forgot 1 lesson."
    assert (window._notice.text(), window._model_label.text()) == ("It is full.", paused)


def test_choices_are_kept_and_told(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.choices_changed):
        trigger(window, "eager")
    with qtbot.waitSignal(window.choices_changed):
        trigger(window, "learn")
    with qtbot.waitSignal(window.choices_changed):
        trigger(window, "zoom-in")
    kept = window.settings
    assert (kept.eagerness, kept.learn) == ("eager", False)
    assert kept.font_points == window.view.font().pointSize()
    trigger(window, "zoom-reset")
    assert window.settings.font_points == 0


@pytest.mark.parametrize(
    ("name", "suggests", "says"),
    [
        ("suggest-on", True, "on"),
        ("suggest-quieter", True, "quieter"),
        ("suggest-snooze", False, "snoozing"),
        ("suggest-off-here", False, "off here"),
        ("suggest-off", False, "off"),
    ],
)
def test_one_control_says_and_sets_whether_there_are_suggestions(
    window: Window, name: str, suggests: bool, says: str
) -> None:
    trigger(window, name)
    control = window.settings.control
    assert control.suggests(window.sheets.current.identity, time.time()) is suggests
    window.control.show_state(control, window.sheets.current.identity, time.time())
    assert window.control.text() == f"Suggestions: {says}"
    assert window.control.accessibleName() == window.control.text()
    assert marked(window) == [name]
    window.control.show_state(Control(), window.sheets.current.identity, time.time())
    assert marked(window) == ["suggest-on"]


def marked(window: Window) -> list[str]:
    modes = window.control.modes.actions()
    return [action.objectName() for action in modes if action.isChecked()]


def test_off_in_a_document_goes_with_it(window: Window, answers: Answers, tmp_path: Path) -> None:
    trigger(window, "suggest-off-here")
    window.view.setPlainText("text")
    answers.to_save = tmp_path / "a.txt"
    assert window.documents.save()
    assert window.settings.control.is_off_in(str(tmp_path / "a.txt"))
    trigger(window, "new")
    assert not window.settings.control.is_off_in(window.sheets.current.identity)
    assert str(tmp_path) not in str(window.settings)


def test_ctrl_m_lets_tab_move_the_focus_and_says_so(window: Window, qtbot: QtBot) -> None:
    qtbot.waitActive(window)
    window.view.setFocus()
    assert not window._tab_label.isVisible()
    QTest.keyClick(window.view, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert window._tab_label.isVisible()
    QTest.keyClick(window.view, Qt.Key.Key_Tab)
    assert window.view.text() == ""
    assert window.control.hasFocus()
    trigger(window, "tab-moves")
    window.view.setFocus()
    QTest.keyClick(window.view, Qt.Key.Key_Tab)
    assert window.view.text() == "\t"


def test_a_second_key_accepts_where_tab_does_not(window: Window, qtbot: QtBot) -> None:
    qtbot.waitActive(window)
    window.view.show_ghost("quick")
    QTest.keyClick(window.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.view.text() == "quick "
    QTest.keyClick(window.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.view.text() == "quick "


def test_alternatives_and_reading_are_asked_for_by_key(window: Window, qtbot: QtBot) -> None:
    qtbot.waitActive(window)
    alt = Qt.KeyboardModifier.AltModifier
    with qtbot.waitSignal(window.alternative_wanted) as forward:
        QTest.keyClick(window.view, Qt.Key.Key_BracketRight, alt)
    with qtbot.waitSignal(window.alternative_wanted) as back:
        QTest.keyClick(window.view, Qt.Key.Key_BracketLeft, alt)
    with qtbot.waitSignal(window.reading_wanted):
        QTest.keyClick(window.view, Qt.Key.Key_Backslash, alt)
    assert (forward.args, back.args) == ([1], [-1])
    assert window.view.text() == ""


def test_the_introduction_asks_once_and_is_in_nobodys_way(window: Window, qtbot: QtBot) -> None:
    qtbot.waitActive(window)
    window.view.setFocus()
    window.welcome()
    window.welcome()
    welcome = window._welcome
    assert welcome is not None
    QTest.keyClicks(window.view, "typing goes on")
    assert window.view.text() == "typing goes on"
    qtbot.waitUntil(lambda: welcome.practice.ghost == "estions.")
    QTest.mouseClick(welcome.practice.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert welcome.practice.hasFocus()
    qtbot.waitUntil(lambda: welcome.practice.ghost == "estions.")
    welcome.practice.keys.clock = Clock(time.monotonic() + 1)
    QTest.keyClick(welcome.practice, Qt.Key.Key_Tab)
    assert welcome.practice.text().endswith("any questions.")
    assert "That is all" in welcome._hint.text()
    with qtbot.waitSignal(window.choices_changed):
        welcome.no.click()
    assert (window.settings.learn, window.settings.welcomed) == (False, True)
    learn = window.findChild(QAction, "learn")
    assert isinstance(learn, QAction)
    assert not learn.isChecked()


def test_everything_has_a_name_and_can_be_reached_by_keyboard(window: Window) -> None:
    window.welcome()
    for widget in window.findChildren(QWidget):
        kinds = (QAbstractButton, QAbstractScrollArea, QLabel)
        if not isinstance(widget, kinds) or widget.objectName().startswith("qt_"):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert interface.text(QAccessible.Text.Name), widget
    assert window.control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_words_are_put_on_lists_by_name(window: Window, qtbot: QtBot) -> None:
    window.view.set_text("We met Tessaly")
    window.view.moveCursor(QTextCursor.MoveOperation.End)
    for action, on in (("add-word", "added"), ("block-word", "blocked")):
        with qtbot.waitSignal(window.word_listed) as listed:
            trigger(window, action)
        assert listed.args == ["Tessaly", on]
        assert "Tessaly" in window.statusBar().currentMessage()
    window.view.set_text("")
    for action in ("add-word", "block-word", "delete-word", "forget-word"):
        trigger(window, action)
        assert "caret" in window.statusBar().currentMessage()


def test_the_word_of_the_ghost_is_blocked_and_leaves(window: Window, qtbot: QtBot) -> None:
    QTest.keyClicks(window.view, "We met Tess")
    window.view.show_ghost("aly and then")
    with qtbot.waitSignal(window.word_listed) as listed:
        trigger(window, "block-word")
    assert listed.args == ["tessaly", "blocked"]
    assert window.view.ghost == ""


def test_the_lists_can_be_seen_and_words_taken_off(
    window: Window, answers: Answers, qtbot: QtBot
) -> None:
    answers.taken_off = ["quill"]
    with qtbot.waitSignal(window.word_listed) as listed:
        window.show_words({"quill": "added", "moist": "blocked"})
    assert answers.shown_words == {"quill": "added", "moist": "blocked"}
    assert listed.args == ["quill", None]
    with qtbot.waitSignal(window.words_wanted):
        trigger(window, "my-words")


def test_a_file_that_comes_into_a_blank_tab_is_searched(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("one and one")
    trigger(window, "find")
    bar = window.findChild(FindBar)
    assert isinstance(bar, FindBar)
    bar.sought.setText("one")
    qtbot.waitUntil(lambda: bar.count.text() == "No match")
    window.documents.open(tmp_path / "a.txt")
    qtbot.waitUntil(lambda: bar.count.text() == "2 matches")
