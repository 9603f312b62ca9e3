from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from editor.suggesting.announcer import Announcer
from editor.view.textview import TextView
from model.messages import Candidate


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def announcer(page: TextView, said: list[str]) -> Announcer:
    announcer = Announcer(page, said.append)
    page.appeared.connect(announcer.on_appeared)
    announcer.mode = "speech"
    return announcer


def test_a_ghost_that_stays_is_told_once(
    announcer: Announcer, page: TextView, said: list[str], qtbot: QtBot
) -> None:
    page.show_ghost("quiet")
    page.show_ghost("quick ")
    page.show_ghost("uick ")
    qtbot.waitUntil(lambda: said == ["quick"])


def test_a_ghost_that_goes_is_not_told(announcer: Announcer, page: TextView) -> None:
    page.show_ghost("quick")
    assert announcer._settled.isActive()
    page.show_ghost("")
    assert not announcer._settled.isActive()


@pytest.mark.parametrize(("mode", "told"), [("off", []), ("sound", []), ("speech", ["quick"])])
def test_it_tells_as_the_user_wishes(
    announcer: Announcer, page: TextView, said: list[str], mode: str, told: list[str]
) -> None:
    announcer.mode = mode  # type: ignore[assignment]
    page.show_ghost("quick")
    announcer.tell()
    assert said == told


def test_a_key_reads_again_what_is_offered(announcer: Announcer, said: list[str]) -> None:
    announcer.mode = "off"
    announcer.read_again("quick brown ")
    announcer.on_offered([Candidate("one", "one", 0.1), Candidate("two", "two", 0.1)])
    announcer.read_again("")
    announcer.on_offered([])
    announcer.read_again("")
    assert said == ["quick brown", "1: one, 2: two", "No suggestion"]


def test_it_speaks_through_the_accessibility_interface(page: TextView) -> None:
    Announcer(page).read_again("quick")  # nobody listens here: no error, no warning


def test_it_speaks_politely(page: TextView, announced: list[tuple[str, bool]]) -> None:
    Announcer(page).read_again("quick")
    assert announced == [("quick", False)]


def test_the_ghost_is_not_in_the_accessible_text(page: TextView) -> None:
    page.set_text("the qu)")
    cursor = page.textCursor()
    for position in (6, 7):
        cursor.setPosition(position)
        page.setTextCursor(cursor)
        page.show_ghost("ick")
        assert page.ghost == "ick"
        interface = QAccessible.queryAccessibleInterface(page)
        text = interface.textInterface()
        assert text.text(0, text.characterCount()) == "the qu)"
