from __future__ import annotations

import pytest

from model.lessons.matching import holding, plain, word_pattern


@pytest.mark.parametrize(
    ("word", "text", "holds"),
    [
        ("Ann", "ann.", True),
        ("ann", "Ann\u2019ll come", True),
        ("ann", "_Ann_ came", True),
        ("ann", "Annie", False),
        ("ann", "Joann", False),
        ("can", "can't", False),
        ("cafe\u0301", "Caf\u00e9!", True),
        ("New York", "in new york now", True),
        ("c++", "I like C++.", True),
        ("a.c", "abc", False),
        ("", "anything", False),
    ],
)
def test_a_word_is_found_as_a_reader_would(word: str, text: str, holds: bool) -> None:
    assert bool(word_pattern(word).search(plain(text))) is holds


def test_holding_reads_each_document_in_one_piece() -> None:
    places = [(1, "a", "x y"), (2, "b", "z x"), (3, "a", "z  x"), (4, "a", "y")]
    assert holding(places, "y z") == {1, 3}
    assert holding(places, "x y") == {1, 3, 4}
    assert holding(places, "y y") == set()
