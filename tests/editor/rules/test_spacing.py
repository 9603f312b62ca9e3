from __future__ import annotations

import pytest

from editor.rules.ghost import Ghost
from editor.rules.spacing import BroughtSpace, may_replace, next_word, replaces, whole


@pytest.mark.parametrize(
    ("ghost", "rest_of_line", "taken"),
    [
        ("day", "", "day "),
        ("day ", "", "day "),
        ("day", ")", "day"),
        ("day.", "", "day."),
        ("день", "", "день "),
        ("東京", "", "東京"),
        ("2026", "", "2026"),
        ("", "", ""),
    ],
)
def test_a_whole_ghost_brings_one_space_behind_a_last_word(
    ghost: str, rest_of_line: str, taken: str
) -> None:
    assert whole(Ghost(ghost), rest_of_line, space=True) == taken
    assert whole(Ghost(ghost), rest_of_line, space=False) == ghost


@pytest.mark.parametrize(
    ("ghost", "taken"), [("day", "day "), ("day of", "day "), ("day. It", "day"), ("...", "...")]
)
def test_a_word_of_a_ghost_brings_a_space_unless_a_mark_follows(ghost: str, taken: str) -> None:
    assert next_word(Ghost(ghost), "", space=True) == taken
    assert next_word(Ghost(ghost), "", space=False) == taken.rstrip()


@pytest.mark.parametrize("typed", list(".,;:!?)]}…\r"))
def test_marks_and_line_ends_take_the_place_of_any_space(typed: str) -> None:
    assert may_replace(typed)
    assert replaces(typed, "d ")
    assert replaces(typed, ". ")


@pytest.mark.parametrize("typed", list("'’ "))
def test_apostrophes_and_spaces_only_behind_a_word(typed: str) -> None:
    assert may_replace(typed)
    assert replaces(typed, "d ")
    assert not replaces(typed, ". ")


def test_a_quotation_mark_only_where_one_is_open() -> None:
    assert may_replace('"')
    assert replaces('"', 'He said "no. ')
    assert not replaces('"', 'He said "no" and ')


@pytest.mark.parametrize(
    ("typed", "before", "closes"),
    [
        ("”", "He said “no. ", True),
        ("”", "He said “no” and ", False),
        ("”", "Han sade ", False),  # it opens too, in Swedish
        ("»", "Il dit «non ", True),
        ("»", "Il dit « non ", False),
        ("»", "Er sagte ", False),
    ],
)
def test_a_closing_mark_only_where_its_other_half_stands(
    typed: str, before: str, closes: bool
) -> None:
    assert may_replace(typed)
    assert replaces(typed, before) == closes


@pytest.mark.parametrize("typed", ["", "a", "(", "-", "\t"])
def test_all_else_leaves_it(typed: str) -> None:
    assert not may_replace(typed)


def test_it_is_remembered_until_something_changes() -> None:
    space = BroughtSpace()
    assert not space.is_at(0, 0)
    space.came(4, 7)
    assert space.is_at(4, 7)
    assert not space.is_at(5, 7)
    assert not space.is_at(4, 8)
    space.forget()
    assert not space.is_at(4, 7)
