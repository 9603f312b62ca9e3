"""A whole editor, painted, with an engine that answers at once."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from editor.app import Editor
from editor.settings import Settings
from model.messages import Answer, Eagerness, Status
from tests.editor.answers import Answers
from tests.editor.fake_engine import FakeEngine, continues


def build(qtbot: QtBot, chosen: Settings, started: list[FakeEngine]) -> Editor:
    def start(
        eagerness: Eagerness,
        on_answer: Callable[[Answer], None],
        on_status: Callable[[Status], None],
    ) -> FakeEngine:
        started.append(FakeEngine(continues("the quick brown fox"), on_answer))
        return started[-1]

    editor = Editor(chosen, Answers(), start)
    qtbot.addWidget(editor.window, before_close_func=lambda w: w.view.document().setModified(False))
    editor.window.show()
    qtbot.waitUntil(lambda: editor._painted)
    return editor
