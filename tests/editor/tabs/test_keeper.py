from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.documents import drafts as module
from editor.documents.drafts import Draft
from editor.tabs.documents import Documents
from editor.tabs.keeper import Keeper


@pytest.fixture
def keeper(documents: Documents) -> Keeper:
    return documents.memory.keeper


def on_disk(keeper: Keeper) -> list[Draft]:
    keeper.flush()
    keeper.wait()
    return keeper.drafts.all()


def test_text_is_on_the_disk_soon_after_a_key(
    documents: Documents, keeper: Keeper, qtbot: QtBot
) -> None:
    QTest.keyClicks(documents.current.view, "a")
    qtbot.waitUntil(lambda: [draft.text for draft in keeper.drafts.all()] == ["a"])
    QTest.keyClicks(documents.current.view, "bc")
    qtbot.waitUntil(lambda: [draft.text for draft in keeper.drafts.all()] == ["abc"])
    assert keeper.drafts.all()[0].view.caret == 3


def test_a_key_in_a_long_text_writes_what_it_changed(
    documents: Documents, keeper: Keeper, tmp_path: Path
) -> None:
    path = tmp_path / "long.txt"
    path.write_text("line\n" * 50_000)
    documents.open(path)
    view = documents.current.view
    QTest.keyClicks(view, "a")
    on_disk(keeper)
    (file,) = (tmp_path / "kept" / "drafts").iterdir()
    size = file.stat().st_size
    view.set_caret(100_000)
    QTest.keyClicks(view, "b")
    view.insertPlainText("\U0001f600\u2028\xa0")
    QTest.keyClick(view, Qt.Key.Key_Backspace)
    (draft,) = on_disk(keeper)
    assert draft.text == view.text()
    assert file.stat().st_size - size < 200


def test_a_draft_with_a_long_line_is_what_the_page_holds(
    documents: Documents, keeper: Keeper, tmp_path: Path
) -> None:
    path = tmp_path / "long.txt"
    path.write_text("x " * 8000 + "\nsecond line\nthird")
    documents.open(path)
    view = documents.current.view
    view.set_caret(view.length() - len("nd line\nthird"))
    for letters in ("ABC", "D"):
        QTest.keyClicks(view, letters)
        assert [draft.text for draft in on_disk(keeper)] == [view.text()]
    assert view.text().endswith("\nsecoABCDnd line\nthird")
    view.set_caret(view.length())
    for letters in ("E", "F"):
        QTest.keyClicks(view, letters)
        assert [draft.text for draft in on_disk(keeper)] == [view.text()]


def test_undone_and_saved_text_needs_no_draft(
    documents: Documents, keeper: Keeper, tmp_path: Path
) -> None:
    documents.open(tmp_path / "a.txt")
    QTest.keyClicks(documents.current.view, "a")
    assert len(on_disk(keeper)) == 1
    documents.current.view.undo()
    assert on_disk(keeper) == []
    documents.current.view.redo()
    assert len(on_disk(keeper)) == 1
    documents.save()
    assert on_disk(keeper) == []


def test_documents_in_which_nothing_changed_cost_nothing(
    documents: Documents, keeper: Keeper, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("a")
    documents.open(tmp_path / "a.txt")
    documents.new()
    assert on_disk(keeper) == []
    assert not keeper._soon.isActive()


def test_a_full_disk_is_said_once_and_tried_again(
    documents: Documents, keeper: Keeper, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    told: list[str] = []
    keeper.failed.connect(told.append)
    withdrawn: list[str] = []
    keeper.recovered.connect(withdrawn.append)
    QTest.keyClicks(documents.current.view, "a")
    on_disk(keeper)
    monkeypatch.setattr(module, "write_all", fail)
    monkeypatch.setattr(module, "replace_file", fail)
    for letter in "bcd":
        QTest.keyClicks(documents.current.view, letter)
        on_disk(keeper)
        qtbot.waitUntil(lambda: not keeper.works)
    assert len(told) == 1
    assert "no space left" in told[0]
    qtbot.waitUntil(keeper._again.isActive)
    monkeypatch.undo()
    qtbot.waitUntil(lambda: [draft.text for draft in on_disk(keeper)] == ["abcd"])
    qtbot.waitUntil(lambda: keeper.works)
    assert withdrawn == told


def test_turning_private_marks_the_draft(documents: Documents, keeper: Keeper) -> None:
    QTest.keyClicks(documents.current.view, "a")
    assert not on_disk(keeper)[0].private
    documents.set_private(private=True)
    assert on_disk(keeper)[0].private


def test_after_the_end_nothing_is_written(documents: Documents, keeper: Keeper) -> None:
    keeper.close()
    QTest.keyClicks(documents.current.view, "a")
    assert on_disk(keeper) == []
    assert not any(
        timer.isActive() for timer in keeper.findChildren(QTimer) if timer.interval() >= 2000
    )


def test_what_was_set_aside_may_come_back_beside_what_followed(
    documents: Documents, keeper: Keeper
) -> None:
    sheet = documents.current
    QTest.keyClicks(sheet.view, "one")
    on_disk(keeper)
    keeper.set_aside(sheet)
    QTest.keyClicks(sheet.view, " two")
    on_disk(keeper)
    ((_, earlier),) = keeper.drafts.discarded()
    keeper.drafts.take_back(earlier.id)
    assert sorted(draft.text for draft in keeper.drafts.all()) == ["one", "one two"]
