"""Keys, ghosts and other sizes in any order: the page lives, and its text is what was written."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.view.textview import TextView

Key = Qt.Key
TEXTS = ("", "word another " * 500, "a line of text\n" * 60, "x" * 11_000 + "\nend of it")
GHOSTS = ("ing ", "ormation about the ", "s. ", "שלום ", "extraordinarily long ghost text that ")
KEYS = (Key.Key_Left, Key.Key_Up, Key.Key_Home, Key.Key_End, Key.Key_Return, Key.Key_Backspace)


def other_size(page: TextView, dice: random.Random) -> None:
    page.resize(dice.randint(60, 900), dice.randint(40, 650))


def other_letters(page: TextView, dice: random.Random) -> None:
    font = QFont(page.font())
    font.setPointSize(dice.randint(5, 40))
    page.set_writing_font(font)


def scroll(page: TextView, dice: random.Random) -> None:
    bar = page.verticalScrollBar()
    bar.setValue(dice.randint(0, bar.maximum()))


def write(page: TextView, dice: random.Random) -> None:
    QTest.keyClicks(page, dice.choice(["a", "b ", "the ", "x."]))


def expect(page: TextView, dice: random.Random) -> None:
    page.show_ghost(dice.choice(GHOSTS))


def press(page: TextView, dice: random.Random) -> None:
    QTest.keyClick(page, dice.choice(KEYS))


def accept(page: TextView, dice: random.Random) -> None:
    dice.choice([page.accept_all, page.accept_word, page.undo, page.redo])()


DEEDS = (write, write, expect, expect, other_size, other_letters, scroll, press, accept)


@pytest.mark.parametrize("seed", [*range(8), 54])
def test_any_order_of_keys_ghosts_and_sizes(page: TextView, seed: int) -> None:
    dice = random.Random(seed)
    page.set_text(dice.choice(TEXTS))
    page.moveCursor(QTextCursor.MoveOperation.End)
    for _ in range(80):
        dice.choice(DEEDS)(page, dice)
        QApplication.processEvents()
    page.hide_ghost()
    for _ in range(200):
        page.undo()
    assert page.text() in TEXTS
