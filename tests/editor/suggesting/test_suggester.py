"""When the suggester speaks and when it is silent, seen as a page shows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.rules.silence import Rules
from model.messages import Candidate, PassedGhost
from tests.editor.conftest import Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_new_ghost_waits_for_a_pause(desk: Desk, qtbot: QtBot) -> None:
    desk.suggester.set_rules(Rules(delay_ms=50))
    assert desk.type("the qu") == "the qu"
    qtbot.waitUntil(lambda: desk.see() == "the qu[ick brown fox jumps]")


def test_a_ghost_that_is_typed_along_does_not_wait(desk: Desk) -> None:
    desk.type("the qu")
    desk.suggester.set_rules(Rules(delay_ms=60_000))
    assert desk.type("ick b") == "the quick b[rown fox jumps]"
    assert desk.type("x") == "the quick bx"


def test_the_pause_begins_anew_with_each_key(desk: Desk) -> None:
    desk.suggester.set_rules(Rules(delay_ms=60_000))
    desk.type("the qu")
    assert desk.suggester._pause.isActive()
    desk.press(Key.Key_Backspace)
    assert not desk.suggester._pause.isActive()
    desk.suggester._on_pause()
    assert desk.see() == "the q"


def test_after_the_pause_a_late_answer_is_shown_at_once(desk: Desk) -> None:
    desk.suggester.set_rules(Rules(delay_ms=60_000))
    desk.engine.at_once = False
    desk.type("the qu")
    desk.suggester._pause.stop()
    desk.engine.answer(desk.engine.requests[-1])
    assert desk.see() == "the qu[ick brown fox jumps]"


def test_a_new_ghost_saves_enough_but_an_old_one_may_dwindle(desk: Desk) -> None:
    desk.suggester.set_rules(Rules(delay_ms=0, least_saved=60))
    assert desk.type("the qu") == "the qu"
    desk.suggester.set_rules(Rules(delay_ms=0, least_saved=3))
    desk.type("i")
    assert desk.type("ck brown fox jum") == "the quick brown fox jum[ps]"


@pytest.mark.parametrize("take_back", ["undo", "backspace", "cut"])
def test_what_was_taken_back_is_not_offered_there_again(desk: Desk, take_back: str) -> None:
    desk.type("the ")
    desk.press(Key.Key_Right, CTRL)
    assert desk.see() == "the quick [brown fox jumps]"
    if take_back == "undo":
        desk.press(Key.Key_Z, CTRL)
    elif take_back == "backspace":
        for _ in range(6):
            desk.press(Key.Key_Backspace)
    else:
        for _ in range(6):
            desk.press(Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        desk.press(Key.Key_X, CTRL)
    assert desk.see() == "the "
    assert desk.type("qu") == "the qu"
    assert desk.type("ick ") == "the quick [brown fox jumps]"


def test_what_was_dismissed_is_not_offered_there_again_even_later(desk: Desk) -> None:
    desk.type("the ")
    desk.press(Key.Key_Escape)
    desk.type("q")
    desk.press(Key.Key_Backspace)
    desk.press(Key.Key_Home)
    desk.press(Key.Key_End)
    assert desk.type("q") == "the q"


def test_another_document_knows_nothing_of_it(desk: Desk) -> None:
    desk.type("the ")
    desk.press(Key.Key_Escape)
    desk.page.set_text("")
    desk.suggester.on_opened()
    assert desk.type("the q") == "the q[uick brown fox jumps]"


def test_moving_the_caret_refuses_nothing(desk: Desk) -> None:
    desk.type("the quick ")
    desk.press(Key.Key_Left)
    desk.press(Key.Key_Home)
    desk.press(Key.Key_K, CTRL)  # to the end of the line
    desk.page.set_text("the ")
    desk.press(Key.Key_End)
    assert desk.type("q") == "the q[uick brown fox jumps]"


def test_alternatives_are_walked_through_and_typed_along(desk: Desk) -> None:
    desk.engine.candidates = tuple(Candidate("qu" + word, word, 0.9) for word in ("ick", "iet"))
    desk.type("the qu")
    desk.suggester.walk(1)
    assert desk.see() == "the qu[iet ]"
    desk.suggester.walk(1)
    assert desk.see() == "the qu[ick brown fox jumps]"
    desk.suggester.walk(-1)
    assert desk.press(Key.Key_Tab) == "the quiet "


def test_walking_breaks_a_silence(desk: Desk) -> None:
    desk.engine.expect = lambda before: ""
    desk.engine.candidates = (Candidate("one", "one", 0.1), Candidate("two", "two", 0.1))
    assert desk.type("x ") == "x "
    desk.suggester.walk(1)
    assert desk.see() == "x [one ]"
    desk.press(Key.Key_Home)
    desk.suggester.walk(1)
    assert desk.see() == "x "


def test_walking_asks_where_nobody_has_typed(desk: Desk) -> None:
    desk.engine.candidates = (Candidate("quick", "ick", 0.9), Candidate("quiet", "iet", 0.1))
    desk.engine.at_once = False
    desk.page.set_text("the qu")
    desk.press(Key.Key_End)
    desk.suggester.walk(1)
    assert desk.see() == "the qu"
    desk.engine.answer(desk.engine.requests[-1])
    assert desk.see() == "the qu[ick brown fox jumps]"
    assert desk.press(Key.Key_Tab) == "the quick brown fox jumps "


def test_who_strays_hears_no_answer_to_a_walk(desk: Desk) -> None:
    desk.engine.at_once = False
    desk.page.set_text("the qu")
    desk.press(Key.Key_End)
    desk.suggester.walk(1)
    desk.press(Key.Key_Home)
    desk.press(Key.Key_End)
    desk.engine.answer(desk.engine.requests[-1])
    assert desk.see() == "the qu"


def test_the_engine_hears_once_what_became_of_a_ghost(desk: Desk) -> None:
    desk.type("the ")
    desk.press(Key.Key_Right, CTRL)
    desk.press(Key.Key_Z, CTRL)
    assert [outcome for _, outcome in desk.engine.outcomes] == ["accepted", "undone"]


@pytest.mark.parametrize("key", [Key.Key_X, Key.Key_Escape])
def test_a_ghost_that_is_typed_over_or_sent_away_was_wrong(desk: Desk, key: Qt.Key) -> None:
    desk.type("the ")
    desk.press(key)
    desk.type("y")
    assert [outcome for _, outcome in desk.engine.outcomes] == ["rejected"]


def test_what_is_typed_along_or_left_says_nothing_about_a_ghost(desk: Desk) -> None:
    desk.type("the quick brown fox jumps")
    desk.press(Key.Key_Left)
    assert desk.engine.outcomes == []


def test_a_ghost_typed_along_up_to_its_space_was_not_wrong(desk: Desk) -> None:
    desk.engine.expect = lambda before: {"the qu": "ick ", "the quic": "k "}.get(before, "")
    desk.type("the quick, ")
    assert desk.engine.outcomes == []


def test_a_letter_taken_back_after_more_was_typed_undoes_no_acceptance(desk: Desk) -> None:
    desk.type("the ")
    desk.press(Key.Key_Right, CTRL)
    desk.type("b")
    desk.press(Key.Key_Backspace)
    assert [outcome for _, outcome in desk.engine.outcomes] == ["accepted"]


def test_the_engine_hears_which_ghosts_were_typed_past(desk: Desk) -> None:
    desk.press(Key.Key_T)
    desk.press(Key.Key_H)
    desk.press(Key.Key_E)
    assert desk.engine.requests[-1].passed == (
        PassedGhost("he quick brown fox jumps", 2),
        PassedGhost("e quick brown fox jumps", 1),
    )


def test_the_engine_hears_what_follows_on_the_line_and_on_the_next(desk: Desk) -> None:
    desk.page.set_text("\nit rains\nand snows")
    desk.press(Key.Key_Home, CTRL)
    assert desk.type("the qu") == "the qu[ick brown fox jumps]\nit rains\nand snows"
    assert desk.engine.requests[-1].after == "\nit rains"
    desk.press(Key.Key_End, CTRL)
    desk.type("!")
    assert desk.engine.requests[-1].after == ""


def test_a_ghost_that_came_and_went_between_two_keys_was_not_read(desk: Desk) -> None:
    desk.type("the qu")
    assert desk.engine.requests[-1].passed == ()


def test_what_was_accepted_or_left_was_not_typed_past(desk: Desk) -> None:
    desk.press(Key.Key_T)
    desk.press(Key.Key_H)
    desk.press(Key.Key_Right, CTRL)
    assert desk.see() == "the [quick brown fox jumps]"
    assert desk.engine.requests[-1].passed == ()
    desk.press(Key.Key_Q)
    desk.press(Key.Key_Backspace)
    desk.press(Key.Key_Q)
    assert desk.engine.requests[-1].passed == ()


def expecting(ghosts: dict[str, str]) -> Callable[[str], str]:
    return lambda before: ghosts.get(before, "")


def test_another_word_than_the_one_typed_along_saves_enough_keys_too(desk: Desk) -> None:
    desk.suggester.set_rules(Rules(delay_ms=0, least_saved=3))
    desk.engine.expect = expecting({"qu": "ick ", "qui": "te", "quic": "ksand "})
    assert desk.type("qu") == "qu[ick ]"
    assert desk.type("i") == "qui[ck ]"
    assert desk.type("c") == "quic[ksand ]"


def test_another_word_than_the_one_typed_along_waits_for_a_pause(desk: Desk, qtbot: QtBot) -> None:
    desk.engine.expect = expecting({"q": "uick ", "qu": "ite "})
    desk.type("q")
    desk.suggester.set_rules(Rules(delay_ms=50, least_saved=1))
    assert desk.type("u") == "qu[ick ]"
    qtbot.waitUntil(lambda: desk.see() == "qu[ite ]")


def test_less_of_the_ghost_that_is_typed_along_takes_nothing_away(desk: Desk) -> None:
    desk.engine.expect = expecting(
        {"q": "uick brown ", "qu": "ick ", "qui": "ck", "quic": "k brown fox "}
    )
    assert desk.press(Key.Key_Q) == "q[uick brown ]"
    assert desk.press(Key.Key_U) == "qu[ick brown ]"
    assert desk.press(Key.Key_I) == "qui[ck brown ]"
    assert desk.press(Key.Key_C) == "quic[k brown fox ]"


def test_a_ghost_that_is_typed_along_gains_its_last_space(desk: Desk) -> None:
    desk.engine.expect = expecting({"q": "uick", "qu": "ick "})
    assert desk.press(Key.Key_Q) == "q[uick]"
    assert desk.press(Key.Key_U) == "qu[ick ]"


def test_an_alternative_that_was_chosen_stays_and_the_other_was_turned_down(desk: Desk) -> None:
    desk.engine.candidates = (Candidate("quick", "uick", 0.5), Candidate("quite", "uite", 0.3))
    desk.engine.expect = expecting({"q": "uick ", "qu": "ick ", "qui": "ck "})
    desk.press(Key.Key_Q)
    desk.suggester.walk(1)
    assert desk.see() == "q[uite ]"
    assert desk.press(Key.Key_U) == "qu[ite ]"
    assert desk.press(Key.Key_I) == "qui[te ]"
    assert desk.engine.requests[-1].passed == (PassedGhost("uick ", 2),)


def test_a_ghost_that_the_page_had_no_room_for_was_not_passed(desk: Desk) -> None:
    desk.page.set_text("x")
    desk.engine.expect = lambda before: "quick "
    desk.press(Key.Key_T)  # before the x: no room
    desk.press(Key.Key_H)
    assert desk.see() == "thx"
    assert not desk.page.ghost_is_readable()
    assert all(not request.passed for request in desk.engine.requests)


def test_the_words_of_a_long_document_are_asked_with(desk: Desk) -> None:
    desk.page.set_text("We met Tessaly.\n" + "It was cold that day, and we went home.\n" * 700)
    desk.page.set_caret(desk.page.length())
    desk.type("Then")
    assert desk.engine.requests[-1].before.startswith("We met Tessaly.")
