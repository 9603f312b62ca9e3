from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.documents.claims import Claims
from editor.documents.places import Places, runtime_folder
from editor.documents.reading import read
from editor.documents.session import Place, Session, keep
from editor.tabs.documents import Documents
from editor.tabs.keeper import draft_of
from editor.tabs.restoring import restore
from editor.tabs.sheets import Sheets
from editor.theme import writing_font
from tests.editor.answers import Answers


@pytest.fixture
def again(qtbot: QtBot, documents: Documents, kept: Places) -> Documents:
    """Another start with the same folders; `documents` is the one before."""
    restore(documents)
    sheets = Sheets()
    qtbot.addWidget(sheets)
    other = Documents(sheets, Answers(), kept, writing_font())
    other.new()
    return other


@pytest.fixture
def said(again: Documents) -> list[str]:
    said: list[str] = []
    again.said.connect(lambda words, _: said.append(words))
    return said


def tabs(documents: Documents) -> list[tuple[str, str, bool]]:
    return [(s.name, s.view.text(), s.modified) for s in documents.sheets.sheets()]


def test_everything_is_as_it_was(documents: Documents, again: Documents, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(f"text of {name}")
        documents.open(tmp_path / name)
    documents.current.view.set_caret(3)
    QTest.keyClicks(documents.current.view, "X")
    documents.new()
    QTest.keyClicks(documents.current.view, "never saved")
    documents.sheets.setCurrentIndex(1)
    documents.leave()
    restore(again)
    assert tabs(again) == [
        ("a", "text of a", False),
        ("b", "texXt of b", True),
        ("Untitled", "never saved", True),
    ]
    assert again.current.name == "b"
    assert again.current.view.caret() == 4
    assert again.memory.recent[0] == str(tmp_path / "b")


def test_where_a_blank_one_was_on_top_its_neighbour_is(
    documents: Documents, again: Documents, tmp_path: Path
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name)
        documents.open(tmp_path / name)
    documents.sheets.step(-1)
    documents.new()
    documents.sheets.tabBar().moveTab(3, 2)
    documents.leave()
    restore(again)
    assert again.current.name == "b"


def test_what_another_program_has_open_is_said_of_a_draft_too(
    documents: Documents, again: Documents, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a"
    path.write_text("a")
    documents.open(path)
    QTest.keyClicks(documents.current.view, "X")
    documents.leave()
    documents.claims.give_up(path)
    others = Claims(runtime_folder() / "open")
    assert others.take(path)
    with qtbot.waitSignal(again.said, check_params_cb=lambda words, _: "too" in words):
        restore(again)


def test_a_draft_is_found_without_a_session(
    documents: Documents, again: Documents, tmp_path: Path
) -> None:
    (tmp_path / "a").write_text("a")
    documents.open(tmp_path / "a")
    documents.memory.keeper._keep_session()
    QTest.keyClicks(documents.current.view, "x")
    documents.new()
    QTest.keyClicks(documents.current.view, "new")
    documents.memory.keeper.flush()
    documents.memory.keeper.wait()  # and here it was killed
    restore(again)
    assert tabs(again) == [("a", "xa", True), ("Untitled", "new", True)]


def test_a_text_that_was_saved_is_no_draft(
    documents: Documents, again: Documents, tmp_path: Path
) -> None:
    path = tmp_path / "a"
    path.write_text("saved text")
    documents.open(path)
    documents.current.view.set_caret(5)
    documents.memory.keeper.drafts.write(draft_of(documents.current))
    restore(again)
    assert tabs(again) == [("a", "saved text", False)]
    assert again.current.view.caret() == 5
    assert again.memory.keeper.drafts.all() == []


def test_what_is_restored_goes_on_being_kept(documents: Documents, again: Documents) -> None:
    QTest.keyClicks(documents.current.view, "one")
    documents.leave()
    restore(again)
    QTest.keyClicks(again.current.view, " two")
    again.memory.keeper.flush()
    again.memory.keeper.wait()
    assert [draft.text for draft in again.memory.keeper.drafts.all()] == ["one two"]


def test_a_private_document_is_private_again(documents: Documents, again: Documents) -> None:
    QTest.keyClicks(documents.current.view, "mine")
    documents.set_private(private=True)
    documents.memory.keeper.flush()
    documents.memory.keeper.wait()
    restore(again)
    assert (again.current.view.text(), again.current.private) == ("mine", True)


def test_a_file_that_is_gone_is_left_out_and_said(
    documents: Documents, again: Documents, said: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a").write_text("a")
    documents.open(tmp_path / "a")
    documents.leave()
    (tmp_path / "a").unlink()
    restore(again)
    assert tabs(again) == [("Untitled", "", False)]
    (line,) = said
    assert str(tmp_path / "a") in line


def test_a_file_that_cannot_be_reached_costs_no_start(
    documents: Documents, again: Documents, kept: Places, said: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a").write_text("a")
    unreachable = tmp_path / ("x" * 300)  # the system refuses the name itself
    places = (Place(str(unreachable)), Place("/\ud800"), Place(str(tmp_path / "a")))
    keep(Session(places), kept.session)
    restore(again)
    assert tabs(again) == [("a", "a", False)]
    assert f"Cannot read {unreachable}" in said[0]


def test_a_draft_that_cannot_be_removed_costs_no_start(
    documents: Documents, again: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    path = tmp_path / "a"
    path.write_text("saved text")
    documents.open(path)
    documents.memory.keeper.drafts.write(draft_of(documents.current))
    monkeypatch.setattr(again.memory.keeper.drafts, "remove", fail)
    restore(again)
    assert tabs(again) == [("a", "saved text", False)]


def test_changes_and_a_file_that_others_changed(
    documents: Documents, again: Documents, tmp_path: Path
) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    documents.open(path)
    QTest.keyClicks(documents.current.view, "my ")
    documents.leave()
    path.write_text("theirs")
    restore(again)
    assert tabs(again) == [("a", "my old", True)]
    again.sheets.show()
    assert not again.save()
    assert again.current.change_bar.isVisible()
    assert read(path).text == "theirs"


def test_a_damaged_draft_is_said_and_left_where_it_is(
    documents: Documents, again: Documents, kept: Places, said: list[str]
) -> None:
    QTest.keyClicks(documents.current.view, "never saved")
    documents.leave()
    (file,) = kept.drafts.iterdir()
    damaged = file.read_bytes().replace(b"never", b"nevxr")
    file.write_bytes(damaged)
    restore(again)
    assert str(file) in said[0]
    assert file.read_bytes() == damaged
    again.open(file)
    assert "nevxr saved" in again.current.view.text()
