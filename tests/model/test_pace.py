from __future__ import annotations

import pytest

from model.pace import Pace


def test_nothing_is_said_before_anything_was_measured() -> None:
    pace = Pace()
    assert pace.words(5) == ""
    pace.note(0.0, 0)
    assert pace.words(5) == ""


@pytest.mark.parametrize(
    ("lessons", "words"),
    [
        (1, "about 1 s"),
        (80, "about 40 s"),
        (100, "about a minute"),
        (1000, "about 8 minutes"),
        (20_000, "about 3 hours"),
    ],
)
def test_what_is_left_goes_on_as_before(lessons: int, words: str) -> None:
    pace = Pace()
    pace.note(5.0, 10)
    assert pace.words(lessons) == words


def test_the_latest_lessons_move_it() -> None:
    pace = Pace()
    pace.note(10.0, 1)
    for _ in range(50):
        pace.note(1.0, 1)
    assert pace.words(20) == "about 20 s"
