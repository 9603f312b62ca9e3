"""The measure itself, with an oracle (the best there can be) and a mute."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.evaluation.typing import Tally, accepted_spans, add_up, right_part, type_document
from model.messages import Candidate, Suggestion
from model.text import word_tail

TEXT = "The keeper made a pot of tea. He didn't wait, he drank it."


class Mute:
    """Never says anything."""

    def suggest(self, before: str, after: str = "", limit: int = 5) -> Suggestion:
        return Suggestion()


class Oracle:
    """Knows the text: offers the next forty characters, and the word under way."""

    def __init__(self, text: str) -> None:
        self.text = text

    def suggest(self, before: str, after: str = "", limit: int = 5) -> Suggestion:
        rest = self.text[len(before) :]
        match = re.match(r"[\w'\-]+", rest)
        insert = match.group() if match else ""
        word = Candidate(word_tail(before) + insert, insert, 1.0)
        return Suggestion(rest[:40], (word,) if insert else ())


class Wrong:
    """Always offers something that is not there."""

    def suggest(self, before: str, after: str = "", limit: int = 5) -> Suggestion:
        return Suggestion("\u2603\u2603 ", (Candidate("\u2603", "\u2603", 1.0),))


def test_the_mute_scores_nothing() -> None:
    figures = type_document(Mute(), TEXT).figures()
    assert figures["ksr_inline"] == figures["ksr_list3"] == figures["top1"] == 0.0
    assert figures["show_rate"] == figures["precision"] == 0.0


def test_the_oracle_scores_the_best_possible() -> None:
    tally = type_document(Oracle(TEXT), TEXT)
    assert tally.inline_keys == 2  # 58 characters, forty at a time
    figures = tally.figures()
    assert figures["top1"] == figures["precision"] == figures["show_rate"] == 100.0
    assert tally.list_keys[3] == 13 + 5  # thirteen words, and ". " and ", " and "." by hand


def test_wrong_ghosts_are_never_taken_but_counted_as_noise() -> None:
    tally = type_document(Wrong(), TEXT)
    assert tally.inline_keys == len(TEXT)
    assert tally.figures()["precision"] == 0.0
    assert tally.figures()["show_rate"] == 100.0


@pytest.mark.parametrize(
    ("ghost", "rest", "taken"),
    [
        ("keeper ", "keeper made", 7),
        ("keeper of ", "keeper made", 7),  # the first word is right
        ("keeper ", "keeper, made", 0),  # the space is not
        ("keeper", "keeper, made", 6),
        ("k", "keeper", 0),  # one character is no gain
        (" made it ", " made a", 6),
        ("", "keeper", 0),
    ],
)
def test_what_a_user_takes(ghost: str, rest: str, taken: int) -> None:
    assert right_part(ghost, "The " + rest, 4) == taken


@given(st.text(alphabet="ab ,.'", min_size=1, max_size=60))
def test_nobody_beats_the_oracle_or_falls_below_the_mute(text: str) -> None:
    best, none = type_document(Oracle(text), text), type_document(Mute(), text)
    wrong = type_document(Wrong(), text)
    assert best.inline_keys <= wrong.inline_keys <= none.inline_keys == len(text)


def test_tallies_add_up() -> None:
    one, two = type_document(Oracle(TEXT), TEXT), type_document(Mute(), TEXT)
    total = add_up([one, two])
    assert total.characters == 2 * len(TEXT)
    assert total.inline_keys == one.inline_keys + two.inline_keys
    assert len(total.milliseconds) == len(total.cpu_milliseconds) == 2 * len(TEXT)
    assert Tally().figures()["ksr_inline"] == 0.0


def test_what_is_taken_from_ghosts_is_marked_as_accepted() -> None:
    answers = [Oracle(TEXT).suggest(TEXT[:position]) for position in range(len(TEXT))]
    spans = accepted_spans(TEXT, answers, 0, len(TEXT))
    assert spans
    assert all(0 <= start < end <= len(TEXT) for start, end in spans)
    assert accepted_spans(TEXT, [Suggestion()] * len(TEXT), 0, len(TEXT)) == ()
