from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.rules.ghost import NOTHING, Ghost, fit, leaves_room, take_all, take_word

GHOSTS = st.text(alphabet="ab é’-.,\U0001f600 ", max_size=40)
TEXTS = st.text(alphabet="ab \n", max_size=30)


@pytest.mark.parametrize(
    ("ghost", "word"),
    [
        ("ick brown fox", "ick "),
        ("ick", "ick"),
        (" brown fox", " brown "),
        (", and then ", ", and "),
        ("don’t go", "don’t "),
        ("well-known word", "well-known "),
        ("end. The next", "end"),
        (". The next", ". The "),
        ("...", "..."),
        ("", ""),
    ],
)
def test_a_word_takes_what_leads_up_to_it_and_one_space(ghost: str, word: str) -> None:
    assert take_word(Ghost(ghost)) == word


@given(GHOSTS)
def test_taking_words_takes_the_whole_ghost_piece_by_piece(text: str) -> None:
    taken, ghost = "", Ghost(text)
    while ghost:
        word = take_word(ghost)
        assert word
        taken, ghost = taken + word, ghost.after(word)
    assert text.startswith(taken)
    assert not text[len(taken) :].strip()
    assert take_all(Ghost(text)) == text


@given(GHOSTS, st.text(alphabet="ab é", max_size=10))
def test_a_ghost_is_shortened_by_its_beginning_and_gone_at_anything_else(
    text: str, typed: str
) -> None:
    rest = Ghost(text).after(typed)
    if typed and text.startswith(typed) and text[len(typed) :].strip():
        assert rest == Ghost(text[len(typed) :])
    else:
        assert rest == NOTHING


@given(TEXTS, GHOSTS, st.integers(0, 40))
def test_a_late_answer_that_agrees_is_what_typing_along_would_have_left(
    asked: str, inline: str, typed: int
) -> None:
    typed = min(typed, len(inline))
    expected = Ghost(inline[typed:]) if inline[typed:].strip() else NOTHING
    assert fit(inline, asked, asked + inline[:typed]) == expected


@given(TEXTS, TEXTS, GHOSTS)
def test_a_late_answer_is_shown_only_where_asked_and_shown_make_the_same_text(
    asked: str, now: str, inline: str
) -> None:
    ghost = fit(inline, asked, now)
    assert not ghost or now + ghost.text == asked + inline


def test_windows_of_a_long_document_agree_by_their_ends() -> None:
    text = "".join(f"line {number}\n" for number in range(1000))
    assert fit("quick", text[-4000:] + "the ", text[-3990:] + "the qu") == Ghost("ick")
    assert fit("quick", text[-4000:] + "the ", text[-3990:] + "a qu") == NOTHING
    assert fit("quick", "the ", "") == NOTHING


def test_what_stands_behind_a_line_end_is_not_shown() -> None:
    assert fit("end.\nThe next", "the ", "the ") == Ghost("end.")
    assert fit("\nThe next", "the ", "the ") == NOTHING
    assert fit("end.\u2029The", "the ", "the e") == Ghost("nd.")


def test_blanks_alone_are_no_ghost() -> None:
    assert fit("quick ", "the ", "the quick") == NOTHING
    assert not Ghost("  ")


@pytest.mark.parametrize("rest", ["", ")", "”.", "  ", "!)"])
def test_closing_signs_leave_room(rest: str) -> None:
    assert leaves_room(rest)


@pytest.mark.parametrize("rest", ["k", " and", "(", "-", "é", "'t", "’t know"])
def test_other_text_leaves_no_room(rest: str) -> None:
    assert not leaves_room(rest)


def test_accents_of_their_own_part_no_word() -> None:
    assert take_word(Ghost("llerova\u0301ch is here")) == "llerova\u0301ch "


def test_an_accent_may_be_typed_as_one_character_with_its_letter() -> None:
    assert Ghost("a\u0301 is").after("\u00e1") == Ghost(" is")
    assert Ghost("a is").after("\u00e1") is NOTHING
