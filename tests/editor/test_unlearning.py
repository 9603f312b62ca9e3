"""What the user does not want learnt, from the window to the engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.dialogs.questions import Choice
from editor.documents.drafts import Draft
from editor.rules.control import Control
from editor.settings import Settings
from model.messages import Forgetting, Teaching
from tests.editor.answers import Answers
from tests.editor.building import build
from tests.editor.fake_engine import FakeEngine


@pytest.fixture
def started() -> list[FakeEngine]:
    return []


def test_a_wish_starts_an_engine_where_there_is_none(
    qtbot: QtBot, started: list[FakeEngine]
) -> None:
    editor = build(qtbot, Settings(learn=False, control=Control("off")), started)
    assert started == []
    editor.window.forgetting_wanted.emit(Forgetting(everything=True))
    assert started[0].wishes == [Forgetting(everything=True)]
    editor.window.word_listed.emit("moist", "blocked")
    assert started[0].teachings == [Teaching("", listed=(("moist", "blocked"),))]
    assert len(started) == 1
    QTest.keyClicks(editor.window.view, "the qu. ")
    assert started[0].requests == []
    editor.close()


def test_discarding_teaches_nothing_and_what_comes_back_may(
    qtbot: QtBot, started: list[FakeEngine]
) -> None:
    editor = build(qtbot, Settings(), started)
    documents, dialogs, engine = editor.window.documents, editor.window.dialogs, started[0]
    assert isinstance(dialogs, Answers)
    sheet = documents.current
    QTest.keyClicks(sheet.view, "I went home. It rained")
    dialogs.choice = Choice.DISCARD
    assert documents.close(sheet)
    assert engine.learnt == ["I went home."]
    assert engine.wishes == [Forgetting(document=sheet.identity, said=False)]
    documents.reopen()
    editor.window.documents.current.view.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(documents.current.view, " again. ")
    assert engine.learnt == ["I went home.", "I went home.", "It rained again."]
    editor.close()


def test_a_discarded_edit_leaves_the_lesson_of_the_sentence_in_the_file(
    qtbot: QtBot, started: list[FakeEngine], tmp_path: Path
) -> None:
    editor = build(qtbot, Settings(), started)
    documents, dialogs, engine = editor.window.documents, editor.window.dialogs, started[0]
    assert isinstance(dialogs, Answers)
    documents.open(tmp_path / "a.txt")
    QTest.keyClicks(documents.current.view, "I went home. ")
    documents.save()
    view = documents.current.view
    view.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(view, "Then ")
    view.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(view, "It rained. ")
    assert engine.learnt == ["Then I went home.", "It rained."]
    dialogs.choice = Choice.DISCARD
    assert documents.close(documents.current)
    assert (tmp_path / "a.txt").read_text() == "I went home. "
    assert engine.learnt == ["I went home."]
    editor.close()


def test_what_is_discarded_with_the_window_teaches_nothing(
    qtbot: QtBot, started: list[FakeEngine]
) -> None:
    editor = build(qtbot, Settings(), started)
    documents, dialogs = editor.window.documents, editor.window.dialogs
    assert isinstance(dialogs, Answers)
    dialogs.choice = Choice.DISCARD
    documents.memory.keeper._failing.add(None)  # no draft can be written
    QTest.keyClicks(documents.current.view, "I went home. And so I was")
    assert documents.close_all()
    assert started[0].learnt == ["I went home."]
    assert started[0].wishes == [Forgetting(document=documents.current.identity, said=False)]
    editor.close()


def test_what_an_earlier_run_taught_from_a_draft_goes_with_it(
    qtbot: QtBot, started: list[FakeEngine], tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It was saved. ")
    editor = build(qtbot, Settings(), started)
    documents, dialogs = editor.window.documents, editor.window.dialogs
    assert isinstance(dialogs, Answers)
    sheet = documents.take_up(Draft("1", "It was saved. It was not.", str(path)))
    dialogs.choice = Choice.DISCARD
    assert documents.close(sheet)
    assert started[0].teachings == [Teaching(str(path), retract=("It was not.",))]
    untitled = documents.take_up(Draft("2", "Never saved."))
    assert documents.close(untitled)
    assert started[0].wishes == [Forgetting(document="untitled-2", said=False)]
    editor.close()


def test_a_document_that_turns_private_is_forgotten(
    qtbot: QtBot, started: list[FakeEngine], tmp_path: Path
) -> None:
    editor = build(qtbot, Settings(), started)
    editor.window.documents.open(tmp_path / "a.txt")
    editor.window.documents.set_private(private=True)
    assert started[0].wishes == [Forgetting(document=str(tmp_path / "a.txt"), said=False)]
    QTest.keyClicks(editor.window.view, "I went home. ")
    assert started[0].teachings == []
    editor.close()
