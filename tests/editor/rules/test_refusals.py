from __future__ import annotations

import time

import pytest

from editor.rules.refusals import Refusals, word_of


@pytest.mark.parametrize(
    ("before", "text", "held"),
    [
        ("the ", "quick brown", True),
        ("the qu", "ick", True),
        ("the Qu", "ick ", True),
        ("the", " quick", True),
        ("the quick", " brown", False),
        ("the ", "quickly", False),
        ("a ", "quick", False),
    ],
)
def test_a_refused_word_is_refused_at_its_place_alone(before: str, text: str, held: bool) -> None:
    refusals = Refusals()
    refusals.refuse("the q", "uick fox")
    assert refusals.hold(before, text) is held


def test_what_was_removed_is_refused_where_it_stood() -> None:
    refusals = Refusals()
    refusals.refuse_removed("see the quick brown ", "see the ")
    assert refusals.hold("see the qu", "ick ")
    assert not refusals.hold("see the ", "brown ")
    refusals.refuse_removed("the end", "somewhere else")
    assert not refusals.hold("the ", "end")


def test_a_refused_word_is_named_as_it_is_written() -> None:
    assert word_of("an der ", "Straße entlang") == "straße"


def test_another_document_begins_anew() -> None:
    refusals = Refusals()
    refusals.refuse("the ", "quick")
    refusals.clear()
    assert not refusals.hold("the ", "quick")


def test_accents_of_their_own_part_no_word() -> None:
    assert word_of("Then Zoe\u0308 Mu\u0308", "llerova\u0301 is") == "mu\u0308llerova\u0301"


def test_a_place_is_found_as_quickly_in_a_long_text() -> None:
    refusals = Refusals()
    before = "word " * 200_000 + "\u00e9" * 200_000 + " the qu"
    refusals.refuse(before, "ick ")
    started = time.process_time()
    assert refusals.hold(before, "ick brown")
    assert time.process_time() - started < 0.1
