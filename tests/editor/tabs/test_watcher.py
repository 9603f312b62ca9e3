from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from editor.documents.form import Form
from editor.tabs.documents import Documents
from tests.editor.answers import Answers


@pytest.fixture
def path(documents: Documents, tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("one\ntwo\n")
    documents.open(path)
    return path


@pytest.fixture
def said(documents: Documents) -> list[str]:
    said: list[str] = []
    documents.said.connect(lambda words, _: said.append(words))
    return said


def look(documents: Documents) -> None:
    documents.watcher.check(documents.current)


def test_without_changes_here_the_file_is_read_again(
    documents: Documents, path: Path, said: list[str]
) -> None:
    look(documents)
    assert said == []
    path.write_text("one\nthree\n")
    look(documents)
    sheet = documents.current
    assert (sheet.view.text(), sheet.modified) == ("one\nthree\n", False)
    assert "changed by another program" in said[0]
    sheet.view.undo()
    assert (sheet.view.text(), sheet.modified) == ("one\ntwo\n", True)


def test_with_changes_here_the_user_chooses(
    documents: Documents, answers: Answers, path: Path
) -> None:
    QTest.keyClicks(documents.current.view, "mine ")
    path.write_text("theirs")
    look(documents)
    bar = documents.current.change_bar
    assert bar.isVisible()
    assert not documents.save()
    assert path.read_text() == "theirs"
    bar.compared.emit()
    assert answers.compared == [("mine one\ntwo\n", "theirs")]
    bar.kept.emit()
    assert not bar.isVisible()
    assert documents.save()
    assert path.read_text() == "mine one\ntwo\n"
    assert documents.versions.of(path)[0].file.read_text() == "theirs"


def test_theirs_can_be_taken_and_taken_back(documents: Documents, path: Path) -> None:
    QTest.keyClicks(documents.current.view, "mine ")
    path.write_text("theirs")
    look(documents)
    documents.current.change_bar.taken.emit()
    assert documents.current.view.text() == "theirs"
    assert not documents.current.modified
    (discarded,) = documents.memory.discarded()
    assert discarded[1].text == "mine one\ntwo\n"
    documents.current.view.undo()
    assert documents.current.view.text() == "mine one\ntwo\n"


def test_the_same_change_here_and_there_is_none(
    documents: Documents, path: Path, said: list[str]
) -> None:
    QTest.keyClicks(documents.current.view, "x")
    path.write_text("xone\ntwo\n")
    look(documents)
    assert not documents.current.change_bar.isVisible()
    assert not documents.current.modified
    assert said == []


def test_a_deleted_file_is_kept_here_and_said_once(
    documents: Documents, path: Path, said: list[str]
) -> None:
    path.unlink()
    look(documents)
    look(documents)
    assert len(said) == 1
    assert documents.current.modified
    assert documents.save()
    assert path.read_text() == "one\ntwo\n"


def test_a_folder_in_its_place_costs_no_text(
    documents: Documents, path: Path, said: list[str]
) -> None:
    path.unlink()
    path.mkdir()
    look(documents)
    assert "cannot be read" in said[0]
    assert documents.current.view.text() == "one\ntwo\n"


def test_a_file_that_cannot_be_reached_costs_no_text(
    documents: Documents, said: list[str], tmp_path: Path
) -> None:
    documents.current.hold("text", tmp_path / ("x" * 300), Form())  # no system takes that name
    look(documents)
    assert "cannot be read" in said[0]
    assert documents.current.view.text() == "text"


def test_a_file_that_came_meanwhile_is_not_overwritten(
    documents: Documents, tmp_path: Path
) -> None:
    documents.open(tmp_path / "new.txt")
    QTest.keyClicks(documents.current.view, "mine")
    (tmp_path / "new.txt").write_text("theirs")
    assert not documents.save()
    assert (tmp_path / "new.txt").read_text() == "theirs"
    assert documents.current.change_bar.isVisible()


def test_a_file_that_became_unicode_is_read_as_that(documents: Documents, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Käse und Brötchen für später, schön süß\n".encode("cp1252"))
    documents.open(path)
    assert documents.current.form.encoding == "cp1252"
    path.write_bytes("Käse und Möhren\n".encode("cp1252"))
    look(documents)
    assert documents.current.form.encoding == "cp1252"
    path.write_text("Käse und Brötchen\n", encoding="utf-8-sig")
    look(documents)
    assert documents.current.view.text() == "Käse und Brötchen\n"
    assert documents.current.form.name == "UTF-8 BOM · LF"
    documents.current.view.undo()
    assert documents.current.view.text() == "Käse und Möhren\n"
