from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor

from editor.forgetting import (
    forget_document,
    forget_everything,
    forget_hour,
    forget_selection,
)
from editor.window import Window
from model.messages import Forgetting
from tests.editor.answers import Answers


@pytest.fixture
def wishes(window: Window) -> list[Forgetting]:
    found: list[Forgetting] = []
    window.forgetting_wanted.connect(found.append)
    return found


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


def test_a_selection_in_a_long_line_is_one_line(
    window: Window, answers: Answers, wishes: list[Forgetting]
) -> None:
    answers.forgets = True
    window.view.set_text("All of it is one line. " * 500)
    window.view.selectAll()
    forget_selection(window)
    assert wishes == [Forgetting(text=("All of it is one line. " * 500).strip())]


def test_nothing_is_forgotten_without_a_yes_or_a_selection(
    window: Window, answers: Answers, wishes: list[Forgetting]
) -> None:
    forget_everything(window)
    answers.forgets = True
    forget_selection(window)
    assert wishes == []
    assert "Select" in window.statusBar().currentMessage()
