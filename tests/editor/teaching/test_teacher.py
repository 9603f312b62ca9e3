from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.teaching.teacher import Teacher
from editor.view.textview import TextView
from model.messages import Forgetting, Teaching
from tests.editor.fake_engine import FakeEngine


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(lambda before: "")


@pytest.fixture
def teacher(page: TextView, engine: FakeEngine) -> Teacher:
    teacher = Teacher(page, lambda: 12.5, page)
    teacher.on_opened("untitled-1")
    teacher.use(engine)
    page.edited.connect(teacher.on_edited)
    page.entered.connect(teacher.on_entered)
    page.left.connect(teacher.on_left)
    return teacher


@pytest.mark.usefixtures("teacher")
def test_a_sentence_is_taught_when_it_is_left(page: TextView, engine: FakeEngine) -> None:
    QTest.keyClicks(page, "I went home.")
    assert engine.learnt == []
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert engine.learnt == ["I went home."]
    QTest.keyClicks(page, "Bye for now")
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert engine.learnt == ["I went home.", "Bye for now"]
    (lesson,) = engine.teachings[0].lessons
    assert lesson.when == 12.5
    assert lesson.document == "untitled-1"


@pytest.mark.usefixtures("teacher")
def test_an_accepted_ghost_is_marked(page: TextView, engine: FakeEngine) -> None:
    QTest.keyClicks(page, "I went ")
    page.show_ghost("home ")
    page.accept_all()
    QTest.keyClicks(page, "today. ")
    (lesson,) = engine.teachings[0].lessons
    assert [lesson.text[start:end] for start, end in lesson.accepted] == ["home "]


@pytest.mark.usefixtures("teacher")
def test_a_finished_sentence_is_taught_when_the_user_looks_elsewhere(
    page: TextView, engine: FakeEngine
) -> None:
    QTest.keyClicks(page, "I went home.")
    page.clearFocus()
    assert engine.learnt == ["I went home."]


def test_a_save_settles_everything_once(
    page: TextView, engine: FakeEngine, teacher: Teacher, tmp_path: Path
) -> None:
    QTest.keyClicks(page, "I was going to")
    name = str(tmp_path / "a.txt")
    teacher.on_saved(name)
    teacher.on_saved(name)
    renaming, teaching = engine.teachings
    assert renaming == Teaching(name, renamed="untitled-1")
    assert teaching.document == name


def test_the_first_save_names_what_was_taught_before_it(
    page: TextView, engine: FakeEngine, teacher: Teacher
) -> None:
    QTest.keyClicks(page, "I went home. ")
    teacher.on_saved("/a.txt")
    page.selectAll()
    QTest.keyClick(page, Qt.Key.Key_Delete)
    teacher.on_saved("/copy.txt")
    taught, renaming, deleted = engine.teachings
    assert taught.document == renaming.renamed == "untitled-1"
    assert (deleted.document, deleted.retract) == ("/a.txt", ("I went home.",))


def test_a_pause_takes_back_what_was_deleted(
    page: TextView, engine: FakeEngine, teacher: Teacher
) -> None:
    QTest.keyClicks(page, "I went home. ")
    page.selectAll()
    QTest.keyClick(page, Qt.Key.Key_Delete)
    teacher.on_pause()
    assert engine.learnt == []
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    page.moveCursor(page.textCursor().MoveOperation.End)
    teacher.on_pause()
    assert engine.learnt == ["I went home."]


def test_opened_and_pasted_text_is_not_taught(
    page: TextView, engine: FakeEngine, teacher: Teacher
) -> None:
    page.set_text("It stood in the file.\n")
    teacher.on_opened("/a.txt")
    QApplication.clipboard().setText("It came from elsewhere. ")
    page.paste()
    teacher.on_closing()
    assert engine.teachings == []
    QTest.keyClicks(page, "This is mine. ")
    assert engine.learnt == ["This is mine."]


def test_what_is_written_while_learning_is_off_is_never_taught(
    page: TextView, engine: FakeEngine, teacher: Teacher
) -> None:
    QTest.keyClicks(page, "I went")
    teacher.set_learns(False)
    QTest.keyClicks(page, " home today. ")
    teacher.set_learns(True)
    QTest.keyClicks(page, "It was late. ")
    teacher.on_closing()
    assert engine.learnt == ["It was late."]


def test_what_was_written_before_there_was_an_engine_is_taught_later(
    page: TextView, engine: FakeEngine, teacher: Teacher
) -> None:
    teacher.use(None)
    QTest.keyClicks(page, "I went home. ")
    teacher.use(engine)
    teacher.on_pause()
    assert engine.learnt == ["I went home."]


@pytest.fixture
def unlearnt(teacher: Teacher) -> list[Teaching | Forgetting]:
    heard: list[Teaching | Forgetting] = []
    teacher.unlearnt.connect(heard.append)
    return heard


def test_what_is_discarded_is_no_lesson(
    page: TextView,
    engine: FakeEngine,
    teacher: Teacher,
    unlearnt: list[Teaching | Forgetting],
) -> None:
    teacher.on_discarded()
    assert unlearnt == []  # nothing was learnt: nothing is to be done
    QTest.keyClicks(page, "I went home. It rained")
    teacher.on_discarded()
    assert engine.learnt == ["I went home."]
    assert unlearnt == [Forgetting(document="untitled-1", said=False)]


def test_of_a_file_only_what_was_not_saved_is_taken_back(
    page: TextView,
    engine: FakeEngine,
    teacher: Teacher,
    unlearnt: list[Teaching | Forgetting],
) -> None:
    QTest.keyClicks(page, "I went home. ")
    teacher.on_saved("/a.txt")
    QTest.keyClicks(page, "It rained. And so")
    teacher.on_discarded(("An earlier evening.",))
    assert engine.learnt == ["I went home.", "It rained."]
    assert unlearnt == [
        Teaching("/a.txt", retract=("It rained.",)),
        Teaching("/a.txt", retract=("An earlier evening.",)),
    ]


def test_what_is_turned_private_is_forgotten(
    page: TextView,
    engine: FakeEngine,
    teacher: Teacher,
    unlearnt: list[Teaching | Forgetting],
) -> None:
    teacher.on_turned("private-1", private=True)
    teacher.on_turned("untitled-1", private=False)
    assert unlearnt == []
    QTest.keyClicks(page, "I went home. It rained")
    teacher.on_turned("private-1", private=True)
    assert unlearnt == [Forgetting(document="untitled-1", said=False)]
    teacher.on_turned("untitled-1", private=False)
    QTest.keyClicks(page, " today. The sun came out. ")
    assert engine.learnt == ["I went home.", "The sun came out."]
    teacher.on_opened("/a.txt")
    teacher.on_turned("private-1", private=True)
    assert unlearnt[1:] == [Forgetting(document="/a.txt", said=False)]
