"""A writer who accepts everything for a year teaches the program none of its own words."""

from __future__ import annotations

from pathlib import Path

from model import Predictor
from model.messages import Lesson, Teaching

CONTEXTS = ("", "The ", "The keeper ", "She lit the lamp and ", "A letter came from the ", "It w")


def test_a_year_of_accepting_leaves_it_as_it_was(toy_base_folder: Path) -> None:
    with Predictor.open(None, "eager", toy_base_folder) as predictor:
        expected = [predictor.suggest(context) for context in CONTEXTS]
        for day in range(365):
            text = "The keeper lit the lamp. " + expected[day % len(expected)].inline
            accepted = Lesson(text, f"day {day}", accepted=((0, len(text)),))
            predictor.teach(Teaching(f"day {day}", (accepted,)))
        predictor.catch_up()
        assert [predictor.suggest(context) for context in CONTEXTS] == expected


def test_the_same_typed_is_learnt(toy_base_folder: Path) -> None:
    text = "The keeper lit the lamp."
    with Predictor.open(None, "eager", toy_base_folder) as predictor:
        before = predictor.code_length(text)
        predictor.teach(Teaching("a", (Lesson(text, "a"),)))
        predictor.catch_up()
        assert predictor.code_length(text) < before
