"""Faults 12 to 17: a ghost is nowhere but on the page, and only what was meant takes it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.finding.query import Query, find
from editor.rules.counting import count
from editor.window import Window
from editor.wordcontrol import WordControl
from tests.editor.actions import trigger
from tests.editor.answers import Answers
from tests.editor.conftest import Desk
from tests.editor.pdf import contents

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def hold_tab(desk: Desk, times: int) -> None:
    for number in range(times):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Key.Key_Tab, Qt.KeyboardModifier.NoModifier, "\t", number > 0
        )
        QApplication.sendEvent(desk.page, event)


@pytest.mark.parametrize("text", ["the qu", "שלום לכל "])
def test_12_a_ghost_is_in_no_copy_search_count_print_or_file(
    window: Window, answers: Answers, qtbot: QtBot, tmp_path: Path, text: str
) -> None:
    """The second text has its ghost laid into the line, where Qt keeps what is composed."""
    page = window.view
    page.set_text(text)
    page.moveCursor(page.textCursor().MoveOperation.End)
    page.document().setModified(False)
    printed = [printed_pages(window, answers, tmp_path / "bare.pdf")]
    ghost = "ick brown" if text.isascii() else "וגם זה"
    page.show_ghost(ghost)
    assert page.ghost == ghost
    assert not page.document().isModified()
    assert page.text() == page.toPlainText() == text
    assert page.document().characterCount() == len(text) + 1
    assert page.document().find(ghost).isNull()
    assert len(find(page.text(), Query(ghost))) == 0
    words = window.findChild(WordControl)
    qtbot.waitUntil(lambda: words.text() == "2 words")
    printed.append(printed_pages(window, answers, tmp_path / "ghost.pdf"))
    assert printed[0] == printed[1]
    page.show_ghost(ghost)
    answers.to_save = tmp_path / "a.txt"
    window.documents.save()
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == text
    page.show_ghost(ghost)
    page.selectAll()
    page.copy()
    assert QApplication.clipboard().text() == text


def printed_pages(window: Window, answers: Answers, path: Path) -> list[bytes]:
    answers.to_export = path
    trigger(window, "export-pdf")
    return contents(path.read_bytes())


def test_12_print_and_count_can_tell(window: Window, answers: Answers, tmp_path: Path) -> None:
    window.view.set_text("the qu")
    bare = printed_pages(window, answers, tmp_path / "bare.pdf")
    window.view.set_text("the quick brown")
    assert printed_pages(window, answers, tmp_path / "more.pdf") != bare
    assert count("the quick brown").words != count("the qu").words


def test_13_accept_undo_redo_a_thousand_times(desk: Desk) -> None:
    """The reference is a list of texts and a place in it."""
    dice = random.Random(13)
    desk.engine.expect = lambda before: "more words " if len(before) % 2 else "and others "
    texts, here = [""], 0
    for _ in range(1000):
        kind = dice.choice(["type", "accept", "accept", "undo", "redo"])
        if kind == "undo" and here:
            desk.page.undo()
            here -= 1
        elif kind == "redo" and here < len(texts) - 1:
            desk.page.redo()
            here += 1
        elif kind in ("type", "accept"):
            desk.page.moveCursor(desk.page.textCursor().MoveOperation.End)
            # A word of its own: what follows an acceptance or a space is a step of undo.
            desk.type("x ")
            desk.clock.now += 1
            ghost, before = desk.page.ghost, desk.page.text()
            texts[here + 1 :] = [before]
            here += 1
            if kind == "accept" and ghost:
                QTest.keyClick(desk.page, Key.Key_Tab)
                texts.append(before + ghost)
                here += 1
        assert desk.page.text() == texts[here], kind


@pytest.mark.parametrize(
    "deed",
    [
        lambda desk: desk.press(Key.Key_Backspace),
        lambda desk: desk.press(Key.Key_Z, CTRL),
        lambda desk: (desk.press(Key.Key_Left, SHIFT), desk.press(Key.Key_X, CTRL)),
        lambda desk: desk.press(Key.Key_V, CTRL),
    ],
)
def test_14_after_taking_away_or_pasting_tab_completes_nothing(desk: Desk, deed: object) -> None:
    QApplication.clipboard().setText("q")
    desk.type("the qu")
    assert desk.page.ghost
    deed(desk)  # type: ignore[operator]
    before = desk.page.text()
    desk.press(Key.Key_Tab)
    assert desk.page.text().replace("\t", "") == before.replace("\t", "")


def test_15_a_held_tab_takes_one_ghost(desk: Desk) -> None:
    desk.engine.expect = lambda before: "word "
    desk.type("a")
    desk.clock.now += 1
    hold_tab(desk, 30)
    assert desk.page.text() == "aword "


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda desk: desk.press(Key.Key_Left),
        lambda desk: desk.press(Key.Key_Home),
        lambda desk: (desk.page.set_text("other"), desk.suggester.on_opened()),
        lambda desk: desk.page.set_text("the qu"),
        lambda desk: desk.suggester.use(None),
    ],
)
def test_16_an_answer_that_is_too_late_is_dropped(desk: Desk, meanwhile: object) -> None:
    desk.engine.at_once = False
    desk.type("the qu")
    asked = desk.engine.requests[-1]
    meanwhile(desk)  # type: ignore[operator]
    caret, text = desk.page.caret(), desk.page.text()
    desk.engine.answer(asked)
    if meanwhile.__code__.co_names[0] != "suggester":  # type: ignore[attr-defined]
        assert desk.page.ghost == ""
    assert (desk.page.caret(), desk.page.text()) == (caret, text)


def test_17_a_composition_hides_the_ghost_and_keeps_its_keys(desk: Desk) -> None:
    desk.type("the ")
    assert desk.page.ghost
    QApplication.sendEvent(desk.page, QInputMethodEvent("qu", []))
    assert desk.page.ghost == ""
    desk.press(Key.Key_Tab)
    assert "quick" not in desk.page.text()
    commit = QInputMethodEvent("", [])
    commit.setCommitString("x")
    QApplication.sendEvent(desk.page, commit)
    assert "x" in desk.page.text()
