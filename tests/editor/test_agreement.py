"""However late the engine answers, no painted ghost disagrees with the text before the caret."""

from __future__ import annotations

import random
from collections import deque

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.view.textview import TextView
from model.messages import Request
from tests.editor.conftest import Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
WORDS = "the quick brown fox jumps over a lazy dog while it rains in spain and we sleep".split()
LATEST = 40


def expect(before: str) -> str:
    """Words that only this text leads to."""
    dice = random.Random(before)
    return dice.choice(["", " "]) + " ".join(dice.choices(WORDS, k=dice.randint(0, 5)))


class Witness(QObject):
    """Looks at every frame: is the ghost on it what an answer said of this text?"""

    def __init__(self, page: TextView) -> None:
        super().__init__(page)
        self.page = page
        self.answered: deque[Request] = deque(maxlen=LATEST)
        self.frames = 0
        self.ghosts = 0
        page.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.frames += 1
            self.look()
        return False

    def look(self) -> None:
        page = self.page
        if not page.ghost:
            return
        self.ghosts += 1
        shown = page.before(4000) + page.ghost
        said = [request.before + expect(request.before) for request in self.answered]
        assert any(one.startswith(shown) for one in said), shown[-60:]
        assert not page.textCursor().hasSelection()


def write(desk: Desk, keys: int, seed: int) -> Witness:
    dice = random.Random(seed)
    page, engine = desk.page, desk.engine
    engine.at_once, engine.expect = False, expect
    witness = Witness(page)
    waiting: deque[tuple[int, Request]] = deque()
    for number in range(keys):
        asked = len(engine.requests)
        press(desk, dice, number)
        waiting.extend((number + dice.choice([0, 0, 1, 2, 5]), r) for r in engine.requests[asked:])
        while waiting and waiting[0][0] <= number:
            request = waiting.popleft()[1]
            witness.answered.append(request)
            engine.answer(request)
            witness.look()
        engine.requests.clear()
        page.viewport().repaint()
        witness.look()
    return witness


def press(desk: Desk, dice: random.Random, number: int) -> None:
    page = desk.page
    desk.clock.now += 1
    if number % 300 == 299:
        page.set_text("")
        desk.suggester.on_opened()
    kind = dice.random()
    if kind < 0.45 and page.ghost:
        QTest.keyClicks(page, page.ghost[0])
    elif kind < 0.8:
        QTest.keyClicks(page, dice.choice("aetoin  s"))
    else:
        rare = (Key.Key_Tab, Key.Key_Right, Key.Key_Backspace, Key.Key_Left, Key.Key_End)
        key = dice.choice([*rare, Key.Key_Escape, Key.Key_Return, Key.Key_Z, Key.Key_Home])
        held = CTRL if key in (Key.Key_Right, Key.Key_Z) else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(page, key, held)
        if key in (Key.Key_Home, Key.Key_Left):
            page.moveCursor(QTextCursor.MoveOperation.End)


def test_no_frame_shows_a_ghost_that_disagrees_with_the_text(desk: Desk) -> None:
    witness = write(desk, 500, seed=1)
    assert witness.ghosts > 100
    assert witness.frames > 100


@pytest.mark.slow
def test_nor_do_ten_thousand_keys(desk: Desk) -> None:
    witness = write(desk, 10_000, seed=2)
    assert witness.ghosts > 2000


def test_the_witness_can_see_a_ghost_that_disagrees(desk: Desk) -> None:
    witness = Witness(desk.page)
    desk.page.show_ghost("wrong")
    with pytest.raises(AssertionError):
        witness.look()
    desk.page.hide_ghost()
    QApplication.processEvents()
