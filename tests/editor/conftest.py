"""Qt without a screen; a window; and a page whose ghosts an engine answers at once."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.menus import build_menus
from editor.rules.silence import Rules
from editor.settings import Settings
from editor.suggesting.suggester import Suggester
from editor.view.textview import TextView
from editor.window import Window
from tests.editor.answers import Answers
from tests.editor.clock import Clock
from tests.editor.fake_engine import FakeEngine, continues

PATIENCE_MS = 60_000


@dataclass
class Desk:
    """A page, whoever suggests on it, and what both look like to a reader.

    Its writer reads for a second before each single key, and types text without a pause.
    """

    page: TextView
    suggester: Suggester
    engine: FakeEngine
    clock: Clock
    views: list[str] = field(default_factory=list)

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> str:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        self.clock.now += 1
        QTest.keyClick(self.page, key, held)
        return self.see()

    def type(self, text: str) -> str:
        for character in text:
            QTest.keyClicks(self.page, character)
            self.see()
        return self.see()

    def see(self) -> str:
        """The text with the ghost in brackets at the caret: `the qu[ick]`."""
        cursor = self.page.textCursor()
        text, caret = self.page.text(), cursor.position()
        ghost = f"[{self.page.ghost}]" if self.page.ghost else ""
        view = text[:caret] + ghost + text[caret:]
        self.views.append(view)
        return view


class PatientBot(QtBot):
    """Waits as long as a busy machine may need: what is awaited comes, only its time is not known.

    What never comes costs a minute, and only then is the test a failure.
    """

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """What a screen reader is given, and whether at once: there is none to ask."""
    told: list[tuple[str, bool]] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        assertive = QAccessible.AnnouncementPoliteness.Assertive
        told.append((event.message(), event.politeness() is assertive))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return told


@pytest.fixture
def window(qtbot: QtBot, answers: Answers) -> Window:
    window = Window(Settings(), answers)
    build_menus(window)
    qtbot.addWidget(window, before_close_func=lambda w: w.view.document().setModified(False))
    window.show()
    return window


@pytest.fixture
def page(qtbot: QtBot) -> TextView:
    page = TextView()
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    page.setFocus()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def desk(page: TextView) -> Iterator[Desk]:
    """Someone writes `the quick brown fox jumps` and the engine knows it."""
    suggester = Suggester(page, page, Rules(delay_ms=0, least_saved=1))
    engine = FakeEngine(continues("the quick brown fox jumps"), suggester.on_answer)
    suggester.use(engine)
    page.keys.clock = clock = Clock()
    page.entered.connect(suggester.on_entered)
    page.removed.connect(suggester.on_removed)
    page.strayed.connect(suggester.on_strayed)
    page.dismissed.connect(suggester.on_dismissed)
    page.accepted.connect(suggester.on_accepted)
    yield Desk(page, suggester, engine, clock)
    suggester.use(None)
