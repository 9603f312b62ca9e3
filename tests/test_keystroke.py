"""The whole path of a keystroke with the base that ships: type, see, accept, save, restart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.app import Editor
from editor.settings import Settings
from model.engine import Engine
from model.messages import Answer, Eagerness, Status
from model.profile.journal import Journal
from model.profile.store import Profile
from tests.editor.answers import Answers

PATIENCE_MS = 60_000
Open = Callable[[Path], Editor]


@pytest.fixture
def open_editor(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Opens the editor on a file, each time with the same profile."""
    opened: list[Editor] = []

    def start_engine(
        eagerness: Eagerness, on_answer: Callable[[Answer], Any], on_status: Callable[[Status], Any]
    ) -> Engine:
        engine = Engine(tmp_path / "profile", None, eagerness, on_answer, on_status)
        engine.start()
        return engine

    def open_on(file: Path) -> Editor:
        editor = Editor(Settings("eager"), Answers(), start_engine)
        opened.append(editor)
        qtbot.addWidget(
            editor.window, before_close_func=lambda w: w.view.document().setModified(False)
        )
        editor.window.documents.open(file)
        editor.window.show()
        model = editor.window._model_label
        qtbot.waitUntil(lambda: model.text() in {"Ready", "Learning"}, timeout=PATIENCE_MS)
        return editor

    yield open_on
    for editor in opened:
        editor.close()


def type_text(editor: Editor, text: str) -> None:
    for character in text:
        QTest.keyClicks(editor.window.view, character)


def wait_for_ghost(qtbot: QtBot, editor: Editor) -> str:
    view = editor.window.view
    qtbot.waitUntil(lambda: bool(view.ghost), timeout=PATIENCE_MS)
    view.keys.readable_ms = 0  # nobody has to read it here
    return view.ghost


def test_type_see_accept_save_restart(qtbot: QtBot, open_editor: Open, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    editor = open_editor(file)
    view = editor.window.view
    type_text(editor, "Please let me know if you have any quest")
    ghost = wait_for_ghost(qtbot, editor)
    assert ghost.startswith("ion")
    assert view.text().endswith("any quest")  # the ghost is not in the text
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert view.text().rstrip().endswith("any quest" + ghost.rstrip())
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert view.text().endswith("any quest")  # one acceptance, one undo step

    type_text(editor, "ions. Zorblax wrote to Quimby. Zorblax waited. ")
    assert editor.window.documents.save()
    assert file.read_text(encoding="utf-8").endswith("Zorblax waited. ")
    editor.window.close()
    editor.close()
    with Profile.open(tmp_path / "profile") as profile:
        learnt = " ".join(record.text for record in Journal(profile).records())
    assert learnt.count("Zorblax") == 2

    again = open_editor(tmp_path / "reply.txt")
    type_text(again, "I met Zorb")
    assert wait_for_ghost(qtbot, again).startswith("lax")
    again.window.view.document().setModified(False)


def test_a_sentence_saved_twice_is_learnt_once(open_editor: Open, tmp_path: Path) -> None:
    editor = open_editor(tmp_path / "note.txt")
    type_text(editor, "The gulls stayed for tea. ")
    for _ in range(3):
        assert editor.window.documents.save()
    editor.window.close()
    editor.close()
    with Profile.open(tmp_path / "profile") as profile:
        assert [record.text for record in Journal(profile).records()] == [
            "The gulls stayed for tea."
        ]
