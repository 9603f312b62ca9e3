from __future__ import annotations

import pytest

from editor.rules.ghost import NOTHING, Ghost
from editor.rules.silence import Rules, Scene, trimmed, worth_beginning
from model.messages import Suggestion

SOMEWHERE = Scene("One sentence stands here. The qu")


@pytest.mark.parametrize(
    ("inline", "after", "shown"),
    [
        ("ick ", "", "ick "),
        ("ick) ", ")", "ick"),
        ("ick”. ", "”.", "ick"),
        ("ick. ", ".”", "ick"),
        ("ick ", ")", "ick"),
        ("ick", "  ", "ick"),
        (") and", ")", ") and"),
    ],
)
def test_a_ghost_repeats_nothing_that_stands_behind_the_caret(
    inline: str, after: str, shown: str
) -> None:
    assert trimmed(inline, Scene("the qu", after), Rules()) == shown


def test_the_space_can_be_turned_off() -> None:
    assert trimmed("ick brown ", SOMEWHERE, Rules(space=False)) == "ick brown"


@pytest.mark.parametrize(("text", "least", "shown"), [("ick", 3, 1), ("ck", 3, 0), ("ck", 2, 1)])
def test_a_new_ghost_saves_enough_keys(text: str, least: int, shown: bool) -> None:
    ghost = worth_beginning(Ghost(text), Suggestion(text), SOMEWHERE, Rules(least_saved=least))
    assert bool(ghost) == shown


@pytest.mark.parametrize(
    ("before", "alone", "probability", "shown"),
    [
        ("The qu", True, 0.5, False),
        ("The qu", True, 0.9, True),
        ("The qu", False, 0.5, True),
        ("A title\nThe qu", True, 0.5, True),
        ("It rained. The qu", True, 0.5, True),
        ("Dr. Jones saw the qu", True, 0.5, False),
    ],
)
def test_the_first_sentence_of_an_empty_document_is_left_alone_unless_very_sure(
    before: str, alone: bool, probability: float, shown: bool
) -> None:
    suggestion = Suggestion("ick brown ", certainty=probability)
    scene = Scene(before, "", alone)
    ghost = Ghost(suggestion.inline)
    assert worth_beginning(ghost, suggestion, scene, Rules()) == (ghost if shown else NOTHING)
    assert worth_beginning(ghost, suggestion, scene, Rules(first_sentence=True)) == ghost
