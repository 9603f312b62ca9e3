from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.documents.splicing import Span, Splice, difference, spliced

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


EDITS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.text("xy\n", max_size=4)))


@given(st.text("ab", max_size=20), EDITS)
def test_one_stretch_holds_all_changes(text: str, edits: list[tuple[int, int, str]]) -> None:
    now, span = text, Span(0, 0, 0)
    for number, (place, removed, added) in enumerate(edits):
        position = min(place, len(now))
        gone = min(removed, len(now) - position)
        now = now[:position] + added + now[position + gone :]
        figures = (position, gone, len(added))
        span = span.followed_by(*figures) if number else Span(*figures)
    inside = now[span.position : span.position + span.added]
    assert spliced(text, [Splice(span.position, span.removed, inside)]) == (now, 1)


def test_splices_count_as_qt_does() -> None:
    splices = [Splice(1, 2, "x"), Splice(3, 0, "\U0001f601")]
    assert spliced("a\U0001f600b", splices) == ("axb\U0001f601", 2)


def test_what_comes_after_a_splice_without_a_place_is_left_out() -> None:
    splices = [Splice(1, 0, "x"), Splice(1, 3, ""), Splice(0, 0, "y")]
    assert spliced("ab", splices) == ("axb", 1)
