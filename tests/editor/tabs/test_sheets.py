from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar

from editor.documents.form import Form
from editor.tabs.documents import Documents
from editor.tabs.sheets import shown_name


def names(documents: Documents) -> list[str]:
    return [documents.sheets.tabText(place) for place in range(documents.sheets.count())]


def test_tabs_say_what_is_not_saved(documents: Documents, tmp_path: Path) -> None:
    QTest.keyClicks(documents.current.view, "x")
    documents.open(tmp_path / "a&b.txt")
    assert names(documents) == ["• Untitled", "a&&b.txt"]


def test_tabs_can_be_moved_and_walked(documents: Documents, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name)
        documents.open(tmp_path / name)
    documents.sheets.tabBar().moveTab(0, 2)
    assert [sheet.name for sheet in documents.sheets.sheets()] == ["b", "c", "a"]
    assert documents.current.view.text() == "c"
    documents.sheets.step(1)
    assert documents.current.view.text() == "a"
    documents.sheets.step(1)
    assert documents.current.view.text() == "b"


def test_tabs_scroll_before_their_names_are_unreadable(documents: Documents) -> None:
    for _ in range(12):
        documents.new()
    bar = documents.sheets.tabBar()
    documents.sheets.resize(300, 200)
    fits = bar.fontMetrics().horizontalAdvance("Untitled 12")
    assert all(bar.tabRect(place).width() > fits for place in range(bar.count()))


def test_a_name_is_no_markup_and_turns_nothing(documents: Documents, tmp_path: Path) -> None:
    name = "<img src=x>\u202etxt.exe"
    documents.current.hold("", tmp_path / name, Form())
    assert documents.sheets.tabText(0) == "<img src=x>�txt.exe"
    assert "&lt;img" in documents.sheets.tabToolTip(0)
    button = documents.sheets.tabBar().tabButton(0, QTabBar.ButtonPosition.RightSide)
    assert button.accessibleName() == "Close <img src=x>�txt.exe"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a\nb", "a b"), ("x" * 300 + ".txt", "x" * 40 + "…" + "x" * 15 + ".txt"), ("é", "é")],
)
def test_names_have_one_line_and_an_end(name: str, shown: str) -> None:
    assert shown_name(name) == shown
