from __future__ import annotations

import pytest

from model.prediction.behind import Behind


@pytest.mark.parametrize("after", ["", "\nk", " and", "  ", ")", "\u201d.", "\u2026", "' he", "?!"])
def test_blanks_and_closing_signs_leave_room(after: str) -> None:
    assert Behind.of(after).leaves_room


@pytest.mark.parametrize("after", ["k", "(", "-", "'t", "\u2019all", ".5", ".com", '"No"', "''t"])
def test_other_text_and_signs_inside_a_word_leave_none(after: str) -> None:
    assert not Behind.of(after).leaves_room


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (" doing well.", {"doing", "well"}),
        (" The cat and a Dog sat", {"cat"}),
        (", as we said: home", {"said"}),
        (". The cat", set()),
        ("\nthe cat", set()),
        ("", set()),
    ],
)
def test_words_of_meaning_that_are_near_are_not_said_twice(after: str, said: set[str]) -> None:
    assert Behind.of(after).words == said


def test_the_first_word_or_mark_is_there_whatever_it_is() -> None:
    assert Behind.of(" The cat").has("the")
    assert Behind.of(", the cat").has(",")
    assert Behind.of(" mine").has("mine-")
    assert Behind.of(" boys' room").has("boys")
    assert not Behind.of(" A cat").has("the")
    assert not Behind.of("").has("")


def test_tells_the_rest_of_the_word_that_the_caret_is_in() -> None:
    assert Behind.of("row-boats. ").rest_of_word() == "row-boats"
    assert Behind.of("\u2019t know").rest_of_word() == "t"
    assert Behind.of(" row").rest_of_word() == ""


def test_where_lines_are_wrapped_the_next_one_follows() -> None:
    assert not Behind.of("\nas possible").has("as")
    behind = Behind.of("\n> as long as possible", "> we need it")
    assert behind.has("as")
    assert behind.words == {"long", "possible"}
    assert behind.leaves_room
    assert not behind.is_in_line
    assert Behind.of(" but\nsoon", "we ").words == {"soon"}
    assert Behind.of("\n\nas possible", "we need it").first == ""
