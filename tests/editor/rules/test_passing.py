from __future__ import annotations

from editor.rules.ghost import NOTHING, Ghost
from editor.rules.passing import Passing
from model.messages import LONGEST_PASSED, PassedGhost


def test_ghosts_are_passed_one_after_the_other() -> None:
    passing = Passing()
    passing.entered("q", Ghost("quick "))
    passing.entered("u", NOTHING)
    passing.entered("ie", Ghost("ick "))
    assert passing.ghosts == (PassedGhost("quick ", 4), PassedGhost("ick ", 2))


def test_what_was_turned_down_counts_from_the_next_key_on() -> None:
    passing = Passing()
    passing.turned_down(Ghost("quick "))
    assert passing.ghosts == (PassedGhost("quick ", 0),)
    passing.entered("q", NOTHING)
    assert passing.ghosts == (PassedGhost("quick ", 1),)


def test_what_was_passed_long_ago_is_forgotten() -> None:
    passing = Passing()
    passing.entered("q", Ghost("quick "))
    passing.entered("x" * LONGEST_PASSED, NOTHING)
    assert passing.ghosts == ()
    passing.entered("q", Ghost("quick "))
    passing.forget()
    assert passing.ghosts == ()


def test_a_blank_leaves_only_what_stood_before_it() -> None:
    passing = Passing()
    passing.entered("t", Ghost("the quick "))
    passing.entered(" ", Ghost(" quick "))
    assert passing.ghosts == (PassedGhost(" quick ", 1),)
