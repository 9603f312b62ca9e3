from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from editor.forgetting import (
    forget_document,
    forget_everything,
    forget_hour,
    forget_selection,
)
from editor.settings import Settings
from editor.window import Window
from model.messages import Forgetting
from tests.editor.answers import Answers


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def wishes() -> list[Forgetting]:
    return []


@pytest.fixture
def window(qtbot: QtBot, answers: Answers, wishes: list[Forgetting]) -> Window:
    window = Window(Settings(), answers)
    qtbot.addWidget(window, before_close_func=lambda w: w.view.document().setModified(False))
    window.forgetting_wanted.connect(wishes.append)
    return window


def test_each_command_forgets_what_it_says(
    window: Window, answers: Answers, wishes: list[Forgetting], tmp_path: Path
) -> None:
    answers.forgets = True
    window.documents.open(tmp_path / "a.txt")
    window.view.set_text("One line.\nAnother line.")
    window.view.moveCursor(QTextCursor.MoveOperation.Start)
    window.view.moveCursor(QTextCursor.MoveOperation.Down, QTextCursor.MoveMode.KeepAnchor)
    window.view.moveCursor(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
    forget_selection(window)
    forget_document(window)
    forget_hour(window, lambda: 10_000.0)
    forget_everything(window)
    assert wishes == [
        Forgetting(text="One line.\nAnother"),
        Forgetting(document=str(tmp_path / "a.txt")),
        Forgetting(since=6400.0),
        Forgetting(everything=True),
    ]
    assert len(answers.asked) == 4


def test_nothing_is_forgotten_without_a_yes_or_a_selection(
    window: Window, answers: Answers, wishes: list[Forgetting]
) -> None:
    forget_everything(window)
    answers.forgets = True
    forget_selection(window)
    assert wishes == []
    assert "Select" in window.statusBar().currentMessage()
