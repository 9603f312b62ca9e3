"""The page of all that was learnt and the passphrase, from the window to the engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.app import Editor
from editor.dialogs.learnt import Learnt
from editor.dialogs.rows import Table
from editor.oversight import ranges
from editor.rules.control import Control
from editor.settings import Settings
from model.messages import Forgetting, Phase, Status, Teaching
from tests.editor.answers import Answers
from tests.editor.building import build
from tests.editor.fake_engine import KEPT, FakeEngine


@pytest.fixture
def started() -> list[FakeEngine]:
    return []


@pytest.fixture
def editor(
    qtbot: QtBot, started: list[FakeEngine], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Editor]:
    monkeypatch.setenv("HOME", "/home/me")
    editor = build(qtbot, Settings(), started)
    yield editor
    editor.close()


def answers(editor: Editor) -> Answers:
    dialogs = editor.window.dialogs
    assert isinstance(dialogs, Answers)
    return dialogs


def trigger(editor: Editor, name: str) -> None:
    action = editor.window.findChild(QAction, name)
    assert isinstance(action, QAction)
    action.trigger()


def opened(editor: Editor) -> Learnt:
    trigger(editor, "learnt")
    page = editor.oversight.page
    assert page is not None
    assert page.isVisible()
    return page


def cells(table: Table) -> list[list[str]]:
    rows = table.rows
    return [
        [rows.index(row, column).data() for column in range(rows.columnCount())]
        for row in range(rows.rowCount())
    ]


def choose(table: Table, *names: str) -> None:
    table.clearSelection()
    table.setSelectionMode(Table.SelectionMode.MultiSelection)
    for place in range(table.rows.rowCount()):
        if table.rows.index(place, 0).data() in names:
            table.selectRow(place)


def test_all_that_is_kept_is_shown(editor: Editor) -> None:
    page = opened(editor)
    summary = page.summary.text()
    for words in ("Lessons: 3", "Documents: 3", "hash is kept: 2", "/home/me/profile", "1.2 MB"):
        assert words in summary
    assert "encrypted; its key is in the system keyring" in summary
    shown = cells(page.words.table)
    assert [row[:2] for row in shown] == [
        ["tessaly", "12"],
        ["heron", "7"],
        ["the", "3"],
        ["moist", "0"],
    ]
    assert [row[3:] for row in shown] == [
        ["never saved", "known at once"],
        ["letter.txt", ""],
        ["no document", ""],
        ["", "never suggested"],
    ]
    assert "2026" in shown[0][2]
    documents = cells(page.documents.table)
    assert [row[0] for row in documents] == [
        "no document",
        "~/a/letter.txt",
        "never saved: “The heron waits.”",
    ]
    assert documents[0][3] == ""  # no calendar has its time
    assert [row[1:] for row in cells(page.days.table)] == [["1", "20"]] * 3


@pytest.mark.parametrize(
    ("which", "found"),
    [
        ("All words", ["tessaly", "heron", "the", "moist"]),
        ("In no dictionary", ["tessaly", "heron", "moist"]),
        ("Known at once", ["tessaly"]),
        ("Never suggested", ["moist"]),
    ],
)
def test_words_are_found_by_list_and_letters(
    editor: Editor, started: list[FakeEngine], which: str, found: list[str]
) -> None:
    *some, the = KEPT.words
    started[0].overview = replace(KEPT, words=(*some, replace(the, own=False)))
    page = opened(editor)
    page.words.which.setCurrentText(which)
    assert [row[0] for row in cells(page.words.table)] == found
    page.words.search.setText(" ESS")
    assert [row[0] for row in cells(page.words.table)] == [w for w in found if w == "tessaly"]
    page.words.search.clear()
    page.words.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [row[0] for row in cells(page.words.table)] == sorted(found)


def test_words_are_deleted_forgotten_blocked_and_taken_off(
    qtbot: QtBot, editor: Editor, started: list[FakeEngine]
) -> None:
    page, words = opened(editor), opened(editor).words
    buttons = (words.delete, words.forget, words.block, words.off)
    assert not any(button.isEnabled() for button in buttons)
    choose(words.table, "moist")
    assert [button.isEnabled() for button in buttons] == [True, True, False, True]
    words.off.click()
    choose(words.table, "heron", "the")
    assert [button.isEnabled() for button in buttons] == [True, True, True, False]
    words.block.click()
    assert started[0].teachings == [
        Teaching("", listed=((word, on),))
        for word, on in (("moist", None), ("heron", "blocked"), ("the", "blocked"))
    ]
    choose(words.table, "heron", "the")
    words.delete.click()
    assert started[0].wishes == []
    answers(editor).forgets = True
    choose(words.table, "heron", "the")
    words.delete.click()
    choose(words.table, "tessaly")
    qtbot.waitUntil(page.isActiveWindow)
    words.table.setFocus()
    QTest.keyClick(words.table, Qt.Key.Key_Delete)
    choose(words.table, "moist")
    words.forget.click()
    assert started[0].wishes == [
        Forgetting(delete="heron"),
        Forgetting(delete="the"),
        Forgetting(delete="tessaly"),
        Forgetting(word="moist"),
    ]
    assert "“heron”, “the”" in answers(editor).asked[0]
    assert answers(editor).parents == [page] * 4  # it would hide a question of the window
    page.close()
    trigger(editor, "forget-everything")
    assert answers(editor).parents[4:] == [editor.window]


def test_documents_days_the_last_hour_and_everything_are_forgotten(
    editor: Editor, started: list[FakeEngine]
) -> None:
    page = opened(editor)
    answers(editor).forgets = True
    choose(page.documents.table, "no document")
    assert not page.documents.forget.isEnabled()  # it has no name to forget it by
    choose(page.documents.table, "~/a/letter.txt", "never saved: “The heron waits.”")
    page.documents.forget.click()
    days = [row[0] for row in cells(page.days.table)]
    choose(page.days.table, *days)
    page.days.forget.click()
    page.hour_wanted.emit()
    page.everything_wanted.emit()
    *documents, both, hour, everything = started[0].wishes
    assert documents == [
        Forgetting(document="/home/me/a/letter.txt"),
        Forgetting(document="untitled-1"),
    ]
    edges = [datetime.fromisoformat(f"2026-03-{day}").timestamp() for day in (11, 13)]
    assert both == Forgetting(since=edges[0], until=edges[1])
    assert hour.since is not None
    assert everything == Forgetting(everything=True)
    assert answers(editor).parents == [page] * 4


def test_days_in_a_row_are_one_range() -> None:
    found = ranges(["2026-03-01", "2026-02-28", "2026-03-29", "2026-03-03"])
    assert [(a.isoformat()[:10], b.isoformat()[:10]) for a, b in found] == [
        ("2026-02-28", "2026-03-02"),
        ("2026-03-03", "2026-03-04"),
        ("2026-03-29", "2026-03-30"),
    ]


def test_what_was_done_is_seen_at_once(editor: Editor, started: list[FakeEngine]) -> None:
    page = opened(editor)
    started[0].overview = replace(KEPT, lessons=1_000)
    editor.window.forgetting_wanted.emit(Forgetting(word="heron"))
    assert page.summary.text().startswith(("Lessons: 1,000", "Lessons: 1000"))


def test_the_model_that_reads_again_says_how_far_it_is(editor: Editor) -> None:
    page = opened(editor)
    assert not page.progress.isVisible()
    editor.post.status.emit(Status(Phase.READY, "Forgot 3 lessons.", passing=True))
    assert (page.said.text(), page.said.isVisible()) == ("Forgot 3 lessons.", True)
    for left in (40, 30):
        editor.post.status.emit(Status(Phase.LEARNING, f"{left} lessons left, about 9 s", left))
    assert (page.progress.value(), page.progress.maximum()) == (10, 40)
    assert "30 lessons left, about 9 s" in page.progress.text()
    editor.post.status.emit(Status(Phase.READY))
    assert not page.progress.isVisible()


def test_opening_it_starts_an_engine_where_there_is_none(
    qtbot: QtBot, started: list[FakeEngine]
) -> None:
    editor = build(qtbot, Settings(learn=False, control=Control("off")), started)
    assert started == []
    page = opened(editor)
    assert len(started) == 1
    assert "Lessons: 3" in page.summary.text()
    editor.close()


def test_a_locked_profile_asks_until_it_is_told_not_now(
    editor: Editor, started: list[FakeEngine]
) -> None:
    answers(editor).passphrases = ["one", "two"]
    editor.post.status.emit(Status(Phase.LOCKED, "It is locked."))
    assert started[0].passphrases == [("one", None)]
    editor.post.status.emit(Status(Phase.LOCKED, "Not the right one."))
    editor.post.status.emit(Status(Phase.LOCKED, "Not the right one."))
    assert started[0].passphrases == [("one", None), ("two", None)]
    assert answers(editor).asked == ["It is locked.", "Not the right one.", "Not the right one."]
    editor.post.status.emit(Status(Phase.LOCKED, "A suggestion failed.", passing=True))
    assert len(answers(editor).asked) == 3
    assert editor.window._notice.text() == "It is locked."  # not for ever what went wrong
    page = opened(editor)
    assert page.passphrase.text() == "&Unlock…"
    assert "It is locked" in page.summary.text()
    answers(editor).passphrases = ["three"]
    page.passphrase.click()
    assert started[0].passphrases[-1] == ("three", None)
    assert answers(editor).parents == [*[editor.window] * 3, page]
    editor.post.status.emit(Status(Phase.READY))
    assert page.passphrase.text() == "&Passphrase…"
    assert "Lessons: 3" in page.summary.text()
    assert page.said.text() == ""


@pytest.mark.parametrize("has_one", [False, True])
def test_a_passphrase_is_chosen(editor: Editor, started: list[FakeEngine], has_one: bool) -> None:
    started[0].overview = replace(KEPT, has_passphrase=has_one)
    trigger(editor, "passphrase")
    assert answers(editor).asked == ["another" if has_one else "new"]
    assert started[0].passphrases == []
    answers(editor).new_passphrases = ("new", "old" if has_one else None)
    trigger(editor, "passphrase")
    assert started[0].passphrases == [("new", "old" if has_one else None)]


def test_what_another_program_has_cannot_be_locked(
    editor: Editor, started: list[FakeEngine]
) -> None:
    started[0].overview = replace(KEPT, writable=False)
    trigger(editor, "passphrase")
    assert answers(editor).asked == []
    assert "cannot be locked" in editor.window.statusBar().currentMessage()
