from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.dialogs import Choice
from editor.tabs.documents import Documents
from tests.editor.answers import Answers


def test_an_untouched_document_makes_room(documents: Documents, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    assert documents.open(tmp_path / "a")
    assert documents.open(tmp_path / "b")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert documents.open(tmp_path / "link")  # it is open already
    assert documents.sheets.count() == 2
    assert documents.current.view.text() == "a"


def test_new_documents_are_numbered(documents: Documents) -> None:
    documents.new()
    third = documents.new()
    assert third.name == "Untitled 3"
    documents.close(next(documents.sheets.sheets()))
    assert documents.new().name == "Untitled"


def test_closed_files_come_back_one_by_one(documents: Documents, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
        documents.open(tmp_path / name)
        documents.close(documents.current)
    assert documents.current.is_blank()
    documents.reopen()
    documents.reopen()
    documents.reopen()
    assert [sheet.name for sheet in documents.sheets.sheets()] == ["b", "a"]


def test_the_last_tab_leaves_an_empty_document(documents: Documents, answers: Answers) -> None:
    QTest.keyClicks(documents.current.view, "x")
    assert not documents.close(documents.current)
    answers.choice = Choice.DISCARD
    assert documents.close(documents.current)
    assert documents.sheets.count() == 1
    assert documents.current.is_blank()


def test_a_character_that_the_encoding_lacks_is_asked_about(
    documents: Documents, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Zażółć gęślą jaźń".encode("iso8859_2"))
    documents.open(path)
    before = path.read_bytes()
    documents.current.view.insertPlainText("€")
    assert not documents.save()
    assert path.read_bytes() == before
    assert documents.current.modified
    answers.utf8 = True
    assert documents.save()
    assert path.read_text(encoding="utf-8").startswith("€Za")
    assert "“€” cannot be written in" in answers.asked[0]


def test_saving_says_under_which_name(
    documents: Documents, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    before = documents.current.identity
    answers.to_save = tmp_path / "a.txt"
    with qtbot.waitSignal(documents.saved_as) as saved:
        documents.save()
    assert saved.args == [before, str(tmp_path / "a.txt")]


@pytest.mark.parametrize("choice", [Choice.CANCEL, Choice.DISCARD])
def test_all_may_go_or_none(documents: Documents, answers: Answers, choice: Choice) -> None:
    QTest.keyClicks(documents.current.view, "x")
    documents.new()
    answers.choice = choice
    assert documents.close_all() is (choice is Choice.DISCARD)
    assert answers.asked == ["Untitled"]
