from __future__ import annotations

import pytest

from editor.rules.alternatives import alternatives, steady
from model.messages import Candidate, Suggestion


def words(text: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(word, word, 0.1) for word in text.split())


def test_the_ghost_comes_first_and_its_word_once() -> None:
    suggestion = Suggestion(
        "ick brown ", tuple(Candidate("qu" + w, w, 0.2) for w in ("ick", "iet"))
    )
    assert alternatives(suggestion, space=True) == ("ick brown ", "iet ")
    assert alternatives(suggestion, space=False) == ("ick brown ", "iet")


def test_silence_has_alternatives_too() -> None:
    assert alternatives(Suggestion("", words("one two")), space=True) == ("one ", "two ")


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("", "a b c d", "a b c"),
        ("a b c", "c a b", "a b c"),
        ("a b c", "c d a", "a d c"),
        ("a b c", "x", "x"),
        ("a b c", "c", "c"),
        ("a b", "x b y z", "x b y"),
    ],
)
def test_a_word_keeps_its_number(old: str, new: str, seen: str) -> None:
    assert steady(words(old), words(new), 3) == words(seen)
