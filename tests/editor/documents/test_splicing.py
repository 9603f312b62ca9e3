from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.documents.splicing import difference

TEXT = st.text(alphabet="ab\U0001f600", max_size=12)


@given(TEXT, TEXT)
def test_a_difference_makes_the_new_text(old: str, new: str) -> None:
    start, removed, added = difference(old, new)
    assert old[:start] + added + old[start + removed :] == new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("the cat sat", "the dog sat", (4, 3, "dog")),
        ("aa", "aaa", (2, 0, "a")),
        ("same", "same", (4, 0, "")),
        ("", "x", (0, 0, "x")),
        ("x", "", (0, 1, "")),
    ],
)
def test_a_difference_is_small(old: str, new: str, expected: tuple[int, int, str]) -> None:
    assert difference(old, new) == expected
